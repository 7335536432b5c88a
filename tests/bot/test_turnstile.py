"""The turnstile: whoever takes part passes a crowd of strangers, and no crowd shuts the others out."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from bot import limits
from bot.people import access
from bot.sending import budget, turnstile
from flows import nouns
from storage import memory, port, records

CROWD = 1_000

MEMBER, FORMER = 7, 8


def said(stranger: bool) -> Callable[[], Awaitable[bool]]:
    """What the door hears when it asks who comes."""

    async def answer() -> bool:
        return stranger

    return answer


async def passed(waiting: list[bool]) -> list[bool]:
    """In which order those pass who all wait at once; True stands for a stranger."""
    door, order = turnstile.Turnstile(), []

    async def walk(stranger: bool) -> None:
        async with door.place(is_stranger=said(stranger)):
            await asyncio.sleep(0)
            order.append(stranger)

    await asyncio.gather(*(walk(stranger) for stranger in waiting))
    assert sorted(order) == sorted(waiting)
    return order


async def test_a_member_waits_for_one_stranger_at_most() -> None:
    order = await passed([True] * CROWD + [False])
    assert order.index(False) == 1, "only who stood in the turnstile already is before them"


@pytest.mark.parametrize(
    ("waiting", "strangers"),
    [
        pytest.param([False] * 12 + [True] * 3, [4, 8, 12], id="members first in line"),
        pytest.param([True] * 3 + [False] * 12, [0, 4, 8], id="strangers first in line"),
        pytest.param([True] * 3, [0, 1, 2], id="strangers alone"),
        pytest.param([False] * 3, [], id="members alone"),
    ],
)
async def test_strangers_have_every_fourth_place(waiting: list[bool], strangers: list[int]) -> None:
    order = await passed(waiting)
    assert [place for place, stranger in enumerate(order) if stranger] == strangers


async def test_the_first_come_the_first_served() -> None:
    door, order = turnstile.Turnstile(), []

    async def walk(name: int) -> None:
        async with door.place(is_stranger=said(True)):
            order.append(name)
            await asyncio.sleep(0)

    await asyncio.gather(*map(walk, range(20)))
    assert order == list(range(20))


@pytest.mark.parametrize(
    "called", [pytest.param(False, id="while they wait"), pytest.param(True, id="at their turn")]
)
async def test_who_gives_up_holds_nobody_up(called: bool) -> None:
    door = turnstile.Turnstile()

    async def walk() -> None:
        async with door.place(is_stranger=said(False)):
            pass

    async with door.place(is_stranger=said(False)):
        gone, next_one = asyncio.create_task(walk()), asyncio.create_task(walk())
        await asyncio.sleep(0)
        if not called:
            gone.cancel()
    if called:
        gone.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await gone
    async with asyncio.timeout(60):
        await next_one
        await walk()


async def test_nobody_is_asked_where_nobody_waits() -> None:
    door, asked = turnstile.Turnstile(), []

    async def answer() -> bool:
        asked.append(True)
        return True

    for _ in range(3):
        async with door.place(is_stranger=answer):
            pass
    assert not asked


async def test_the_door_that_is_free_again_once_known_lets_pass() -> None:
    door = turnstile.Turnstile()
    left = asyncio.Event()

    async def slow() -> bool:
        await left.wait()
        return True

    async def walk() -> None:
        async with door.place(is_stranger=slow):
            pass

    async with door.place(is_stranger=said(False)):
        late = asyncio.create_task(walk())
        await asyncio.sleep(0)
    left.set()
    async with asyncio.timeout(60):
        await late


async def test_the_budget_knows_who_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES_A_SECOND", 200)
    monkeypatch.setattr(limits, "BURST", 1)
    storage = memory.MemoryStorage()
    await storage.open()
    await storage.commit(
        [
            port.Put(records.Person(MEMBER, "Asha", joined_at=dt.datetime(2031, 3, 4, tzinfo=dt.UTC))),
            port.Put(records.Membership("a", MEMBER, nouns.Role.BRANCH_STAFF, "lodwar")),
            port.Put(records.Membership("a", FORMER, access.FORMER)),
        ]
    )
    sending, order = budget.Budget(storage, 1), []

    async def send(chat: int) -> None:
        async with sending.message(chat):
            order.append(chat)

    await asyncio.gather(*(send(chat) for chat in [*range(100, 120), FORMER, MEMBER]))
    assert order.index(MEMBER) < 3
    assert order[-1] == FORMER, "who left is a stranger again"
