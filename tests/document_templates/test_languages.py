"""One sample's plan in each language, as Word and as JSON: nothing of our own is left in English, no answer is lost."""

from __future__ import annotations

import functools
import importlib.resources
import json
import pathlib
import re
from collections.abc import Iterator

import msgspec
import pytest

from document_templates import document, rendering
from flows import book as books
from flows import nouns, shipped, translations
from flows import words as catalogues
from planning import nouns as plan_nouns
from planning import parameter_words, plan, whole
from tests.document_templates import templates

SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"

OTHERS = ("es", "fr", "sw")

each_language = pytest.mark.parametrize("language", ["en", *OTHERS])

WITHOUT_VALUE = {
    "branch_office": {"clients": nouns.Sure.ASKED, "tellers": nouns.Sure.NOT_APPLICABLE},
    "branch_power": {"grid_hours": nouns.Sure.UNKNOWN},
}
"""Section -> question -> what is said of it in the place of an answer, at the first branch of the sample."""

ESTIMATE = ("branch_office", "staff_total")


def answered() -> nouns.AnswerBook:
    """The sample, with every answer that gives no value and an estimate."""
    sample = books.decode(SAMPLE.read_bytes())
    first = sample.branches[0].id
    changed = []
    for section in sample.sections:
        answers = dict(section.answers)
        if section.branch == first:
            for name, sure in WITHOUT_VALUE.get(section.flow, {}).items():
                answers[name] = msgspec.structs.replace(answers[name], value=None, sure=sure)
            if section.flow == ESTIMATE[0]:
                known = answers[ESTIMATE[1]]
                answers[ESTIMATE[1]] = msgspec.structs.replace(known, sure=nouns.Sure.ESTIMATE)
        changed.append(msgspec.structs.replace(section, answers=answers))
    return msgspec.structs.replace(sample, sections=tuple(changed))


@functools.cache
def planned(language: str) -> plan_nouns.Plan:
    book = answered()
    assert book.made_at is not None
    flows = [shipped.in_language(flow, language) for flow in shipped.assessment()]
    return plan.make_plan(
        shipped.book_in_language(book, language), flows, today=book.made_at.date(), prove=False
    )


@functools.cache
def word_file(language: str) -> str:
    """Everything that can be read in the Word plan."""
    made = document.make(
        planned(language), template=rendering.STANDARD_TEMPLATE.read_bytes(), language=language
    )
    return " ".join(templates.words(made).split())


@functools.cache
def json_file(language: str) -> str:
    """Every value of the JSON plan, without the names of its fields."""
    return " ".join(" ".join(_values(json.loads(whole.encode(planned(language), language)))).split())


def _values(value: object) -> Iterator[str]:
    match value:
        case dict():
            for inner in value.values():
                yield from _values(inner)
        case list():
            for inner in value:
                yield from _values(inner)
        case str():
            yield value


def english(language: str) -> Iterator[tuple[str, str]]:
    """Code -> a part of an English sentence that the language says in other words, long enough to know it by."""
    for package in ("planning", "document_templates"):
        source = catalogues.english(package)
        file = importlib.resources.files(package) / "words" / f"{language}.po"
        said = translations.read(file.read_text("utf-8"), language).said(source)
        for code, message in source.items():
            own = _forms(said.get(code, ()))
            yield from ((code, part) for one in _forms(message) if one not in own for part in _parts(one))
    spoken, base = (parameter_words.catalogue(one) for one in (language, "en"))
    for code in parameter_words.english():
        if spoken.say(code) != base.say(code):
            yield from ((code, part) for part in _parts(base.say(code)))


def _forms(message: translations.Message | tuple[()]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


LEAST_WORDS = 4
"""Of a part of a sentence that nobody writes by chance."""


def _parts(sentence: str) -> Iterator[str]:
    for part in re.split(r"\{[^}]*\}|<[^>]*>", sentence):
        words = " ".join(part.split())
        if sum(word.isalpha() for word in words.split()) >= LEAST_WORDS:
            yield words


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("made", [word_file, json_file], ids=["word", "json"])
def test_no_sentence_of_ours_is_left_in_english(made, language: str) -> None:
    told = made(language)
    answers = " ".join(_said(answered()))
    left = {code: part for code, part in english(language) if part in told and part not in answers}
    assert left == {}


def _said(book: nouns.AnswerBook) -> Iterator[str]:
    for section in book.sections:
        yield from (str(answer.value) for answer in section.answers.values())


def test_english_would_be_found() -> None:
    left = [code for code, part in english("fr") if part in word_file("en")]
    assert len(left) > 100


TOLD = {
    nouns.Sure.UNKNOWN: "reason_unknown",
    nouns.Sure.ASKED: "reason_asked",
    nouns.Sure.NOT_APPLICABLE: "not_applicable",
    nouns.Sure.ESTIMATE: "sure_estimate",
}
"""What is said of an answer -> the words of the plan that say so."""


def rows(language: str) -> dict[str, plan_nouns.Answered]:
    """The first branch's answers by section and question, as the plan prints them."""
    first = answered().branches[0].id
    blocks = [block for chapter in planned(language).sections for block in chapter.answers]
    return {
        f"{block.flow} {row.key}": row for block in blocks if block.branch == first for row in block.answered
    }


@each_language
def test_what_is_said_in_the_place_of_an_answer_reaches_the_plan_as_what_it_is(language: str) -> None:
    said = {
        f"{flow} {name}": sure for flow, answers in WITHOUT_VALUE.items() for name, sure in answers.items()
    }
    found = rows(language)
    assert {key: found[key].sure for key in said} == said
    estimate = found[" ".join(ESTIMATE)]
    assert (estimate.sure, bool(estimate.shown)) == (nouns.Sure.ESTIMATE, True)
    open_points = {f"{point.flow} {point.key}": point.reason for point in planned(language).open_points}
    assert open_points["branch_office clients"] is plan_nouns.Reason.ASKED
    assert open_points["branch_power grid_hours"] is plan_nouns.Reason.UNKNOWN
    assert "branch_office tellers" not in open_points


@each_language
@pytest.mark.parametrize("sure", TOLD)
def test_each_is_told_in_the_words_of_the_language(language: str, sure: nouns.Sure) -> None:
    words = catalogues.catalogue("document_templates", language).say(TOLD[sure], answer="")
    assert words.strip(" ?()≈~") in word_file(language)
