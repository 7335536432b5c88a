"""Reminders: in working hours, one message a person, never to who is done, and a button that leads to the question."""

from __future__ import annotations

import asyncio
import datetime as dt

import msgspec
import pytest

from bot import clock, library
from bot.operations import metrics
from bot.practice import people
from bot.reminders import nagging
from storage import chain, port, records
from tests.bot import running
from tests.bot.running import JSON, labels, words

DUE = dt.datetime(2031, 3, 6, 6, 0, tzinfo=dt.UTC)
"""Thursday 9:00 in Nairobi, two working days after the sample is planted."""

TOMORROW = "Remind me tomorrow 9:00"


async def reminders(person: people.Person) -> list[JSON]:
    """The reminders in a chat."""
    return [message for message in await person.messages() if is_reminder(message)]


def is_reminder(message: JSON) -> bool:
    """Whether a message can be put off, as reminders alone can."""
    return TOMORROW in labels(message)


async def due(bot: running.Running, person: int) -> dt.datetime | None:
    """When the person is to be reminded next."""
    found = await (await bot.disk()).reminders((await bot.assessment()).id)
    return next((reminder.due_at for reminder in found if reminder.person == person), None)


async def started(bot: running.Running) -> people.Person:
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    return ekai


async def test_a_reminder_comes_in_the_morning_and_leads_to_the_section(planted: running.Running) -> None:
    ekai = await started(planted)
    assert await due(planted, running.EKAI) == DUE
    await planted.forward_to(DUE)
    message = await ekai.wait_for(is_reminder, timeout=10)
    await planted.settled()
    assert len(await reminders(ekai)) == 1
    shown = await planted.after(ekai, ekai.tap(labels(message)[0], message=message))
    assert "Your branch" in words(shown)


async def test_after_days_down_one_reminder_comes_and_not_one_a_day(planted: running.Running) -> None:
    ekai = await started(planted)
    await planted.stop()
    # Sunday, ten days on
    await planted.forward_to(DUE + dt.timedelta(days=10))
    await planted.start()
    await planted.settled()
    assert await reminders(ekai) == []
    await planted.forward_to(DUE + dt.timedelta(days=11))
    await ekai.wait_for(is_reminder, timeout=10)
    await planted.settled()
    assert len(await reminders(ekai)) == 1


async def test_who_asks_for_peace_gets_it_until_tomorrow(planted: running.Running) -> None:
    ekai = await started(planted)
    await planted.forward_to(DUE)
    message = await ekai.wait_for(is_reminder, timeout=10)
    await planted.after(ekai, ekai.tap(TOMORROW, message=message))
    assert await due(planted, running.EKAI) == DUE + dt.timedelta(days=1)


async def test_the_manager_may_remind_and_at_night_it_waits(planted: running.Running) -> None:
    ekai = await started(planted)
    await planted.forward_to(running.NOW.replace(hour=20))
    await planted.said(planted.person(running.MANAGER), "/remind all")
    assert await reminders(ekai) == []
    assert await due(planted, running.EKAI) == dt.datetime(2031, 3, 5, 6, 0, tzinfo=dt.UTC)


async def test_nobody_who_handed_everything_in_is_reminded(planted: running.Running) -> None:
    assert await due(planted, running.MWENDE) is None
    await planted.said(planted.person(running.MANAGER), "/remind all")
    mwende = planted.person(running.MWENDE)
    assert await reminders(mwende) == []


# --- one message, however much is due ---------------------------------------------------------------


async def put(bot: running.Running, *rows: records.Record) -> None:
    """Keep records beside the bot's back."""
    await (await bot.disk()).commit([port.Put(row) for row in rows])


async def kept(bot: running.Running, person: int) -> dict[str, records.Reminder]:
    """A person's reminders by kind."""
    found = await (await bot.disk()).reminders_of(person)
    return {row.kind: row for row in found}


