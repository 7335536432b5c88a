"""Everything that reads what outsiders send, given what nobody would send on purpose."""
