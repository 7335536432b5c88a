"""What if: the words that are understood, and what a change does to the plan."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest

from flows import book as books_of_flows
from flows import nouns as flow_nouns
from flows import words as flow_words
from planning import changes, what_if, words
from tests.planning.books import TODAY
from tests.planning.test_plan import SAMPLE, made

BOOK = books_of_flows.decode(SAMPLE.read_bytes())
LODWAR = next(branch for branch in BOOK.branches if branch.id == "lodwar")
MACHAKOS = next(branch for branch in BOOK.branches if branch.id == "machakos")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("start 1 March", (changes.Start(dt.date(2027, 3, 1)),), id="a day of the year that comes"),
        pytest.param("Start on 2027-03-01", (changes.Start(dt.date(2027, 3, 1)),), id="written as a date"),
        pytest.param("without branch Lodwar", (changes.Without(LODWAR),), id="a branch by name"),
        pytest.param("without lod", (changes.Without(LODWAR),), id="the beginning of its name"),
        pytest.param("inflation 8", (changes.Assuming("inflation", 8),), id="a number of the appendix"),
        pytest.param("Work high 1.5", (changes.Assuming("work_high", 1.5),), id="a number of two words"),
        pytest.param("contingency 20 %", (changes.Assuming("contingency", 20),), id="with its unit apart"),
        pytest.param("kbps floor 1,200", (changes.Assuming("kbps_floor", 1200),), id="thousands, as /assume takes them"),
        pytest.param("inflation ours", (changes.Assuming("inflation", 5),), id="what stands in the file"),
        pytest.param("contingency 20%", (changes.Assuming("contingency", 20),), id="with its unit"),
        pytest.param(
            "start 1 March, without Lodwar and inflation 8",
            (changes.Start(dt.date(2027, 3, 1)), changes.Without(LODWAR), changes.Assuming("inflation", 8)),
            id="several at once",
        ),
        pytest.param("without Lodwar and Machakos", (changes.Without(LODWAR), changes.Without(MACHAKOS)), id="one “without” for two"),
        pytest.param("without Lodwar, without lodwar", (changes.Without(LODWAR),), id="the same twice is once"),
        pytest.param("start １ March 2027", (changes.Start(dt.date(2027, 3, 1)),), id="digits of another keyboard"),
    ],
)  # fmt: skip
def test_what_is_understood(said, expected):
    assert changes.read(said, BOOK, today=TODAY) == expected


@pytest.mark.parametrize(
    ("said", "says"),
    [
        pytest.param("", "Write what should change", id="nothing"),
        pytest.param("later please", "Write what should change", id="no change"),
        pytest.param("start soonish", "“soonish” is no date", id="no date"),
        pytest.param("start 1 March 2099", "too far away", id="a date far away"),
        pytest.param(
            "start 31 December 9999", "31 December 9999 is too far away", id="the last date there is"
        ),
        pytest.param("start 30 February 2027", "is no date", id="a day that no year has"),
        pytest.param("start 1 March 2006", "too far away", id="a date long gone"),
        pytest.param("start 1 March 2027, start 1 April 2027", "contradicts another change", id="two starts"),
        pytest.param("inflation 8, inflation 9", "contradicts another change", id="two values of one number"),
        pytest.param("without", "Write what should change", id="without what"),
        pytest.param("without all", "There is no branch “all”", id="without everybody"),
        pytest.param(
            "without Nairobi, without Machakos, without Lodwar",
            "no branch left",
            id="every branch, one by one",
        ),
        pytest.param("without Nairobi and Machakos and Lodwar", "no branch left", id="every branch at once"),
        pytest.param("freeze before month 40", "from 0 to 14", id="books that are never open"),
        pytest.param("x" * 5000, "Write what should change", id="a page of nothing"),
        pytest.param("without Mombasa", "There is no branch “Mombasa”", id="an unknown branch"),
        pytest.param("without a", "may be one of", id="several branches"),
        pytest.param("inflaton 8", "inflaton", id="an unknown number"),
        pytest.param("inflation 9000", "inflation", id="a number beyond belief"),
    ],
)
def test_what_is_not_understood_is_said(said, says):
    with pytest.raises(changes.ChangeError) as problem:
        changes.read(said, BOOK, today=TODAY)
    assert says in words.say(problem.value.text)


TOGO = msgspec.structs.replace(
    BOOK, branches=(*BOOK.branches, *(flow_nouns.Branch(one.casefold(), one) for one in ("Thiès", "Oruro", "Lomé et Sokodé")))
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        pytest.param("fr", "début 1er mars 2027", [changes.Start(dt.date(2027, 3, 1))], id="French start"),
        pytest.param("fr", "Sans l’agence Thies", [changes.Without(TOGO.branches[3])], id="French branch, no accent"),
        pytest.param("fr", "sans Lodwar et début le 1 mars 2027", [changes.Without(LODWAR), changes.Start(dt.date(2027, 3, 1))], id="French and"),
        pytest.param("fr", "sans Lomé et Sokodé", [changes.Without(TOGO.branches[5])], id="a branch with “and” in its name"),
        pytest.param("es", "inicio 1 marzo 2027; sin la sucursal Oruro", [changes.Start(dt.date(2027, 3, 1)), changes.Without(TOGO.branches[4])], id="Spanish"),
        pytest.param("sw", "kuanza 1 Machi 2027 na bila tawi Lodwar", [changes.Start(dt.date(2027, 3, 1)), changes.Without(LODWAR)], id="Swahili"),
        pytest.param("sw", "start 1 March 2027", [changes.Start(dt.date(2027, 3, 1))], id="English is always understood"),
    ],
)  # fmt: skip
def test_each_language_has_its_own_words(language, said, expected):
    assert list(changes.read(said, TOGO, today=TODAY, language=language)) == expected


@pytest.mark.parametrize("language", ["en", "fr", "es", "sw"])
def test_what_is_said_of_a_change_is_understood_again(language):
    asked = (changes.Start(dt.date(2027, 3, 1)), changes.Without(LODWAR))
    said = ", ".join(words.say(changes.said(one), language) for one in asked)
    assert changes.read(said, BOOK, today=TODAY, language=language) == asked


@pytest.mark.parametrize("language", ["en", "fr", "es", "sw"])
def test_the_examples_that_the_chat_gives_are_understood(language):
    shown = flow_words.catalogue("bot", language).say("what_if.how")
    examples = re.findall(r"^/whatif (.+)$", shown, flags=re.MULTILINE)
    assert len(examples) == 3
    for one in examples:
        assert changes.read(one, TOGO, today=TODAY, language=language)


def test_the_last_branch_stays():
    alone = flow_nouns.AnswerBook(BOOK.institution, branches=(LODWAR,))
    with pytest.raises(changes.ChangeError) as problem:
        changes.read("without Lodwar", alone, today=TODAY)
    assert "no branch left" in words.say(problem.value.text)


@pytest.fixture(scope="module")
def before():
    return made(BOOK)


def after(said):
    return made(changes.changed(BOOK, changes.read(said, BOOK, today=TODAY)))


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


@pytest.mark.parametrize(
    ("value", "unit", "more", "said"),
    [
        pytest.param(3, "days", 1, ["3 days", "4 days", "1 day more"], id="one of its unit"),
        pytest.param(3, "", -2, ["3", "1", "2 less"], id="no unit"),
        pytest.param(9_425_220.88, "KES", 1_999.77, ["KES 9,425,221", "KES 9,427,221", "KES 2,000 more"], id="money without cents"),
        pytest.param(4.25, "KES", 0.5, ["KES 4.25", "KES 4.75", "KES 0.5 more"], id="little money"),
        pytest.param(66.58, "%", 11.67, ["67%", "78%", "11 points more"], id="percent differ by points"),
        pytest.param(66.4, "%", 0.05, ["66%", "66%", ""], id="no difference that is shown"),
    ],
)  # fmt: skip
def test_an_amount_is_said_with_the_unit_of_so_many(before, value, unit, more, said):
    def with_once(value):
        figure = msgspec.structs.replace(before.costs.once, value=value, unit=unit)
        return msgspec.structs.replace(before, costs=msgspec.structs.replace(before.costs, once=figure))

    rows = what_if.compare(with_once(value), with_once(value + more))
    assert said_of(rows, before.costs.once.label.code) == said


def test_what_is_not_known_is_said_by_what_is_certain_of_it(before):
    def with_once(**figures):
        figure = msgspec.structs.replace(before.costs.once, unit="KES", **figures)
        return msgspec.structs.replace(before, costs=msgspec.structs.replace(before.costs, once=figure))

    known, least = with_once(value=9_000.0), with_once(value=None, low=5_000.0)
    code = before.costs.once.label.code
    assert said_of(what_if.compare(known, least), code) == ["KES 9,000", "at least KES 5,000", ""]
    assert said_of(what_if.compare(least, with_once(value=None, low=None)), code)[1:] == ["not known", ""]


def test_nothing_changed_is_no_difference(before):
    assert all(row.difference is None for row in what_if.compare(before, made(BOOK)))
