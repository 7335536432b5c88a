"""Readiness: each thing's share with the answers behind it, the weighted means written out, and what raises them most."""

from __future__ import annotations

from typing import Any

import pytest

from flows import nouns as flow_nouns
from flows import shipped
from planning import nouns, plan, words
from tests.planning.books import TODAY, book, office, section

DEDICATED = section("project_team", manager_name="Pam", manager_dedicated="yes")

NO_RECEIPTS = section("operations_documents", receipts="no")
LINE = {"technology": "mobile", "provider": "A", "mbps_morning": 4, "mbps_afternoon": 4, "cuts_per_week": 0}
FIBRE = LINE | {"technology": "fibre", "provider": "B", "shares_mast": "no"}


def online(*lines: dict[str, Any]) -> flow_nouns.SectionAnswers:
    return section("branch_internet", "b", links=list(lines), mobile_signal="good")


def desks(many: int) -> flow_nouns.SectionAnswers:
    laptops = {"kind": "laptop", "how_many": many, "age_years": 1, "memory_gb": 8, "works": "yes"}
    return section("branch_equipment", "b", computers=[laptops])


def printing(pages: int) -> flow_nouns.SectionAnswers:
    return section(
        "branch_equipment", "b", pages_per_day=pages, printers=[{"printer_kind": "laser", "printer_how_many": 1}]
    )  # fmt: skip


def batteries(ampere_hours: int) -> flow_nouns.SectionAnswers:
    return section(
        "branch_power", "b", grid_hours=6, cuts_per_week=5, longest_cut_hours=4, usual_cut_hours=2, backups=["inverter"],
        va=1000, battery_ah=ampere_hours,
    )  # fmt: skip


def specialist(experience: str) -> flow_nouns.SectionAnswers:
    return section("project_team", specialist_manager="Sam", specialist_manager_experience=experience)


def trainer(mifos: str) -> flow_nouns.SectionAnswers:
    knows = {"name": "Ann", "knows_old": "yes", "knows_new": "yes", "knows_mifos": mifos, "days_available": 5}
    return section("training_needs", first_round_by="Ann", trainers=[knows])


def records(*states: str) -> flow_nouns.SectionAnswers:
    kinds = [
        {"entity": kind, "records": 100, "source": "spreadsheet", "history": "none", "quality": state}
        for kind, state in zip(("clients", "loans", "savings", "groups"), states, strict=False)
    ]
    return section("migration", strategy="opening_balances", entities=kinds)


DESKS = desks(6)


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


@pytest.mark.parametrize(
    ("name", "sections", "percent"),
    [
        # 23 questions apply to a branch of which nothing is known; seven of office() are among them: 700 / 23
        pytest.param("ready_answers", [office()], 30.4, id="seven questions of 23 answered"),
        # 5 users × 100 kbit/s × 1.5 = 750, so the least a branch needs: 1,000 kbit/s
        pytest.param("ready_line", [office(), online(LINE)], 100, id="4,000 kbit/s of 1,000"),
        pytest.param("ready_line", [office(), online(LINE | {"mbps_afternoon": 0.8})], 0, id="800 kbit/s of 1,000"),
        pytest.param("ready_second_line", [office(), online(LINE, FIBRE)], 100, id="by air and by ground"),
        pytest.param("ready_second_line", [office(), online(LINE)], 50, id="a single line"),
        # 5 laptops × 40 W + 20 + 20 = 240 W; a cut of 2 h each day. 100 Ah × 12 V × 0.5 × 0.85 / 240 W = 2.125 h
        pytest.param("ready_power", [office(), desks(6), NO_RECEIPTS, batteries(100)], 100, id="2.125 h of 2"),
        # 90 Ah × 12 V × 0.5 × 0.85 / 240 W = 1.91 h
        pytest.param("ready_power", [office(), desks(6), NO_RECEIPTS, batteries(90)], 0, id="1.91 h of 2"),
        # 5 at a computer and one to spare: half of six are three
        pytest.param("ready_computers", [office(), desks(6)], 100, id="six computers of six"),
        pytest.param("ready_computers", [office(), desks(3)], 50, id="half of them"),
        pytest.param("ready_computers", [office(), desks(2)], 0, id="less than half"),
        # a printer for 3,000 pages a month: 136 × 22 = 2,992, 137 × 22 = 3,014, 273 × 22 = 6,006
        pytest.param("ready_printers", [office(), printing(136), NO_RECEIPTS], 100, id="one printer of one"),
        pytest.param("ready_printers", [office(), printing(137), NO_RECEIPTS], 50, id="one of two"),
        pytest.param("ready_printers", [office(), printing(273), NO_RECEIPTS], 0, id="one of three"),
        pytest.param("ready_manager", [DEDICATED], 100, id="nothing else to do"),
        pytest.param(
            "ready_manager", [section("project_team", manager_name="Pam", manager_dedicated="no")], 0, id="another job beside it"
        ),
        pytest.param("ready_specialist", [specialist("strong")], 100, id="strong experience"),
        pytest.param("ready_specialist", [specialist("some")], 50, id="some experience"),
        pytest.param("ready_specialist", [specialist("none")], 0, id="no experience"),
        # of 17 that are asked for and what a failure takes: two met, one that can wait, one critical, 14 not known: 250 / 18
        pytest.param(
            "ready_security",
            [section("it_security", https="met", leavers="met", patching="not_met", default_users="not_met")],
            13.9, id="18 requirements",
        ),
        # the one answered for, of seven and the project itself, which needs its manager: 100 / 8
        pytest.param(
            "ready_duties",
            [section("administration", backups_responsible="Di", backups_accountable="Ann", backups_stand_in="Ed")],
            12.5, id="one of eight",
        ),
        pytest.param("ready_first_trainer", [trainer("yes")], 100, id="knows all three"),
        pytest.param("ready_first_trainer", [trainer("no")], 0, id="has never seen Mifos"),
        # (2 × 100 + 50 + 0) / 4
        pytest.param("ready_data", [records("clean", "clean", "mixed", "poor")], 62.5, id="four kinds of data"),
    ],
)  # fmt: skip
def test_how_far_each_thing_is_there(
    name: str, sections: list[flow_nouns.SectionAnswers], percent: float
) -> None:
    found = made(*sections).readiness
    places = (*found.branches, found.project)
    figures = [aspect.figure for place in places for aspect in place.aspects]
    formula = nouns.Text(f"formula.{name}")
    assert next(one.value for one in figures if one.formula == formula) == percent


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


@pytest.mark.parametrize(
    ("given", "unjudged"),
    [
        pytest.param(
            [], ["bandwidth", "failover", "power", "computers", "printers", "receipt_printers"], id="nothing was answered"
        ),
        pytest.param([NO_RECEIPTS, office()], ["bandwidth", "failover", "power", "computers", "printers"], id="no receipts are printed"),
        pytest.param([NO_RECEIPTS, office(), online(LINE)], ["power", "computers", "printers"], id="the line is known"),
        pytest.param([NO_RECEIPTS, office(), online(LINE), DESKS], ["power", "printers"], id="the computers are known"),
    ],
)  # fmt: skip
def test_what_nobody_could_judge_at_a_branch_is_named(given, unjudged):
    [branch] = plan.make_plan(book(*given), shipped.assessment(), today=TODAY, prove=False).branches
    assert [text.code for text in branch.unjudged] == [f"gap.{what}" for what in unjudged]
