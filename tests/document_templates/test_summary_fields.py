"""Page one: what a reader should promise comes first, and no row of cards is half empty."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from document_templates import summary_fields, teller
from planning import nouns
from tests.document_templates import plans


def told(schedule):
    plan = msgspec.structs.replace(plans.full(1), schedule=schedule)
    return summary_fields.summary(teller.Teller(plan, "en"))


def test_the_day_to_promise_comes_first():
    first = told(plans.schedule()).cards[0]
    assert [(card.label, card.value) for card in first] == [
        ("The day to promise: four times in five all branches work with Mifos", "2 Jul 2027"),
        ("All branches work with Mifos, as likely before as after", "11 Jun 2027"),
        ("The project closes, four times in five by", "6 Aug 2027"),
    ]


def test_without_branches_the_close_is_promised():
    alone = msgspec.structs.replace(plans.schedule(), live=None, live_likely=None)
    assert [card.value for card in told(alone).cards[0]][:2] == ["6 Aug 2027", "9 Jul 2027"]


@pytest.mark.parametrize(
    ("schedule", "value"),
    [
        pytest.param(None, "no date can be computed yet", id="no schedule"),
        pytest.param(
            msgspec.structs.replace(plans.schedule(), likely=None, live_likely=None),
            "8 May 2027",
            id="no simulation",
        ),
    ],
)
def test_without_a_simulation_the_only_date_comes_first(schedule, value):
    assert told(schedule).cards[0][0].value == value


@pytest.mark.parametrize("figures", range(7))
def test_no_row_of_cards_is_half_empty(figures):
    plan = plans.full(1)
    plan = msgspec.structs.replace(plan, summary=(plan.summary * 2)[:figures])
    cards = summary_fields.summary(teller.Teller(plan, "en")).cards
    assert {len(row) for row in cards} == {summary_fields.CARDS_A_ROW}


@pytest.mark.parametrize(
    ("made_on", "due"),
    [
        pytest.param(dt.date(2026, 11, 23), "4 Jan 2027", id="by the day on which work begins"),
        pytest.param(dt.date(2027, 2, 1), "1 Feb 2027", id="today where that is past"),
    ],
)
def test_what_the_board_decides_has_a_date(made_on, due):
    plan = msgspec.structs.replace(plans.full(1), made_on=made_on)
    decisions = summary_fields.summary(teller.Teller(plan, "en")).decisions
    assert {one.due for one in decisions if one.owner == "the board"} == {due}


def test_without_a_schedule_the_board_decides_before_work_begins():
    assert told(None).decisions[0].due == "before the work begins"


@pytest.mark.parametrize(
    ("safe", "asked"),
    [
        pytest.param(
            dt.date(2027, 6, 2), True, id="four in five have all branches live a day after the wish"
        ),
        pytest.param(dt.date(2027, 6, 1), False, id="four in five in time, though the project closes later"),
    ],
)
def test_the_board_decides_by_the_day_to_promise(safe, asked):
    likely = nouns.Likely(400, dt.date(2027, 5, 28), safe, 40)
    found = told(msgspec.structs.replace(plans.schedule(), live_likely=likely)).decisions
    assert any("Accept 2 Jun 2027 instead of the wished 1 Jun 2027" in one.what for one in found) == asked
