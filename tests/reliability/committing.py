"""A process that keeps somebody more again and again: `python -m tests.reliability.committing DATABASE KEY NOTES`.

Notes who is kept, when that was said to be so, by a clock that all processes share, and how many seconds it took.
"""

from __future__ import annotations

import asyncio
import itertools
import pathlib
import random
import sys
import time

from storage import opening, port, records

PAUSE_SECONDS = 0.02
"""At most, between two commits; a busy bot has fewer."""

FORGETTING = 40
"""One in so many is forgotten again at once, by which the log is emptied."""


async def main(database: pathlib.Path, key: pathlib.Path, notes: pathlib.Path) -> None:
    """Commit until somebody ends it."""
    storage, chance = opening.open_storage(f"sqlite:///{database}", key), random.Random(19)
    await storage.open()
    with notes.open("w", encoding="ascii", buffering=1) as noted:
        for number in itertools.count(1):
            began = time.monotonic()
            await storage.commit([port.Put(records.Person(number, f"Person {number}"))])
            ended = time.monotonic()
            noted.write(f"{number} {ended} {ended - began}\n")
            if number % FORGETTING == 0:
                await storage.commit([port.Forget(-number, "nobody")])
            await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS))


if __name__ == "__main__":
    asyncio.run(main(*map(pathlib.Path, sys.argv[1:])))
