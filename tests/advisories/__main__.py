"""
`python -m tests.advisories COPY [LOCK…]`: the pinned packages beside a copy of the advisories.

COPY is a folder as https://github.com/pypa/advisory-database has it, or the zip file that osv.dev publishes for PyPI.
Ends with 0 where no pinned package is known to have a hole, 1 where one is, 2 where the copy cannot be read.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from tests.advisories import judging, osv


def main() -> None:
    """Judge and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.advisories")
    parser.add_argument("copy", type=pathlib.Path, help="a folder or zip file of advisories")
    parser.add_argument("locks", type=pathlib.Path, nargs="*", default=list(judging.LOCKS))
    given = parser.parse_args()
    try:
        found = judging.judge(judging.pins(given.locks), osv.read(given.copy))
    except (osv.UnreadableError, OSError) as problem:
        sys.exit(
            _told(f"{problem}. Name a folder or zip file of advisories: CONTRIBUTING.md says where they are.")
        )
    for hole in found.holes:
        print(hole.told())
    holes = f"{len(found.holes)} known holes" if found.holes else "none is known to have a hole"
    print(
        f"{found.packages} pinned packages beside {found.advisories} advisories, the newest of {found.newest[:10]}: {holes}."
    )
    sys.exit(1 if found.holes else 0)


def _told(problem: str) -> int:
    print(problem, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
