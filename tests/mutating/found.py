"""What came of the faults so far, kept in a file from one to the next: a run that was ended goes on where it was."""

from __future__ import annotations

import functools
import hashlib
import os
import pathlib
from collections.abc import Sequence

import msgspec
import yaml

from tests.mutating import areas, field, planting

REASONS = pathlib.Path(__file__).parent / "survivors.yaml"
"""Why no test notices a fault, by its name."""


class Outcome(msgspec.Struct, frozen=True):
    """A fault that was tried."""

    fault: planting.Fault
    noticed: bool


class Found(msgspec.Struct, kw_only=True):
    """What came of an area's faults so far."""

    area: str
    source: str
    """A digest of its code and its tests: of others, nothing here is true."""
    planted: int
    number: int
    """How many of them are to be tried."""
    ran: dict[str, list[field.Ran]] = {}
    """File of tests -> those of its tests that run past one of these."""
    left_out: list[str] = []
    """Files whose tests do not come to an end without a fault, and tests that fail without one."""
    outcomes: list[Outcome] = []

    @property
    def tried(self) -> int:
        """How many were tried so far."""
        return len(self.outcomes)

    @property
    def noticed(self) -> float:
        """Of a hundred that were tried."""
        return 100 * sum(one.noticed for one in self.outcomes) / max(1, self.tried)

    @property
    def survived(self) -> list[planting.Fault]:
        """Those that no test noticed."""
        return [one.fault for one in self.outcomes if not one.noticed]

    @property
    def unexplained(self) -> list[planting.Fault]:
        """Those of which it is not written down why."""
        return [fault for fault in self.survived if fault.name not in reasons()]


class File:
    """Where it is kept; nowhere if no file is named."""

    def __init__(self, path: pathlib.Path | None) -> None:
        self._path = path
        kept = path.read_bytes() if path is not None and path.exists() else b"[]"
        self._found = {one.area: one for one in msgspec.json.decode(kept, type=list[Found])}

    def begun(self, area: areas.Area, planted: int, number: int) -> Found:
        """What is known of an area as its code and tests are now."""
        new = Found(area=area.name, source=source(area), planted=planted, number=number)
        known = self._found.get(area.name)
        if known is not None and known.source == new.source:
            # what its tests run past is only kept of the faults that were to be tried
            new = known if known.number == number else msgspec.structs.replace(new, outcomes=known.outcomes)
        self._found[area.name] = new
        return new

    def keep(self) -> None:
        """Write it down."""
        if self._path is not None:
            fresh = self._path.with_name(f"{self._path.name}.new")
            fresh.write_bytes(msgspec.json.encode(list(self._found.values())))
            os.replace(fresh, self._path)


def source(area: areas.Area) -> str:
    """A digest of an area's code and tests."""
    read = [path.read_bytes() for path in (*area.modules, *(field.ROOT / name for name in area.files))]
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in read)).hexdigest()[:16]


@functools.cache
def reasons() -> dict[str, str]:
    """Why no test notices a fault, by its name."""
    written = yaml.safe_load(REASONS.read_text("utf-8")) or {}
    return {name: why for why, names in written.items() for name in names}


def order(fault: planting.Fault, tests: Sequence[field.Ran]) -> list[field.Ran]:
    """The tests that run past a fault: those of its own module first, then the quickest."""
    own = f"test_{pathlib.PurePath(fault.path).stem}."
    return sorted(
        (test for test in tests if test.passed and fault.number in test.asked),
        key=lambda test: (own not in test.name, test.seconds),
    )
