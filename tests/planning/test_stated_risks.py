"""Risks that the project manager names: as a list now, as one text in older answers."""

from __future__ import annotations

import pytest

from flows import loading, nouns, shipped
from planning import nouns as plan_nouns
from planning import plan
from tests.planning.books import TODAY, book, section

LEAVES = {
    "danger": "Our only IT manager leaves",
    "danger_likelihood": "likely",
    "danger_impact": "severe",
    "danger_response": "We train a second person",
    "danger_owner": "Ann Achieng",
}


def stated(given: nouns.AnswerBook) -> list[plan_nouns.Risk]:
    found = plan.make_plan(given, shipped.assessment(), today=TODAY)
    return [risk for risk in found.risks if risk.id.startswith("stated:")]


def test_a_risk_of_the_list_has_its_score_response_and_owner() -> None:
    (risk,) = stated(book(section("project_team", manager_name="Pam Mwangi", dangers=[LEAVES])))
    assert (risk.likelihood, risk.impact, risk.score) == (4, 5, 20)
    assert risk.severity is plan_nouns.Severity.RED
    assert (risk.response, risk.owner) == ("We train a second person", "Ann Achieng")
    assert isinstance(risk.what, plan_nouns.Text)
    assert risk.what.values["words"] == "Our only IT manager leaves"


@pytest.mark.parametrize(
    ("left_out", "likelihood", "impact", "owner"),
    [
        pytest.param({"danger_likelihood"}, 3, 5, "Ann Achieng", id="how likely is not known"),
        pytest.param({"danger_impact"}, 4, 4, "Ann Achieng", id="how bad is not known"),
        pytest.param({"danger_owner"}, 4, 5, "Pam Mwangi", id="nobody watches it: the project manager does"),
    ],
)
def test_what_is_not_said_of_a_risk_is_assumed(
    left_out: set[str], likelihood: int, impact: int, owner: str
) -> None:
    said = {name: value for name, value in LEAVES.items() if name not in left_out}
    (risk,) = stated(book(section("project_team", manager_name="Pam Mwangi", dangers=[said])))
    assert (risk.likelihood, risk.impact, risk.owner) == (likelihood, impact, owner)


def test_older_answers_name_risks_in_one_text() -> None:
    old = loading.load(
        "flow: project_team\nversion: '1'\ntitle: Project\nrole: project_manager\nper: organisation\nsurvey:\n"
        "  - {type: text, name: risks, label: What could stop or delay the project?, seed: [X04]}\n"
    )
    answer = nouns.Answer("The road closes; the IT manager leaves", by="pam")
    answers = nouns.SectionAnswers("project_team", "1", state="approved", answers={"risks": answer})
    words = {
        risk.what.values["words"]
        for risk in stated(book(answers, surveys=(old,)))
        if isinstance(risk.what, plan_nouns.Text)
    }
    assert words == {"The road closes", "the IT manager leaves"}


NOTHING = ("None", "Nothing to report", "Hakuna", "Rien à signaler", "Nada")


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_is_no_risk(words: str) -> None:
    listed = section("project_team", manager_name="Pam Mwangi", dangers=[{"danger": words}])
    worried = section("branch_work", "b", concerns=words)
    found = plan.make_plan(book(listed, worried), shipped.assessment(), today=TODAY, prove=False)
    assert not [risk.id for risk in found.risks if risk.id.partition(":")[0] in {"stated", "concerns"}]


@pytest.mark.parametrize("words", NOTHING)
def test_nobody_by_any_name_is_no_manager(words: str) -> None:
    found = plan.make_plan(
        book(section("project_team", manager_name=words)), shipped.assessment(), today=TODAY, prove=False
    )
    assert found.people.verdict.code == "manager.nobody"
    assert "no_dedicated_manager" in {risk.id for risk in found.risks}


def test_what_is_typed_stands_beside_what_is_raised_each_with_owner_and_response() -> None:
    given = book(
        section("project_team", manager_name="Pam Mwangi", manager_dedicated="no", dangers=[LEAVES]),
        section("branch_work", "b", concerns="Queues"),
        section("it_security", restore_test="not_met"),
        people=(
            nouns.Respondent("ann", "Ann Achieng", (nouns.Role.BRANCH_STAFF,), ("b",)),
            nouns.Respondent("ian", "Ian Were", (nouns.Role.IT,)),
        ),
    )
    found = plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)
    owners = {risk.id: risk.owner for risk in found.risks}
    # who can do something about it: the branch's own staff, who runs the servers, else the project manager
    assert (owners["concerns"], owners["restore_test"]) == ("Ann Achieng", "Ian Were")
    assert (owners["no_dedicated_manager"], owners["stated:1"]) == ("Pam Mwangi", "Ann Achieng")
    assert all(risk.response and risk.owner for risk in found.risks)
    assert [risk.score for risk in found.risks] == sorted((risk.score for risk in found.risks), reverse=True)
