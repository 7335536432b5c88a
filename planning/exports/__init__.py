"""The dates of a plan in the formats of other programs: MS Project, calendars of phones, Excel."""
