"""Bytes made wrong: some flipped, cut out, doubled, exchanged with another's, or replaced by what parsers trip over."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

TOKENS = (
    b"", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"-1", b"0", b"1e999", b"9" * 400, b"null", b"[]", b"{}", b'""', b"[[[[[[",
    b"{{", b"}}", b"{%", b"<", b"&x;", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b"../../", b"${", b"((((",
    b"=1+1", b"*a", b"&a", b"!!python/object/apply:os.system", "\u202e".encode(), b"\r\n", b"\t", b"'", b'"', b"NaN",
)  # fmt: skip

MOST = 6
"""Changes to one input: more leave nothing of what it was."""


def changed(chance: random.Random, given: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes with a few changes."""
    made = bytearray(given)
    for _ in range(chance.randint(1, MOST)):
        at = chance.randint(0, len(made))
        to = min(len(made), at + chance.choice((1, 2, 8, 64)))
        match chance.randrange(6):
            case 0 if made:
                made[at % len(made)] ^= 1 << chance.randrange(8)
            case 1:
                del made[at:to]
            case 2:
                made[at:at] = made[at:to] * chance.choice((1, 2, 50))
            case 3:
                made[at:to] = chance.choice(TOKENS)
            case 4:
                other = chance.choice(others)
                begin = chance.randint(0, len(other))
                made[at:to] = other[begin : begin + chance.choice((4, 32, 256))]
            case _:
                made[at:at] = chance.choice(TOKENS)
    return bytes(made)


_VALUE = re.compile(rb'(?<=>)[^<>]+(?=<)|(?<==")[^"<>]*(?=")')

_NO_XML = bytes({*range(32), *b'<>&"'} - {*b"\t\r\n"})


def reworded(chance: random.Random, given: bytes, others: Sequence[bytes]) -> bytes:
    """An XML text with a few words or values of attributes changed, so that it is read as XML still."""
    for _ in range(chance.randint(1, MOST)):
        places = list(_VALUE.finditer(given))
        if not places:
            return changed(chance, given, others)
        at = chance.choice(places)
        said = chance.choice(TOKENS) if chance.random() < 0.5 else changed(chance, at[0], others)
        words = said.translate(None, _NO_XML).decode(errors="replace").encode()
        given = given[: at.start()] + words + given[at.end() :]
    return given


def within(chance: random.Random, given: bytes, others: Sequence[bytes]) -> bytes:
    """A zip file with one of its parts changed, so that it opens and what lies within is read."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(given)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = [part for part in source.infolist() if not part.is_dir()]
        wrong = chance.choice(parts)
        for part in parts:
            content = source.read(part)
            target.writestr(
                part.filename, part_changed(chance, content, others) if part is wrong else content
            )
    return made.getvalue()


def part_changed(chance: random.Random, given: bytes, others: Sequence[bytes]) -> bytes:
    """A part of a zip file made wrong, by turns as XML that is read still."""
    is_xml = given.lstrip().startswith(b"<") and chance.random() < 0.6
    return (reworded if is_xml else changed)(chance, given, others)


VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    2**70,
    1.5,
    "",
    "7",
    "\0",
    "x" * 5000,
    [],
    [[]],
    {},
    {"id": 7},
    ["a"],
)
"""What may stand in the place of any other value."""


def retyped(chance: random.Random, given: bytes) -> bytes:
    """A JSON text with a few of its values exchanged or taken out, so that it is read as JSON still."""
    found = json.loads(given)
    for _ in range(chance.randint(1, MOST)):
        at: object = found
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at))) if isinstance(at, list) else []
            if not keys:
                break
            key = chance.choice(keys)
            below = at[key]  # type: ignore[index] # a dict or a list
            if not isinstance(below, dict | list) or not below or chance.random() < 0.2:
                if chance.random() < 0.3:
                    del at[key]  # type: ignore[attr-defined] # a dict or a list
                else:
                    at[key] = copy.deepcopy(chance.choice(VALUES))  # type: ignore[index] # a dict or a list
                break
            at = below
    return json.dumps(found).encode()


def inputs(name: str, number: int, seeds: Sequence[bytes]) -> Callable[[], bytes]:
    """The input of this number for a target: the same one whenever it is asked for."""

    def make() -> bytes:
        chance = random.Random(zlib.crc32(f"{name} {number}".encode()))
        given = chance.choice(seeds)
        if given.startswith(b"{") and chance.random() < 0.7:
            return retyped(chance, given)
        inside = given.startswith(b"PK") and chance.random() < 0.8
        return (within if inside else changed)(chance, given, seeds)

    return make
