"""`python -m tests.workers [PEOPLE] [QUESTIONS]`: prints what came of it; exit 1 where something was lost or doubled."""

from __future__ import annotations

import asyncio
import pathlib
import sys
import tempfile

from tests.workers import crashes

PEOPLE, QUESTIONS = 30, 60

KILLED_EVERY = 3.0


def main() -> int:
    """Run and print."""
    given = [int(number) for number in sys.argv[1:]]
    people, questions = (*given, PEOPLE, QUESTIONS)[:2] if len(given) != 1 else (given[0], QUESTIONS)
    with tempfile.TemporaryDirectory(prefix="groundwork-workers-") as folder:
        found = asyncio.run(
            crashes.run(pathlib.Path(folder), people=people, questions=questions, killed_every=KILLED_EVERY)
        )
    rows = {
        "workers": crashes.WORKERS,
        "people": found.people,
        "answers given": found.people * found.questions,
        "workers killed": found.kills,
        "answers lost": found.lost,
        "turns doubled": found.doubled,
        "left in inbox and outbox": found.left,
        "questions sent twice": found.messages_doubled,
    }
    for name, count in rows.items():
        print(f"{name:<28}{count:>8}")
    print(f"{found.wrong} wrong, in {found.seconds:.0f} s; the longest wait was {found.longest_wait:.1f} s")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
