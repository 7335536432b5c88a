"""How long somebody waits for the bot's answer while ten others have their plans made; and beside it, at rest."""

from __future__ import annotations

import asyncio
import pathlib
import statistics
import tempfile
import time

import msgspec

from bot import clock, demo, sample, settings
from bot.practice import people, server
from flows import nouns
from storage import opening, port, preparing, records

PLANS = 10
"""Plans made at once, each of an institution of its own."""

TOKEN = "123456789:" + "A" * 35  # of the local Telegram

TARGET_MS = 100.0
"""What somebody who answers a question may wait for while plans are made."""

AT_REST = 60
"""Answers measured before."""

PAUSE_SECONDS = 0.05
"""Between two messages: nobody types faster."""


class Row(msgspec.Struct, frozen=True):
    """Answers to one person's messages."""

    state: str
    answers: int
    median_ms: float
    p95_ms: float
    slowest_ms: float
    within_target_percent: float


async def measure() -> list[Row]:
    """The two rows: at rest, and from the first order of a plan to the last file."""
    with tempfile.TemporaryDirectory() as folder:
        up = await server.serve(0, tokens=[TOKEN])
        async with people.Telegram(up.url) as telegram:
            await telegram.faults(rate_limits=False)
            environment = {
                "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
                "GROUNDWORK_TELEGRAM_API_URL": up.url,
                "GROUNDWORK_DATA_DIR": str(pathlib.Path(folder) / "data"),
                "GROUNDWORK_OWNER_IDS": str(sample.PEOPLE["wanjiru"]),
                "GROUNDWORK_CHAT_PACE": "10000",
            }
            managers = [await telegram.add_person(f"Manager {number}") for number in range(PLANS)]
            await _plant(settings.read(environment), [manager.id for manager in managers])
            bot = await demo.start_bot(environment)
            try:
                return await _rows(telegram.person(sample.PEOPLE["ekai"]), managers)
            finally:
                bot.terminate()
                await bot.wait()
                await up.close()


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
    await _answered(person)  # the first answer waits for the bot to start
    rest = [await _answered(person) for _ in range(AT_REST)]
    plans = asyncio.gather(*(_planned(manager) for manager in managers))
    busy = []
    while not plans.done():
        busy.append(await _answered(person))
    await plans
    return [_row("at rest", rest), _row(f"while {PLANS} plans are made", busy)]


async def _answered(person: people.Person) -> float:
    """Milliseconds from a message to the bot's answer."""
    await asyncio.sleep(PAUSE_SECONDS)
    begun = time.perf_counter()
    await person.say("/tasks")
    await person.wait_for(lambda _: True)
    return (time.perf_counter() - begun) * 1000


async def _planned(manager: people.Person) -> None:
    await manager.say("/plan")
    await manager.wait_for(lambda message: "document" in message, timeout=900)


def _row(state: str, waits: list[float]) -> Row:
    ordered = sorted(waits)
    within = 100 * sum(wait <= TARGET_MS for wait in waits) / len(waits)
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return Row(state, len(waits), statistics.median(waits), p95, ordered[-1], within)
