"""A section of all branches filled in Excel, through the real bot: sent, filled in at a desk, sent back at any time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec
import openpyxl

from bot.practice import people
from flows import nouns
from flows.worksheets import writing
from storage import port
from tests.bot import running
from tests.bot.running import labels, words

FIRST = writing.FIRST_ROW
UNKNOWN = "I do not know this sheet"


async def three(bot: running.Running) -> tuple[people.Person, people.Person]:
    """Nuru with three branches: its project manager, and the branch manager of Kisumu."""
    tokens = await bot.created(branches="Nakuru, Kisumu, Thika")
    achieng, juma = await bot.newcomer("Achieng"), await bot.newcomer("Juma")
    await bot.joined(achieng, tokens["Project manager"])
    await bot.joined(juma, tokens["Branch manager, Kisumu"])
    return achieng, juma


async def sheet(bot: running.Running, leader: people.Person, section: str = "Power") -> openpyxl.Workbook:
    """The sheet of a section that comes at three taps."""
    await bot.said(leader, "/branches")
    await bot.tapped(leader, "Answers in Excel")
    sent = await bot.tapped(leader, section)
    assert sent["document"]["file_name"] == f"{section}.xlsx"
    return openpyxl.load_workbook(io.BytesIO(await leader.download(sent)))


async def back(
    bot: running.Running, person: people.Person, book: openpyxl.Workbook, cells: dict[str, Any]
) -> running.JSON:
    """What the bot says when the sheet comes back with these cells."""
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    made = io.BytesIO()
    book.save(made)
    return await bot.after(person, person.send_file("Power (2).xlsx", made.getvalue(), kind="document"))


async def given(bot: running.Running, branch: str, key: str) -> nouns.Answer:
    return (await bot.session("branch_power", branch)).answers[key]


async def test_what_a_leader_fills_in_stands_in_each_branch_s_section(bot: running.Running) -> None:
    achieng, juma = await three(bot)
    book = await sheet(bot, achieng)
    names = [row[1].value for row in book.worksheets[0].iter_rows(min_row=FIRST)]
    assert names == ["Nakuru", "Kisumu", "Thika"]
    await bot.said(achieng, "/help")
    since = bot.now
    shown = await back(bot, achieng, book, {"C4": 8, "D4": 0, "C5": "about 7", "D5": 3})
    assert "answers of 2 branches" in words(shown)
    assert "Power · Kisumu" in words(shown)
    assert (await bot.answers("branch_power", "branch-1")) == {"grid_hours": 8, "cuts_per_week": 0}
    answer = await given(bot, "branch-2", "grid_hours")
    assert (answer.value, answer.sure, answer.by) == (7, nouns.Sure.ESTIMATE, str(achieng.id))
    kisumu = await bot.section("branch_power", "branch-2")
    assert (kisumu.state, kisumu.answered, kisumu.owner) == ("in_progress", 2, juma.id)
    (told,) = bot.events(juma, since)
    assert "Achieng has entered 2 answers for you in Power: Kisumu" in words(told["message"])
    again = await sheet(bot, achieng)
    assert [again.worksheets[0][cell].value for cell in ("C4", "C5", "C6")] == [8, "≈ 7", None]
    assert "says nothing new" in words(await back(bot, achieng, again, {}))


async def test_wrong_cells_are_named_and_the_good_rows_can_be_taken(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    shown = await back(bot, achieng, book, {"C4": 8, "C5": "much", "C6": 25})
    assert "C5" in words(shown)
    assert "A day has 24 hours" in words(shown)
    assert "Nothing is stored so far" in words(shown)
    assert await bot.answers("branch_power", "branch-1") == {}
    taken = await bot.tapped(achieng, "Take the 1 good row")
    assert "answers of one branch" in words(taken)
    assert await bot.answers("branch_power", "branch-1") == {"grid_hours": 8}
    assert await bot.answers("branch_power", "branch-2") == {}


async def test_a_question_on_a_phone_goes_on_standing(bot: running.Running) -> None:
    achieng, juma = await three(bot)
    await bot.said(juma, "/tasks")
    await bot.tapped(juma, "Power · Kisumu")
    await bot.said(juma, "7")
    book = await sheet(bot, achieng)
    before = await bot.session("branch_power", "branch-2")
    await back(bot, achieng, book, {"C5": 9, "G5": "Yes"})
    after = await bot.session("branch_power", "branch-2")
    assert (after.cursor, after.mode) == (before.cursor, before.mode)
    assert after.revision > before.revision
    await bot.said(juma, "3")
    assert await bot.answers("branch_power", "branch-2") == {
        "grid_hours": 9,
        "voltage_swings": "yes",
        "cuts_per_week": 3,
    }


async def test_an_answer_to_a_question_that_the_sheet_took_away_is_not_taken_for_the_next(
    bot: running.Running,
) -> None:
    achieng, juma = await three(bot)
    await bot.said(juma, "/tasks")
    await bot.tapped(juma, "Power · Kisumu")
    await bot.said(juma, "7")
    await bot.said(juma, "3")
    await back(bot, achieng, await sheet(bot, achieng), {"D5": 0})
    shown = await bot.said(juma, "12")
    assert "no longer applies to you" in words(shown)
    assert await bot.answers("branch_power", "branch-2") == {"grid_hours": 7, "cuts_per_week": 0}


async def test_what_a_branch_answers_while_the_sheet_is_filled_in_stays(bot: running.Running) -> None:
    achieng, juma = await three(bot)
    book = await sheet(bot, achieng)
    await bot.telegram.forward(60)
    await bot.said(juma, "/tasks")
    await bot.tapped(juma, "Power · Kisumu")
    await bot.said(juma, "7")
    shown = await back(bot, achieng, book, {"C5": 11, "D5": 2})
    assert "C5 was left out, because that has been answered since" in words(shown)
    assert await bot.answers("branch_power", "branch-2") == {"grid_hours": 7, "cuts_per_week": 2}


async def test_where_nothing_can_be_taken_the_bot_says_why_and_not_that_nothing_is_new(
    bot: running.Running,
) -> None:
    achieng, juma = await three(bot)
    book = await sheet(bot, achieng)
    await bot.telegram.forward(60)
    await bot.said(juma, "/tasks")
    await bot.tapped(juma, "Power · Kisumu")
    await bot.said(juma, "7")
    shown = words(await back(bot, achieng, book, {"C5": 11}))
    assert "Nothing of the sheet was taken" in shown
    assert "says nothing new" not in shown
    assert "take a new sheet" in shown


async def test_a_sheet_saved_with_macros_is_refused_with_its_reason_whenever_it_comes(
    bot: running.Running,
) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    await bot.said(achieng, "/tasks")
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    shown = await bot.after(achieng, achieng.send_file("Power.xlsm", made.getvalue(), kind="document"))
    assert "holds macros" in words(shown)


async def test_a_section_handed_in_meanwhile_is_left_alone_and_named(planted: running.Running) -> None:
    achieng = planted.person(running.MANAGER)
    await planted.said(planted.person(running.EKAI), "/start")  # so that he can be written to
    power = await planted.section("branch_power", "machakos")
    await planted.said(achieng, "/branches")
    await planted.tapped(achieng, "Answers in Excel")
    sent = await planted.tapped(achieng, "Power")
    assert "branches have handed it in and are not in the sheet" in words(sent)
    book = openpyxl.load_workbook(io.BytesIO(await achieng.download(sent)))
    names = [row[1].value for row in book.worksheets[0].iter_rows(min_row=FIRST)]
    assert names == ["Lodwar"]
    before = await planted.answers("branch_power", "machakos")
    shown = await back(planted, achieng, book, {"C4": 8, "B5": "Machakos", "C5": 1})
    assert "Machakos stays as it is" in words(shown)
    assert await planted.answers("branch_power", "machakos") == before
    assert (await planted.answers("branch_power", "lodwar"))["grid_hours"] == 8
    kept = await (await planted.disk()).section(power.id)
    assert kept == power


async def test_who_leads_no_branches_is_told_no_more_than_of_a_sheet_that_is_none(
    bot: running.Running,
) -> None:
    achieng, juma = await three(bot)
    book = await sheet(bot, achieng)
    tokens = await bot.created("Upya", "Machakos")
    stranger = await bot.newcomer("Nekesa")
    await bot.joined(stranger, tokens["Project manager"])
    for person in (juma, stranger):
        assert UNKNOWN in words(await back(bot, person, book, {"C4": 8}))
    assert "by invitation" in words(await back(bot, await bot.newcomer("Otieno"), book, {"C4": 8}))
    disk = await bot.disk()
    assert all([await disk.sessions(one.id) == {} for one in await disk.assessments()])
    assert "Answers in Excel" not in labels(await bot.said(juma, "/branches"))


async def test_an_old_sheet_of_a_section_that_is_gone_is_not_known(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    mark = str(book.worksheets[0]["A1"].value)
    shown = await back(bot, achieng, book, {"A1": mark.replace("branch_power", "branch_kitchen"), "C4": 8})
    assert UNKNOWN in words(shown)
    shown = await back(bot, achieng, book, {"A1": mark.replace("branch_power", "it_systems")})
    assert UNKNOWN in words(shown)


async def test_while_a_sheet_is_waited_for_any_other_file_is_refused_in_a_sentence(
    bot: running.Running,
) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    assert "Send the sheet back" in words(await bot.said(achieng, "here"))
    for content in (b"no table", b"PK\x03\x04 half a zip"):
        assert "as an Excel table" in words(await bot.after(achieng, achieng.send_file("x.pdf", content)))
    assert "answers of one branch" in words(await back(bot, achieng, book, {"C4": 8}))


async def test_any_other_excel_file_is_still_what_it_was(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Computers and printing · Lodwar")
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    shown = await planted.after(ekai, ekai.send_file("mine.xlsx", made.getvalue(), kind="document"))
    assert "not the table of this list" in words(shown)


async def test_a_file_is_fetched_once_and_a_stranger_s_not_at_all(planted: running.Running) -> None:
    ekai, stranger = planted.person(running.EKAI), await planted.newcomer()
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Computers and printing · Lodwar")
    gone = {"method": "getFile", "code": 400, "description": "Bad Request: file is gone", "times": 1}
    await planted.telegram.faults(gone)
    await planted.after(stranger, stranger.send_file("mine.xlsx", b"no workbook"))
    shown = await planted.after(ekai, ekai.send_file("mine.xlsx", b"no workbook"))
    assert "Telegram does not give me this file any more" in words(shown)


async def test_a_part_that_waits_for_a_colleague_waits_no_longer_once_it_is_filled_in(
    bot: running.Running,
) -> None:
    achieng, juma = await three(bot)
    await bot.said(juma, "/tasks")
    await bot.tapped(juma, "Power · Kisumu")
    await bot.tapped(juma, "Ask a colleague")
    await bot.tapped(juma, "Only this question")
    assert (await bot.session("branch_power", "branch-2")).handed == ("grid_hours",)
    await back(bot, achieng, await sheet(bot, achieng), {"C5": 9})
    assert (await bot.session("branch_power", "branch-2")).handed == ()
    (one,) = await (await bot.disk()).delegations((await bot.assessment()).id)
    assert one.end == "answered"


async def test_nothing_is_filled_in_once_the_answers_are_signed(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    disk = await bot.disk()
    kept = await bot.assessment()
    await disk.commit([port.Put(msgspec.structs.replace(kept, state="signed_off"))])
    assert "signed" in words(await back(bot, achieng, book, {"C4": 8}))
    assert await bot.answers("branch_power", "branch-1") == {}


async def test_where_every_row_is_wrong_none_is_offered(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    shown = await back(bot, achieng, await sheet(bot, achieng), {"C4": "much"})
    assert "C4" in words(shown)
    assert not [label for label in labels(shown) if label.startswith("Take")]


async def test_a_sheet_that_telegram_does_not_hand_out_is_asked_for_again(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    await bot.telegram.faults(
        {"method": "getFile", "code": 400, "description": "Bad Request: file is temporarily unavailable"},
        rate_limits=False,
    )
    assert "Telegram does not give me this file any more" in words(await back(bot, achieng, book, {"C4": 8}))
    await bot.telegram.faults(rate_limits=False)
    assert "answers of one branch" in words(await back(bot, achieng, book, {"C4": 8}))


async def test_a_leader_s_own_question_goes_on_standing_while_they_send_a_sheet(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    book = await sheet(bot, achieng)
    await bot.said(achieng, "/tasks")
    asked = await bot.tapped(achieng, "Meetings with process owners")
    said = await back(bot, achieng, book, {"C4": 8})
    assert "answers of one branch" in words(said)
    assert labels(said) == [], "it is said beside what stands"
    await bot.tapped(achieng, next(one for one in labels(asked) if one.startswith("+ Add")), message=asked)
    assert "Which process" in words(await achieng.last_message())


async def test_what_the_last_branch_handed_in_meanwhile_needs_no_sheet(planted: running.Running) -> None:
    achieng, disk = planted.person(running.MANAGER), await planted.disk()
    await planted.said(achieng, "/branches")
    shown = await planted.tapped(achieng, "Answers in Excel")
    power = await planted.section("branch_power", "lodwar")
    await disk.commit([port.Put(msgspec.structs.replace(power, state="submitted"))])
    said = await planted.tapped(achieng, "Power", message=shown)
    assert "document" not in said
    assert "Power" not in labels(said)


SURVEY = b"""
flow: cooling
title: Cooling
survey: [{type: integer, name: fridges, label: How many fridges?}]
"""


async def test_good_rows_of_a_survey_that_was_removed_meanwhile_are_not_taken(bot: running.Running) -> None:
    achieng, _ = await three(bot)
    owner = bot.person(running.OWNER)
    await bot.said(achieng, "/survey")
    await bot.after(achieng, achieng.send_file("cooling.yaml", SURVEY))
    for tap in ("Branch manager", "✓ Add the survey"):
        await bot.tapped(achieng, tap)
    book = await sheet(bot, achieng, "Cooling")
    shown = await back(bot, achieng, book, {"C4": 2, "C5": "much"})
    await bot.said(owner, "/survey")
    for tap in ("Cooling", "Remove the survey", "Remove the survey"):
        await bot.tapped(owner, tap)
    said = await bot.tapped(achieng, "Take the 1 good row", message=shown)
    assert "Taken" not in words(said)
    assert "Power" in labels(said), "another can be chosen at once"
