"""Would a test notice? Small faults are put into the code one at a time, and the tests that run it are run: `python -m tests.mutating`."""
