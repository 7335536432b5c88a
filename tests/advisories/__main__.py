"""
`python -m tests.advisories COPY [LOCK…]`: the pinned packages beside a copy of the advisories.

COPY is a folder as https://github.com/pypa/advisory-database has it, or the zip file that osv.dev publishes for PyPI.
Ends with 0 where no pinned package is known to have a hole, 1 where one is, 2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import pathlib
import sys

from tests.advisories import judging, osv

OLD = dt.timedelta(days=30)
"""After so long a copy is worth a warning."""


def main() -> None:
    """Judge and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.advisories")
    parser.add_argument("copy", type=pathlib.Path, help="a folder or zip file of advisories")
    parser.add_argument("locks", type=pathlib.Path, nargs="*", default=list(judging.LOCKS))
    given = parser.parse_args()
    try:
        found = judging.judge(judging.pins(given.locks), osv.read(given.copy))
    except (judging.LockError, osv.UnreadableError) as problem:
        print(f"{problem}. CONTRIBUTING.md says where advisories are.", file=sys.stderr)
        sys.exit(2)
    for hole in found.holes:
        print(hole.told())
    print(found.told())
    age = dt.datetime.now(dt.UTC).date() - dt.date.fromisoformat(found.newest[:10])
    if age > OLD:
        print(f"The copy is {age.days} days old: it knows nothing of what came since. Take a new one.")
    sys.exit(1 if found.holes else 0)


if __name__ == "__main__":
    main()