async def test_two_institutions_send_one_message(planted: running.Running) -> None:
    assessment = await planted.assessment()
    other = msgspec.structs.replace(
        assessment, id="other", institution=msgspec.structs.replace(assessment.institution, name="Upya")
    )
    section = msgspec.structs.replace(
        await planted.section("branch_office", "lodwar"), id="theirs", assessment="other", state="in_progress"
    )
    part = records.Membership("other", running.EKAI, "branch_staff", "lodwar")
    # it would come seven hours later
    row = records.Reminder(f"other:{running.EKAI}", "other", running.EKAI, DUE + dt.timedelta(hours=7))
    await put(planted, other, section, part, row)
    ekai = await started(planted)
    await planted.forward_to(DUE)
    message = await ekai.wait_for(is_reminder, timeout=10)
    await planted.settled()
    assert "Jitegemea" in words(message)
    assert "Upya" in words(message)
    assert labels(message).count("Go to the question") == 2
    await planted.forward_to(DUE + dt.timedelta(hours=8))
    await planted.settled()
    assert len(await reminders(ekai)) == 1
    # putting it off puts off both
    await planted.after(ekai, ekai.tap("Remind me next week", message=message))
    monday = dt.datetime(2031, 3, 10, 6, 0, tzinfo=dt.UTC)
    assert {row.due_at for row in await (await planted.disk()).reminders_of(running.EKAI)} == {monday}


async def test_who_does_not_answer_is_told_of_to_the_project_manager(planted: running.Running) -> None:
    ekai, manager = await started(planted), planted.person(running.MANAGER)
    await planted.said(manager, "/reminders escalate 2")
    for _ in range(3):
        row = (await kept(planted, running.EKAI))["owed"]
        await planted.forward_to(row.due_at)
        await ekai.wait_for(is_reminder, timeout=10)
        await planted.settled()
        await planted.said(ekai, "/help")
    told = (await kept(planted, running.MANAGER))["silent"]
    await planted.forward_to(told.due_at)
    message = await manager.wait_for("do not answer my reminders", timeout=10)
    assert "Ekai" in words(message)
    assert "Lodwar" in words(message)
    shown = await planted.tapped(manager, next(label for label in labels(message) if "Ekai" in label))
    assert "Ekai" in words(shown)


async def test_some_are_ticked_and_reminded(planted: running.Running) -> None:
    section = await planted.section("branch_office", "machakos")
    await put(planted, msgspec.structs.replace(section, state="returned"))
    manager, other = planted.person(running.MANAGER), planted.person(running.MWENDE)
    await planted.said(other, "/tasks")
    shown = await planted.said(manager, "/remind")
    ekai, mwende = (next(label for label in labels(shown) if name in label) for name in ("Ekai", "Mwende"))
    shown = await planted.tapped(manager, mwende)
    assert "Remind the one ticked" in labels(shown)
    shown = await planted.tapped(manager, ekai)
    assert "Remind the 2 ticked" in labels(shown)
    shown = await planted.tapped(manager, "☑ " + ekai.partition(" ")[2])
    shown = await planted.tapped(manager, "Remind the one ticked")
    assert "Mwende" in words(shown)
    await other.wait_for(is_reminder, timeout=10)
    assert await reminders(planted.person(running.EKAI)) == []


async def test_reminders_are_switched_off_and_on(planted: running.Running) -> None:
    ekai, manager = await started(planted), planted.person(running.MANAGER)
    shown = await planted.said(manager, "/reminders")
    shown = await planted.tapped(manager, "Switch reminders off")
    assert "Reminders are off" in words(shown)
    await planted.forward_to(DUE)
    await planted.forward_to(DUE + dt.timedelta(days=1))
    while await kept(planted, running.EKAI):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    assert await reminders(ekai) == []
    await planted.tapped(manager, "Switch reminders on")
    again = (await kept(planted, running.EKAI))["owed"]
    assert again.due_at > planted.time()


