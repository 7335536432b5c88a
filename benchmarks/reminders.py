"""A look for due reminders among ever more that wait, beside APScheduler's own job store on the same disk."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pathlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator

import msgspec
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks import institutions, whole_turns
from benchmarks import storage as measured_storage
from bot import limits
from bot.operations import warming
from flows import words as wording
from storage import port, records

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

PENDING = (10_000, 100_000, 1_000_000)
"""Reminders that wait for later days, over which a look must cost the same."""

LOOKS = 200
"""Looks that find nothing, for the median."""

CLAIMED = 1_000
"""Due at once, of which one look takes as many as it may."""

TOGETHER = 5_000
"""Reminders written in one commit while the database is filled."""

DUE = 10_000
"""Due at once, of as many people."""

TICK = 0.001
"""Seconds between two looks at the clock while the event loop is watched."""

IDLE, STALL = "a look that finds nothing", "longest stall of the event loop while all that is due is said"

JOBS = 200
"""What is given to APScheduler's store; it takes milliseconds each."""


class Figure(msgspec.Struct, frozen=True):
    """One thing done with reminders."""

    what: str
    pending: int
    median_us: float
    ratio: float
    """The median as a multiple of the first row of its kind."""


async def measure(*, pending: tuple[int, ...] = PENDING, looks: int = LOOKS, due: int = DUE) -> list[Figure]:
    """Adding, looking in vain, and claiming what is due; and adding to APScheduler's store, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        adding: list[Figure] = []
        idle: list[Figure] = []
        claiming: list[Figure] = []
        for number in pending:
            path = pathlib.Path(folder) / f"{number}.db"
            async with measured_storage.opened(path) as storage:
                took = await _fill(storage, number)
                adding.append(_figure("added", number, [took], adding))
                idle.append(_figure(IDLE, number, await _looks(storage, looks), idle))
                found = await _claims(storage)
                claiming.append(
                    _figure(f"a look that takes {limits.REMINDERS_A_TICK:,}", number, found, claiming)
                )
        jobs = await _jobs(pathlib.Path(folder) / "jobs.db")
        said = await _said(pathlib.Path(folder) / "due.db", due)
    base = adding[0].median_us
    return [*adding, Figure("added to APScheduler's store", JOBS, jobs, jobs / base), *idle, *claiming, *said]


def _figure(what: str, pending: int, taken: list[float], before: list[Figure]) -> Figure:
    median = statistics.median(taken)
    return Figure(what, pending, median, median / before[0].median_us if before else 1.0)


async def _fill(storage: port.Storage, number: int) -> float:
    """Reminders of the coming weeks; the microseconds that each took."""
    begun = time.perf_counter()
    for first in range(0, number, TOGETHER):
        await storage.commit(
            [
                port.Put(_reminder(one, NOW + dt.timedelta(minutes=1 + one)))
                for one in range(first, min(first + TOGETHER, number))
            ]
        )
    return (time.perf_counter() - begun) * 1e6 / number


def _reminder(number: int, due: dt.datetime) -> records.Reminder:
    return records.Reminder(f"r{number}", f"a{number % 500}", number % 30_000, due, section=f"s{number}")


async def _said(path: pathlib.Path, due: int) -> list[Figure]:
    """So many people are reminded at once: the time for each, and how long nothing else could be done meanwhile."""
    async with measured_storage.opened(path) as storage:
        for first in range(0, due, institutions.TOGETHER):
            numbers = range(first, min(first + institutions.TOGETHER, due))
            await storage.commit([one for n in numbers for one in institutions.other(n, NOW)])
        later = NOW + institutions.DUE_IN + dt.timedelta(seconds=due)
        bench = whole_turns.Bench(storage, later)
        warming.up()  # as `groundwork run` does, which introduces itself in every language too
        wording.catalogue("bot", "en")
        longest, said = 0.0, 0

        async def watch() -> None:
            nonlocal longest
            while True:
                begun = time.perf_counter()
                await asyncio.sleep(TICK)
                longest = max(longest, time.perf_counter() - begun - TICK)

        watching = asyncio.create_task(watch())
        begun = time.perf_counter()
        while looked := await bench.reminders.tick():
            said += looked
        took = time.perf_counter() - begun
        watching.cancel()
    assert said == due  # a slip of ours, never of a user
    each = took * 1e6 / due
    return [
        Figure("one of all that is due, said", due, each, 1.0),
        Figure(STALL, due, longest * 1e6, longest * 1e6 / each),
    ]


async def _looks(storage: port.Storage, looks: int) -> list[float]:
    return [await _look(storage, 0) for _ in range(looks)]


async def _claims(storage: port.Storage) -> list[float]:
    """Looks that each find as many as they may take."""
    taken = []
    for round_ in range(3):
        await storage.commit(
            [port.Put(_reminder(-one - round_ * CLAIMED, NOW)) for one in range(1, CLAIMED + 1)]
        )
        taken.append(await _look(storage, limits.REMINDERS_A_TICK))
        await _emptied(storage)
    return taken


async def _look(storage: port.Storage, expected: int) -> float:
    begun = time.perf_counter()
    found = await storage.claim_reminders(due=NOW, lease=limits.REMINDER_LEASE, limit=limits.REMINDERS_A_TICK)
    took = (time.perf_counter() - begun) * 1e6
    assert len(found) == min(expected, CLAIMED)  # a slip of ours, never of a user
    await storage.commit([port.Remove(one) for one in found])
    return took


async def _emptied(storage: port.Storage) -> None:
    while left := await storage.claim_reminders(due=NOW, lease=limits.REMINDER_LEASE, limit=CLAIMED):
        await storage.commit([port.Remove(one) for one in left])


async def _jobs(path: pathlib.Path) -> float:
    """The median microseconds in which APScheduler's store takes a job."""
    async with _scheduler(path) as scheduler:
        taken = []
        for number in range(JOBS):
            begun = time.perf_counter()
            scheduler.add_job(
                print, "date", run_date=NOW + dt.timedelta(days=3650), args=[f"r{number}"], id=f"r{number}"
            )
            taken.append((time.perf_counter() - begun) * 1e6)
            await asyncio.sleep(0)
    return statistics.median(taken)


@contextlib.asynccontextmanager
async def _scheduler(path: pathlib.Path) -> AsyncIterator[AsyncIOScheduler]:
    scheduler = AsyncIOScheduler(timezone=dt.UTC)
    scheduler.add_jobstore("sqlalchemy", url=f"sqlite:///{path}")
    scheduler.start(paused=True)
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)
