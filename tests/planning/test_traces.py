"""Figures found by their numbers, and told with their formula, answers, numbers assumed and open points."""

from __future__ import annotations

import pathlib

import msgspec
import pytest

import flows.words
from flows import book as books_of_flows
from flows import nouns as flow_nouns
from flows import shipped
from planning import assumptions, figures, nouns, parameters, plan, trace, whole, words
from tests.planning.books import AT, TODAY, book, estimate, office

SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"


def made(given: flow_nouns.AnswerBook) -> nouns.Plan:
    return plan.make_plan(given, shipped.assessment(), today=TODAY)


@pytest.fixture(scope="module")
def sample() -> nouns.Plan:
    return made(books_of_flows.decode(SAMPLE.read_bytes()))


def told(found: nouns.Plan, label: str) -> list[str]:
    """The trace of the first figure of a branch with this label."""
    one = next(one for one in figures.find(found, "7.1") if words.say(one.figure.label) == label)
    return trace.lines(trace.of(found, one), "en")


def test_numbers_are_given_once_and_find_their_figure(sample):
    all_ = list(figures.numbered(sample))
    assert len({one.number for one in all_}) == len(all_)
    for one in all_:
        assert figures.find(sample, one.number) == (one,)


def test_every_number_is_reached_from_the_chapters_downwards(sample):
    def below(number: str) -> list[str]:
        return [
            found
            for entry in figures.below(sample, number)
            for found in ([entry.number] if entry.figure is not None else below(entry.number))
        ]

    assert below("") == [one.number for one in figures.numbered(sample)]


def test_a_chapters_number_names_what_stands_in_it(sample):
    # 15.1 to 15.5 are the chapter's own, 15.6 to 15.10 its five years, then a row for each line of the budget
    assert words.say(figures.find(sample, "15.6")[0].place) == "Year 1"
    assert words.say(figures.find(sample, "15.11")[0].place) == "Computers"
    assert len(figures.find(sample, "15.11")) == 3
    assert figures.find(sample, "15.99") == figures.find(sample, "") == ()


def test_what_is_summed_over_branches_names_each(sample):
    names = {page.branch.id: page.branch.name for page in sample.branches}
    several = 0
    for one in figures.numbered(sample):
        summed = {operand.branch for operand in one.figure.operands if operand.branch}
        labels = {words.say(operand.label) for operand in one.figure.operands}
        if len(summed) < 2 or len(labels) > 1:
            continue
        (entered,) = [part for part in trace.of(sample, one).parts if part.title.code == "trace.operands"]
        said = "\n".join(words.say(line) for line in entered.lines)
        assert all(names[branch] in said for branch in summed), one.number
        several += 1
    assert several  # the computers and lines of three branches are added up


def test_the_budget_names_what_it_adds_up(sample):
    (once,) = [one for one in figures.numbered(sample) if one.figure == sample.costs.once][:1]
    (entered,) = [part for part in trace.of(sample, once).parts if part.title.code == "trace.operands"]
    assert words.say(entered.lines[0]).startswith(words.say(sample.costs.rows[0].what))


def test_a_figure_is_told_whole():
    found = made(book(office(users_at_once=estimate(20), staff_total=30)))
    assert told(found, "Speed needed") == [
        "7.1.8 · Busia",
        "Speed needed: 3,000 kbps (from 2,250 to 3,750)",  # 15 × 150 and 25 × 150
        "",
        "How it is computed",
        "  people at a computer × 100 kbps × 1.5 for everything else, at least 1,000 kbps",
        "  the greater of 20 × 100 × 1.5 and 1,000 = 3,000 kbps",
        "",
        "With",
        "  At the busiest hour, how many people would sit at a computer at the same time?: 20 people",
        "",
        "The answers behind it",
        "  At the busiest hour, how many people would sit at a computer at the same time? 20 people (Ann Achieng, Busia, 1 December 2026; estimate)",
        "",
        "Numbers assumed",
        "  speed for each person at work: 100 kbps (rule of thumb: Down-link for one person at work in the Mifos web screens; measure it in the pilot)",
        "  factor of reserve of a line's speed: 1.5 (rule of thumb: Mail, updates and scans beside Mifos add a half)",
        "  least speed of a line: 1,000 kbps (rule of thumb: Below it the first load of the web screens (3 to 4 MB) takes over half a minute)",
    ]


def test_what_is_not_known_says_what_it_waits_for():
    lines = told(
        made(book(office(users_at_once=flow_nouns.Answer(sure=flow_nouns.Sure.UNKNOWN)))), "Speed needed"
    )
    assert lines[1] == "Speed needed: not known"
    assert "  the greater of ? × 100 × 1.5 and 1,000 = not known" in lines
    assert lines[-2] == "It waits for"
    assert lines[-1].endswith("(Your branch, Busia; Ann Achieng)")


