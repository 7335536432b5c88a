"""Places: so many at once, who asked first before the others, what is short before all."""

from __future__ import annotations

import asyncio

import pytest

from document_templates import places


class Room:
    """Somebody at each place until told to go."""

    def __init__(self, count: int) -> None:
        self._places = places.Places(count)
        self._go: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.entered: list[str] = []

    async def ask(self, name: str, order: str) -> None:
        self._go[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._stay(name, order))
        await self._rest()

    async def leave(self, name: str) -> None:
        self._go[name].set()
        await self._rest()

    async def cancel(self, name: str) -> None:
        self.tasks[name].cancel()
        await self._rest()

    async def _stay(self, name: str, order: str) -> None:
        async with self._places.place(order):
            self.entered.append(name)
            await self._go[name].wait()

    async def _rest(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.mark.parametrize("count", [1, 3])
async def test_no_more_enter_than_there_are_places(count: int) -> None:
    room = Room(count)
    for number in range(5):
        await room.ask(f"{number}", f"{number}")
    assert room.entered == [f"{number}" for number in range(count)]
    for number in range(5):
        await room.leave(f"{number}")
    assert room.entered == list("01234")


async def test_who_asked_first_goes_first_whenever_they_come_back() -> None:
    room = Room(1)
    await room.ask("late", "b")
    await room.ask("later", "c")
    await room.ask("early, again", "a")
    await room.leave("late")
    await room.leave("early, again")
    assert room.entered == ["late", "early, again", "later"]


async def test_what_is_short_has_a_place_more_but_not_two() -> None:
    room = Room(1)
    await room.ask("plan", "a")
    await room.ask("another", "b")
    await room.ask("short", places.SHORT)
    await room.ask("short too", places.SHORT)
    assert room.entered == ["plan", "short"]
    await room.leave("plan")
    assert room.entered == ["plan", "short", "short too"]
    await room.leave("short")
    await room.leave("short too")
    assert room.entered[-1] == "another"


@pytest.mark.parametrize("called_off", ["waiting", "inside"])
async def test_who_is_called_off_leaves_their_place_to_the_next(called_off: str) -> None:
    room = Room(1)
    await room.ask("inside", "a")
    await room.ask("waiting", "b")
    await room.ask("next", "c")
    await room.cancel(called_off)
    await room.leave("inside")
    await room.leave("waiting")
    assert room.entered[-1] == "next"


async def test_a_place_given_in_the_moment_of_calling_off_is_given_on() -> None:
    queue = places.Places(1)
    entered: list[str] = []

    async def enter(name: str) -> None:
        async with queue.place(name):
            entered.append(name)

    async with queue.place("0"):
        first, second = (asyncio.create_task(enter(name)) for name in "12")
        await asyncio.sleep(0)
    # the first was let in by now, and has not gone on yet
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert entered == ["2"]
