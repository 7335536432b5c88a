"""The storage in one SQLite file: durable when `commit` returns, sealed on the disk."""
