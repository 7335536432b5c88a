"""Units are words: said in each language with their number, and alone behind a question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows import nouns, shipped, units
from flows import words as wording

SYMBOLS = {"%", "Ah", "Mbps", "VA", "Wp", "kVA", "ms"}
"""The same in every language, so that no catalogue lists them."""


def counted_in(children: tuple[nouns.Item, ...]) -> Iterator[str]:
    """The units of the questions below these items."""
    for item in children:
        if isinstance(item, nouns.Question):
            yield item.unit
        else:
            yield from counted_in(item.children)


def test_every_unit_of_a_question_is_said_in_words_or_is_a_symbol() -> None:
    found = {unit for flow in shipped.assessment() for unit in counted_in(flow.children) if unit}
    assert found - SYMBOLS - wording.english("flows").keys() == set()


@pytest.mark.parametrize(
    ("language", "unit", "amount", "alone"),
    [
        pytest.param("en", "members", "5 members", "members", id="behind the number"),
        pytest.param("es", "members", "5 integrantes", "integrantes", id="in Spanish"),
        pytest.param("sw", "members", "wanachama 5", "wanachama", id="before the number"),
        pytest.param(
            "en", "day of the month", "day 5 of the month", "day of the month", id="around the number"
        ),
        pytest.param("fr", "day of the month", "jour 5 du mois", "jour du mois", id="around it in French"),
        pytest.param("es", "kVA", "5 kVA", "kVA", id="a symbol"),
        pytest.param("en", "%", "5%", "%", id="percent in English"),
        pytest.param("fr", "%", "5\u00a0%", "%", id="percent in French"),
        pytest.param("es", "%", "5\u00a0%", "%", id="percent in Spanish"),
        pytest.param("sw", "%", "5%", "%", id="percent in Swahili"),
        pytest.param("tr", "%", "%5", "%", id="percent before the number"),
        pytest.param("sw", "KES", "KES 5", "KES", id="a currency, which stands in front"),
        pytest.param("es", "of 5", "5 de 5", "de 5", id="a mark of five"),
        pytest.param("de", "members", "5 members", "members", id="a language without words"),
    ],
)
def test_a_unit_is_said_with_its_number_and_alone(language: str, unit: str, amount: str, alone: str) -> None:
    assert units.amount("5", 5, unit, language) == amount
    assert units.name(unit, language) == alone


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        pytest.param("Mbps", "Mbps", id="a measure"),
        pytest.param("hours", "heures", id="a measure in words"),
        pytest.param("each", "", id="of a price"),
        pytest.param("people", "", id="what the question counts"),
    ],
)
def test_a_question_tells_only_a_unit_that_could_be_another(unit: str, told: str) -> None:
    assert units.asked_in(unit, "fr") == told
