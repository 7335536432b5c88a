"""Foreign pictures: what becomes a small, upright, silent JPEG, and what becomes nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from document_templates import apart, rendering, shrinking
from tests.document_templates import photos

WHOLE = photos.encoded(photos.plain())

SHOWN = [
    pytest.param(WHOLE, (400, 300), photos.GREEN, id="a photo"),
    pytest.param(photos.encoded(photos.plain(4000, 3000)), (1600, 1200), photos.GREEN, id="a large one"),
    pytest.param(photos.telling(), (1600, 800), photos.GREEN, id="with its place in it"),
    pytest.param(photos.telling(photos.ROTATED), (800, 1600), photos.GREEN, id="rotated by EXIF"),
    pytest.param(photos.titled(), (400, 300), photos.GREEN, id="a PNG with words in it"),
    pytest.param(photos.encoded(photos.plain(), "WEBP"), (400, 300), photos.GREEN, id="WebP"),
    pytest.param(photos.moving("WEBP"), (400, 300), photos.GREEN, id="moving WebP: its first picture"),
    pytest.param(photos.moving("PNG"), (400, 300), photos.GREEN, id="moving PNG: its first picture"),
    pytest.param(
        photos.encoded(photos.plain(mode="CMYK", colour=(0, 255, 255, 0))), (400, 300), (255, 0, 0), id="CMYK"
    ),
    pytest.param(photos.grey(), (60, 40), (128, 128, 128), id="sixteen bits"),
    pytest.param(
        photos.encoded(photos.plain(mode="RGBA", colour=(0, 0, 0, 0)), "PNG"),
        (400, 300),
        (255, 255, 255),
        id="glass",
    ),
    pytest.param(
        photos.encoded(photos.plain(mode="P", colour=0), "PNG"), (400, 300), (0, 0, 0), id="a palette"
    ),
    pytest.param(
        photos.encoded(photos.plain(mode="1", colour=1), "PNG"), (400, 300), (255, 255, 255), id="one bit"
    ),
    pytest.param(photos.encoded(photos.plain(1, 1), "PNG"), (1, 1), photos.GREEN, id="one pixel"),
    pytest.param(photos.encoded(photos.plain(9000, 3)), (1600, 1), photos.GREEN, id="a thread"),
    pytest.param(
        photos.encoded(photos.plain(), exif=b"Exif\0\0II*\0broken"),
        (400, 300),
        photos.GREEN,
        id="broken EXIF",
    ),
]

REFUSED = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"<html><script>alert(1)</script>", id="a web page"),
    pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', id="a drawing"),
    pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", id="PostScript"),
    pytest.param(photos.encoded(photos.plain(), "GIF"), id="GIF"),
    pytest.param(photos.encoded(photos.plain(), "TIFF"), id="TIFF"),
    pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0heic" + WHOLE, id="HEIC"),
    pytest.param(WHOLE[: len(WHOLE) // 2], id="half a JPEG"),
    pytest.param(photos.encoded(photos.plain(), "PNG")[:90], id="half a PNG"),
    pytest.param(photos.encoded(photos.plain(), "WEBP")[:-40], id="half a WebP"),
    pytest.param(WHOLE[:2], id="two letters of a JPEG"),
    pytest.param(photos.bomb(), id="a bomb"),
    pytest.param(photos.bomb(8_000), id="a bomb that Pillow lets pass"),
    pytest.param(photos.bomb(10), id="a picture without content"),
]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(("sent", "size", "colour"), SHOWN)
def test_a_photo_becomes_small_upright_and_silent(sent, size, colour):
    made = shrinking.shrunk(sent)
    assert len(made) <= shrinking.MOST_BYTES
    with Image.open(io.BytesIO(made)) as shown:
        assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", size)
        pixel = shown.getpixel((size[0] // 2, size[1] // 2))
        assert max(abs(one - other) for one, other in zip(pixel, colour, strict=True)) < 8
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not shown.getexif()
    assert photos.SECRET.encode() not in made


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("sent", REFUSED)
def test_what_is_no_photo_is_not_shown(sent):
    assert shrinking.shrunk(sent) == b""


def test_the_most_restless_picture_is_made_small_enough():
    assert (
        0
        < len(shrinking.shrunk(photos.encoded(photos.noise(1600, 1200), quality=90)))
        <= shrinking.MOST_BYTES
    )


async def test_the_process_makes_the_same():
    assert await rendering.shrink(photos.telling()) == shrinking.shrunk(photos.telling())


async def test_a_photo_that_takes_more_than_there_is_is_not_shown():
    large = photos.encoded(photos.plain(6000, 6000), "PNG")
    assert await rendering.shrink(large, apart.Limits(20, 150_000_000)) == b""
