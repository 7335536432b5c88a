"""Long messages in pieces: nothing is lost, nothing is longer than Telegram takes, every tag is closed."""

from __future__ import annotations

import html
import re

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import limits, pieces
from bot.practice import entities


def shown(piece: str) -> str:
    """What stands in the chat."""
    return entities.parse_html(piece).text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("short <b>words</b>", 1, id="a short message stays one"),
        pytest.param("x" * limits.MESSAGE_UNITS, 1, id="just as long as may be"),
        pytest.param("x" * (limits.MESSAGE_UNITS + 1), 2, id="one letter more"),
        pytest.param("&amp;" * limits.MESSAGE_UNITS, 1, id="an entity is one letter"),
        pytest.param("\U0001f600" * limits.MESSAGE_UNITS, 2, id="an emoji is two units"),
        pytest.param("<b>" + "x" * 9000 + "</b>", 3, id="one word over several messages"),
        pytest.param("x" * limits.MESSAGE_UNITS + "\n<b></b>\n", 1, id="nothing is left for a second"),
    ],
)
def test_as_many_messages_as_are_needed(text: str, number: int) -> None:
    assert len(pieces.cut(text)) == number


def test_a_message_is_cut_at_the_end_of_a_line() -> None:
    lines = [f"{number}. " + "word " * 20 + "end" for number in range(90)]
    for piece in pieces.cut("\n".join(lines)):
        assert set(piece.split("\n")) <= set(lines)


def test_a_tag_that_is_cut_goes_on_in_the_next_message() -> None:
    first, second = pieces.cut('<a href="https://x.test/?a&amp;b">' + "word " * 1000 + "</a> end")
    assert first.endswith("word </a>")
    assert second.startswith('<a href="https://x.test/?a&amp;b">word')


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "u"]), st.text(max_size=3000)), max_size=8))
def test_nothing_is_lost_and_each_message_is_taken(parts: list[tuple[str, str]]) -> None:
    made = [f"<{tag}>{markupsafe.escape(words)}</{tag}>" if tag else str(markupsafe.escape(words))
            for tag, words in parts]  # fmt: skip
    text = "\n".join(made)
    found = pieces.cut(text)
    assert all(pieces.units(shown(piece)) <= limits.MESSAGE_UNITS for piece in found)
    whole = html.unescape(re.sub(r"<[^>]*>", "", text))
    assert "".join("".join(map(shown, found)).split()) == "".join(whole.split())
