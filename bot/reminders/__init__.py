"""Reminders: when they fall due, what they say, and whom they leave in peace."""