async def test_the_policy_goes_through_its_values(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, "/reminders")
    shown = await planted.tapped(manager, "First: after 2 working days")
    assert "First: after 3 working days" in labels(shown)
    shown = await planted.said(manager, "/reminders hours 8-18")
    assert "Between 8:00 and 18:00" in labels(shown)
    assert "Use one of" in words(await planted.said(manager, "/reminders first soon"))
    policy = (await planted.assessment()).reminders
    assert (policy.first, policy.opens, policy.closes) == (3, 8, 18)
    ekai = await planted.said(planted.person(running.EKAI), "/reminders")
    assert "Project manager" in words(ekai)


# --- a day that was answered ------------------------------------------------------------------------


async def line_down(bot: running.Running, *, until: str = "7 March 2031") -> people.Person:
    """Ekai says that the branch's line is down, and on which day it is repaired."""
    ekai = await started(bot)
    await bot.tapped(ekai, "Internet · Lodwar")
    for act in ("+ Add Internet line", "Mobile network: SIM, modem, phone", "Safaricom", "0", "Yes", until):
        shown = await ekai.last_message()
        await (bot.tapped(ekai, act) if act in labels(shown) else bot.said(ekai, act))
    return ekai


async def test_a_day_that_came_asks_again_and_the_answer_ends_it(planted: running.Running) -> None:
    ekai = await line_down(planted)
    row = (await kept(planted, running.EKAI))["follow_up"]
    # Friday's repair is asked about on Monday morning
    assert row.due_at == dt.datetime(2031, 3, 10, 6, 0, tzinfo=dt.UTC)
    await planted.said(ekai, "/tasks")
    await planted.forward_to(row.due_at)
    message = await ekai.wait_for("That day has come", timeout=10)
    await planted.settled()
    assert len(await reminders(ekai)) == 1
    assert "7 March 2031" in words(message)
    shown = await planted.tapped(ekai, "Answer this", message=message)
    assert "how fast is this line" in words(shown)
    await planted.said(ekai, "4")
    again = (await kept(planted, running.EKAI))["follow_up"]
    await planted.forward_to(again.due_at)
    while "follow_up" in await kept(planted, running.EKAI):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await planted.settled()
    assert sum("That day has come" in words(one) for one in await reminders(ekai)) == 1


async def test_another_day_moves_the_question(planted: running.Running) -> None:
    ekai = await line_down(planted)
    await planted.tapped(ekai, "‹ Back")
    await planted.said(ekai, "14 March 2031")
    row = (await kept(planted, running.EKAI))["follow_up"]
    assert row.due_at == dt.datetime(2031, 3, 17, 6, 0, tzinfo=dt.UTC)
    await planted.tapped(ekai, "‹ Back")
    await planted.tapped(ekai, "I don't know")
    assert "follow_up" not in await kept(planted, running.EKAI)


async def test_a_handed_in_section_is_the_project_managers_to_ask_about(planted: running.Running) -> None:
    await line_down(planted)
    row = (await kept(planted, running.EKAI))["follow_up"]
    section = await planted.section("branch_internet", "lodwar")
    await put(planted, msgspec.structs.replace(section, state="submitted"))
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/tasks")
    await planted.forward_to(row.due_at)
    message = await manager.wait_for("That day has come", timeout=10)
    assert "Lodwar" in words(message)
    shown = await planted.tapped(manager, "Look at it", message=message)
    assert "Internet" in words(shown)


