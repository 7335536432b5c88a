"""Pictures that lie: about their size, their frames, their profile and how they were held; cut short, and run on.

`GROUNDWORK_FUZZ=20000` tries so many of each kind.
"""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from collections.abc import Sequence

import hypothesis
import pytest
from hypothesis import strategies as st
from PIL import Image

from document_templates import shrinking
from tests.document_templates import photos

NUMBER = int(os.environ.get("GROUNDWORK_FUZZ", "25"))

SIDES = st.sampled_from((0, 1, 9, 60, 7_000, 65_500, 2**31 - 1, 2**32 - 1))

WORDS = st.binary(max_size=40)

PNG, JPEG, WEBP = photos.encoded(photos.plain(60, 40), "PNG"), photos.telling(6), photos.moving("WEBP")

EXIF_KINDS = st.sampled_from((1, 2, 3, 4, 5, 7, 9, 10, 12, 13, 99))


def chunk(name: bytes, data: bytes, *, said: int | None = None, sound: bool = True) -> bytes:
    """A chunk of a PNG that may lie about its length, or its checksum."""
    check = zlib.crc32(name + data) if sound else 7
    return struct.pack(">I", len(data) if said is None else said) + name + data + struct.pack(">I", check)


@st.composite
def exifs(draw: st.DrawFn) -> bytes:
    """EXIF with entries that point anywhere."""
    order = draw(st.sampled_from(("<", ">")))
    tags = draw(
        st.lists(
            st.tuples(st.sampled_from((0x0112, 0x8769, 0x8825, 0x0201, 0x010F)), EXIF_KINDS, SIDES, SIDES),
            max_size=4,
        )
    )
    head = (b"II" if order == "<" else b"MM") + struct.pack(
        order + "HI", 42, draw(st.sampled_from((8, 0, 4, 2**31)))
    )
    body = struct.pack(order + "H", draw(st.sampled_from((len(tags), 0, 65_535))))
    body += b"".join(struct.pack(order + "HHII", *entry) for entry in tags) + struct.pack(
        order + "I", draw(SIDES)
    )
    return head + body + draw(WORDS)


@st.composite
def pngs(draw: st.DrawFn) -> bytes:
    """A PNG of few rows with a head that says anything, and chunks that inflate, move or lie."""
    head = struct.pack(
        ">IIBBBBB", draw(SIDES), draw(SIDES), draw(st.sampled_from((1, 2, 4, 8, 16, 3))),
        draw(st.sampled_from((0, 2, 3, 4, 6, 5))), draw(st.sampled_from((0, 0, 1))), 0, draw(st.sampled_from((0, 1, 2))),
    )  # fmt: skip
    pixels = zlib.compress(draw(WORDS) * draw(st.sampled_from((1, 100, 5_000))))
    inflating = zlib.compress(bytes(2_000_000))
    beside = {
        b"eXIf": draw(exifs()), b"iCCP": b"x\0\0" + inflating, b"zTXt": b"x\0\0" + inflating, b"tRNS": draw(WORDS),
        b"PLTE": draw(WORDS), b"iTXt": b"x\0\1\0\0\0" + inflating, b"acTL": struct.pack(">II", draw(SIDES) % 2**32, 0),
        b"fcTL": struct.pack(">IIIIIHHBB", 0, draw(SIDES), draw(SIDES), 0, 0, 1, 1, 0, 0), b"fdAT": draw(WORDS), b"gAMA": draw(WORDS),
    }  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(sorted(beside)), max_size=4))
    said = draw(st.sampled_from((None, None, None, 0, 2**31)))
    made = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunk(name, beside[name]) for name in chosen)
    )
    made += chunk(b"IDAT", pixels, said=said, sound=draw(st.booleans()))
    return made + draw(st.sampled_from((chunk(b"IEND", b""), b"", chunk(b"IDAT", b"") * 50)))


@st.composite
def jpegs(draw: st.DrawFn) -> bytes:
    """A JPEG whose frame has another size, with EXIF of its own, cut anywhere or with another behind it."""
    made = bytearray(JPEG)
    frame = next(
        (at for at in range(2, len(made) - 9) if made[at] == 0xFF and made[at + 1] in (0xC0, 0xC2)), 0
    )
    if draw(st.booleans()):
        struct.pack_into(">HH", made, frame + 5, draw(SIDES) & 0xFFFF, draw(SIDES) & 0xFFFF)
    if draw(st.booleans()):
        made[frame + 9] = draw(st.sampled_from((0, 1, 2, 4, 255)))
    segment = b"Exif\0\0" + draw(exifs())
    made[2:2] = (
        b"\xff\xe1" + struct.pack(">H", draw(st.sampled_from((len(segment) + 2, 2, 0, 65_535)))) + segment
    )
    return bytes(made[: draw(st.sampled_from((len(made), len(made) // 2, 40, 700)))]) + draw(
        st.sampled_from((b"", JPEG[:300]))
    )


@st.composite
def webps(draw: st.DrawFn) -> bytes:
    """A WebP whose canvas, frames and lengths are others than it says."""
    made = bytearray(WEBP)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(made) - 4))
        struct.pack_into("<I", made, at, draw(SIDES))
    return bytes(made[: draw(st.integers(0, len(made)))])


@st.composite
def boxes(draw: st.DrawFn) -> bytes:
    """What an iPhone keeps, HEIC, and its kin: no kind that is taken, whatever its boxes say."""
    brand = draw(st.sampled_from((b"heic", b"heix", b"mif1", b"avif", b"jp2 ")))
    made = struct.pack(">I", draw(st.sampled_from((24, 0, 1, 2**31)))) + b"ftyp" + brand + bytes(4) + brand
    return made + draw(WORDS) + draw(st.sampled_from((b"", PNG, JPEG[:200])))


KINDS = {"PNG": pngs(), "JPEG": jpegs(), "WebP": webps(), "HEIC": boxes()}


def taken(sent: bytes) -> bytes:
    """What comes of it; Pillow warns of much, in the log of a process that has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return shrinking.shrunk(sent)


@pytest.mark.parametrize("kind", KINDS)
@hypothesis.settings(max_examples=NUMBER, deadline=None, derandomize=NUMBER < 100, database=None)
@hypothesis.given(data=st.data())
def test_a_picture_that_lies_is_small_and_silent_or_not_shown(kind: str, data: st.DataObject) -> None:
    made = taken(data.draw(KINDS[kind]))
    if kind == "HEIC":
        assert made == b""
    if made:
        with Image.open(io.BytesIO(made)) as shown:
            shown.load()
            assert (shown.format, shown.mode) == ("JPEG", "RGB")
            assert max(shown.size) <= shrinking.LONGEST_SIDE
            assert not shown.getexif()
        assert len(made) <= shrinking.MOST_BYTES


def begun(parts: Sequence[bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(photos.GREEN) * 60) * 40)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + b"".join(parts)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param([], id="nothing"),
        pytest.param(
            [chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))], id="two billion frames that are not there"
        ),
        pytest.param(
            [chunk(b"eXIf", b"II*\0\x08\0\0\0\xff\xff")], id="EXIF of 65,535 entries that are not there"
        ),
    ],
)
def test_what_lies_beside_a_sound_picture_does_not_spoil_it(beside: Sequence[bytes]) -> None:
    with Image.open(io.BytesIO(taken(begun(beside)))) as shown:
        assert shown.size == (60, 40)
