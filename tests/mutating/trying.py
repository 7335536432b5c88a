"""A sample of an area's faults, each tried against the tests that run it."""

from __future__ import annotations

import bisect
import collections
import contextlib
import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.mutating import areas, field, found, planting

SEED = 23

FIRST_SECONDS = 20.0
"""Of tests that are tried first: most faults are noticed by these."""

LAST_SECONDS = 90.0
"""Of all that are tried: a fault that so many seconds of tests do not notice counts as one that none does."""

SERVER = "from tests import databases\nprint(databases.server(), flush=True)\ninput()"


def tried(area: areas.Area, number: int, file: found.File) -> found.Found:
    """Plant, and try so many, each only once."""
    code = field.Field(area.modules)
    sample = drawn(code.faults, number)
    so_far = file.begun(area, len(code.faults), len(sample))
    with _server() if area.database else contextlib.nullcontext():
        for name in area.files:
            if name not in so_far.ran:
                _record(code, name, {fault.number for fault in sample}, so_far)
                file.keep()
        ran = [test for tests in so_far.ran.values() for test in tests]
        done = {outcome.fault for outcome in so_far.outcomes}
        for fault in sample:
            if fault not in done:
                so_far.outcomes.append(found.Outcome(fault, _noticed(code, fault, ran)))
                file.keep()
    return so_far


def drawn(faults: Sequence[planting.Fault], number: int) -> list[planting.Fault]:
    """So many faults by lot: the same ones as long as their own function stays as it is, whatever changes elsewhere."""
    again: collections.Counter[str] = collections.Counter()
    lots: dict[int, bytes] = {}
    for fault in faults:
        again[fault.name] += 1
        lots[fault.number] = hashlib.sha256(f"{SEED} {fault.name} {again[fault.name]}".encode()).digest()
    return sorted(faults, key=lambda fault: lots[fault.number])[:number]


def _record(code: field.Field, name: str, chosen: set[int], so_far: found.Found) -> None:
    tests = code.record(name)
    if tests is None:
        so_far.left_out.append(name)
    so_far.left_out += [test.name for test in tests or () if not test.passed]
    so_far.ran[name] = [
        field.Ran(test.name, test.seconds, test.passed, test.asked & chosen)
        for test in tests or ()
        if test.asked & chosen
    ]


def _noticed(code: field.Field, fault: planting.Fault, ran: Sequence[field.Ran]) -> bool:
    tests = found.order(fault, ran)
    ends = list(itertools.accumulate(test.seconds for test in tests))
    first = bisect.bisect(ends, FIRST_SECONDS) + 1
    last = bisect.bisect(ends, LAST_SECONDS) + 1
    return any(code.noticed(fault, some) for some in (tests[:first], tests[first:last]) if some)


@contextlib.contextmanager
def _server() -> Iterator[None]:
    """A PostgreSQL server that all runs share, kept by a process without faults."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=field.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as keeper:
        assert keeper.stdout is not None
        os.environ["GROUNDWORK_TEST_DATABASE_URL"] = keeper.stdout.readline().strip()
        try:
            yield
        finally:
            del os.environ["GROUNDWORK_TEST_DATABASE_URL"]
