"""Readiness: each thing's share with the answers behind it, the weighted means written out, and what raises them most."""

from __future__ import annotations

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, words
from tests.planning.books import TODAY, book, office, section

DEDICATED = section("project_team", manager_name="Pam", manager_dedicated="yes")
DESKS = section(
    "branch_equipment", "b",
    computers=[{"kind": "laptop", "how_many": 6, "age_years": 1, "memory_gb": 8, "works": "yes"}],
)  # fmt: skip


def made(*sections: flow_nouns.SectionAnswers, **own: float) -> nouns.Plan:
    numbers = tuple(flow_nouns.Assumption(name, value) for name, value in own.items())
    given = book(*sections, assumptions=numbers)
    return plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)


def shares(place: nouns.Ready) -> dict[str, float]:
    return {aspect.name: aspect.percent for aspect in place.aspects}


def test_what_nobody_knows_is_not_ready() -> None:
    found = made().readiness
    assert set(shares(found.project).values()) == {0}
    assert set(shares(found.branches[0]).values()) == {0}
    assert found.score.value == 0


def test_the_project_is_the_weighted_mean_of_its_parts() -> None:
    found = made(DEDICATED).readiness.project
    given = shares(found)
    assert given["manager"] == 100
    # weights 15 answers, 25 manager, 10 specialist, 15 security, 10 duties, 10 first trainer, 15 data: 100 together
    assert found.score.value == pytest.approx((given["answers"] * 15 + 100 * 25) / 100)


def test_a_branch_is_the_weighted_mean_of_its_parts() -> None:
    found = made(office(), DESKS).readiness.branches[0]
    given = shares(found)
    assert given["computers"] == 100  # 6 needed with the spare one, 6 there
    # weights 15 answers, 20 line, 10 second line, 25 power, 20 computers, 10 printers: 100 together
    weights = {"answers": 15, "line": 20, "second_line": 10, "power": 25, "computers": 20, "printers": 10}
    assert found.score.value == pytest.approx(
        sum(given[name] * weight for name, weight in weights.items()) / 100
    )


def test_half_is_the_branches_and_half_the_project() -> None:
    found = made(office(), DESKS, DEDICATED).readiness
    branches, project = found.branches[0].score.value, found.project.score.value
    assert branches is not None
    assert project is not None
    assert found.score.value == pytest.approx((branches * 50 + project * 50) / 100)


def test_what_would_raise_it_most_comes_first_with_its_points() -> None:
    found = made(office(), DESKS).readiness
    points = [step.points for step in found.steps]
    assert points == sorted(points, reverse=True)
    # power of the only branch: 50 % of the whole × 25 of 100 × all that is missing; the manager: as much
    assert {(words.say(step.place), step.points) for step in found.steps[:2]} == {
        ("Busia", 12.5),
        ("Project", 12.5),
    }
    whole = found.score.value or 0
    better = made(office(), DESKS, DEDICATED).readiness
    answers = shares(better.project)["answers"] * 15 / 100 / 2
    assert better.score.value == pytest.approx(whole + 12.5 + answers)


def test_weights_of_ones_own_count() -> None:
    assert (
        made(DEDICATED, weight_manager=0).readiness.project.score.value
        != made(DEDICATED).readiness.project.score.value
    )


def test_each_part_says_where_it_comes_from() -> None:
    found = made(office(), DESKS).readiness.branches[0]
    computers = next(aspect.figure for aspect in found.aspects if aspect.name == "computers")
    assert {one.key for one in computers.inputs} >= {"users_at_once", "computers:1/how_many"}
    assert {one.key for one in found.score.inputs} >= {"users_at_once"}
    power = next(aspect.figure for aspect in found.aspects if aspect.name == "power")
    assert power.waits_for
