"""People's time: how much the assessment asks of each role, and how long it takes."""
