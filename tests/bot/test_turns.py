"""A turn that cannot be written down, or that fails: who waits is told once, groups are spared, and it is done later."""

from __future__ import annotations

import pytest

from bot import routing
from bot.handlers import groups, helping
from bot.practice import people
from bot.receiving import acts
from bot.work import Work
from storage import port, records
from tests.bot import running
from tests.bot.running import words

HELP = "What I can do"
"""Stands in what /help says."""

SORRY = {"en": "I cannot save anything right now", "fr": "Je ne peux rien enregistrer"}


class Full:
    """A storage that has no room for a turn so many times, and then has."""

    def __init__(self, times: int) -> None:
        self.left = times

    def full(self) -> None:
        if self.left:
            self.left -= 1
            raise port.StorageError("no room on the disk")

    async def help(self, work: Work, given: str) -> None:
        self.full()
        await helping.help_(work, given)


def full(monkeypatch: pytest.MonkeyPatch, times: int) -> Full:
    """The storage refuses whatever comes of /help."""
    storage = Full(times)
    monkeypatch.setattr(routing, "COMMANDS", {**routing.COMMANDS, "help": storage.help})
    return storage


async def said(person: people.Person) -> list[str]:
    return [words(message) for message in await person.messages() if message["from"]["is_bot"]]


async def test_who_waits_is_told_once_and_answered_when_there_is_room(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.logs.tolerated |= {"turn not saved"}
    full(monkeypatch, 2)
    ekai = planted.person(running.EKAI)
    assert HELP in words(await planted.said(ekai, "/help"))
    assert [SORRY["en"] in one for one in await said(ekai)] == [True, False]


async def test_somebody_new_is_told_in_the_language_of_the_phone(
    bot: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.logs.tolerated |= {"turn not saved"}
    full(monkeypatch, 1)
    stranger = await bot.newcomer("Awa", language_code="fr")
    await bot.said(stranger, "/help")
    assert SORRY["fr"] in (await said(stranger))[0]


async def test_a_turn_that_is_tried_when_the_bot_stops_is_done_at_the_next_start(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.logs.tolerated |= {"turn not saved"}
    storage = full(monkeypatch, 1000)
    ekai = planted.person(running.EKAI)
    await ekai.say("/help")
    await planted.logs.wait_for("turn not saved")
    await planted.stop()
    assert len(await (await planted.disk()).waiting()) == 1
    storage.left = 0
    await planted.start()
    await planted.settled()
    assert HELP in (await said(ekai))[-1]
    assert await (await planted.disk()).waiting() == []


# --- in a group, where many read along ----------------------------------------------------------------


async def unkeepable(work: Work) -> None:
    work.put(records.Person(1, "\ud83d"))


async def faulty(_: Work) -> None:
    raise ZeroDivisionError


async def without_room(_: Work) -> None:
    raise port.StorageError("no room on the disk")


@pytest.mark.parametrize(
    ("fault", "event"),
    [
        pytest.param(unkeepable, "turn cannot be kept", id="a record that no database takes"),
        pytest.param(faulty, "turn failed", id="an error of ours"),
        pytest.param(without_room, "turn not saved", id="no room on the disk"),
    ],
)
async def test_a_group_hears_nothing_of_a_fault_and_of_what_comes_next(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, fault: object, event: str
) -> None:
    planted.logs.tolerated |= {event}
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/start")
    group = await people.Group.made(planted.telegram, "Field team")
    await group.add_bot(manager)
    await planted.settled()
    before, private = await group.said(), await said(manager)
    take, faults = groups.take, [fault]

    async def once(work: Work, act: acts.OfGroup) -> None:
        if faults:
            await faults.pop()(work)  # type: ignore[operator]
        await take(work, act)

    monkeypatch.setattr(groups, "take", once)
    await group.say(manager, "/digest")
    await planted.logs.wait_for(event)
    await planted.settled()
    again = [] if event != "turn not saved" else (await group.said())[len(before) :]
    assert await group.said() == before + again
    assert await said(manager) == private
    await group.say(manager, "/digest")
    await planted.settled()
    assert len(await group.said()) == len(before + again) + 1
