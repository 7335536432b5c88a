"""Reminders: in working hours, one message a person, never to who is done, and a button that leads to the question."""

from __future__ import annotations

import asyncio
import datetime as dt

import msgspec

from bot.practice import people
from storage import port, records
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
    assert made == {(running.EKAI, "owed"), (running.MANAGER, "digest")}
    await planted.stop()
    await disk.commit([port.Remove(row) for row in await disk.reminders(assessment.id)])
    await planted.start()
    assert await disk.reminders(assessment.id) == [], "each assessment is looked through once"
