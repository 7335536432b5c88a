"""What SQLite and PostgreSQL share: tables to rows, changes to statements, and every query by name."""
