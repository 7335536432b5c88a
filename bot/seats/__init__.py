"""Seats given to people: by link, by list, and moved with all that hangs on them."""