async def test_who_lets_the_bot_in_again_is_reminded_again(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await ekai.block()
    await planted.settled()
    for day in range(5, 12):
        await planted.forward_to(dt.datetime(2031, 3, day, 7, 0, tzinfo=dt.UTC))
        await planted.settled()
    rows = await (await planted.disk()).reminders_of(running.EKAI)
    assert "owed" in {row.kind for row in rows}, "it waits, a day at a time"
    since = planted.now
    await ekai.block(False)
    await planted.settled()
    await planted.forward_to(dt.datetime(2031, 3, 13, 7, 0, tzinfo=dt.UTC))
    await ekai.wait_for("still needs this from you")
    told = [words(event.get("message", {})) for event in planted.events(ekai, since)]
    assert sum("still needs this" in said for said in told) == 1


async def test_who_leads_since_before_there_were_overviews_gets_one(planted: running.Running) -> None:
    await planted.said(planted.person(running.MANAGER), "/start")
    await planted.stop()
    disk = await planted.disk()
    assessment = await planted.assessment()
    # as a bot left it that knew of no reminders
    older = msgspec.structs.replace(assessment, mended=False)
    await disk.commit([port.Put(older), *map(port.Remove, await disk.reminders(assessment.id))])
    await planted.start()
    made = {(row.person, row.kind) for row in await disk.reminders(assessment.id)}
    assert made == {(running.EKAI, "owed"), (running.MANAGER, "digest"), (running.OWNER, "record")}
    await planted.stop()
    await disk.commit([port.Remove(row) for row in await disk.reminders(assessment.id)])
    await planted.start()
    made = {(row.person, row.kind) for row in await disk.reminders(assessment.id)}
    assert made == {(running.OWNER, "record")}, "each assessment is looked through once, but for its record"


# --- the end of the record of deeds -----------------------------------------------------------------

MONDAYS = tuple(dt.datetime(2031, 3, day, 6, 0, tzinfo=dt.UTC) for day in (10, 17, 24))
"""Nine in Nairobi, on the first three Mondays after the sample is planted."""


async def told_of_the_record(bot: running.Running, person: int, monday: dt.datetime) -> list[str]:
    """What a person is told of how the record ends, when that week begins."""
    who = bot.person(person)
    since = bot.now
    await bot.forward_to(monday)
    await looked_at(bot, person)
    said = [words(event.get("message", {})) for event in bot.events(who, since)]
    return [one for one in said if "record of deeds" in one.lower()]


async def head_of_the_record(bot: running.Running) -> str:
    last = await (await bot.disk()).audit_head((await bot.assessment()).id)
    return chain.head(last) if last is not None else ""


async def deed(bot: running.Running) -> None:
    """The owner makes an invitation, which is put on record."""
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/invite")
    await bot.tapped(owner, "✓ Training: Achieng Odhiambo")
    await bot.tapped(owner, "+ Make a link to forward")


async def test_the_owner_is_told_each_week_how_the_record_of_deeds_ends(planted: running.Running) -> None:
    await deed(planted)
    first = await head_of_the_record(planted)
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[0])
    assert first
    assert first in said
    assert await told_of_the_record(planted, running.OWNER, MONDAYS[1]) == [], "nothing was done that week"
    await deed(planted)
    second = await head_of_the_record(planted)
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[2])
    assert second != first
    assert second in said


async def test_the_owner_is_told_of_the_record_though_all_is_approved_and_reminders_are_off(
    planted: running.Running,
) -> None:
    await deed(planted)
    await approved(planted)
    assessment = await planted.assessment()
    off = msgspec.structs.replace(assessment.reminders, on=False, digest=False)
    await put(planted, msgspec.structs.replace(assessment, reminders=off))
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[0])
    assert await head_of_the_record(planted) in said


@pytest.mark.parametrize(
    ("overview", "kinds", "head"),
    [
        pytest.param(True, ["digest"], "the week to", id="in the overview alone"),
        pytest.param(False, ["digest"], "record of deeds", id="by itself where no overview is wanted"),
        pytest.param(True, [], "record of deeds", id="by itself where none is planned"),
    ],
)
async def test_an_owner_who_leads_is_told_once_how_the_record_ends(
    planted: running.Running, overview: bool, kinds: list[str], head: str
) -> None:
    await deed(planted)
    disk = await planted.disk()
    assessment = await planted.assessment()
    there = await disk.memberships(assessment=assessment.id)
    await disk.commit([port.Remove(one) for one in there if one.role == "project_manager"])
    policy = msgspec.structs.replace(assessment.reminders, digest=overview)
    await put(
        planted,
        msgspec.structs.replace(assessment, reminders=policy),
        records.Membership(assessment.id, running.OWNER, "project_manager"),
        *(records.Reminder(kind, assessment.id, running.OWNER, MONDAYS[0], kind) for kind in kinds),
    )
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[0])
    assert said.lower().count("record of deeds") == 1
    assert head in said.lower()


