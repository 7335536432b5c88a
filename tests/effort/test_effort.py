"""Nobody is asked too much: what the samples' people did stays below what we promise them."""

from __future__ import annotations

import statistics

import pytest

from flows import nouns
from tests.effort import bounds, measuring, pace
from tests.flows import playing
from tests.flows.assessment_asked import FLOWS
from tests.samples import profile

MINUTES_OF_A_BRANCH = 20
TAPS_A_QUESTION = 1.3
TAPS_OF_THE_SURVEY = 60
"""What we promise branch staff, and a village bank with plain group loans."""

QUESTIONS_OF_A_BRANCH = 45
"""What we promise branch staff: with one entry in each list by the logic, with all their lists in the samples."""

QUESTIONS_ALONE = 62
"""Of a branch of the samples with all its lists, each number of a message counted by itself: two lines and three kinds of
computers have that many answers."""

each = pytest.mark.parametrize("name", profile.names())


@each
def test_no_branch_takes_longer_than_promised(name: str) -> None:
    assert max(branch.minutes for branch in measuring.of_branches(name)) <= MINUTES_OF_A_BRANCH


@each
def test_no_branch_is_asked_more_than_promised_with_all_its_lists(name: str) -> None:
    assert max(branch.questions for branch in measuring.of_branches(name)) <= QUESTIONS_OF_A_BRANCH


@each
def test_a_question_takes_hardly_more_than_a_tap_in_any_branch(name: str) -> None:
    assert max(branch.taps_a_question for branch in measuring.of_branches(name)) <= TAPS_A_QUESTION


@each
@pytest.mark.parametrize(
    "flow", [flow for flow in FLOWS.values() if flow.per is nouns.Per.BRANCH], ids=lambda flow: flow.id
)
def test_an_answer_takes_hardly_more_than_a_tap_in_any_section_of_a_branch(
    name: str, flow: nouns.Flow
) -> None:
    taps = statistics.median(each.taps_an_answer for each in measuring.of_branches(name, flow.id))
    assert taps <= TAPS_A_QUESTION


@each
def test_the_usual_answer_of_a_branch_takes_a_tap_and_a_few_seconds(name: str) -> None:
    given = measuring.of_sample(name, branches=True)
    assert statistics.median(each.taps for each in given) <= 1
    assert sum(each.taps for each in given) < sum(each.taps for each in measuring.of_branches(name))


@each
def test_each_number_counts_by_itself_where_that_is_asked(name: str) -> None:
    """The other way to count: who sends number by number still sends few, and no more than the answers that are kept."""
    for branch in measuring.of_branches(name):
        assert branch.questions <= branch.answers <= QUESTIONS_ALONE


def test_a_village_bank_finishes_its_capability_survey_quickly() -> None:
    assert measuring.of_section("village_bank", "operations_needs").taps < TAPS_OF_THE_SURVEY


@pytest.mark.parametrize("alone", [False, True], ids=["messages", "each number by itself"])
def test_the_logic_asks_a_branch_no_more_than_we_promise(alone: bool) -> None:
    found = [bounds.of(flow, alone=alone) for flow in FLOWS.values() if flow.per is nouns.Per.BRANCH]
    assert sum(each.most for each in found) <= QUESTIONS_OF_A_BRANCH


# --- how it is counted ------------------------------------------------------------------------------

BRANCHING = """
flow: branching
title: Branching
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  kinds: [{name: a, label: A}, {name: b, label: B}, {name: none, label: None of these}]
survey:
  - {type: select_one yes_no, name: has, label: Has it?}
  - {type: integer, name: many, label: How many?, relevant: "${has} = 'yes'"}
  - {type: text, name: why, label: Why so many?, relevant: "${many} > 10"}
  - {type: select_multiple kinds, name: ticked, label: Which?}
  - {type: integer, name: first, label: How many today?, together: [second], short: today, example: "1"}
  - {type: integer, name: second, label: How many yesterday?, short: yesterday, example: "2"}
  - {type: text, name: no_kind, label: Why none?, relevant: "selected(${ticked}, 'none')"}
  - type: repeat
    name: list
    label: List
    relevant: "${has} = 'no'"
    children:
      - {type: text, name: inner, label: What?}
      - {type: text, name: deeper, label: And?, relevant: "${inner} = 'more'"}
"""


def test_bounds_are_found_through_conditions_on_conditions_and_into_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flow = playing.load(BRANCHING)
    monkeypatch.setitem(FLOWS, flow.id, flow)
    # at most: has = no opens the list's two questions, or has = yes opens many and why; first and second are one message
    assert bounds.of(flow) == bounds.Bounds(least=3, most=6)
    assert bounds.of(flow, alone=True) == bounds.Bounds(least=4, most=7)


def question(**fields: object) -> nouns.Prompt:
    return nouns.Prompt("question", "", label="How many are there?", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "seen", "seconds"),
    [
        pytest.param(nouns.Typed("1250"), question(), 4 / 175 * 60 + 4 / 145 * 60 + 2.45, id="read and type"),
        pytest.param(nouns.Picked("a"), question(), 4 / 175 * 60 + 2.45, id="read and tap"),
        pytest.param(nouns.Ticked(), question(several=True), 2.45, id="done with ticks"),
        pytest.param(
            nouns.Picked("b"),
            question(several=True, options=(nouns.Option("a", "A", True),)),
            2.45,
            id="one more tick",
        ),
        pytest.param(nouns.Begin(), None, 2.45, id="nothing to read yet"),
    ],
)
def test_time_is_reading_typing_and_tapping(
    event: nouns.AnyEvent, seen: nouns.Prompt | None, seconds: float
) -> None:
    assert pace.of(event, seen).total_seconds() == pytest.approx(seconds, abs=1e-5)
