"""Outside cases, whose expected results nobody here wrote, run against our own engine."""
