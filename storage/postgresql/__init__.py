"""The storage in PostgreSQL, for any number of workers at a time; durable when `commit` returns, sealed on the disk."""
