"""The sample institution fits the assessment, marks what is published, and can be told to the engine in chat."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest

from flows import book, engine, instance, keys, nouns
from tests.flows.assessment_asked import FLOWS, NOW, asked, items_of, standing
from tests.flows.assessment_names import BRANCH_SECTIONS

SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"
BOOK = book.decode(SAMPLE.read_bytes())

USUAL_BRANCH = 45
"""Questions that the six sections of a usual branch may ask."""


def asked_of(section: nouns.SectionAnswers) -> dict[str, instance.Question]:
    living = standing(section.flow, section.answers, section.entries)
    return {question.key: question for question in asked(living.root.parts)}


SECTIONS = [
    pytest.param(section, id=f"{section.flow}-{section.branch or 'organisation'}")
    for section in BOOK.sections
]


def test_the_sample_answers_every_section() -> None:
    expected = [
        (flow.id, branch.id) for branch in BOOK.branches for flow in FLOWS.values() if flow.per == "branch"
    ]
    expected += [(flow.id, "") for flow in FLOWS.values() if flow.per == "organisation"]
    assert [(section.flow, section.branch) for section in BOOK.sections] == expected
    assert {section.state for section in BOOK.sections} == {"approved"}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_answers_what_is_asked_and_nothing_else(section: nouns.SectionAnswers) -> None:
    assert list(section.answers) == list(asked_of(section)), "in the order in which the questions come"
    assert section.version == FLOWS[section.flow].version


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_lists_the_entries_of_each_list(section: nouns.SectionAnswers) -> None:
    used: dict[str, list[int]] = {}
    for key in section.answers:
        for name, number in keys.steps(key):
            if number is not None and number not in used.setdefault(name, []):
                used[name].append(number)
    counted = {
        item.path
        for item in items_of(FLOWS[section.flow].children)
        if isinstance(item, nouns.Repeat) and item.repeat_count
    }
    for name, numbers in section.entries.items():
        said = used.pop(name, [])
        assert set(said) <= set(numbers) if name in counted else said == list(numbers), name
    assert not used


def test_the_sample_fits_its_questions() -> None:
    assert book.validate(BOOK, FLOWS.values()) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_has_a_value_or_says_that_nobody_knows(section: nouns.SectionAnswers) -> None:
    without = (nouns.Sure.UNKNOWN, nouns.Sure.SKIPPED)
    for key, answer in section.answers.items():
        assert (answer.value is None) == (answer.sure in without), key


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_says_who_answered_when_and_where_it_comes_from(section: nouns.SectionAnswers) -> None:
    person = next(person for person in BOOK.people if person.id == section.owner)
    assert FLOWS[section.flow].role in person.roles
    assert not section.branch or section.branch in person.branches
    moments = [answer.at for answer in section.answers.values() if answer.at]
    assert moments == sorted(moments)
    for answer in section.answers.values():
        assert answer.by == section.owner
        assert answer.at is not None
        assert (answer.at.year, answer.at.month, answer.at.utcoffset()) == (2026, 11, dt.timedelta())
        assert answer.note in ("published", "illustrative")


def answer_of(flow: str, key: str, branch: str = "") -> nouns.Answer:
    return next(s for s in BOOK.sections if (s.flow, s.branch) == (flow, branch)).answers[key]


def test_the_published_figures_are_marked_and_nothing_else_is() -> None:
    published = {
        (section.flow, key): answer.value
        for section in BOOK.sections
        for key, answer in section.answers.items()
        if answer.note == "published"
    }
    assert published == {
        ("it_hosting", "clients_total"): 5446,
        ("migration", "strategy"): "opening_balances",
        ("migration", "entities:1/records"): 5446,
        ("migration", "entities:4/records"): 5100,
        ("migration", "entities:5/records"): 2729,
    }
    moved = [answer_of("migration", f"entities:{number}/entity").value for number in (1, 4, 5)]
    assert moved == ["clients", "savings", "loans"]
    for figure in ("5,446", "5,100", "2,729", "sources"):
        assert figure in BOOK.note


def test_the_clients_of_the_branches_are_all_clients() -> None:
    clients = [answer_of("branch_office", "clients", branch.id).value for branch in BOOK.branches]
    assert sum(value for value in clients if isinstance(value, int)) == 5446


def test_staff_to_be_trained_are_staff_of_the_branches() -> None:
    for job in ("loan_officers", "tellers"):
        counted = [answer_of("branch_office", job, branch.id).value for branch in BOOK.branches]
        trained = answer_of("training_needs", f"trainees_{job}").value
        assert sum(value for value in counted if isinstance(value, int)) == trained


def test_a_usual_branch_is_not_asked_too_much() -> None:
    counted = Counter({s.flow: len(asked_of(s)) for s in BOOK.sections if s.branch == "machakos"})
    assert set(counted) == set(BRANCH_SECTIONS)
    assert counted.total() <= USUAL_BRANCH, counted


def test_the_sample_leaves_points_open() -> None:
    sure = Counter(answer.sure for section in BOOK.sections for answer in section.answers.values())
    assert sure[nouns.Sure.ESTIMATE] >= 10
    assert 3 <= sure[nouns.Sure.UNKNOWN] <= 8
    assert 1 <= sure[nouns.Sure.SKIPPED] <= 2


# --- told in chat ----------------------------------------------------------------------------------


def told(section: nouns.SectionAnswers) -> nouns.Session:
    """The session of someone who gives these answers in chat, written to JSON and read again between the turns."""
    flow, left = FLOWS[section.flow], {key: list(numbers) for key, numbers in section.entries.items()}
    session = engine.start(flow)
    waiting: list[nouns.AnyEvent] = [nouns.Begin()]
    while waiting:
        turn = engine.advance(flow, session, waiting.pop(0), now=NOW, by=section.owner)
        session = msgspec.json.decode(msgspec.json.encode(turn.session), type=nouns.Session)
        (prompt,) = (effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
        assert prompt.problem is None, f"{prompt.key}: {prompt.problem}"
        if waiting:
            continue
        if prompt.kind == "question":
            waiting.extend(given(prompt, section.answers[prompt.key]))
        elif prompt.kind == "repeat":
            another = bool(left[prompt.key]) and bool(left[prompt.key].pop(0))
            waiting.append(nouns.Added() if another else nouns.Finished())
        elif prompt.kind == "review":
            waiting.append(nouns.Submitted())
        else:
            assert prompt.kind == "submitted", prompt
    return session


def given(prompt: nouns.Prompt, answer: nouns.Answer) -> Iterator[nouns.AnyEvent]:
    """What a person does to give an answer."""
    match answer.value:
        case None:
            yield nouns.Unknown() if answer.sure is nouns.Sure.UNKNOWN else nouns.Skipped()
        case list() as ticked:
            offered = ((option.name, option.chosen) for option in prompt.options)
            yield from (nouns.Picked(name) for name, chosen in offered if chosen != (name in ticked))
            if ticked != ["none"]:
                yield nouns.Ticked()
        case nouns.Point() as point:
            yield nouns.Located(point)
        case nouns.Attachment() as attachment:
            yield nouns.Attached(attachment)
        case str() as name if prompt.options:
            yield nouns.Picked(name)
        case value:
            yield nouns.Typed(str(value))
    if answer.sure is nouns.Sure.ESTIMATE:
        yield nouns.Estimated(prompt.key)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sample_can_be_told_in_chat(section: nouns.SectionAnswers) -> None:
    kept = told(section).answers
    assert {key: (answer.value, answer.sure) for key, answer in kept.items()} == {
        key: (answer.value, answer.sure) for key, answer in section.answers.items()
    }
