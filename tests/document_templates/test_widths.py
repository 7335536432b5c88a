"""How wide words are: near what a real font measures, and never less."""

from __future__ import annotations

import pathlib
import re

import pytest
from PIL import ImageFont

from document_templates import widths
from flows import words

CARLITO = next(pathlib.Path("/usr/share/fonts").rglob("Carlito-Bold.ttf"), None)
"""As wide as Calibri, letter by letter."""


@pytest.mark.parametrize(
    ("said", "same"),
    [
        pytest.param("écart critique", "critique", id="a line may end at a space"),
        pytest.param("enable-address", "address", id="and behind a hyphen"),
        pytest.param("éééé", "eeee", id="an accent takes no room"),
        pytest.param("", "", id="no words"),
    ],
)
def test_the_longest_part_that_no_line_breaks_is_measured(said, same):
    assert widths.longest_word(said, 9) == widths.longest_word(same, 9)


def test_a_fixed_space_is_no_place_to_break():
    assert (
        widths.longest_word("■\u00a0écart\u00a0critique", 9)
        > widths.longest_word("■ écart critique", 9) * 1.5
    )


@pytest.mark.skipif(CARLITO is None, reason="the font Carlito is not installed")
@pytest.mark.parametrize("language", ["en", "fr", "es", "sw"])
def test_no_word_of_the_document_is_wider_than_was_thought(language):
    font = ImageFont.truetype(str(CARLITO), 1000)
    told = words.catalogue("document_templates", language)
    plain = [
        code
        for code, said in words.english("document_templates").items()
        if isinstance(said, str) and "{" not in said
    ]
    for word in set(re.findall(r"[^\W\d_]{4,}", " ".join(told.say(code) for code in plain))):
        # 1,000 units of the font are 10 points here, 200 twentieths
        assert 0.97 <= widths.longest_word(word, 10) / (font.getlength(word) / 5) <= 1.2, word
