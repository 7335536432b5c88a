"""What if: the words that are understood, and what a change does to the plan."""

from __future__ import annotations

import datetime as dt

import pytest

from flows import book as books_of_flows
from flows import nouns as flow_nouns
from planning import what_if, words
from tests.planning.books import TODAY
from tests.planning.test_plan import SAMPLE, made

BOOK = books_of_flows.decode(SAMPLE.read_bytes())
LODWAR = next(branch for branch in BOOK.branches if branch.id == "lodwar")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("start 1 March", (what_if.Start(dt.date(2027, 3, 1)),), id="a day of the year that comes"),
        pytest.param("Start on 2027-03-01", (what_if.Start(dt.date(2027, 3, 1)),), id="written as a date"),
        pytest.param("without branch Lodwar", (what_if.Without(LODWAR),), id="a branch by name"),
        pytest.param("without lod", (what_if.Without(LODWAR),), id="the beginning of its name"),
        pytest.param("inflation 8", (what_if.Assuming("inflation", 8),), id="a number of the appendix"),
        pytest.param("Work high 1.5", (what_if.Assuming("work_high", 1.5),), id="a number of two words"),
        pytest.param("contingency 20 %", (what_if.Assuming("contingency", 20),), id="with its unit apart"),
        pytest.param("kbps floor 1,200", (what_if.Assuming("kbps_floor", 1200),), id="thousands, as /assume takes them"),
        pytest.param("inflation ours", (what_if.Assuming("inflation", 5),), id="what stands in the file"),
        pytest.param("contingency 20%", (what_if.Assuming("contingency", 20),), id="with its unit"),
        pytest.param(
            "start 1 March, without Lodwar and inflation 8",
            (what_if.Start(dt.date(2027, 3, 1)), what_if.Without(LODWAR), what_if.Assuming("inflation", 8)),
            id="several at once",
        ),
    ],
)  # fmt: skip
def test_what_is_understood(said, expected):
    assert what_if.read(said, BOOK, today=TODAY) == expected


@pytest.mark.parametrize(
    ("said", "says"),
    [
        pytest.param("", "Write what should change", id="nothing"),
        pytest.param("later please", "Write what should change", id="no change"),
        pytest.param("start soonish", "“soonish” is no date", id="no date"),
        pytest.param("start 1 March 2099", "too far away", id="a date far away"),
        pytest.param("without Mombasa", "There is no branch “Mombasa”", id="an unknown branch"),
        pytest.param("without a", "may be one of", id="several branches"),
        pytest.param("inflaton 8", "inflaton", id="an unknown number"),
        pytest.param("inflation 9000", "inflation", id="a number beyond belief"),
    ],
)
def test_what_is_not_understood_is_said(said, says):
    with pytest.raises(what_if.WhatIfError) as problem:
        what_if.read(said, BOOK, today=TODAY)
    assert says in words.say(problem.value.text)


def test_the_last_branch_stays():
    alone = flow_nouns.AnswerBook(BOOK.institution, branches=(LODWAR,))
    with pytest.raises(what_if.WhatIfError) as problem:
        what_if.read("without Lodwar", alone, today=TODAY)
    assert "no branch left" in words.say(problem.value.text)


@pytest.fixture(scope="module")
def before():
    return made(BOOK)


def after(said):
    return made(what_if.changed(BOOK, what_if.read(said, BOOK, today=TODAY)))


def said_of(rows, code):
    row = next(row for row in rows if row.what.code == code)
    return [words.say(one) if one is not None else "" for one in (row.before, row.after, row.difference)]


def test_a_later_start_is_put_beside_the_plan(before):
    # the team says 11 January; 49 days later is 1 March
    rows = what_if.compare(before, later := after("start 1 March 2027"))
    was, would, difference = said_of(rows, "what_if.safe")
    days = (later.schedule.promise - before.schedule.promise).days
    assert later.schedule.start == dt.date(2027, 3, 1)
    assert days > 0
    assert difference == f"{days} days later"
    assert was != would
    # the sample's chance is more than 99 of 100
    lost = before.schedule.live_likely.on_target - later.schedule.live_likely.on_target
    assert said_of(rows, "what_if.on_target")[2] == (f"{lost} points less" if lost else "")


def test_without_a_branch_nothing_of_it_is_left(before):
    smaller = after("without branch Lodwar")
    assert not [task for task in smaller.schedule.tasks if task.branch == "lodwar"]
    assert smaller.schedule.finish <= before.schedule.finish
    assert len(smaller.open_points) <= len(before.open_points)


def test_a_number_of_one_s_own_changes_what_hangs_on_it(before):
    rows = what_if.compare(before, dearer := after("inflation 50"))
    assert (
        dearer.costs.total.low > before.costs.total.low or dearer.costs.total.value > before.costs.total.value
    )
    assert said_of(rows, "what_if.safe")[2] == ""


def test_nothing_changed_is_no_difference(before):
    assert all(row.difference is None for row in what_if.compare(before, made(BOOK)))