@pytest.mark.parametrize("state", ["signed_off", "archived"])
async def test_the_owner_is_told_how_the_record_ends_of_what_is_signed_or_closed(
    planted: running.Running, state: str
) -> None:
    await deed(planted)
    await put(planted, msgspec.structs.replace(await planted.assessment(), state=state))
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[0])
    assert await head_of_the_record(planted) in said


async def test_a_deed_is_told_though_a_clock_that_was_ahead_told_the_one_before(
    planted: running.Running,
) -> None:
    await deed(planted)
    await told_of_the_record(planted, running.OWNER, MONDAYS[0])
    row = (await kept(planted, running.OWNER))["record"]
    await put(planted, msgspec.structs.replace(row, sent_at=MONDAYS[2]))
    await deed(planted)
    [said] = await told_of_the_record(planted, running.OWNER, MONDAYS[1])
    assert await head_of_the_record(planted) in said


async def test_what_is_opened_again_has_its_overview_again(planted: running.Running) -> None:
    await planted.said(planted.person(running.MANAGER), "/tasks")
    assessment = await planted.assessment()
    disk = await planted.disk()
    await approved(planted)
    line = records.SignOff(
        assessment.id, 1, "complete", planted.time(), running.OWNER, running.OWNER, "0" * 64
    )
    await disk.commit(
        [
            *map(port.Remove, await disk.reminders(assessment.id)),
            port.Put(msgspec.structs.replace(assessment, state="signed_off")),
            port.PutNew(line),
        ]
    )
    owner = planted.person(running.OWNER)
    await planted.said(owner, "/sign")
    await planted.tapped(owner, "↩ Open again with a reason")
    await planted.said(owner, "A branch was forgotten")
    assert (await planted.assessment()).state == "collecting"
    assert (running.MANAGER, "digest") in {
        (row.person, row.kind) for row in await disk.reminders(assessment.id)
    }


async def test_who_makes_an_assessment_is_told_of_its_record(bot: running.Running) -> None:
    await bot.created()
    [said] = await told_of_the_record(bot, running.OWNER, MONDAYS[0])
    assert await head_of_the_record(bot) in said
    assert "the week to" in said, "who makes one leads it until somebody else does"


# --- meetings ---------------------------------------------------------------------------------------


async def leading(bot: running.Running) -> tuple[people.Person, people.Person]:
    """The project manager of a new institution at the list of meetings, and who answers for its finance."""
    tokens = await bot.created()
    nekesa, amina = await bot.newcomer("Nekesa"), await bot.newcomer("Amina")
    await bot.joined(nekesa, tokens["Project manager"])
    await bot.joined(amina, tokens["Finance"])
    await bot.said(nekesa, "/tasks")
    await bot.tapped(nekesa, "Meetings with process owners")
    return nekesa, amina


async def meeting(bot: running.Running, nekesa: people.Person, *acts: str) -> None:
    """One more meeting: the process, the day, who was there, what was decided, what is open."""
    add = next(label for label in labels(await nekesa.last_message()) if label.startswith("+ Add"))
    await bot.tapped(nekesa, add)
    for act in acts:
        shown = await nekesa.last_message()
        await (bot.tapped(nekesa, act) if act in labels(shown) else bot.said(nekesa, act))


BEFORE_MORNING, MORNING = (dt.datetime(2031, 3, 5, hour, 0, tzinfo=dt.UTC) for hour in (5, 6))
"""Wednesday in Nairobi: an hour before reminders come, and when they do. The meeting is on Thursday."""


async def looked_at(bot: running.Running, *persons: int) -> None:
    """Return when nothing of theirs is due any more."""
    disk = await bot.disk()
    for one in persons:
        while any(row.due_at <= bot.time() for row in await disk.reminders_of(one)):  # noqa: ASYNC110 - a look leaves no other trace
            await asyncio.sleep(0.01)
    await bot.settled()


