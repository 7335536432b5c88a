"""What the plan rests on: sentences made for the case, and one that says so where there is nothing."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from document_templates import basis_fields, context, glossary, go_live_fields, history_fields, teller
from flows import nouns as answers
from planning import nouns
from tests.document_templates import plans


def tell(plan: nouns.Plan) -> teller.Teller:
    return teller.Teller(plan, "en")


def answered(**given: str) -> nouns.Plan:
    """An empty plan in which the project's questions have these answers."""
    block = nouns.AnswerBlock(
        flow="project_team",
        title="Project and team",
        state="approved",
        owner="Joseph Mutua",
        answered=tuple(
            nouns.Answered(label=key, shown=shown, key=key, sure=answers.Sure.ESTIMATE)
            for key, shown in given.items()
        ),
    )
    plan = plans.empty()
    first, *rest = plan.sections
    return msgspec.structs.replace(
        plan, sections=(msgspec.structs.replace(first, answers=(block, block)), *rest)
    )


def test_nothing_to_report_is_one_sentence_each():
    told = basis_fields.basis(tell(plans.empty()))
    assert [told.scope, told.constraints, told.dependencies] == [
        ["No answer says yet what the deployment covers."],
        ["No limit of time, money or place was named."],
        ["Nothing waits for anybody outside the project."],
    ]


@pytest.mark.parametrize(
    ("branches", "said"),
    [
        pytest.param(1, "One branch: Machakos.", id="one"),
        pytest.param(2, "2 branches: Machakos, Kitui.", id="two"),
    ],
)
def test_the_scope_counts_branches(branches, said):
    assert said in basis_fields.basis(tell(plans.full(branches))).scope


def test_an_estimate_is_an_assumption_and_counts_once():
    told = basis_fields.basis(tell(answered(sponsor="The board", steering="Two of us")))
    assert told.assumptions == ["Project and team: 2 answers are estimates, by Joseph Mutua."]
    assert told.tolerances[-1].endswith("but for: Two of us.")


def test_deliveries_are_dependencies():
    told = basis_fields.basis(tell(plans.full(1)))
    assert any(line.startswith("Wait for computers: there 35 days after") for line in told.dependencies)


@pytest.mark.parametrize(
    ("dedicated", "level"),
    [
        pytest.param(True, "green", id="met"),
        pytest.param(False, "red", id="not met"),
        pytest.param(None, "amber", id="not known"),
    ],
)
def test_a_condition_shows_its_state(dedicated, level):
    plan = plans.full(1)
    plan = msgspec.structs.replace(plan, people=msgspec.structs.replace(plan.people, dedicated=dedicated))
    assert go_live_fields.go_live(tell(plan)).conditions[0].tag.level == level


def test_what_was_agreed_stands_where_a_branch_begins():
    plan = answered(go_decider="Amina Yusuf", sponsor="Grace Wanjiru")
    told = go_live_fields.go_live(tell(plan))
    assert "On the day before, this person decides: Amina Yusuf." in told.decides
    assert told.decides[0].startswith("The institution has not said yet")
    assert told.signers[0].name == "Grace Wanjiru"


def test_who_signed_in_chat_stands_in_the_block_and_others_sign_by_hand():
    plan = answered(sponsor="Grace Wanjiru", specialist_manager="Baraka Juma")
    signed = nouns.Signature("Amina Yusuf", nouns.Signs.MANAGER, dt.date(2026, 11, 20))
    gone = nouns.Signature("", nouns.Signs.INSTITUTION)
    plan = msgspec.structs.replace(plan, sign_off=nouns.SignOff((signed, gone), "3fa9c1d2"))
    rows = go_live_fields.go_live(tell(plan)).signers
    assert [(one.role, one.name, one.signature, one.date) for one in rows] == [
        ("Project manager", "Amina Yusuf", "Signed in chat. Answers 3fa9c1d2", "20 Nov 2026"),
        ("For the institution", "Somebody who was erased since", "", ""),
        ("Mifos specialist", "Baraka Juma", "", ""),
    ]


def test_why_something_was_opened_again_stands_between_the_versions():
    day = dt.date(2026, 11, 20)
    issued = [nouns.Issue(version, day, "Amina", first=version == "0.1") for version in ("0.1", "1.0", "1.1")]
    opened = nouns.Opened(day, "Baraka", "The new branch opens in May", signed=1)
    plan = msgspec.structs.replace(plans.empty(), history=tuple(issued))
    plan = msgspec.structs.replace(plan, sign_off=nouns.SignOff(opened=(opened,)))
    rows = history_fields.history(tell(plan))
    assert [row.version for row in rows] == ["0.1", "1.0", "–", "1.1"]
    assert (rows[2].who, rows[2].changes) == (
        "Baraka",
        ["Opened again, which voids the signatures: The new branch opens in May"],
    )


def test_only_words_that_the_plan_uses_are_explained():
    plan = plans.full(1)
    told = context.tell(plan, "en")
    terms = [row.term for row in told.glossary]
    assert "kbps" in terms
    assert terms == sorted(terms, key=str.casefold)
    assert "kbps" not in [row.term for row in glossary.of(tell(plan), context.tell(plans.empty(), "en"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Two pilots are planned.", ["pilot"], id="a plural"),
        pytest.param("Tell the Sima branch", [], id="an abbreviation within a name"),
        pytest.param("a second SIM", ["SIM"], id="an abbreviation"),
    ],
)
def test_words_are_found_as_they_are_written(text, found):
    told = msgspec.structs.replace(context.tell(plans.empty(), "en"), warnings=[text])
    before = {row.term for row in context.tell(plans.empty(), "en").glossary}
    assert [row.term for row in glossary.of(tell(plans.empty()), told) if row.term not in before] == found
