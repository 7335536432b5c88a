"""Reminders: in working hours, one message a person, never to who is done, and a button that leads to the question."""

from __future__ import annotations

import datetime as dt

from bot.practice import people
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
