"""A stranger's photo made small, upright and silent about where and with what it was taken.

Runs in the process that limits itself: what a picture claims about itself is not believed.
"""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageOps

KINDS = ("JPEG", "PNG", "WEBP")
"""What phones and screens make; every other decoder stays closed to strangers."""

MOST_PIXELS = 50_000_000
"""More than phones send; decoded, that is a fifth of the memory the process may take."""

LONGEST_SIDE = 1_600
"""Pixels: 300 to the inch at the size in which a plan prints a photo."""

MOST_BYTES = 150_000
"""Of a printed photo; thirty of them stay below 5 MB."""

QUALITIES = (82, 70, 55, 40)
"""Of a JPEG, tried from the best; what is still too large loses a quarter of its sides."""

FAULTS = (
    OSError, EOFError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, struct.error,
    Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow's decoders raise over what somebody else wrote."""

WHITE = (255, 255, 255, 255)


def shrunk(content: bytes) -> bytes:
    """The photo as a JPEG without a word beside it; empty where it cannot be shown."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            # a JPEG is decoded at the size that is needed
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image = _plain(ImageOps.exif_transpose(opened))
    except FAULTS:
        return b""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    while True:
        for quality in QUALITIES:
            made = _jpeg(image, quality)
            if len(made) <= MOST_BYTES:
                return made
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue on white, with nothing else in it."""
    if image.mode.startswith("I"):
        # sixteen bits of grey, of which the upper eight are shown
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image)
    made = image.convert("RGB")
    made.info = {}
    return made


def _jpeg(image: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()
