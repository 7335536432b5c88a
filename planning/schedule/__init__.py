"""Puts dates to tasks: working days, holidays, seasons, people; pure."""
