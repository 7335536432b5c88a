"""Bars: as long as what they tell, and none where there is nothing to compare."""

from __future__ import annotations

import msgspec
import pytest

from document_templates import bar_fields, teller
from tests.document_templates import plans


def tell(plan):
    return teller.Teller(plan, "en")


def costs(*years: tuple[float | None, float]):
    """A plan whose years cost so much once and running."""
    plan = plans.full(1)
    year = plan.costs.years[0]
    told = tuple(
        msgspec.structs.replace(
            year,
            year=number,
            once=plans.figure("once", once, "KES"),
            running=plans.figure("running", running, "KES"),
        )
        for number, (once, running) in enumerate(years, 1)
    )
    return msgspec.structs.replace(plan, costs=msgspec.structs.replace(plan.costs, years=told))


@pytest.mark.parametrize(
    ("years", "lengths"),
    [
        pytest.param([(30.0, 10.0), (0.0, 10.0)], [(15, 5), (0, 5)], id="once and running"),
        pytest.param([(None, 10.0)], [(0, 20)], id="what is not known has no length"),
    ],
)
def test_a_years_bar_is_as_long_as_its_money(years, lengths):
    (chart,) = bar_fields.costs(tell(costs(*years)))
    assert [(bar.weeks.count("driving"), bar.weeks.count("task")) for bar in chart.bars] == lengths
    assert {len(bar.weeks) for bar in chart.bars} == {bar_fields.COLUMNS} == {len(chart.weeks)}


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        pytest.param(1_712_092.0, ["200K", "400K", "2M"], id="millions"),
        pytest.param(40.0, ["4", "8", "40"], id="what fills the scale"),
        pytest.param(1_000_001.0, ["150K", "300K", "1.5M"], id="a little above a round number"),
    ],
)
def test_the_scale_counts_in_round_numbers(most, marks):
    (chart,) = bar_fields.costs(tell(costs((most, 0.0))))
    said = [mark for mark in chart.weeks if mark]
    assert [said[0], said[1], said[-1]] == marks


def test_without_money_there_is_no_chart():
    assert bar_fields.costs(tell(costs((0.0, 0.0)))) == []


def test_each_place_has_a_bar_of_its_readiness():
    plan = plans.full(2)
    (chart,) = bar_fields.readiness(tell(plan))
    scores = [plan.readiness.project.score.value, *(one.score.value for one in plan.readiness.branches)]
    assert [bar.weeks.count("driving") for bar in chart.bars] == [round(score * 0.2) for score in scores]


def test_no_branch_is_nothing_to_compare():
    assert bar_fields.readiness(tell(plans.full(0))) == []