def agenda(bot: running.Running, person: people.Person, since: int) -> str:
    """The agenda that somebody was sent; empty where there was none."""
    said = [words(event.get("message", {})) for event in bot.events(person, since)]
    return "\n".join(one for one in said if "a meeting is near" in one)


async def test_an_agenda_holds_what_earlier_meetings_about_the_same_left_open(bot: running.Running) -> None:
    nekesa, amina = await leading(bot)
    await meeting(
        bot, nekesa, "Giving out loans", "3 March 2031", "Amina", "Nothing yet", "Who prints receipts"
    )
    await meeting(bot, nekesa, "Savings", "3 March 2031", "Amina", "Nothing yet", "Who counts the cash")
    await meeting(bot, nekesa, "giving out Loans", "6 March 2031", "Amina", "Skip for now", "Skip for now")
    since = bot.now
    for moment in (BEFORE_MORNING, MORNING):
        await bot.forward_to(moment)
        await looked_at(bot, nekesa.id, amina.id)
    for person in (nekesa, amina):
        assert "• Who prints receipts" in agenda(bot, person, since)
        assert "Who counts the cash" not in agenda(bot, person, since)


async def test_a_bot_that_was_down_over_the_day_sends_no_agenda(bot: running.Running) -> None:
    nekesa, amina = await leading(bot)
    await meeting(bot, nekesa, "Giving out loans", "6 March 2031", "Amina")
    await bot.stop()
    await bot.forward_to(MORNING + dt.timedelta(days=2))
    since = bot.now
    await bot.start()
    await looked_at(bot, nekesa.id, amina.id)
    assert agenda(bot, amina, since) == ""


async def test_an_agenda_of_a_day_that_was_taken_back_at_the_last_moment_does_not_come(
    bot: running.Running,
) -> None:
    nekesa, amina = await leading(bot)
    await meeting(bot, nekesa, "Giving out loans", "6 March 2031", "Amina")
    since = bot.now
    await bot.forward_to(BEFORE_MORNING)
    while "agenda" not in await kept(bot, amina.id):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    for _ in range(2):
        await bot.tapped(nekesa, "‹ Back")
    await bot.tapped(nekesa, "I don't know")
    await bot.forward_to(MORNING)
    await looked_at(bot, nekesa.id, amina.id)
    assert agenda(bot, amina, since) == ""


async def test_who_has_nothing_open_gets_no_agenda(bot: running.Running) -> None:
    nekesa, amina = await leading(bot)
    owner = bot.person(running.OWNER)
    await meeting(bot, nekesa, "Giving out loans", "6 March 2031", "Wanjiru, Amina")
    since = bot.now
    for moment in (BEFORE_MORNING, MORNING):
        await bot.forward_to(moment)
        await looked_at(bot, nekesa.id, amina.id, owner.id)
    assert agenda(bot, amina, since)
    assert agenda(bot, owner, since) == "", "no section is theirs to answer"


async def test_what_was_answered_on_the_day_itself_is_not_asked_again(bot: running.Running) -> None:
    nekesa, _ = await leading(bot)
    await meeting(bot, nekesa, "Giving out loans", "6 March 2031", "Barasa")
    row = (await kept(bot, nekesa.id))["follow_up"]
    await bot.forward_to(dt.datetime(2031, 3, 6, 12, 0, tzinfo=dt.UTC))
    await bot.said(nekesa, "Loans above 50000 need two signatures")
    await bot.forward_to(row.due_at)
    while "follow_up" in await kept(bot, nekesa.id):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await bot.settled()
    assert not [one for one in await nekesa.messages() if "That day has come" in words(one)]


VISITS = b"""
flow: visits
title: Visits
survey:
  - {type: date, name: day, label: On which day is the visit?, agenda: who, follow_up: result}
  - {type: text, name: who, label: Who comes?}
  - {type: text, name: result, label: What came of the visit?}
"""


