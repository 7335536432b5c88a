"""What is kept, and how: a small port with SQLite and memory behind it."""