def test_a_number_of_the_institutions_own_is_said_to_be():
    own = (flow_nouns.Assumption("kbps_per_user", 200, by="pam", at=AT),)
    lines = told(made(book(office(users_at_once=20), assumptions=own)), "Speed needed")
    assert (
        "  speed for each person at work: 200 kbps (put by Pam Mwangi on 1 December 2026 in the place of 100 kbps)"
        in lines
    )


@pytest.mark.parametrize("of", ["the sample", "nobody"])
def test_every_figure_can_be_told(sample, of):
    found = sample if of == "the sample" else made(book())
    for one in figures.numbered(found):
        lines = trace.lines(trace.of(found, one), "en")
        assert not [line for line in lines if "{" in line or "None" in line]


WORKED = sorted(
    code for code in flows.words.catalogue("planning", "en").codes() if code.startswith("worked.")
)


@pytest.mark.parametrize("code", WORKED)
def test_arithmetic_with_numbers_belongs_to_arithmetic_in_words(code):
    assert words.known(code.replace("worked.", "formula.", 1))


def test_the_whole_plan_is_json_with_every_figures_trace(sample):
    told_ = msgspec.json.decode(whole.encode(sample, "en"))
    assert told_["format"] == "groundwork-plan/1"
    assert set(told_["figures"]) == {one.number for one in figures.numbered(sample)}
    cores = told_["figures"]["6.2"]
    assert (cores["label"], cores["value"], cores["said"]) == ("Processor cores needed", 8, "8 cores")
    assert cores["trace"][0]["title"] == "How it is computed"
    assert told_["plan"]["hosting"]["size"] == "S"
    assert b'"is":' not in whole.encode(sample, "en")


@pytest.mark.parametrize(
    ("written", "name", "value", "back"),
    [
        pytest.param("inflation 7", "inflation", 7, False, id="name and number"),
        pytest.param("Kbps per user 120 kbps", "kbps_per_user", 120, False, id="a name of several words, and the unit"),
        pytest.param("kbps_floor 1,200", "kbps_floor", 1200, False, id="a comma between thousands"),
        pytest.param("inflation 7.5 %", "inflation", 7.5, False, id="percent"),
        pytest.param("inflation", "inflation", None, False, id="only looked at"),
        pytest.param("inflation OURS", "inflation", None, True, id="taken back"),
    ],
)  # fmt: skip
def test_wishes_are_read(written, name, value, back):
    assert assumptions.read(written) == assumptions.Wish(name, value, back)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param("", "assumption.no_such", id="nothing"),
        pytest.param("colour 7", "assumption.no_such", id="no such name"),
        pytest.param("inflaton 7", "assumption.did_you_mean", id="misspelled"),
        pytest.param("watts 7", "assumption.did_you_mean", id="a part of several names"),
        pytest.param("inflation much", "assumption.no_number", id="no number"),
        pytest.param("inflation nan", "assumption.no_number", id="not a number"),
        pytest.param("inflation 9000", "assumption.beyond", id="beyond belief"),
        pytest.param("inflation -1", "assumption.beyond", id="below nothing"),
    ],
)
def test_wishes_that_cannot_be_granted_say_what_to_write(written, code):
    with pytest.raises(assumptions.AssumptionError) as refused:
        assumptions.read(written)
    assert refused.value.text.code == code
    assert words.say(refused.value.text)


def test_a_number_is_replaced_once_and_taken_back():
    own = assumptions.changed((), assumptions.Wish("inflation", 7), by="pam", now=AT)
    own = assumptions.changed(own, assumptions.Wish("inflation", 8), by="ann", now=AT)
    assert own == (flow_nouns.Assumption("inflation", 8, by="ann", at=AT),)
    assert assumptions.changed(own, assumptions.Wish("inflation", back=True), by="ann", now=AT) == ()


def test_every_group_has_a_title_and_every_number_a_group():
    assert {words.say(nouns.Text(f"group.{group}")) for group in assumptions.groups()}
    listed = [
        one for group in assumptions.groups() for one in assumptions.of_group(parameters.default(), group)
    ]
    assert {one.name for one in listed} == {one.name for one in parameters.default()}


def test_a_book_with_numbers_that_nobody_believes_names_them_and_takes_ours():
    own = (flow_nouns.Assumption("inflation", 9000), flow_nouns.Assumption("colour", 1))
    found = made(book(assumptions=own))
    assert {"assumption.beyond", "assumption.unknown"} <= {text.code for text in found.warnings}
    assert not [one for one in found.parameters if one.replaced]
