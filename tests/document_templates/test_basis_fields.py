"""What the plan rests on: sentences made for the case, and one that says so where there is nothing."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from document_templates import (
    appendix_fields,
    basis_fields,
    chapter_fields,
    context,
    glossary,
    go_live_fields,
    history_fields,
    teller,
    topic_fields,
)
from flows import nouns as answers
from planning import nouns, parameters
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
    assert "Wait for computers: the order goes out by 17 Jan 2027 at the latest; delivery takes 35 days." in (
        told.dependencies
    )


@pytest.mark.parametrize(
    ("busy", "said"),
    [
        pytest.param((True, True), "Nobody of the institution is free: 1 Feb 2027 to 5 Feb 2027; 1 Mar 2027 to 5 Mar 2027.", id="everywhere, in the order of the days"),
        pytest.param((True, False), "Nobody of the institution is free: HQ, 1 Feb 2027 to 5 Feb 2027; 1 Mar 2027 to 5 Mar 2027.", id="at one place"),
    ],
)  # fmt: skip
def test_time_when_nobody_is_free_names_the_places(busy, said):
    weeks = tuple((dt.date(2027, month, 1), dt.date(2027, month, 5)) for month in (3, 2))
    calendars = tuple(
        nouns.CalendarUsed(name, name, (), (), (), busy=weeks if kept else ())
        for name, kept in zip(("HQ", "Kitui"), busy, strict=True)
    )
    dates = msgspec.structs.replace(plans.schedule(), calendars=calendars)
    plan = msgspec.structs.replace(plans.full(1), schedule=dates)
    assert said in basis_fields.basis(tell(plan)).constraints


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param(12, "p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11", id="as many as there is room for"),
        pytest.param(13, "p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12", id="one more is named too"),
        pytest.param(14, "p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11 and 2 others", id="two more are counted"),
    ],
)  # fmt: skip
def test_of_many_names_the_rest_is_counted_but_never_one(names, said):
    assert tell(plans.empty()).names([f"p{number}" for number in range(names)]) == said


def noted(*sections: tuple[str, ...]) -> nouns.Plan:
    """An empty plan with a section for each row of notes beside its answers."""
    blocks = tuple(
        nouns.AnswerBlock(
            flow=f"flow{place}",
            title=f"Section {place}",
            state="approved",
            answered=tuple(
                nouns.Answered(label=f"Q{number}", shown="yes", key=f"q{number}", note=note)
                for number, note in enumerate(notes)
            ),
        )
        for place, notes in enumerate(sections)
    )
    first, *rest = plans.empty().sections
    return msgspec.structs.replace(
        plans.empty(), sections=(msgspec.structs.replace(first, answers=blocks), *rest)
    )


@pytest.mark.parametrize(
    ("sections", "everywhere", "remarks"),
    [
        pytest.param((("made up", "asked Ann"), ("made up",)), ["made up"], ["Q1: asked Ann", "–"], id="in every section"),
        pytest.param((("made up",), ("",)), [], ["Q0: made up", "–"], id="in one of two"),
        pytest.param((("made up",),), [], ["Q0: made up"], id="in the only one"),
    ],
)  # fmt: skip
def test_what_is_noted_in_every_section_is_said_once(sections, everywhere, remarks):
    teller = tell(noted(*sections))
    assert appendix_fields.noted_everywhere(teller) == [
        f"Noted beside the answers of every section: “{note}”." for note in everywhere
    ]
    assert [row.remarks for row in appendix_fields.answer_log(teller)] == remarks


def test_what_proves_several_answers_to_one_question_is_told_once():
    asked = [
        nouns.Answered(label=label, shown="yes", key=name, evidence=(answers.Attachment("file", name, name),))
        for label, name in (("Send a plan.", "a.pdf"), ("Send a plan.", "b.pdf"), ("Which map?", "c.pdf"))
    ]
    block = nouns.AnswerBlock(flow="flow", title="Section", state="approved", answered=tuple(asked))
    first, *rest = plans.empty().sections
    plan = msgspec.structs.replace(
        plans.empty(), sections=(msgspec.structs.replace(first, answers=(block,)), *rest)
    )
    (row,) = appendix_fields.answer_log(tell(plan))
    assert row.remarks == "Send a plan: evidence: a.pdf, b.pdf; Which map? evidence: c.pdf"


def section(flow: str, branch: str = "", owner: str = "Ann") -> nouns.AnswerBlock:
    return nouns.AnswerBlock(
        flow=flow,
        title=flow.title(),
        state="approved",
        branch=branch,
        branch_name=branch.title(),
        owner=owner,
        answered=(nouns.Answered(label="Q", shown="yes", key=f"{flow}{branch}"),),
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param([], "–", id="nobody answered"),
        pytest.param([21, 21], "21 Nov 2026", id="all on one day"),
        pytest.param([23, 21, 22], "21 Nov 2026 to 23 Nov 2026", id="the first and the last"),
    ],
)
def test_the_log_says_when_a_section_was_answered(days, said):
    given = tuple(
        nouns.Answered(label="Q", shown="yes", key=f"q{place}", at=dt.datetime(2026, 11, day, tzinfo=dt.UTC))
        for place, day in enumerate(days)
    )
    block = msgspec.structs.replace(section("power"), answered=given or section("power").answered)
    first, *rest = plans.empty().sections
    plan = msgspec.structs.replace(
        plans.empty(), sections=(msgspec.structs.replace(first, answers=(block,)), *rest)
    )
    assert [row.on for row in appendix_fields.answer_log(tell(plan))] == [said]


@pytest.mark.parametrize(
    ("blocks", "sections"),
    [
        pytest.param([section("power", "north"), section("site", "north")], ["North: all 2 sections"], id="one person for all of a branch"),
        pytest.param([section("power", "north"), section("site", "north", "Bo")], ["North: Power", "North: Site"], id="two persons"),
        pytest.param([section("power", "north")], ["North: Power"], id="its only section"),
        pytest.param([section("power", "north"), section("reports")], ["Reports", "North: Power"], id="the institution before its branches"),
        pytest.param([section("team"), section("reports")], ["Team", "Reports"], id="in the order of the plan"),
    ],
)  # fmt: skip
def test_the_log_names_what_a_row_is_of(blocks, sections):
    first, *rest = plans.empty().sections
    plan = msgspec.structs.replace(
        plans.empty(), sections=(msgspec.structs.replace(first, answers=tuple(blocks)), *rest)
    )
    assert [row.section for row in appendix_fields.answer_log(tell(plan))] == sections


@pytest.mark.parametrize(
    ("orders", "named", "rest"),
    [
        pytest.param(basis_fields.ORDERS_NAMED, basis_fields.ORDERS_NAMED, 0, id="as many as are named"),
        pytest.param(basis_fields.ORDERS_NAMED + 3, basis_fields.ORDERS_NAMED, 3, id="three more"),
    ],
)
def test_of_many_orders_the_rest_is_counted(orders, named, rest):
    day = dt.date(2027, 1, 4)
    made = tuple(nouns.Order(plans.text(f"Thing {n}"), 10 + n, day, day) for n in range(orders))
    plan = msgspec.structs.replace(
        plans.empty(), schedule=msgspec.structs.replace(plans.schedule(), orders=made)
    )
    told = basis_fields.basis(tell(plan)).dependencies
    assert sum("Thing" in line for line in told) == named
    assert sum(f"{rest} more" in line for line in told) == bool(rest)


def rate(value: float | None, *branches: str, on: dt.date | None = None, unit: str = "KES/UGX") -> nouns.Rate:
    waits = () if value is not None else ("b:power:kva",)
    return nouns.Rate("UGX", plans.figure("Rate", value, unit, waits_for=waits), branches, on)


@pytest.mark.parametrize(
    ("one", "label", "value"),
    [
        pytest.param(rate(0.035, on=dt.date(2026, 11, 20)), "Exchange rate", "KES 0.035 for 1 UGX on 20 Nov 2026", id="of a day"),
        pytest.param(rate(0.035), "Exchange rate", "KES 0.035 for 1 UGX", id="of no day"),
        pytest.param(rate(0.035, "Gulu", "Arua"), "Exchange rate of UGX, for Gulu, Arua", "KES 0.035 for 1 UGX", id="of branches"),
        pytest.param(rate(None, "Gulu"), "Exchange rate of UGX, for Gulu", "not known yet", id="not known yet"),
    ],
)  # fmt: skip
def test_a_rate_says_what_money_is_worth_and_who_pays_in_it(one, label, value):
    plan = msgspec.structs.replace(plans.empty(), costs=msgspec.structs.replace(plans.costs(), rates=(one,)))
    fact = topic_fields.costs(tell(plan)).facts[-1]
    assert (fact.label, fact.value) == (label, value)


def test_a_parameter_stands_under_what_it_is_about():
    plan = msgspec.structs.replace(plans.empty(), parameters=tuple(parameters.default()))
    groups = {
        group.title: [row.name for row in group.rows]
        for group in appendix_fields.parameter_groups(tell(plan))
    }
    assert list(groups)[:3] == ["Parameters: Answers and days", "Parameters: Internet", "Parameters: Power"]
    assert "speed for each person at work" in groups["Parameters: Internet"]
    assert sum(map(len, groups.values())) == len(plan.parameters)


def test_what_a_need_is_for_is_a_sentence():
    gap = plans.functional("GRP-04", "Groups", "Collection sheet", nouns.Severity.RED)
    gaps = [
        msgspec.structs.replace(gap, use_case="Officers meet groups.", times=plans.figure("Times", 40, low=30, high=50)),
        msgspec.structs.replace(gap, use_case="Officers meet groups"),
        msgspec.structs.replace(gap, use_case=""),
    ]  # fmt: skip
    assert chapter_fields.uses(tell(plans.empty()), gaps) == [
        "GRP-04, 40: Officers meet groups.",
        "GRP-04: Officers meet groups.",
    ]


@pytest.mark.parametrize(
    ("days", "formula", "said"),
    [
        pytest.param(0, "gap_effort_in_changes", "counted there", id="with the change that the chapter of changes specifies"),
        pytest.param(0, "gap_effort_none", "no work", id="living without it"),
        pytest.param(2, "gap_effort_none", "2 days", id="work"),
    ],
)  # fmt: skip
def test_the_days_of_a_change_that_is_specified_are_counted_there(days, formula, said):
    effort = msgspec.structs.replace(
        plans.figure("Effort", days, "days"), formula=nouns.Text(f"formula.{formula}")
    )
    gap = plans.functional("GRP-04", "Groups", "Collection sheet", nouns.Severity.RED)
    told = chapter_fields.gap_row(tell(plans.empty()), msgspec.structs.replace(gap, effort=effort))
    assert told.effort == said


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


@pytest.mark.parametrize(
    ("changes", "more", "first", "said"),
    [
        pytest.param((), 0, True, ["First version"], id="the first"),
        pytest.param((), 0, False, ["Only names, words or the language are others"], id="nothing that is compared"),
        pytest.param(("One branch more",), 0, False, ["One branch more"], id="all of them"),
        pytest.param(("One branch more",), 1, False, ["One branch more", "and 1 more"], id="one more than is told"),
        pytest.param(("One branch more",), 7, False, ["One branch more", "and 7 more"], id="many more"),
    ],
)  # fmt: skip
def test_a_version_tells_what_changed_with_it(changes, more, first, said):
    one = nouns.Issue(
        "1.0", dt.date(2026, 11, 20), "Amina", tuple(map(plans.text, changes)), more=more, first=first
    )
    (row,) = history_fields.history(tell(msgspec.structs.replace(plans.empty(), history=(one,))))
    assert row.changes == said


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


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"asked": "Amina", "asked_on": dt.date(2026, 11, 3)}, "waiting for Amina since 3 Nov 2026", id="who took the link"),
        pytest.param({"asked_on": dt.date(2026, 11, 3)}, "waiting since 3 Nov 2026 for a colleague who has not opened the link yet", id="nobody yet"),
        pytest.param({}, "respondent asks a colleague", id="asked by word of mouth"),
    ],
)  # fmt: skip
def test_an_open_point_says_for_which_colleague_it_waits(asked, said):
    point = msgspec.structs.replace(plans.open_points()[0], reason=nouns.Reason.ASKED, **asked)
    row = chapter_fields.open_point_row(tell(plans.full(1)), point)
    assert (row.why, row.owner) == (said, "Joseph Mutua")
    assert row.waits == (said if asked else "")
