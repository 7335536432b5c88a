"""People by an Excel list: what goes out, what is taken back, and every row and cell that is not."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import exceptions

from bot import library, limits, sample
from bot.people import team
from bot.seats import people_list, seating
from flows import nouns
from flows import words as wording
from flows.worksheets import writing
from storage import port, records
from tests.bot import running
from tests.bot.running import labels, words

WORDS = wording.catalogue("bot", "en")
FIRST = writing.FIRST_ROW


def planted(*empty: str) -> team.Team:
    """The sample's team with these seats empty."""
    put = [change.record for change in sample.changes(running.NOW) if isinstance(change, port.Put)]
    assessment = next(record for record in put if isinstance(record, records.Assessment))
    parts = [record for record in put if isinstance(record, records.Membership)]
    return team.Team(
        assessment,
        {record.id: record for record in put if isinstance(record, records.Person)},
        [part for part in parts if f"{part.role}:{part.branch}" not in empty],
        [record for record in put if isinstance(record, records.Section)],
        library.Library.shipped(),
    )


FOUND = planted("it:", "finance:", "branch_staff:lodwar")
SENT = people_list.write(FOUND, WORDS, running.NOW)


def back(cells: dict[str, Any], found: team.Team = FOUND, sent: bytes = SENT) -> people_list.Taken:
    """What the list says with these cells filled in."""
    book = openpyxl.load_workbook(io.BytesIO(sent))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
        if isinstance(value, str) and value.startswith("=") and not value.startswith("=1"):
            book.worksheets[0][cell].data_type = "s"
    made = io.BytesIO()
    book.save(made)
    taken = people_list.read(found, WORDS, made.getvalue(), running.NOW)
    assert isinstance(taken, people_list.Taken)
    return taken


def test_a_row_stands_there_for_every_seat_without_anybody() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(SENT)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 3)]
    assert rows[:3] == [
        [1, None, "IT", None],
        [2, None, "Finance", None],
        [3, None, "Branch manager", "Lodwar"],
    ]
    lists = {str(rule.sqref)[0] for rule in sheet.data_validations.dataValidation}
    assert lists == {"C", "D"}, "roles and branches are chosen"


def test_a_row_whose_seat_was_emptied_is_of_the_seat_that_it_was_made_for() -> None:
    taken = back({f"B{FIRST}": "Ann", f"C{FIRST}": None, f"B{FIRST + 2}": "Kip", f"D{FIRST + 2}": None})
    assert taken.wanted == (
        people_list.Wanted("Ann", "it:"),
        people_list.Wanted("Kip", "branch_staff:lodwar"),
    )


def test_names_beside_seats_are_taken_and_rows_without_left_out() -> None:
    taken = back({f"B{FIRST}": "Ann  Wanjiku", f"B{FIRST + 2}": "Kip"})
    assert taken.wanted == (
        people_list.Wanted("Ann Wanjiku", "it:"),
        people_list.Wanted("Kip", "branch_staff:lodwar"),
    )
    assert (taken.faults, taken.nameless) == ((), 1)


def test_a_row_may_be_written_below() -> None:
    row = FIRST + 9
    taken = back({f"B{row}": "Kip", f"C{row}": "branch manager", f"D{row}": "lodwar"})
    assert taken.wanted == (people_list.Wanted("Kip", "branch_staff:lodwar"),)


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        pytest.param({"B4": "=1+1"}, "B4", "table_formula", id="a formula without its result"),
        pytest.param({"B4": "x" * 81}, "B4", "constraint", id="a name too long"),
        pytest.param({"B4": "x" * 5000}, "B4", "too_long", id="a name beyond any message"),
        pytest.param({"B20": "Kip", "C20": "Cook"}, "C20", "table_no_such_choice", id="no such role"),
        pytest.param({"B20": "Kip"}, "C20", "required", id="no role"),
        pytest.param({"B20": "Kip", "C20": "Branch manager"}, "D20", "required", id="no branch"),
        pytest.param(
            {"B20": "Kip", "C20": "Branch manager", "D20": "Mars"},
            "D20",
            "table_no_such_choice",
            id="no such branch",
        ),
        pytest.param({"B4": "Ann", "B20": "Kip", "C20": "IT"}, "20", "people_twice", id="a seat twice"),
        pytest.param({"B20": "Kip", "C20": "Operations"}, "20", "people_taken", id="a seat with somebody"),
        pytest.param({"A20": 99, "B20": "Kip", "C20": "IT"}, "A20", "table_row_unknown", id="no such row"),
    ],
)
def test_what_is_wrong_is_named_by_cell_and_nobody_is_invited(
    cells: dict[str, Any], cell: str, code: str
) -> None:
    taken = back(cells)
    assert [(f"{fault.column}{fault.row}", fault.problem.code) for fault in taken.faults] == [(cell, code)]


