"""A list filled in Excel, through the real bot: sent, filled in at a desk, sent back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from bot.practice import people
from flows.worksheets import writing
from tests.bot import running
from tests.bot.running import labels, words


async def at_computers(planted: running.Running) -> people.Person:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Computers and printing · Lodwar")
    return ekai


async def sheet(planted: running.Running, person: people.Person) -> openpyxl.Workbook:
    """The table that comes at a press."""
    sent = await planted.tapped(person, "Fill in Excel", message=await person.last_message())
    assert sent["document"]["file_name"] == "Kind of computer.xlsx"
    return openpyxl.load_workbook(io.BytesIO(await person.download(sent)))


async def back(
    planted: running.Running, person: people.Person, book: openpyxl.Workbook, *rows: tuple[Any, ...]
) -> dict[str, Any]:
    """What the bot says when the table comes back with these rows."""
    page = book.worksheets[0]
    for row, cells in enumerate(rows, writing.FIRST_ROW):
        for column, value in enumerate(cells, 2):
            page.cell(row, column, value)
    made = io.BytesIO()
    book.save(made)
    return await planted.after(person, person.send_file("Computer.xlsx", made.getvalue(), kind="document"))


async def test_a_filled_table_becomes_the_list(planted: running.Running) -> None:
    ekai = await at_computers(planted)
    book = await sheet(planted, ekai)
    shown = await back(
        planted, ekai, book, ("Laptop", "Yes", 2, 4, 8), ("Computer on a desk", "Yes", 3, "about 7", 4)
    )
    assert "Add another" in " ".join(labels(shown)), words(shown)
    answers = await planted.answers("branch_equipment", "lodwar")
    assert (answers["computers:1/how_many"], answers["computers:2/age_years"]) == (2, 7)
    again = await sheet(planted, ekai)
    assert again.worksheets[0].cell(writing.FIRST_ROW, 4).value == 2


async def test_an_unusual_number_is_taken_and_named(planted: running.Running) -> None:
    ekai = await at_computers(planted)
    await back(planted, ekai, await sheet(planted, ekai), ("Laptop", "Yes", 900, 4, 8))
    assert (await planted.answers("branch_equipment", "lodwar"))["computers:1/how_many"] == 900
    said = [words(message) for message in await ekai.messages()]
    assert any("D4 is unusual. Look at it again." in one for one in said)


async def test_wrong_cells_are_named_and_the_good_rows_can_be_taken(planted: running.Running) -> None:
    ekai = await at_computers(planted)
    book = await sheet(planted, ekai)
    shown = await back(
        planted, ekai, book, ("Laptop", "Yes", "several", 4, 8), ("Computer on a desk", "Yes", 3, 7)
    )
    assert "D4" in words(shown), words(shown)
    assert "Nothing is stored so far" in words(shown)
    assert await planted.answers("branch_equipment", "lodwar") == {}
    await planted.tapped(ekai, "Take the 1 good row")
    answers = await planted.answers("branch_equipment", "lodwar")
    assert answers["computers:1/how_many"] == 3
    kept = [message for message in await ekai.messages() if message["message_id"] == shown["message_id"]]
    assert labels(kept[0]) == []


async def test_a_table_whose_list_does_not_stand_is_sent_to_where_it_belongs(
    planted: running.Running,
) -> None:
    ekai = await at_computers(planted)
    book = await sheet(planted, ekai)
    await planted.said(ekai, "/tasks")
    shown = await back(planted, ekai, book, ("Laptop", "Yes", 2, 4, 8))
    assert "table of the section Computers and printing" in words(shown)
    assert "Computers and printing · Lodwar" in " ".join(labels(shown)), "the way there is at hand"
    await planted.tapped(ekai, "Power · Lodwar")
    shown = await back(planted, ekai, book)
    assert "table of the section Computers and printing" in words(shown)
    assert await planted.answers("branch_equipment", "lodwar") == {}
    assert await planted.answers("branch_power", "lodwar") == {}


async def test_any_other_file_is_refused_in_a_sentence(planted: running.Running) -> None:
    ekai = await at_computers(planted)
    for content in (b"no table", b"PK\x03\x04 half a zip"):
        shown = await planted.after(ekai, ekai.send_file("x.xlsx", content, kind="document"))
        assert "as an Excel table" in words(shown)
    assert await planted.answers("branch_equipment", "lodwar") == {}


async def test_a_long_list_is_shown_page_by_page(planted: running.Running) -> None:
    ekai = await at_computers(planted)
    book = await sheet(planted, ekai)
    shown = await back(planted, ekai, book, *[("Laptop", "Yes", 1, 4, 8)] * 200)
    assert "1 of 20" in labels(shown)
    shown = await planted.tapped(ekai, "More ›")
    assert any("11" in label for label in labels(shown)), labels(shown)
    assert not any("Add another" in label for label in labels(shown))


@pytest.mark.parametrize(
    ("rows", "said", "buttons"),
    [
        pytest.param([], "no filled rows", [], id="nothing filled in"),
        pytest.param([("Laptop", "Yes", "several", 4, 8)], "D4", ["Back to the list"], id="no good row"),
        pytest.param([("Laptop", "Yes", "several", 4, 8)] * 15, "… and 3 more.", ["Back to the list"], id="many mistakes"),
    ],
)  # fmt: skip
async def test_of_a_table_without_a_good_row_none_is_offered(
    planted: running.Running, rows: list[tuple[Any, ...]], said: str, buttons: list[str]
) -> None:
    ekai = await at_computers(planted)
    book = await sheet(planted, ekai)
    shown = await back(planted, ekai, book, *rows)
    assert said in words(shown)
    assert labels(shown) == buttons
    assert await planted.answers("branch_equipment", "lodwar") == {}


async def test_who_lost_the_seat_meanwhile_gets_no_table(planted: running.Running) -> None:
    ekai, manager = await at_computers(planted), planted.person(running.MANAGER)
    shown, since = await ekai.last_message(), planted.now
    await planted.said(manager, f"/people {running.EKAI}")
    for tap in ("Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it"):
        await planted.tapped(manager, tap)
    said = await planted.tapped(ekai, "Fill in Excel", message=shown)
    assert "Somebody else answers this section" in words(said)
    assert not [event for event in planted.events(ekai, since) if "document" in event.get("message", {})]
