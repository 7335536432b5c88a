"""`python -m tests.reminding [WORKERS]`: half a year of reminders, as a table; exit 1 where one came that must not.

With a number of workers it is lived through on PostgreSQL, and one of them is killed at every other look.
"""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import sys
import tempfile
import time

from tests import databases
from tests.reminding import simulation, world

DAYS = 182


def main() -> int:
    """Run and print."""
    began = time.monotonic()
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with (
        tempfile.TemporaryDirectory(prefix="groundwork-reminding-") as folder,
        databases.empty() if workers > 1 else contextlib.nullcontext("") as database,
    ):
        found = asyncio.run(
            simulation.run(
                pathlib.Path(folder),
                days=DAYS,
                branches=world.BRANCHES,
                people=world.PEOPLE,
                database=database,
                workers=workers,
            )
        )
    rows = {
        "days, each with a restart": found.days,
        "workers": workers,
        "workers killed in the middle of a look": found.kills,
        "branches": world.BRANCHES,
        "people": world.PEOPLE,
        "time zones reminded in": len(found.zones),
        "clock changes lived through": found.clock_changes,
        "looks with something due": found.looks,
        "answers and hand-ins": found.answers,
        "sections handed on to a colleague": found.handed,
        "of these answered by the colleague": found.given,
        "messages": found.messages,
        "people who got one": len(found.people),
        "messages over both assessments": found.together,
        "at night": found.at_night,
        "on a weekend or holiday": found.on_free_days,
        "twice a day to one person": found.twice_a_day,
        "after the answer": found.after_the_answer,
        "due and not said within half a day": found.missed,
    }
    for name, count in rows.items():
        print(f"{name:<38}{count:>8}")
    print(f"{found.wrong} wrong, in {time.monotonic() - began:.0f} s")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
