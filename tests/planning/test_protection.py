"""Stabilisers, earthing and surge arresters: which branches need them, and that their price is never nothing."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns
from planning import protection
from tests.planning.books import section, work

BRANCHES = tuple(nouns.Branch(one, one.title()) for one in ("busia", "lodwar"))

RATE = section("finance_setup", exchange_rate=130)


def rows(*given: nouns.SectionAnswers, branches: tuple[nouns.Branch, ...] = BRANCHES) -> dict[str, Any]:
    found = protection.rows(work(*given, branches=branches), branches)
    return {row.what.code.removeprefix("cost."): row for row in found}


def power(branch: str, **given: Any) -> nouns.SectionAnswers:
    return section("branch_power", branch, **given)


def test_each_branch_whose_voltage_swings_gets_a_stabiliser():
    found = rows(
        RATE, power("busia", voltage_swings="yes", earthing="yes"), power("lodwar", voltage_swings="no")
    )
    stabilisers = found["stabilisers"]
    assert stabilisers.quantity.value == 1
    # 120 dollars, between 60 and 250, at 130 shillings
    assert (stabilisers.amount.value, stabilisers.amount.low, stabilisers.amount.high) == (
        15_600,
        7_800,
        32_500,
    )
    assert not stabilisers.yearly
    assert "earthing" not in found


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        pytest.param("yes", None, id="earthed: nothing to buy"),
        pytest.param("no", 1, id="not earthed"),
        pytest.param("unknown", 1, id="nobody knows: the money is there until it is measured"),
    ],
)
def test_a_building_without_an_earth_wire_is_earthed(said, pieces):
    given = power("busia", voltage_swings="yes", earthing=said), power("lodwar", voltage_swings="no")
    row = rows(RATE, *given).get("earthing")
    assert (row and row.quantity.value) == pieces


def test_lightning_asks_for_arresters():
    places = [
        section("branch_place", "busia", conditions=["lightning", "dust"]),
        section("branch_place", "lodwar", conditions=["heat"]),
    ]
    found = rows(RATE, *places)
    assert found["arresters"].quantity.value == 1
    assert found["arresters"].amount.value == 13_000  # 100 dollars at 130


def test_what_a_branch_did_not_say_stays_open():
    found = rows(RATE, power("busia", voltage_swings="yes", earthing="yes"), power("lodwar"))
    quantity = found["stabilisers"].quantity
    assert (quantity.value, quantity.low) == (None, 1)
    assert quantity.waits_for


def test_without_a_rate_the_price_is_open_and_not_nothing():
    found = rows(power("busia", voltage_swings="yes", earthing="yes"), branches=BRANCHES[:1])
    assert found["stabilisers"].amount.value is None


def test_where_all_is_well_nothing_stands_in_the_budget():
    well = [
        section("branch_place", "busia", conditions=["heat"]),
        power("busia", voltage_swings="no"),
    ]
    assert rows(RATE, *well, branches=BRANCHES[:1]) == {}
