"""Bad input in whole books: each fault is named in a sentence, and the rest of the plan comes as it would without it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import book as books_of_flows
from flows import nouns, shipped
from planning import nouns as plan_nouns
from planning import plan, words
from tests.planning.books import PATHS, TODAY
from tests.planning.test_plan import SAMPLE, holds_together

BOOK = books_of_flows.decode(SAMPLE.read_bytes())
replace = msgspec.structs.replace


def made(given: nouns.AnswerBook) -> plan_nouns.Plan:
    return plan.make_plan(given, shipped.assessment(), today=TODAY, prove=False)


def said(flow: str, branch: str = "", **given: nouns.Value) -> nouns.AnswerBook:
    """The sample with other answers in one section; an entry's stand behind its number, as `computers_1_how_many`."""
    more = {key(flow, name): nouns.Answer(value, by="achieng") for name, value in given.items()}
    sections = (
        replace(one, answers=one.answers | more) if (one.flow, one.branch) == (flow, branch) else one
        for one in BOOK.sections
    )
    return replace(BOOK, sections=tuple(sections))


def also(flow: str, **given: nouns.Value) -> nouns.AnswerBook:
    """The sample with answers under keys of no question in one section."""
    more = {name: nouns.Answer(value) for name, value in given.items()}
    sections = (
        replace(one, answers=one.answers | more) if one.flow == flow else one for one in BOOK.sections
    )
    return replace(BOOK, sections=tuple(sections))


def without(flow: str, *names: str) -> nouns.AnswerBook:
    """The sample with questions of one section left open."""
    left = {PATHS[flow, name] for name in names}
    sections = (
        replace(one, answers={key: answer for key, answer in one.answers.items() if key not in left})
        if one.flow == flow
        else one
        for one in BOOK.sections
    )
    return replace(BOOK, sections=tuple(sections))


def key(flow: str, name: str) -> str:
    repeat, number, inner = name.partition("_1_")
    if not number:
        return PATHS[flow, name]
    path = PATHS[flow, repeat]
    return f"{path}:1{PATHS[flow, inner][len(path) :]}"


def institution(**changes: object) -> nouns.AnswerBook:
    return replace(BOOK, institution=replace(BOOK.institution, **changes))


def wished(**days: dt.date) -> nouns.AnswerBook:
    """The sample with days of the institution that no answer of the team overrides."""
    given = without("project_team", *days)
    return replace(given, institution=replace(given.institution, **days))


def branches(**changes: object) -> nouns.AnswerBook:
    first, *rest = BOOK.branches
    return replace(BOOK, branches=(replace(first, **changes), *rest))


def with_sections(*more: nouns.SectionAnswers) -> nouns.AnswerBook:
    return replace(BOOK, sections=(*BOOK.sections, *more))


