"""The numbers assumed in every language: their names and sources are said, and a name is understood as it is said."""

from __future__ import annotations

import pytest

import flows.words
from flows import locales
from planning import assumptions, nouns, parameter_words, parameters, trace, words

OTHERS = tuple(language for language in locales.PROMISED if language != "en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_name_and_source_is_said(language: str) -> None:
    assert parameter_words.catalogue(language).codes() == set(parameter_words.english())


@pytest.mark.parametrize("language", locales.PROMISED)
def test_no_name_is_that_of_the_formulas_alone_and_none_is_given_twice(language: str) -> None:
    said = {one.name: words.say(parameter_words.name(one.name), language) for one in parameters.default()}
    assert len(set(said.values())) == len(said)
    bare = {name for name, label in said.items() if label == name.replace("_", " ")}
    # one word that everybody knows
    assert bare <= {"inflation", "contingency"}


def test_every_unit_of_a_number_is_said_in_words_or_is_a_symbol() -> None:
    symbols = {"", "%", "Ah", "USD", "V", "VA", "W", "Wp", "kVA", "kbps", "l", "ms", "s"}
    found = {one.unit for one in parameters.default()}
    assert found - symbols - flows.words.english("flows").keys() == set()


@pytest.mark.parametrize("language", locales.PROMISED)
def test_every_name_leads_to_its_number(language: str) -> None:
    for one in parameters.default():
        said = words.say(parameter_words.name(one.name), language)
        assert assumptions.read(f"{said} {one.value:g}", language).name == one.name
        assert assumptions.read(one.name, language).name == one.name


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "inflation: 5% (rule of thumb: Put in the country's own)"),
        ("fr", "inflation : 5 % (règle empirique : Mettez celle du pays)"),
        ("es", "inflación: 5 % (regla práctica: Ponga la del país)"),
    ],
)
def test_a_number_is_told_in_the_readers_language(language: str, expected: str) -> None:
    said = words.say(trace.parameter(parameters.default()["inflation"]), language)
    assert said.replace("\u202f", " ").replace("\u00a0", " ") == expected


def test_who_put_a_number_in_the_place_of_ours_is_no_sentence_of_a_catalogue() -> None:
    own = nouns.Parameter("inflation", 7, "%", nouns.Source.STATED, "Pam Mwangi", replaced=True)
    assert parameter_words.origin(own) == "Pam Mwangi"
