"""How many turns are worked out at once: nobody's trouble takes a place that others need."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
from collections.abc import Sequence

import pytest

from bot import limits
from bot.receiving import fetching, room
from flows import nouns
from storage import limits as storage_limits
from storage import port
from storage.sqlite.store import SqliteStorage
from tests.bot import running
from tests.bot.running import words

SLOW = {"method": "getFile", "latency": 3600}
"""Telegram does not hand out a file before the test is over."""


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that works out one turn at a time, of one person at a time, and keeps the files of one turn."""
    for limit in ("TURNS_AT_ONCE", "PEOPLE_AT_ONCE", "FILES_AT_ONCE"):
        monkeypatch.setattr(limits, limit, 1)


@pytest.mark.usefixtures("one_place")
async def test_a_file_on_a_slow_line_holds_up_nobody_else(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    asked = await planted.said(manager, "/survey")
    await planted.telegram.faults(SLOW)
    await manager.send_file("survey.xlsx", b"no workbook")
    await ekai.say("/tasks")
    await ekai.wait_for("Lodwar")
    assert words(await manager.last_message()) == words(asked), "the manager's turn is not over"
    await planted.telegram.faults()
    await planted.settled()
    assert words(await manager.last_message()) != words(asked), "nor was it lost"


@pytest.mark.usefixtures("one_place")
async def test_files_for_which_there_is_no_room_yet_are_fetched_later_and_hold_up_nobody(
    planted: running.Running,
) -> None:
    manager, mwende, ekai = (planted.person(one) for one in (running.MANAGER, running.MWENDE, running.EKAI))
    shown = {one: words(await planted.said(one, "/tasks")) for one in (manager, mwende)}
    await planted.telegram.faults(SLOW)
    for one in shown:
        await one.send_file("answers.xlsx", b"no workbook")
    await ekai.say("/tasks")
    await ekai.wait_for("Lodwar")
    assert shown == {one: words(await one.last_message()) for one in shown}
    await planted.telegram.faults()
    await planted.settled()
    for one, before in shown.items():
        assert words(await one.last_message()) != before


async def test_who_stands_aside_leaves_the_place_around_theirs_too() -> None:
    around, here = room.Room(1), room.Room(1)
    let_go = asyncio.Event()

    async def stands_aside() -> None:
        async with around.place() as outer, here.place(within=outer) as inner:
            await inner.aside(let_go.wait())

    standing = asyncio.create_task(stands_aside())
    await _come_to_rest()
    async with asyncio.timeout(60), around.place() as outer, here.place(within=outer):
        let_go.set()
        await _come_to_rest()
        assert not standing.done(), "it waits for its places again"
    await standing


async def test_so_many_have_a_place_and_the_next_waits_for_one() -> None:
    here = room.Room(2)
    went_in: list[str] = []
    leave = {name: asyncio.Event() for name in "abc"}

    async def turn(name: str) -> None:
        async with here.place():
            went_in.append(name)
            await leave[name].wait()

    async with asyncio.TaskGroup() as turns:
        for name in leave:
            turns.create_task(turn(name))
        await _come_to_rest()
        assert went_in == ["a", "b"]
        leave["b"].set()
        await _come_to_rest()
        assert went_in == ["a", "b", "c"]
        for event in leave.values():
            event.set()


async def test_who_stands_aside_gives_up_the_place_and_takes_the_next() -> None:
    here, file, done = room.Room(1), asyncio.Event(), asyncio.Event()
    happened: list[str] = []

    async def fetching() -> None:
        async with here.place() as place:
            await place.aside(file.wait())
            happened.append("fetched")

    async def other() -> None:
        async with here.place():
            happened.append("other began")
            await done.wait()
            happened.append("other ended")

    async with asyncio.TaskGroup() as turns:
        turns.create_task(fetching())
        turns.create_task(other())
        await _come_to_rest()
        file.set()
        await _come_to_rest()
        assert happened == ["other began"], "the place is taken"
        done.set()
    assert happened == ["other began", "other ended", "fetched"]


async def test_a_file_that_does_not_come_takes_no_place_away() -> None:
    here = room.Room(1)

    async def fails() -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - whatever the fetching raises
        async with here.place() as place:
            await place.aside(fails())
    async with asyncio.timeout(10), here.place():
        pass


@pytest.mark.parametrize("has_come", [False, True], ids=["while the file comes", "while it waits in line"])
async def test_who_is_ended_aside_gives_no_place_back_that_it_has_not(has_come: bool) -> None:
    here, file, held, done = room.Room(1), asyncio.Event(), asyncio.Event(), asyncio.Event()
    inside = 0

    async def aside() -> None:
        async with here.place() as place:
            await place.aside(file.wait())

    async def holds() -> None:
        nonlocal inside
        async with here.place():
            inside += 1
            held.set()
            await done.wait()

    ended, holding = asyncio.create_task(aside()), asyncio.create_task(holds())
    await held.wait()
    if has_come:
        file.set()
        await _come_to_rest()
    ended.cancel()
    await asyncio.wait({ended})
    next_one = asyncio.create_task(holds())
    await _come_to_rest()
    assert inside == 1, "the one place is taken"
    done.set()
    await asyncio.gather(holding, next_one)


async def _come_to_rest() -> None:
    """Let every task go on as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_stop_does_not_wait_for_a_file_and_its_turn_is_done_at_the_next_start(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the pulse finds again and again that the update waits
    monkeypatch.setattr(storage_limits, "BEAT_SECONDS", 0.01)
    manager, began = planted.person(running.MANAGER), asyncio.Event()
    asked = await planted.said(manager, "/survey")
    fetch = fetching.Fetcher.__call__

    async def noted(self: fetching.Fetcher, attachment: nouns.Attachment) -> bytes:
        began.set()
        return await fetch(self, attachment)

    monkeypatch.setattr(fetching.Fetcher, "__call__", noted)
    await planted.telegram.faults(SLOW)
    await manager.send_file("survey.xlsx", b"no workbook")
    await began.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(limits.STOP_SECONDS):
        await planted.ended()
    assert words(await manager.last_message()) == words(asked)
    await planted.telegram.faults()
    await planted.start()
    await planted.settled()
    assert words(await manager.last_message()) != words(asked)


async def test_a_stop_leaves_turns_that_cannot_be_written_and_they_are_done_at_the_next_start(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STOP_SECONDS", limits.CLOSE_SECONDS + 0.1)
    planted.logs.tolerated |= {"turn not saved", "reminders put off"}
    ekai = planted.person(running.EKAI)
    shown = await planted.said(ekai, "/tasks")
    commit = SqliteStorage.commit

    async def held_up(self: SqliteStorage, changes: Sequence[port.Change]) -> None:
        """Another program takes the database just before the turn is written."""
        if not other.in_transaction and any(isinstance(change, port.Handled) for change in changes):
            other.execute("BEGIN IMMEDIATE")
            os.kill(os.getpid(), signal.SIGTERM)
        await commit(self, changes)

    monkeypatch.setattr(SqliteStorage, "commit", held_up)
    path = planted.settings.database.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        await ekai.say("/help")
        # the storage itself would wait longer for each group of turns
        async with asyncio.timeout(storage_limits.BUSY_SECONDS):
            await planted.ended()
        other.execute("ROLLBACK")
    assert words(await ekai.last_message()) == words(shown)
    monkeypatch.setattr(SqliteStorage, "commit", commit)
    await planted.start()
    await planted.settled()
    assert words(await ekai.last_message()) != words(shown)


async def test_a_look_that_a_stop_cuts_off_is_no_fault(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixture fails where the scheduler logs one."""
    monkeypatch.setattr(limits, "STOP_SECONDS", limits.CLOSE_SECONDS + 0.1)
    looking, never = asyncio.Event(), asyncio.Event()

    async def held_up(*_: object, **__: object) -> None:
        looking.set()
        await never.wait()

    monkeypatch.setattr(SqliteStorage, "claim_reminders", held_up)
    await looking.wait()
    await planted.stop()
