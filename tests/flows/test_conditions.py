"""Conditions in words, as the page of questions says them."""

from __future__ import annotations

import pytest

from flows import conditions, form
from tests.flows import playing

FLOW = """
choices:
  kinds:
    - {name: ups, label: UPS}
    - {name: none, label: None of these}
survey:
  - {type: select_one kinds, name: kind, label: Which kind?}
  - {type: select_multiple kinds, name: backups, label: What works?}
  - {type: integer, name: cuts, label: How many cuts?}
  - {type: repeat, name: links, label: Line, children: [{type: text, name: seller, label: Who sells it?}]}
  - {type: calculate, name: wanted, calculation: 1 + 1}
  - type: group
    name: battery
    label: Battery
    relevant: selected(${backups}, 'ups')
    children:
      - {type: integer, name: hours, label: How long?, relevant: "not(${cuts} = 0)"}
"""
MADE = form.of(playing.load(FLOW))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        pytest.param("${kind} = 'ups'", "“Which kind?” is “UPS”", id="a choice"),
        pytest.param("${kind} != 'none'", "“Which kind?” is not “None of these”", id="not a choice"),
        pytest.param("${kind} != ''", "“Which kind?” is answered", id="any answer"),
        pytest.param("not(${kind} = 'ups')", "“Which kind?” is not “UPS”", id="not, around it"),
        pytest.param("selected(${backups}, 'ups')", "“UPS” is chosen at “What works?”", id="a tick"),
        pytest.param("not(selected(${backups}, 'ups'))", "“UPS” is not chosen at “What works?”", id="no tick"),
        pytest.param("selected('ups none', ${kind})", "“Which kind?” is one of “UPS”, “None of these”", id="a list"),
        pytest.param("not(selected('1 2', ${cuts}))", "“How many cuts?” is none of “1”, “2”", id="not in a list"),
        pytest.param("${cuts} > 3", "“How many cuts?” is more than 3", id="more"),
        pytest.param("not(${cuts} < 2)", "“How many cuts?” is at least 2", id="not less"),
        pytest.param("count(${links}) > 1", "the number of entries of “Line” is more than 1", id="entries"),
        pytest.param(
            "count-selected(${backups}) = 1", "the number of choices at “What works?” is 1", id="ticks counted"
        ),
        pytest.param(
            "${cuts} > 1 and (${kind} = 'ups' or ${kind} = 'none')",
            "“How many cuts?” is more than 1 and (“Which kind?” is “UPS” or “Which kind?” is “None of these”)",
            id="chains",
        ),
        pytest.param("${wanted} = 2", "`wanted` is 2", id="what has no words is called by its name"),
        pytest.param("string-length(${kind})", "`string-length(${kind})`", id="no words for it"),
        pytest.param("not(position(..) = 1 and ${cuts} = 1)",
                     "not (`position(..)` is 1 and “How many cuts?” is 1)", id="not, around a chain"),
    ],
)  # fmt: skip
def test_a_condition_in_words(condition: str, words: str) -> None:
    assert conditions.in_words(MADE, condition) == words


def test_what_is_around_a_question_counts_too() -> None:
    said = conditions.of(MADE, MADE.by_path["battery/hours"])
    assert said == "“UPS” is chosen at “What works?”, and “How many cuts?” is not 0"
    assert conditions.of(MADE, MADE.by_path["kind"]) == ""
