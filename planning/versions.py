"""Versions of a plan: their numbers, and what is kept of each so that the next can say what changed."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable

import msgspec

from planning import nouns
from planning.comparison import compare

VERSIONS_KEPT = 100
"""Drafts of one assessment that are kept with their files: two years of one a week."""

LINES_KEPT = 40
"""Of the change history: what is older is found in the versions themselves."""

CHANGES_A_LINE = 6
"""Changes that a line of the history says; the rest is counted."""

DATA_BYTES = 8_000_000
"""Of one version's data as they are kept; forty branches take a tenth of it."""

UNPACKED_BYTES = 200_000_000
"""Of the same as JSON; forty branches take eleven million."""

_NUMBER = re.compile(r"(\d{1,5})\.(\d{1,5})", re.ASCII)


class Number(msgspec.Struct, frozen=True, order=True):
    """A version's number: drafts are 0.1, 0.2 …; what is signed off is 1.0, and the drafts after it 1.1, 1.2 …"""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def number(version: str) -> Number | None:
    """The number that somebody wrote; None where it is none."""
    found = _NUMBER.fullmatch(version.strip())
    return Number(int(found[1]), int(found[2])) if found is not None else None


def following(issued: Iterable[str], *, signed: int = 0) -> str:
    """The number of the next draft, behind so many plans that were signed off; drafts that are no longer kept count."""
    drafts = [found.minor for found in map(number, issued) if found is not None and found.major == signed]
    return str(Number(signed, max(drafts, default=0) + 1))


def is_signed(version: str) -> bool:
    """Whether a version is one that was signed off."""
    found = number(version)
    return found is not None and found.major > 0 and found.minor == 0


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a version beside its file."""

    plan: nouns.Plan
    history: tuple[nouns.Issue, ...] = ()
    """The versions up to this one; without names, which are looked up when the history is told."""


def issued(version: str, plan: nouns.Plan, before: Kept | None) -> Kept:
    """What to keep of a version that is issued behind another; None where there is none to compare with."""
    changes = compare.compare(before.plan, plan) if before is not None else ()
    line = nouns.Issue(
        version,
        plan.made_on,
        changes=tuple(change.said for change in changes[:CHANGES_A_LINE]),
        more=max(0, len(changes) - CHANGES_A_LINE),
        first=before is None,
    )
    earlier = before.history if before is not None else ()
    return Kept(plan, (*earlier, line)[-LINES_KEPT:])


def content(plan: nouns.Plan) -> str:
    """SHA-256 of what a plan says, whatever day it says so on."""
    timeless = msgspec.structs.replace(plan, made_on=plan.made_on.min)
    return hashlib.sha256(msgspec.json.encode(timeless)).hexdigest()


def pack(kept: Kept) -> bytes:
    """The data of a version, compressed; empty where they are too many to keep."""
    packed = zlib.compress(msgspec.json.encode(kept))
    return packed if len(packed) <= DATA_BYTES else b""


def unpack(packed: bytes) -> Kept | None:
    """The data again; None where none were kept, or where a Groundwork wrote them that this one no longer reads."""
    try:
        unpacked = zlib.decompressobj().decompress(packed, UNPACKED_BYTES)
        return msgspec.json.decode(unpacked, type=Kept)
    except (zlib.error, msgspec.MsgspecError):
        return None
