"""What is done once before the bot begins, so that it need not stop for it while people wait."""

from __future__ import annotations

import gc

from bot.people import working_hours

YOUNG = 50_000
"""Objects made before the collector looks for rings among them: at its usual 700 it looks while most of what hundreds
of turns made is still in use, and takes a sixth of the time; these are some ten megabytes."""


def up() -> None:
    """Load what the first reminder would, and spare the garbage collector what was loaded, which stays to the end."""
    working_hours.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
