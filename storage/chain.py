"""The record of deeds as a chain: a line cannot be changed, left out, added or moved without breaking it.

Each line carries SHA-256 of what it says and of the line before. Who did it stands in the line beside a digest of
their number and a random salt, and only the digest is chained: when they are forgotten, number and salt go and the
chain still holds. That the end was cut off no chain can show: its head is told to the owner, who keeps it elsewhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Sequence

import msgspec

from storage import packing, records

BEGINNING = "0" * 64
"""What stands before the first line."""

HEAD_CHARACTERS = 16
"""Of a seal that is told: nobody makes another chain with the same 64 bits, and people can compare them."""

SALT_BYTES = 16
"""Telegram's numbers are few enough to be tried; with a salt of 128 bits they are not."""


class Deed(msgspec.Struct, frozen=True):
    """Something that was done, before it has its place in the chain."""

    assessment: str
    what: str
    about: str = ""
    """The object: an id, a role, a version; never a name or an answer."""
    whom: int = 0
    """The person that it concerns, if not the one who did it."""


def line(deed: Deed, *, by: int, at: dt.datetime, before: records.AuditLine | None) -> records.AuditLine:
    """The deed as the line behind `before`."""
    who, whom = _named(by), _named(deed.whom)
    drawn = records.AuditLine(
        assessment=deed.assessment,
        number=before.number + 1 if before else 1,
        made_at=packing.utc(at),
        made_by=by,
        person=deed.whom,
        deed=deed.what,
        about=deed.about,
        maker_salt=who[0],
        maker_digest=who[1],
        person_salt=whom[0],
        person_digest=whom[1],
        before=before.digest if before else BEGINNING,
    )
    return msgspec.structs.replace(drawn, digest=digest(drawn))


def head(last: records.AuditLine) -> str:
    """The end of a chain in a few characters, to be told to somebody who keeps it elsewhere."""
    return f"{last.number} {last.digest[:HEAD_CHARACTERS]}"


def lacks(lines: Sequence[records.AuditLine], number: int, seal: str) -> str:
    """Why a head that was told does not lie in this chain, in a sentence; empty where it does."""
    if len(lines) < number:
        return f"It has {len(lines)} lines, and had {number}: its end was cut off."
    if not lines[number - 1].digest.startswith(seal):
        return f"Line {number} is another one than was told."
    return ""


def digest(line: records.AuditLine) -> str:
    """SHA-256 of what a line says, with the digests of people in the place of their numbers."""
    said = [
        line.assessment, line.number, packing.to_microseconds(line.made_at), line.deed, line.about,
        line.maker_digest, line.person_digest, line.before,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()


def broken(lines: Sequence[records.AuditLine]) -> str:
    """Where an assessment's chain is broken and how, in a sentence; empty where it holds from the first line on."""
    before = BEGINNING
    for number, each in enumerate(lines, 1):
        if each.number != number:
            return f"Line {number} is missing."
        if each.before != before:
            return f"Line {number} does not follow the line before it."
        if each.digest != digest(each):
            return f"Line {number} was changed."
        for person, salt, hidden in (
            (each.made_by, each.maker_salt, each.maker_digest),
            (each.person, each.person_salt, each.person_digest),
        ):
            if person and _hidden(person, salt) != hidden:
                return f"Line {number} names somebody else than it did."
        before = each.digest
    return ""


def _named(person: int) -> tuple[str, str]:
    if not person:
        return "", ""
    salt = secrets.token_hex(SALT_BYTES)
    return salt, _hidden(person, salt)


def _hidden(person: int, salt: str) -> str:
    return hashlib.sha256(f"{salt} {person}".encode("ascii")).hexdigest()
