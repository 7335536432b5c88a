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

_PINNED = re.compile(r"^[a-z0-9][^\n\\]*", re.MULTILINE | re.IGNORECASE)
"""A line of a lock file that names a package; its hashes and why it is there are set in."""


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
    holes: tuple[Hole, ...]


def pins(locks: Iterable[pathlib.Path]) -> frozenset[Pin]:
    """Every package that one of the files fixes, for whichever system; raises OSError."""
    found = set()
    for lock in locks:
        for line in _PINNED.findall(lock.read_text("utf-8")):
            wanted = Requirement(line.strip())
            (fixed,) = wanted.specifier  # exactly one version, or it is no lock
            found.add(Pin(canonicalize_name(wanted.name), fixed.version))
    return frozenset(found)


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