def test_what_is_wrong_is_told_row_by_row() -> None:
    taken = back({"B10": "Kip", "C10": "Operations", "B20": "Ann", "C20": "Cook"})
    assert [fault.row for fault in taken.faults] == [10, 20]


def test_a_list_of_another_institution_is_no_list() -> None:
    assert people_list.read(FOUND, WORDS, b"no Excel", running.NOW) == nouns.Problem("table_unreadable")


def test_a_seat_filled_meanwhile_is_said() -> None:
    taken = back({f"B{FIRST + 2}": "Kip"}, planted("it:", "finance:"))
    assert [fault.problem.code for fault in taken.faults] != []


@settings(max_examples=15, deadline=None)
@given(
    st.text(min_size=1, max_size=limits.NAME_CHARACTERS)
    | st.sampled_from(["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\u202eevil", "<b>x</b>", "a\nb"])
)
def test_any_name_is_taken_as_words_or_refused_by_its_cell(name: str) -> None:
    try:
        taken = back({f"B{FIRST}": name})
    except exceptions.IllegalCharacterError:
        return
    assert len(taken.wanted) + len(taken.faults) <= 1
    for one in taken.wanted:
        assert one.name == " ".join(one.name.split())
        assert not set(one.name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_more_seats_than_a_list_holds_are_cut() -> None:
    branches = tuple(nouns.Branch(f"b{n}", f"Branch {n}") for n in range(300))
    many = team.Team(
        records.Assessment("a", FOUND.assessment.institution, branches), {}, [], [], library.Library.shipped()
    )
    assert len(seating.empty(many)) > 300
    assert people_list.write(many, WORDS, running.NOW)


# --- in chat ---------------------------------------------------------------------------------------


async def listed(bot: running.Running, names: dict[str, str]) -> running.JSON:
    """What the bot says to its owner when the list comes back with these names by their cells."""
    owner = bot.person(running.OWNER)
    sent = await bot.said(owner, "/invite list")
    book = openpyxl.load_workbook(io.BytesIO(await owner.download(sent)))
    for cell, name in names.items():
        book.worksheets[0][cell] = name
    made = io.BytesIO()
    book.save(made)
    return await bot.after(owner, owner.send_file("people.xlsx", made.getvalue(), kind="document"))


async def test_a_long_list_is_told_in_short(bot: running.Running) -> None:
    await bot.created(branches=", ".join(f"Branch {number}" for number in range(20)))
    shown = await listed(bot, {f"B{FIRST + row}": f"Person {row}" for row in range(14)})
    assert "14 people can be invited" in words(shown)
    assert "… and 2 more." in words(shown)
    assert "Person 12" not in words(shown)


@pytest.mark.parametrize("way", ["Links as messages to forward", "Links as one sheet to print"])
async def test_a_seat_that_was_taken_while_the_list_was_read_gets_no_link(
    bot: running.Running, way: str
) -> None:
    tokens = await bot.created()
    owner, juma = bot.person(running.OWNER), await bot.newcomer("Juma")
    shown = await listed(bot, {f"B{FIRST}": "Ann"})
    taken = next(line for line in words(shown).splitlines() if "Ann" in line).partition(": ")[2]
    await bot.joined(juma, tokens[taken])
    since = bot.now
    said = await bot.tapped(owner, way, message=shown)
    assert "One seat was taken meanwhile" in words(said)
    assert running.links(bot.events(owner, since)) == {}
    assert not [event for event in bot.events(owner, since) if "document" in event.get("message", {})]


async def test_what_is_done_with_a_seat_that_went_shows_those_that_are_there(bot: running.Running) -> None:
    tokens = await bot.created(branches="Nakuru, Kisumu")
    owner, manager = bot.person(running.OWNER), await bot.newcomer("Nekesa")
    await bot.joined(manager, tokens["Project manager"])
    await bot.said(manager, "/invite branch_staff:branch-2")
    shown = await manager.last_message()
    await bot.said(owner, "/branches branch-2")
    for _ in range(2):
        await bot.tapped(owner, "Close the branch")
    said = await bot.tapped(manager, "+ Make a link to forward", message=shown)
    assert "Kisumu" not in "".join(labels(said))
    assert any("Nakuru" in label for label in labels(said))


async def test_a_sheet_for_branches_that_all_have_somebody_by_now_is_not_made(bot: running.Running) -> None:
    tokens = await bot.created()
    owner, juma = bot.person(running.OWNER), await bot.newcomer("Juma")
    shown = await bot.said(owner, "/invite sheet")
    await bot.joined(juma, tokens["Branch manager, Nakuru"])
    since = bot.now
    said = await bot.tapped(owner, labels(shown)[0], message=shown)
    assert "Every branch has somebody already" in words(said)
    assert not [event for event in bot.events(owner, since) if "document" in event.get("message", {})]
