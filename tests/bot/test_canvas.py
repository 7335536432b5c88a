"""Names in pictures: letters of every script that is promised, and never a box."""

from __future__ import annotations

import pytest
from PIL import Image

from bot.progress import canvas


def drawn(words: str, *, bold: bool = False) -> bytes:
    made = canvas.Canvas(60)
    made.text(10, 30, words, 30, bold=bold)
    return made.image.tobytes()


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Mwanza Ñandú Žilina", id="Latin with accents"),
        pytest.param("Ташкент", id="Cyrillic"),
        pytest.param("पोखरा शाखा", id="Devanagari"),
        pytest.param("فرع القاهرة", id="Arabic"),
    ],
)
def test_letters_are_letters(words: str, bold: bool) -> None:
    letters = canvas.font(30, canvas.script(words), bold=bold)
    box = letters.getmask("\uffff").getbbox()
    missing = bytes(letters.getmask("\uffff"))
    for letter in words.replace(" ", ""):
        mask = letters.getmask(letter)
        assert bytes(mask) != missing or mask.getbbox() != box, f"{letter} is a box"


def test_a_script_without_letters_is_left_out_rather_than_drawn_as_boxes() -> None:
    assert canvas.writable("Addis አዲስ 2") == "Addis  2"
    assert canvas.writable("አዲስ አበባ") == canvas.ELLIPSIS
    assert canvas.writable("… · 3") == "… · 3"


def test_bold_is_bolder() -> None:
    def ink(picture: bytes) -> int:
        return sum(Image.frombytes("RGB", (canvas.WIDTH, 60), picture).convert("L").histogram()[:128])

    for words in ("Mwanza", "पोखरा", "القاهرة"):
        assert ink(drawn(words, bold=True)) > ink(drawn(words))
