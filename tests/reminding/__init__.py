"""Reminders over half a year: `python -m tests.reminding` prints what came when, and what must not have come."""
