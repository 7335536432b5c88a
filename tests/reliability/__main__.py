"""`python -m tests.reliability [ROW…] [--full]`: measures, prints, and writes `docs/reliability.md`; exit 1 where a number is not met."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import pathlib
import sys
import tempfile
import time

from tests.reliability import counting, figures, page, threats


def main() -> int:
    """Run the rows named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument(
        "rows", nargs="*", type=int, metavar="ROW", help="numbers of threats; all if none is given"
    )
    parser.add_argument("--full", action="store_true", help="at full size: hours for all rows together")
    given = parser.parse_args()
    wrong = 0
    for threat in threats.THREATS:
        if (given.rows and threat.number not in given.rows) or not threat.command:
            continue
        try:
            measured = _measured(threat, full=given.full)
        except figures.NotHere as why:
            # what was measured elsewhere stays on the page
            print(f"{threat.number}. {threat.threat}: not measured, {why}")
            continue
        print(f"{threat.number}. {threat.threat} ({measured.seconds:.0f} s)")
        for figure in measured.figures:
            print(f"   {figure}")
        wrong += not measured.holds
        # a small size never takes the place of a full one
        # and another run may have written another row meanwhile
        kept = page.read()
        if given.full or not (threat.number in kept and kept[threat.number].full):
            page.keep({**kept, threat.number: measured})
    page.keep(page.read())
    return 1 if wrong else 0


def _measured(threat: threats.Threat, *, full: bool) -> figures.Measured:
    began = time.monotonic()
    if threat.measure is None:
        found = counting.tests(threat.tests)
    else:
        with tempfile.TemporaryDirectory(prefix="groundwork-reliability-") as folder:
            found = asyncio.run(threat.measure(pathlib.Path(folder), full=full))
    day = dt.datetime.now(dt.UTC).date().isoformat()
    return figures.Measured(day, full, round(time.monotonic() - began, 1), tuple(found))


if __name__ == "__main__":
    sys.exit(main())
