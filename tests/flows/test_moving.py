"""Back, pause, review, change, hand in: moving about changes no answer."""

from __future__ import annotations

import pytest

from flows import nouns
from tests.flows import playing

FORM = """
survey:
  - {type: text, name: name, label: Name?, required: "yes"}
  - {type: integer, name: staff, label: How many people?}
  - {type: text, name: town, label: Which town?}
"""


def answered() -> playing.Player:
    """Somebody who has answered all of it."""
    player = playing.begun(FORM)
    player.do("Upya", "9", "Lodwar")
    return player


def test_the_review_comes_when_nothing_is_left() -> None:
    prompt = answered().prompt
    assert prompt.kind == "review"
    assert [(line.label, line.shown) for line in prompt.lines] == [
        ("Name?", "Upya"), ("How many people?", "9"), ("Which town?", "Lodwar"),
    ]  # fmt: skip
    assert prompt.missing == 0


def test_the_list_of_answers_is_asked_for_from_its_beginning() -> None:
    assert nouns.Reviewed().page == 0


def test_back_shows_what_was_said_and_continue_keeps_it() -> None:
    player = playing.begun(FORM)
    player.do("Upya", "9")
    prompt = player.do(nouns.Back())
    assert (prompt.key, prompt.current) == ("staff", "9")
    assert player.do(nouns.Ticked()).key == "town"
    assert player.value("staff") == 9


def test_back_from_the_first_question_stays_there() -> None:
    player = playing.begun(FORM)
    prompt = player.do(nouns.Back())
    assert prompt.key == "name"
    assert "back" not in prompt.offers


@pytest.mark.parametrize("where", [pytest.param(0, id="at the first"), pytest.param(2, id="in the middle")])
def test_a_pause_returns_to_where_one_stood(where: int) -> None:
    player = playing.begun(FORM)
    player.do(*["Upya", "9"][:where])
    stood = player.prompt.key
    assert player.do(nouns.Paused()).kind == "paused"
    assert player.do(nouns.Begin()).key == stood


def test_a_pause_at_the_list_of_answers_returns_there_though_a_question_is_open() -> None:
    player = playing.begun(FORM)
    player.do("Upya", nouns.Reviewed(), nouns.Paused())
    prompt = player.do(nouns.Begin())
    assert (prompt.kind, prompt.missing) == ("review", 2)


def test_a_pause_keeps_a_question_asked_back() -> None:
    player = playing.begun("survey: [{type: integer, name: n, label: How many?, unit: Mbps}]")
    player.do("5 mb", nouns.Paused())
    assert player.do(nouns.Begin()).kind == "confirm"
    player.do("yes")
    assert player.value("n") == 5


@pytest.mark.parametrize(
    "act", [pytest.param(nouns.Changed("staff"), id="tapped"), pytest.param("2", id="its number typed")]
)
def test_one_answer_is_changed_from_the_review(act: nouns.AnyEvent | str) -> None:
    player = answered()
    assert player.do(act).key == "staff"
    assert player.do("12").kind == "review"
    assert [player.value(key) for key in ("name", "staff", "town")] == ["Upya", 12, "Lodwar"]


@pytest.mark.parametrize("typed", ["4", "0", "yes", "done", "hello"])
def test_other_words_at_the_review_say_what_to_do(typed: str) -> None:
    player = answered()
    before = player.session.answers
    prompt = player.do(typed)
    assert prompt.problem is not None
    assert prompt.problem.code == "review_wants_buttons"
    assert prompt.kind == "review"
    assert player.session.answers == before


def test_handing_in_ends_it() -> None:
    player = answered()
    player.do(nouns.Submitted())
    assert any(isinstance(effect, nouns.HandedIn) for effect in player.effects)
    assert player.prompt.kind == "submitted"


def test_handing_in_wants_what_is_required() -> None:
    player = playing.begun(FORM)
    player.do(nouns.Reviewed())
    prompt = player.do(nouns.Submitted())
    assert prompt.problem is not None
    assert prompt.problem.code == "required_missing"
    assert prompt.key == "name"
    assert not any(isinstance(effect, nouns.HandedIn) for effect in player.effects)


def test_handing_in_goes_by_the_review() -> None:
    player = playing.begun(FORM)
    player.do("Upya")
    prompt = player.do(nouns.Submitted())
    assert prompt.problem is not None
    assert prompt.problem.code == "review_first"


def test_skipped_questions_do_not_hold_the_section_back() -> None:
    player = playing.begun(FORM)
    assert player.do("Upya", nouns.Skipped(), nouns.Skipped()).missing == 2
    player.do(nouns.Submitted())
    assert any(isinstance(effect, nouns.HandedIn) for effect in player.effects)