@pytest.mark.parametrize("made", [False, True], ids=["before its agenda is made", "before it is sent"])
async def test_of_a_branch_that_was_closed_no_day_is_spoken_of(
    planted: running.Running, *, made: bool
) -> None:
    manager, ekai = planted.person(running.MANAGER), await started(planted)
    await planted.said(manager, "/survey")
    await planted.after(manager, manager.send_file("visits.yaml", VISITS))
    for tap in ("Branch manager", "✓ Add the survey"):
        await planted.tapped(manager, tap)
    await planted.tapped(ekai, "Begin")
    for typed in ("6 March 2031", "Mwende"):
        await planted.said(ekai, typed)
    assert {"follow_up", "meeting"} <= (await kept(planted, running.EKAI)).keys()
    since = planted.now
    if made:
        await planted.forward_to(BEFORE_MORNING)
        while "agenda" not in await kept(planted, running.MWENDE):  # noqa: ASYNC110 - a look leaves no other trace
            await asyncio.sleep(0.01)
    await planted.said(manager, "/branches lodwar")
    for _ in range(2):
        await planted.tapped(manager, "Close the branch")
    for moment in (BEFORE_MORNING, MORNING, MORNING + dt.timedelta(days=2)):
        if moment > planted.time():
            await planted.forward_to(moment)
        await looked_at(planted, running.EKAI, running.MWENDE)
    for person in (ekai, planted.person(running.MWENDE)):
        assert agenda(planted, person, since) == ""
        told = [words(event.get("message", {})) for event in planted.events(person, since)]
        assert "That day has come" not in "".join(told)


# --- whom a reminder passes by ----------------------------------------------------------------------


async def test_nobody_is_woken_for_what_comes_later_where_nothing_is_to_be_said_now(
    planted: running.Running,
) -> None:
    ekai, assessment = await started(planted), (await planted.assessment()).id
    owed, noon = (await kept(planted, running.EKAI))["owed"], DUE + dt.timedelta(hours=3)
    gone = records.Reminder("gone", assessment, running.EKAI, DUE, "follow_up", section="x")
    await put(planted, gone, msgspec.structs.replace(owed, due_at=noon))
    since = planted.now
    await planted.forward_to(DUE)
    while "follow_up" in await kept(planted, running.EKAI):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await planted.settled()
    assert planted.events(ekai, since) == []
    assert await due(planted, running.EKAI) == noon


async def approved(bot: running.Running) -> None:
    """All sections are approved."""
    found = await (await bot.disk()).sections((await bot.assessment()).id)
    await put(bot, *(msgspec.structs.replace(one, state="approved") for one in found))