ONE = {"objectives": nouns.Answer("Fewer queues", by="achieng")}
NO_SURVEY = nouns.Flow("tea", "1", "Tea", (nouns.Question("text", "a", "a", "A", relevant="${nowhere} = 1"),))
OURS = nouns.Flow("migration", "1", "Tea", (nouns.Question("text", "a", "a", "A"),))
BUSINESS = next(section for section in BOOK.sections if section.flow == "migration")


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        pytest.param(said("branch_office", "kariobangi", opening_hours=-2), "-2 hours: this is left aside", id="a branch that closes before it opens"),
        pytest.param(said("branch_office", "kariobangi", tellers=500), "tellers?” 500 people: this is left aside", id="more tellers than staff"),
        pytest.param(said("branch_office", "kariobangi", tellers=10, loan_officers=10), "20 loan officers and tellers, but only", id="tellers and loan officers above the staff"),
        pytest.param(said("branch_power", "kariobangi", grid_hours=13), "for 13 hours of the opening hours, but the branch is open for", id="the grid longer than the counter"),
        pytest.param(said("branch_equipment", "kariobangi", computers_1_how_many=90), "93 computers for 16 people", id="50 computers more than staff"),
        pytest.param(said("branch_power", "kariobangi", usual_cut_hours=100), "100 hours: this is left aside", id="a usual cut longer than the longest"),
        pytest.param(said("finance_setup", price_ups=-1), "-1 each: this is left aside. Send the price", id="a price below 0"),
        pytest.param(said("finance_setup", exchange_rate=0), "0 for 1 USD: this is left aside", id="a rate of 0"),
        pytest.param(said("finance_setup", exchange_date="2031-01-01"), "this is left aside. Send a day that is not in the future", id="a rate of tomorrow"),
        pytest.param(said("finance_setup", contingency_percent=150), "150%: this is left aside", id="a share above 100 %"),
        pytest.param(said("project_team", manager_dedicated="no", manager_percent=140), "140%: this is left aside", id="a manager with more than the week"),
        pytest.param(said("project_team", target_date="2020-01-01"), "this is left aside. Send a day after the day on which", id="done before it begins"),
        pytest.param(said("project_team", closed_periods_1_to_date="2020-01-01"), "this is left aside. Send a day that is not before", id="a time that ends before it begins"),
        pytest.param(said("project_team", manager_dedicated="perhaps"), "perhaps: this is left aside. Correct the answer.", id="a choice that is none"),
        pytest.param(said("project_team", start_date="soon"), "soon: this is left aside", id="no date"),
        pytest.param(said("migration", dirty_records=400_000), "400,000 records are to be corrected, but only", id="more to correct than to move"),
        pytest.param(said("it_hosting", clients_total=10), "head office only 10", id="fewer clients than the branches"),
        pytest.param(replace(without("project_team", "target_date"), institution=replace(BOOK.institution, target_date=dt.date(2020, 1, 1))), "lies before the start", id="the institution wishes an end before the start"),
        pytest.param(wished(start_date=dt.date(9999, 12, 31)), "31 December 9999 lies more than 20 years away", id="a start on the last day there is"),
        pytest.param(wished(start_date=dt.date(1, 1, 1)), "lies more than 20 years away", id="a start on the first day there is"),
        pytest.param(wished(target_date=dt.date(9999, 12, 31)), "lies more than 20 years away", id="a wish for the last day there is"),
        pytest.param(said("project_team", start_date="9999-12-31"), "9999", id="the team's start on the last day there is"),
        pytest.param(institution(country="XX"), "country XX", id="an unknown country"),
        pytest.param(institution(country=""), "no country is given", id="no country: no calendar"),
        pytest.param(institution(subdivision="Nowhere", country="IN"), "no region Nowhere", id="an unknown region"),
        pytest.param(institution(weekend=(0, 1, 2, 3, 4, 5, 6)), "no working day in the week", id="a week of Sundays"),
        pytest.param(institution(weekend=(9,)), "the weekend has the day 9", id="a ninth day"),
        pytest.param(institution(currency="ZZZ"), "ZZZ is no currency by ISO 4217", id="an unknown currency"),
        pytest.param(institution(currency=""), "? is no currency", id="no currency"),
        pytest.param(branches(id="machakos"), "another branch has the id machakos", id="two branches with one id"),
        pytest.param(branches(id=""), "means the institution itself", id="a branch without an id"),
        pytest.param(branches(country="XX"), "country XX", id="a branch in an unknown country"),
        pytest.param(with_sections(nouns.SectionAnswers("project_team", answers=ONE)), "stands twice in the file", id="a section twice"),
        pytest.param(with_sections(nouns.SectionAnswers("teapots", answers=ONE)), "no section teapots", id="a section that nobody asks"),
        pytest.param(with_sections(nouns.SectionAnswers("branch_office", branch="mombasa")), "no branch mombasa in the register", id="a branch that is not in the register"),
        pytest.param(with_sections(nouns.SectionAnswers("migration", branch="lodwar")), "answered once for all branches", id="a branch's part of head office's section"),
        pytest.param(with_sections(replace(BUSINESS, flow="it_systems", owner="zoe")), "zoe owes a section", id="an owner whom nobody knows"),
        pytest.param(also("migration", colour="red"), "1 answer belongs to no question", id="an answer to no question"),
        pytest.param(replace(BOOK, surveys=(NO_SURVEY,)), "The survey “Tea” cannot be used", id="a survey that cannot be read"),
        pytest.param(replace(BOOK, surveys=(OURS,)), "The section migration does not ask", id="a survey in the place of ours"),
        pytest.param(replace(BOOK, assumptions=(nouns.Assumption("inflation", -20),)), "inflation: a number from", id="a number assumed beyond belief"),
        pytest.param(replace(BOOK, assumptions=(nouns.Assumption("colour", 3),)), "no number by the name colour", id="a number that no formula uses"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_the_plan_goes_on(bad: nouns.AnswerBook, named: str) -> None:
    found = made(bad)
    holds_together(found)
    sentences = [words.say(text) for text in found.warnings]
    assert any(named in sentence for sentence in sentences), sentences
    assert found.schedule is not None
    # what the fault has nothing to do with is there as ever: the last branch's page, and a figure for each place
    assert found.branches[-1].branch.id == "lodwar"
    assert found.branches[-1].power.battery.value == WHOLE.branches[-1].power.battery.value
    assert len(found.sections) == len(WHOLE.sections)


WHOLE = made(BOOK)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"country": "XX"}, "warning.no_holidays", id="country"),
        pytest.param({"country": "IN", "subdivision": "Nowhere"}, "warning.no_region", id="region"),
    ],
)
def test_a_country_that_nobody_knows_is_told_in_the_readers_language(
    changes: dict[str, str], code: str
) -> None:
    (warning,) = [text for text in made(institution(**changes)).warnings if text.code == code]
    said_in = {language: words.say(warning, language) for language in ("en", "fr", "es", "sw")}
    assert len(set(said_in.values())) == len(said_in)
    assert all(changes["country"] in sentence for sentence in said_in.values())


