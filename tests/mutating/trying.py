"""A sample of an area's faults, each tried against the tests that run it."""

from __future__ import annotations

import bisect
import contextlib
import functools
import itertools
import os
import pathlib
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence

import msgspec
import yaml

from tests.mutating import areas, field, planting

SEED = 23

FIRST_SECONDS = 20.0
"""Of tests that are tried first, the quickest before the others: most faults are noticed by these."""

REASONS = pathlib.Path(__file__).parent / "survivors.yaml"
"""Why no test notices a fault, by its name."""

LAST_SECONDS = 120.0
"""Of all that are tried: a fault that two minutes of tests do not notice counts as one that none does."""

SERVER = "from tests import databases\nprint(databases.server(), flush=True)\ninput()"


class Found(msgspec.Struct, frozen=True):
    """What came of an area's faults."""

    area: str
    planted: int
    tried: int
    survived: tuple[planting.Fault, ...]
    """Faults that no test noticed."""

    @property
    def noticed(self) -> float:
        """Of a hundred that were tried."""
        return 100 * (1 - len(self.survived) / self.tried)

    @property
    def unexplained(self) -> list[planting.Fault]:
        """Those of which it is not written down why."""
        return [fault for fault in self.survived if fault.name not in reasons()]


@functools.cache
def reasons() -> dict[str, str]:
    """Why no test notices a fault, by its name."""
    written = yaml.safe_load(REASONS.read_text("utf-8")) or {}
    return {name: why for why, names in written.items() for name in names}


def tried(area: areas.Area, number: int) -> Found:
    """Plant, and try so many; the same ones as long as the code stays as it is."""
    found = field.Field(area.modules)
    sample = random.Random(SEED).sample(found.faults, min(number, len(found.faults)))
    with _server() if area.database else contextlib.nullcontext():
        chosen = {fault.number for fault in sample}
        ran = [test for file in area.files for test in found.record(file) if test.asked & chosen]
        survived = [fault for fault in sample if not _noticed(found, fault, ran)]
    return Found(area.name, len(found.faults), len(sample), tuple(survived))


def _noticed(found: field.Field, fault: planting.Fault, ran: Sequence[field.Ran]) -> bool:
    tests = sorted((test for test in ran if fault.number in test.asked), key=lambda test: test.seconds)
    ends = list(itertools.accumulate(test.seconds for test in tests))
    first = bisect.bisect(ends, FIRST_SECONDS) + 1
    last = bisect.bisect(ends, LAST_SECONDS) + 1
    return any(found.noticed(fault, some) for some in (tests[:first], tests[first:last]) if some)


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
