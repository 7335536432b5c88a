"""Bytes made wrong: some flipped, cut out, doubled, exchanged with another's, or replaced by what parsers trip over."""

from __future__ import annotations

import io
import random
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
            target.writestr(part.filename, changed(chance, content, others) if part is wrong else content)
    return made.getvalue()


def inputs(name: str, number: int, seeds: Sequence[bytes]) -> Callable[[], bytes]:
    """The input of this number for a target: the same one whenever it is asked for."""

    def make() -> bytes:
        chance = random.Random(zlib.crc32(f"{name} {number}".encode()))
        given = chance.choice(seeds)
        inside = given.startswith(b"PK") and chance.random() < 0.8
        return (within if inside else changed)(chance, given, seeds)

    return make
