"""How long somebody waits for the bot's answer while ten others have their plans made; and beside it, at rest.

The bot runs in this process, so that its event loop can be watched, and the local Telegram in another.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from typing import cast

import msgspec
import structlog

from bot import application, clock, sample, settings
from bot.practice import people
from flows import nouns
from storage import opening, port, preparing, records

PLANS = 10
"""Plans made at once, each of an institution of its own."""

TOKEN = "123456789:" + "A" * 35  # of the local Telegram

TARGET_MS = 100.0
"""What somebody who answers a question may wait for while plans are made."""

STALL_MS = 20.0
"""What the event loop may stand still for."""

AT_REST = 60
"""Answers measured before."""

MEASURED_SECONDS = 60.0
"""Of the making of the plans: answers in the first minute say what those of the third would."""

PAUSE_SECONDS = 0.05
"""Between two messages: nobody types faster."""

TICK = 0.001
"""Seconds between two looks at the clock, while the loop is watched."""


class Row(msgspec.Struct, frozen=True):
    """Answers to one person's messages, and how the bot's event loop did meanwhile."""

    state: str
    answers: int
    within_target_percent: float
    median_ms: float
    p99_ms: float
    slowest_ms: float
    longest_stall_ms: float
    stalls: int
    """Longer than `STALL_MS`."""
    plans: int
    """Ready by the end."""


async def measure() -> list[Row]:
    """The two rows: at rest, and from when all plans are ordered to the last file, or for a minute."""
    with tempfile.TemporaryDirectory() as folder:
        async with _local_telegram() as url, people.Telegram(url) as telegram:
            await telegram.faults(rate_limits=False)
            given = settings.read(
                {
                    "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
                    "GROUNDWORK_TELEGRAM_API_URL": url,
                    "GROUNDWORK_DATA_DIR": str(pathlib.Path(folder) / "data"),
                    "GROUNDWORK_OWNER_IDS": str(sample.PEOPLE["wanjiru"]),
                    "GROUNDWORK_CHAT_PACE": "10000",
                }
            )
            managers = [await telegram.add_person(f"Manager {number}") for number in range(PLANS)]
            await _plant(given, [manager.id for manager in managers])
            structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
            running = asyncio.create_task(application.Service(given).run())
            try:
                return await _rows(telegram.person(sample.PEOPLE["ekai"]), managers)
            finally:
                running.cancel()
                await asyncio.wait([running])


@contextlib.asynccontextmanager
async def _local_telegram() -> AsyncIterator[str]:
    """The address of a local Telegram in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "practice", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    try:
        said = (await cast(asyncio.StreamReader, process.stdout).readline()).decode()
        yield said[said.index("http") :].split()[0]
    finally:
        process.terminate()
        await process.wait()


async def _plant(given: settings.Settings, managers: list[int]) -> None:
    """The sample institution once for each manager, with all its answers."""
    preparing.prepare(given.database, given.key_file)
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        now = clock.SystemClock(given.clock_file).now()
        for manager in managers:
            made = sample.changes(now)
            [assessment] = [
                change.record
                for change in made
                if isinstance(change, port.Put) and isinstance(change.record, records.Assessment)
            ]
            person = records.Person(manager, f"Manager {manager}", joined_at=now, agreed_at=now)
            part = records.Membership(assessment.id, manager, nouns.Role.PROJECT_MANAGER)
            await storage.commit([*made, port.Put(person), port.Put(part)])
    finally:
        await storage.close()


async def _rows(person: people.Person, managers: list[people.Person]) -> list[Row]:
    await _first_answer(person)
    with _watched() as stalls:
        waits = [await _answered(person) for _ in range(AT_REST)]
        rest = _row("at rest", waits, stalls, 0)
    # ten turns at one moment are a burst of their own; what is measured is what the plans cost that follow
    await asyncio.gather(*(_ordered(manager) for manager in managers))
    orders = [asyncio.create_task(_planned(manager)) for manager in managers]
    with _watched() as stalls:
        ends, waits = time.perf_counter() + MEASURED_SECONDS, []
        while time.perf_counter() < ends and not all(order.done() for order in orders):
            waits.append(await _answered(person))
        ready = sum(order.done() for order in orders)
        busy = _row(f"while {PLANS} plans are made", waits, stalls, ready)
    for order in orders:
        order.cancel()
    await asyncio.wait(orders)
    return [rest, busy]


async def _first_answer(person: people.Person) -> None:
    """Wait for the bot to start; before that, the local Telegram knows of none."""
    while True:
        try:
            await _answered(person)
            return
        except people.ActFailed:
            await asyncio.sleep(PAUSE_SECONDS)


@contextlib.contextmanager
def _watched() -> Iterator[list[float]]:
    """Milliseconds of each time in which the loop did not turn."""
    stalls: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            stalls.append((time.perf_counter() - begun - TICK) * 1000)

    watching = asyncio.create_task(watch())
    try:
        yield stalls
    finally:
        watching.cancel()


async def _answered(person: people.Person) -> float:
    """Milliseconds from a message to the bot's answer."""
    await asyncio.sleep(PAUSE_SECONDS)
    begun = time.perf_counter()
    await person.say("/tasks")
    await person.wait_for(lambda _: True)
    return (time.perf_counter() - begun) * 1000


async def _ordered(manager: people.Person) -> None:
    await manager.say("/plan")
    await manager.wait_for(lambda _: True)


async def _planned(manager: people.Person) -> None:
    await manager.wait_for(lambda message: "document" in message, timeout=900)


def _row(state: str, waits: list[float], stalls: list[float], plans: int) -> Row:
    ordered = sorted(waits)
    return Row(
        state,
        answers=len(waits),
        within_target_percent=100 * sum(wait <= TARGET_MS for wait in waits) / len(waits),
        median_ms=statistics.median(waits),
        p99_ms=ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)],
        slowest_ms=ordered[-1],
        longest_stall_ms=max(stalls),
        stalls=sum(stall > STALL_MS for stall in stalls),
        plans=plans,
    )
