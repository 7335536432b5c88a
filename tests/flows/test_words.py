"""What a language does not say is said in the language below it."""

from __future__ import annotations

import pytest

from flows import words

ENGLISH = words.Catalogue("en", {"hello": "Hello, {name}", "left": ("{n} is left", "{n} are left")})
FRENCH = words.Catalogue("fr", {"hello": "Bonjour, {name}"}, ENGLISH)


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        pytest.param("hello", {"name": "Ekai"}, "Bonjour, Ekai", id="its own words"),
        pytest.param("left", {"n": 1}, "1 is left", id="one, in the words below"),
        pytest.param("left", {"n": 0}, "0 are left", id="none, counted as these words count"),
    ],
)
def test_a_language_says_what_it_can(code: str, values: dict[str, object], said: str) -> None:
    assert FRENCH.say(code, **values) == said
    assert FRENCH.html(code, **values) == said
    assert code in FRENCH


def test_what_nobody_says_is_an_error() -> None:
    assert "bye" not in FRENCH
    with pytest.raises(KeyError, match="bye"):
        FRENCH.say("bye")
