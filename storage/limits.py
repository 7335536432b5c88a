"""How much is kept of what would otherwise grow for ever."""

from __future__ import annotations

SCREENS_KEPT = 120
"""Screens a person; buttons of older ones answer as stale, and a reply to one is taken for no reply. A branch is
asked 45 questions, each with an answer: whoever replies to one looks back over a section or two."""

HANDLED_KEPT = 100_000
"""Ids of handled updates. Telegram repeats only what was not confirmed, 100 at a time, so this is a day of
heavy use and more; counted rather than compared, for Telegram starts its ids anew after a quiet week."""

HANDLED_MORE = 100
"""How many more may be there: the oldest are let go with every hundredth id, for turns of several workers would
wait for each other at the oldest row."""

WRITES_TOGETHER = 256
"""Turns in one transaction: enough that the disk's wait is shared, few enough that nobody waits long."""

BUSY_SECONDS = 5.0
"""How long to wait for another program's lock before saying so."""

BUSY_LOOK_SECONDS = 0.1
"""How often that wait looks whether anybody still waits for it: a bot that stops gives its turns up, and is not to be
held up by them."""

LOG_AGAIN_SECONDS = 5.0
"""How long after somebody's reading kept the log from being emptied it is tried again: each try waits as long as
`BUSY_LOOK_SECONDS`, and Litestream reads all the time."""

LOG_STARTS = 3
"""So often the log starts anew until nobody's copy of it holds what was erased: Litestream keeps that of now and the
one before."""

SILENT_SECONDS = 10.0
"""A worker that gave no sign of life for so long counts as dead: a person waits no longer than that for another to
take up their turn, and a worker that is merely slow has beaten several times."""

BEAT_SECONDS = 2.0
"""How often a worker gives a sign of life, and looks for what a dead one left."""

POOLED_READERS = 4
"""Connections of one worker that read from a server: as many reads as a turn's parts may ask for at once."""
