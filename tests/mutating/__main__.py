"""`python -m tests.mutating [AREA…] [--number N]`: tries faults, and names those that no test noticed."""

from __future__ import annotations

import argparse
import pathlib
import sys

from tests.mutating import areas, found, trying


def main() -> int:
    """Try and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutating")
    parser.add_argument("areas", nargs="*", metavar="AREA", help="all if none is given")
    parser.add_argument("--number", type=int, default=150, help="faults of each area")
    parser.add_argument("--small", action="store_true", help="in a corner of each area that takes seconds")
    parser.add_argument(
        "--json",
        type=pathlib.Path,
        metavar="FILE",
        help="keep there what was found: a run that was ended goes on from it",
    )
    given = parser.parse_args()
    file = found.File(given.json)
    for area in areas.SMALL if given.small else areas.AREAS:
        if not given.areas or area.name in given.areas:
            _print(trying.tried(area, given.number, file))
    return 0


def _print(area: found.Found) -> None:
    print(f"{area.area}: {area.noticed:.1f} % of {area.tried} faults noticed, of {area.planted:,}")
    for name in area.left_out:
        print(f"   (left out, since without a fault it fails or does not end) {name}")
    for fault in area.survived:
        print(
            f"   {'' if fault in area.unexplained else '(explained) '}{fault.line} {fault.name}", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