async def test_who_leads_gets_no_overview_when_all_is_approved(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/tasks")
    assessment = (await planted.assessment()).id
    await put(
        planted,
        records.Reminder(
            f"{assessment}:digest:{running.MANAGER}", assessment, running.MANAGER, DUE, "digest"
        ),
    )
    await approved(planted)
    since = planted.now
    await planted.forward_to(DUE)
    await looked_at(planted, running.MANAGER, running.EKAI)
    assert planted.events(manager, since) == []


async def test_the_end_of_what_was_opened_again_is_not_announced(planted: running.Running) -> None:
    owner = planted.person(running.OWNER)
    await planted.said(owner, "/archive")
    await planted.tapped(owner, "Close the assessment")
    warned = (await kept(planted, running.OWNER))["ending"]
    await planted.tapped(owner, "Open it again")
    await put(planted, warned)
    since = planted.now
    await planted.forward_to(warned.due_at)
    await looked_at(planted, running.OWNER)
    assert "are erased on" not in "".join(
        words(one.get("message", {})) for one in planted.events(owner, since)
    )


async def test_who_handed_in_meanwhile_is_reminded_of_nothing_tomorrow(planted: running.Running) -> None:
    ekai = await started(planted)
    await planted.forward_to(DUE)
    message = await ekai.wait_for(is_reminder, timeout=10)
    await approved(planted)
    await planted.after(ekai, ekai.tap(TOMORROW, message=message))
    assert "nothing left to remind you of" in words(await ekai.last_message())


# --- reminding by hand ------------------------------------------------------------------------------


async def crowd(bot: running.Running, count: int) -> None:
    """So many people more, each of whom owes a section."""
    assessment = (await bot.assessment()).id
    template = await bot.section("branch_office", "machakos")
    for number in range(count):
        person = 880000000 + number
        await put(
            bot,
            records.Person(person, f"Person {number:02}"),
            records.Membership(assessment, person, "training", ""),
            msgspec.structs.replace(template, id=f"crowd-{number}", state="in_progress", owner=person),
        )


async def test_ticks_stay_from_page_to_page(planted: running.Running) -> None:
    await crowd(planted, 13)
    manager = planted.person(running.MANAGER)
    # at night, when nobody is written to: none of the crowd has a chat
    await planted.forward_to(running.NOW.replace(hour=20))
    shown = await planted.said(manager, "/remind")
    assert "Person 13" not in "".join(labels(shown))
    await planted.tapped(manager, "☐ Person 00")
    shown = await planted.tapped(manager, "More ›")
    assert "Person 12" in "".join(labels(shown))
    await planted.tapped(manager, "☐ Person 12")
    shown = await planted.tapped(manager, "‹ Earlier")
    assert "☑ Person 00" in labels(shown)
    assert "2 people are reminded" in words(await planted.tapped(manager, "Remind the 2 ticked"))


async def test_who_was_ticked_and_handed_in_meanwhile_is_not_reminded(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await crowd(planted, 1)
    await planted.said(manager, "/remind")
    shown = await planted.tapped(manager, "☐ Person 00")
    await put(planted, records_done(await planted.section("branch_office", "machakos")))
    said = await planted.tapped(manager, "Remind the one ticked", message=shown)
    assert "Tick whom to remind" in words(said)
    assert "Person 00" not in words(said)
    await approved(planted)
    assert "Nobody who has joined owes anything" in words(await planted.tapped(manager, "☐ Ekai Lokwang"))


def records_done(section: records.Section) -> records.Section:
    """What `crowd` gave its first person, handed in."""
    return msgspec.structs.replace(section, id="crowd-0", state="submitted", owner=880000000)


async def test_those_who_are_late_can_be_reminded_alone(planted: running.Running) -> None:
    await started(planted)
    manager = planted.person(running.MANAGER)
    row = (await kept(planted, running.EKAI))["owed"]
    await put(planted, msgspec.structs.replace(row, sent_at=planted.time(), round=1))
    shown = await planted.said(manager, "/remind")
    assert not [one for one in labels(shown) if "late" in one], "where all are late there is a button for all"
    await crowd(planted, 1)
    shown = await planted.said(manager, "/remind")
    assert "⚠ Ekai Lokwang, late after one reminder" in words(shown)
    said = words(await planted.tapped(manager, "Remind the one who is late"))
    assert said == "Ekai Lokwang is reminded now."


# --- a clock that went wrong ------------------------------------------------------------------------


class Nothing:
    """An outbox to which nothing comes."""

    def accept(self, messages: list[records.Outgoing]) -> None:
        assert messages == []


async def test_what_a_wrong_clock_has_put_out_of_reach_comes_back_and_the_rest_stays(
    planted: running.Running,
) -> None:
    await started(planted)
    storage, time = await planted.disk(), clock.SystemClock(planted.settings.clock_file)
    looking = nagging.Reminders(storage, library.Library.shipped(), time, Nothing(), metrics.Metrics())
    before = (await kept(planted, running.EKAI))["owed"]
    assert await looking.bring_back() == 0
    assert (await kept(planted, running.EKAI))["owed"] == before
    await put(planted, msgspec.structs.replace(before, due_at=planted.time() + dt.timedelta(days=400)))
    assert await looking.bring_back() == 1
    assert await due(planted, running.EKAI) == dt.datetime(2031, 3, 5, 6, 0, tzinfo=dt.UTC)
