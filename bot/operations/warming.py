"""What is done once before the bot begins, so that it need not stop for it while people wait."""

from __future__ import annotations

import gc

from bot.people import working_hours


def up() -> None:
    """Load what the first reminder would, and spare the garbage collector what was loaded, which stays to the end."""
    working_hours.load()
    gc.collect()
    gc.freeze()