def test_work_without_end_names_the_task_that_cannot_be_put() -> None:
    found = made(said("migration", entities_1_records=10**7, entities_1_source="paper"))
    (warning,) = [text for text in found.warnings if text.code == "warning.too_long_at"]
    assert "when “Prepare the data of " in words.say(warning)
    assert found.schedule is None


def test_the_sample_itself_has_nothing_to_name() -> None:
    assert [words.say(text) for text in WHOLE.warnings] == []


def test_what_is_refused_is_no_number_and_waits_for_its_owner() -> None:
    found = made(said("finance_setup", price_ups=-1))
    line = next(row for row in found.costs.rows if row.what.code == "cost.ups")
    assert line.amount.value is None
    assert found.costs.once.value is None
    point = next(one for one in found.open_points if one.key == "prices/price_ups")
    assert point.reason is plan_nouns.Reason.REFUSED
    assert point.id in found.costs.once.waits_for
    assert found.completeness.answered == WHOLE.completeness.answered - 1


def test_a_branchs_fault_names_the_branch_and_stands_on_its_page() -> None:
    found = made(said("branch_office", "lodwar", opening_hours=30))
    (warning,) = found.branches[-1].warnings
    assert "30 hours: this is left aside" in words.say(warning)
    assert f"Lodwar: {words.say(warning)}" in {words.say(text) for text in found.warnings}


# --- any file ----------------------------------------------------------------------------------------

JUNK = (
    None, True, -1, 0, 3, 10**20, -(10**20), 1e300, 0.5, "", " ", "red", "2027-13-45", "9999-12-31", "0001-01-01", "none",
    "-1", "kariobangi", "XX", "a:b/c", "\ud800", "{n}", [], [7], [-1, 9], ["none", "x"], {}, {"value": 3}, {"is": "point"},
)  # fmt: skip


def corrupted(seed: int) -> bytes:
    """The sample's file with some of its places replaced, taken out, or said twice."""
    chance = random.Random(seed)
    text = json.loads(SAMPLE.read_bytes())
    for _ in range(chance.randint(1, 8)):
        holder, name = text, ""
        for _ in range(chance.randint(1, 7)):
            names = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            name = chance.choice(names) if names else ""
            if holder is text and "sections" in text and chance.random() < 0.8:
                name = "sections"  # what stands around them is checked when the file is read
            if not names or not isinstance(holder[name], dict | list) or not holder[name]:
                break
            inner = holder[name]
            if chance.random() < 0.8:
                holder = inner
                continue
            break
        if name == "" or name not in (holder if isinstance(holder, dict) else range(len(holder))):
            continue
        match chance.randint(0, 3):
            case 0:
                del holder[name]
            case 1 if isinstance(holder, list):
                holder.append(holder[name])
            case _:
                # of the same kind mostly: what is of another is refused when the file is read
                alike = [one for one in JUNK if type(one) is type(holder[name])]
                holder[name] = copy.deepcopy(
                    chance.choice(alike if alike and chance.random() < 0.95 else JUNK)
                )
    return json.dumps(text).encode()


@settings(max_examples=24, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_a_corrupted_file_gives_a_sentence_or_a_plan(seed: int) -> None:
    try:
        bad = books_of_flows.decode(corrupted(seed))
    except books_of_flows.BookError as problem:
        assert str(problem)
        return
    holds_together(made(bad))
