"""`python -m tests.mutating [AREA…] [--number N]`: tries faults, and names those that no test noticed."""

from __future__ import annotations

import argparse
import pathlib
import sys

import msgspec

from tests.mutating import areas, trying


def main() -> int:
    """Try and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutating")
    parser.add_argument("areas", nargs="*", metavar="AREA", help="all if none is given")
    parser.add_argument("--number", type=int, default=150, help="faults of each area")
    parser.add_argument("--small", action="store_true", help="in a corner of each area that takes seconds")
    parser.add_argument(
        "--json", type=pathlib.Path, metavar="FILE", help="write what was found there as well"
    )
    given = parser.parse_args()
    found = []
    for area in areas.SMALL if given.small else areas.AREAS:
        if given.areas and area.name not in given.areas:
            continue
        one = trying.tried(area, given.number)
        found.append(one)
        print(
            f"{one.area}: {one.noticed:.1f} % of {one.tried} faults noticed, of {one.planted:,}", flush=True
        )
        for fault in one.survived:
            print(
                f"   {'' if fault in one.unexplained else '(explained) '}{fault.line} {fault.name}",
                flush=True,
            )
    if given.json is not None:
        given.json.write_bytes(msgspec.json.encode(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
