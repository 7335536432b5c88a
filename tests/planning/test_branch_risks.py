"""Risks of branches: each danger once with its branches, the worst first; how bad it is decides how much it weighs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, words
from tests.planning.books import TODAY, book, office, section

NAMES = {"b": "Busia", "m": "Malaba", "t": "Tororo"}
PLACES = tuple(flow_nouns.Branch(code, name) for code, name in NAMES.items())
LINE: dict[str, Any] = {
    "technology": "fibre", "provider": "A", "mbps_morning": 9, "mbps_afternoon": 9, "longest_cut_hours": 1, "usual_cut_hours": 1,
}  # fmt: skip
STEADY = {"grid_hours": 8, "cuts_per_week": 0, "backups": ["none"]}


def lines(branch: str, *cuts: float) -> flow_nouns.SectionAnswers:
    """A line for each number of one-hour cuts a week; 40 hours are worked."""
    links = [LINE | {"cuts_per_week": each} for each in cuts]
    return section("branch_internet", branch, links=links, mobile_signal="none")


def supply(branch: str, **changes: Any) -> flow_nouns.SectionAnswers:
    return section("branch_power", branch, **(STEADY | changes))


def risks(*sections: flow_nouns.SectionAnswers) -> dict[str, nouns.Risk]:
    offices = [msgspec.structs.replace(office(), branch=one.id) for one in PLACES]
    supplies = {one.branch: one for one in (*map(supply, NAMES), *sections) if one.flow == "branch_power"}
    others = [one for one in sections if one.flow != "branch_power"]
    given = book(*offices, *supplies.values(), *others, branches=PLACES)
    found = plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False).risks
    return {risk.id: risk for risk in found}


def said(risk: nouns.Risk) -> str:
    return words.say(risk.what)


def test_many_branches_with_one_danger_are_one_row_the_worst_first() -> None:
    found = risks(lines("b", 5), lines("m", 20), lines("t", 5))
    assert said(found["line_down"]) == (
        "3 branches: a line is there in only 50 to 87.5% of the working time. The worst first: Malaba, Busia, Tororo."
    )
    assert found["line_down"].score == 16
    assert {risk for risk in found if risk.startswith("line_")} == {"line_down"}


@pytest.mark.parametrize(
    ("cuts", "expected", "sentence"),
    [
        pytest.param([0.5], "", "", id="98.75 %: good"),
        pytest.param([1.5], "line_weak", "Busia: a line is there in 96.2% of the working time.", id="between good and poor"),
        pytest.param([4], "line_down", "Busia: a line is there in only 90% of the working time.", id="poor"),
        pytest.param([], "no_line", "Busia: there is no line at all.", id="none"),
    ],
)  # fmt: skip
def test_a_line_weighs_as_much_as_it_is_away(cuts: list[float], expected: str, sentence: str) -> None:
    found = risks(lines("b", *cuts))
    named = {"line_weak", "line_down", "no_line"} & set(found)
    assert named == ({expected} if expected else set())
    scores = {"line_weak": 12, "line_down": 16, "no_line": 20}
    assert {name: found[name].score for name in named} == {name: scores[name] for name in named}
    assert [said(found[name]) for name in named] == ([sentence] if sentence else [])


def test_nobody_said_which_lines_there_are_is_no_danger_yet() -> None:
    assert not {"line_weak", "line_down", "no_line"} & set(risks())


def test_batteries_that_carry_the_usual_cuts_are_a_smaller_risk() -> None:
    cut: dict[str, Any] = {"cuts_per_week": 5, "usual_cut_hours": 1, "backups": ["inverter"], "va": 1000}
    # 5 laptops, network and light: 240 W; 200 Ah × 12 × 0.5 × 0.85 / 240 = 4.25 h
    strong = supply("b", **cut, longest_cut_hours=9, battery_ah=200)
    weak = supply("m", **cut, longest_cut_hours=9, battery_ah=20)
    desks = [section("branch_equipment", place, computers=[], printers=[]) for place in NAMES]
    papers = section("operations_documents", receipts="no")
    found = risks(strong, weak, supply("t", **cut, longest_cut_hours=3, battery_ah=200), *desks, papers)
    assert (found["power_cut"].score, found["long_cut"].score) == (12, 6)
    assert said(found["power_cut"]).startswith(
        "Malaba: the longest power cut lasts 9 h, today's batteries last 0.4 h"
    )
    assert said(found["long_cut"]).startswith(
        "Busia: today's batteries carry the usual power cuts, but last 4.2 h"
    )


def test_the_same_worry_of_several_branches_is_read_once() -> None:
    worries = [section("branch_work", place, concerns=text) for place, text in (("b", "Queues."), ("m", "Queues."), ("t", "Screens"))]  # fmt: skip
    risk = risks(*worries)["concerns"]
    assert said(risk) == "Staff are worried: “Queues” (Busia, Malaba), “Screens” (Tororo)."
    assert risk.owner == ""  # of several branches it is the project manager's, and nobody is named


def test_who_answers_for_one_branch_answers_for_its_risk() -> None:
    assert risks(section("branch_work", "b", concerns="Queues"))["concerns"].owner == "Ann Achieng"
