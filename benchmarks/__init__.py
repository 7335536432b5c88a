"""How fast and how good, each beside its peers in one run: `python -m benchmarks NAME`."""
