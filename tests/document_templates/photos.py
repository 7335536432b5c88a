"""Photos as phones send them, and as somebody sends them who means harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

GREEN = (40, 160, 60)
SECRET = "3.1190 N, 35.5970 E"
ROTATED = 6
"""EXIF's word for a picture that lies on its right side."""


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def plain(width: int = 400, height: int = 300, mode: str = "RGB", colour: Any = GREEN) -> Image.Image:
    """A picture of one colour."""
    return Image.new(mode, (width, height), colour)


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside a picture: how it was held, where, and with what."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = SECRET
    made.get_ifd(0x8825)[0x1D] = SECRET
    return made


def telling(orientation: int = 1) -> bytes:
    """A phone's photo that tells where it was taken: in its EXIF, its comment and its XMP."""
    return encoded(
        plain(2400, 1200), exif=exif(orientation), comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode()
    )


def titled() -> bytes:
    """A PNG with words beside the picture."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    return encoded(plain(), "PNG", pnginfo=words)


def noise(width: int, height: int) -> Image.Image:
    """A picture that no codec makes small: each row is its own checksum's."""
    rows, state = [], b"groundwork"
    for _ in range(height):
        row = b""
        while len(row) < width * 3:
            state = struct.pack(">II", zlib.crc32(state), zlib.adler32(state[::-1]))
            row += state
        rows.append(row[: width * 3])
    return Image.frombytes("RGB", (width, height), b"".join(rows))


def grey() -> bytes:
    """Half grey in sixteen bits."""
    return encoded(Image.frombytes("I;16", (60, 40), struct.pack("<H", 0x8000) * 2400), "PNG")


def moving(kind: str) -> bytes:
    """Green, and then red."""
    return encoded(plain(), kind, save_all=True, append_images=[plain(colour=(255, 0, 0))], duration=100)


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is as large as a house."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + _chunk(b"IEND")
    )


def _chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
