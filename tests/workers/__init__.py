"""Three workers on PostgreSQL behind one address, of which one is killed every few seconds: `python -m tests.workers`."""
