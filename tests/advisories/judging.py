"""Pinned packages beside advisories."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable

import msgspec
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.advisories import osv

ROOT = pathlib.Path(__file__).parents[2]

LOCKS = (ROOT / "requirements.lock", ROOT / "deploy" / "requirements.lock")

_PINNED = re.compile(r"^[^\s#][^\n\\]*", re.MULTILINE)
"""A line of a lock file that names a package; its hashes and why it is there are set in."""


class LockError(Exception):
    """A lock file that is not there, or fixes nothing."""


class Pin(msgspec.Struct, frozen=True, order=True):
    """A package as a lock file fixes it."""

    name: str
    version: str


class Hole(msgspec.Struct, frozen=True):
    """A pinned package that is known to have one."""

    pin: Pin
    advisory: osv.Advisory

    def told(self) -> str:
        """In a line: what, where, and what to do."""
        mended = self.advisory.mended(self.pin.name)
        remedy = f"mended in {', '.join(mended)}" if mended else "no version that mends it is published"
        also = f" ({', '.join(self.advisory.aliases)})" if self.advisory.aliases else ""
        return f"{self.pin.name} {self.pin.version}: {self.advisory.id}{also}, {remedy}"


class Judgement(msgspec.Struct, frozen=True):
    """What came of it."""

    packages: int
    advisories: int
    newest: str
    """When the newest of them was written, in UTC."""
    holes: tuple[Hole, ...]

    def told(self) -> str:
        """In a line."""
        looked = f"{self.packages} pinned packages beside {self.advisories} advisories, the newest of {self.newest[:10]}"
        if not self.holes:
            return f"{looked}: none is known to have a hole."
        return f"{looked}: {len(self.holes)} of them name one."


def pins(locks: Iterable[pathlib.Path]) -> frozenset[Pin]:
    """Every package that one of the files fixes, for whichever system; raises LockError."""
    found = set()
    for lock in locks:
        try:
            lines = _PINNED.findall(lock.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise LockError(f"{lock} cannot be read: name a lock file") from problem
        if not lines:
            raise LockError(f"{lock} fixes no package: name a lock file")
        found |= {_pin(line.strip(), lock) for line in lines}
    return frozenset(found)


def _pin(line: str, lock: pathlib.Path) -> Pin:
    try:
        wanted = Requirement(line)
        (fixed,) = wanted.specifier
        version = Version(fixed.version).public  # a build of our own has the holes of what it was built from
        if fixed.operator != "==":
            raise ValueError(fixed.operator)
    except ValueError as problem:
        raise LockError(f"{lock}: “{line}” fixes no version: pin it with ==") from problem
    return Pin(canonicalize_name(wanted.name), version)


def judge(pinned: frozenset[Pin], advisories: Iterable[osv.Advisory]) -> Judgement:
    """The holes among these packages, in the order of their names."""
    number, newest, holes = 0, "", []
    for advisory in advisories:
        number += 1
        newest = max(newest, advisory.modified)
        names = advisory.names()
        holes += [
            Hole(pin, advisory)
            for pin in pinned
            if pin.name in names and advisory.holds(pin.name, Version(pin.version))
        ]
    holes.sort(key=lambda hole: (hole.pin, hole.advisory.id))
    return Judgement(len({pin.name for pin in pinned}), number, newest, tuple(holes))
