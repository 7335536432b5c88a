"""The language of a form as its author wrote it: a code, a name, or both."""

from __future__ import annotations

import pytest

from tests.flows import playing

FORM = """
language: {language}
survey:
  - {{type: integer, name: speed, label: How fast?, unit: hours}}
  - {{type: date, name: day, label: When?}}
"""


@pytest.mark.parametrize(
    ("language", "unit", "said"),
    [
        pytest.param("fr", "heures", "31 mars 2027", id="a code"),
        pytest.param("Français (fr)", "heures", "31 mars 2027", id="name and code"),
        pytest.param("French (fr-CA)", "heures", "31 mars 2027", id="a code with a country"),
        pytest.param("French", "heures", "31 March 2027", id="a name alone"),
        pytest.param("English (en)", "hours", "31 March 2027", id="what ODK's tools write"),
        pytest.param("Kinyarwanda (rw)", "hours", "2027 Werurwe 31", id="a language without a catalogue"),
        pytest.param("../../etc", "hours", "31 March 2027", id="no language at all"),
    ],
)
def test_a_form_is_asked_in_whatever_way_its_language_is_written(language: str, unit: str, said: str) -> None:
    player = playing.begun(FORM.format(language=language))
    assert player.prompt.unit == unit
    player.do("12", "31 March 2027")
    assert said in player.prompt.lines[1].shown


@pytest.mark.parametrize("language", ["en", "English (en)", "English"])
def test_english_writes_thousands_with_a_comma(language: str) -> None:
    player = playing.begun(FORM.format(language=language))
    player.do("1,200")
    assert player.value("speed") == 1200
