"""Links in the hands of who made them: which are open, one taken back, a sheet for paper, a list from Excel."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import openpyxl
import pytest

from bot import limits
from bot.practice import people
from flows.worksheets import writing
from tests.bot import running
from tests.bot.running import data, labels, words

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TOO_OLD = running.NOW + limits.INVITATION_LIFE + dt.timedelta(hours=12)
"""For a link of the beginning; at night, when nothing comes by itself between question and answer."""


async def file_of(bot: running.Running, person: people.Person, since: int) -> bytes:
    """The file that came since an event."""
    [sent] = [e["message"] for e in bot.events(person, since) if "document" in e.get("message", {})]
    return await person.download(sent)


async def test_open_links_tell_their_age_and_what_has_none(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.created(branches="Nakuru, Voi")
    await bot.forward_to(running.NOW + dt.timedelta(days=3, hours=1))
    shown = words(await bot.said(owner, "/invite links"))
    assert "8 links are open" in shown
    assert "… Branch manager, Voi: made 3 days ago, good until 18 March 2031" in shown
    await bot.forward_to(TOO_OLD)
    shown = words(await bot.said(owner, "/invite links"))
    assert "no link is open" in shown
    assert "8 seats have nobody and no link: Project manager, " in shown
    assert not re.search(r"and \d+ more", shown)


@pytest.mark.parametrize(
    ("named", "ends"),
    [
        pytest.param(8, "Branch manager, Voi", id="all of them"),
        pytest.param(7, "Branch manager, Nakuru and 1 more", id="one more"),
    ],
)
async def test_so_many_seats_without_a_link_are_named_and_the_rest_counted(
    bot: running.Running, monkeypatch: pytest.MonkeyPatch, named: int, ends: str
) -> None:
    monkeypatch.setattr(limits, "BRANCHES_NAMED", named)
    await bot.created(branches="Nakuru, Voi")
    await bot.forward_to(TOO_OLD)
    shown = words(await bot.said(bot.person(running.OWNER), "/invite links"))
    assert re.search(rf"8 seats have nobody and no link: Project manager, .*{ends}\.?$", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("size", "page", "lines"),
    [
        pytest.param(8, 9, 8, id="one page holds them all"),
        pytest.param(7, 9, 1, id="a page behind the last shows the last"),
        pytest.param(3, 0, 3, id="the first of three"),
        pytest.param(3, 1, 3, id="the second of three"),
    ],
)
async def test_a_page_shows_its_own_links(
    bot: running.Running, monkeypatch: pytest.MonkeyPatch, size: int, page: int, lines: int
) -> None:
    monkeypatch.setattr(limits, "LINES_A_PAGE", size)
    await bot.created(branches="Nakuru, Voi")
    shown = words(await bot.said(bot.person(running.OWNER), f"/invite links {page}"))
    assert "8 links are open" in shown
    assert shown.count(": made") == lines
    assert ("… Branch manager, Voi: made" in shown) is (page == 9)


async def test_one_link_is_taken_back_and_the_others_stay(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    tokens = await bot.created()
    await bot.said(owner, "/invite links")
    assert "for Training does not work any more" in words(await bot.tapped(owner, "✕ Take back: Training"))
    nekesa = await bot.newcomer("Nekesa")
    assert "does not work" in words(await bot.after(nekesa, nekesa.start(tokens["Training"])))
    assert "asks you to answer" in words(await bot.after(nekesa, nekesa.start(tokens["IT"])))


async def test_a_link_used_meanwhile_is_not_taken_back(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    tokens = await bot.created()
    await bot.said(owner, "/invite links")
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Training"])
    shown = await bot.tapped(owner, "✕ Take back: Training")
    assert "not open any more" in words(shown)
    assert "your sections" in words(await bot.said(nekesa, "/tasks"))


async def test_only_ones_own_institutions_links_are_taken_back(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    theirs = await bot.created("Amana")
    take_back = data(await bot.said(owner, "/invite links"), "✕ Take back: Training")
    tokens = await bot.created("Nuru")
    outsider = await bot.newcomer("Barasa")
    await bot.joined(outsider, tokens["Project manager"])
    own = await bot.said(outsider, "/invite links")
    await outsider.forge(own, take_back)
    await bot.settled()
    nekesa = await bot.newcomer("Nekesa")
    assert "asks you to answer" in words(await bot.after(nekesa, nekesa.start(theirs["Training"])))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("English", "Good for one person", id="English"),
        pytest.param("Français", "Vaut pour une seule personne", id="French"),
        pytest.param("Español", "Sirve para una sola persona", id="Spanish"),
        pytest.param("Kiswahili", "Ni kwa mtu mmoja tu", id="Swahili"),
    ],
)
async def test_a_sheet_has_a_good_link_for_every_empty_branch(
    bot: running.Running, language: str, said: str
) -> None:
    owner = bot.person(running.OWNER)
    tokens = await bot.created(branches="Nakuru, <b>=Voi</b>")
    await bot.joined(await bot.newcomer("Nekesa"), tokens["Branch manager, Nakuru"])
    asked = await bot.said(owner, "/invite sheet")
    assert labels(asked)[:2] == ["Kiswahili", "English"], "the country's own first"
    since = bot.now
    await bot.tapped(owner, language)
    (table,) = docx.Document(io.BytesIO(await file_of(bot, owner, since))).tables
    [card] = [[paragraph.text for paragraph in row.cells[0].paragraphs] for row in table.rows]
    assert card[0] == "<b>=Voi</b>"
    assert said in card[-1]
    barasa = await bot.newcomer("Barasa")
    token = card[3].partition("start=")[2]
    await bot.joined(barasa, token)
    assert (await bot.section("branch_power", "branch-2")).owner == barasa.id
    await bot.said(owner, "/invite sheet")
    assert "Every branch has somebody" in words(await owner.last_message())


async def test_one_seat_has_a_sheet_of_its_own(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.created()
    await bot.said(owner, "/invite training:")
    await bot.tapped(owner, "Print it on a sheet")
    since = bot.now
    await bot.tapped(owner, "English")
    (table,) = docx.Document(io.BytesIO(await file_of(bot, owner, since))).tables
    assert [row.cells[0].paragraphs[0].text for row in table.rows] == ["Training"]


async def filled(bot: running.Running, leader: people.Person, cells: dict[str, str]) -> running.JSON:
    """Ask for the list, fill these cells in, send it back."""
    since = bot.now
    await bot.said(leader, "/invite list")
    book = openpyxl.load_workbook(io.BytesIO(await file_of(bot, leader, since)))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    made = io.BytesIO()
    book.save(made)
    return await bot.after(leader, leader.send_file("people.xlsx", made.getvalue(), mime_type=EXCEL))


FIRST = writing.FIRST_ROW


async def test_a_list_becomes_links_once_it_is_right(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.created()
    await bot.said(owner, "/invite links")
    while "✕ Take back" in "".join(labels(await owner.last_message())):
        await bot.tapped(owner, labels(await owner.last_message())[0])
    wrong = {f"B{FIRST}": "Ann", f"B{FIRST + 30}": "Kip", f"C{FIRST + 30}": "Cook"}
    said = words(await filled(bot, owner, wrong))
    assert "Nothing is stored so far" in said
    assert f"C{FIRST + 30}" in said
    assert "no link is open" in words(await bot.said(owner, "/invite links"))
    asked = await filled(bot, owner, {f"B{FIRST}": "Ann", f"B{FIRST + 6}": "<Kip>"})
    assert "2 people can be invited" in words(asked)
    assert "• <Kip>: Branch manager, Nakuru" in words(asked)
    since = bot.now
    await bot.tapped(owner, "Links as messages to forward")
    forwarded = [words(event.get("message", {})) for event in bot.events(owner, since)]
    assert any(said.startswith("Forward this to <Kip>:") for said in forwarded)
    shown = words(await bot.said(owner, "/invite links"))
    assert "… Ann · Project manager: made 0 days ago" in shown


async def test_a_list_becomes_a_sheet(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.created()
    await filled(bot, owner, {f"B{FIRST + 6}": "Kip"})
    since = bot.now
    await bot.tapped(owner, "Links as one sheet to print")
    (table,) = docx.Document(io.BytesIO(await file_of(bot, owner, since))).tables
    assert [row.cells[0].paragraphs[0].text for row in table.rows] == ["Kip"]


async def test_what_is_no_list_is_said_and_the_list_goes_on_waiting(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.created()
    await bot.said(owner, "/invite list")
    assert "Send the list back" in words(await bot.said(owner, "here"))
    assert "can't open this file" in words(await bot.after(owner, owner.send_file("x.xlsx", b"no")))
    assert "no name in the list" in words(await filled(bot, owner, {}))
    assert "2 people" in words(await filled(bot, owner, {f"B{FIRST}": "Ann", f"B{FIRST + 1}": "Kip"}))
