"""Durable answers beside single inserts by aiosqlite, on real files: answers a second, waits, and room on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pathlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import aiosqlite
import msgspec

from flows import nouns
from storage import opening, port, records, sealing

WRITERS = 64
"""People who answer at the same moment."""

SECONDS = 2.0
"""How long each method writes, in all rounds together."""

ROUNDS = 4
"""Methods take turns this often, so that what disturbs one disturbs all."""

ASSESSMENTS = (1, 100, 10_000)
"""Sizes over which an answer must cost the same."""

SECTIONS = 20
"""Of each assessment that fills the database for the room an answer takes, with as many answers each as a branch gives."""

ANSWERS = 40

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

Write = Callable[[int, int], Awaitable[None]]
"""One answer by a writer, by its number."""


class Figure(msgspec.Struct, frozen=True):
    """One way to keep answers."""

    what: str
    writers: int
    answers_a_second: float
    p50_ms: float
    p99_ms: float
    ratio: float
    """Answers a second as a multiple of the first row's; for sizes, of the smallest database's."""


class Room(msgspec.Struct, frozen=True):
    """What answers take on the disk, everything that is kept beside them included."""

    answers: int
    bytes_an_answer: float


async def measure(
    *, writers: int = WRITERS, seconds: float = SECONDS, assessments: tuple[int, ...] = ASSESSMENTS
) -> tuple[list[Figure], Room]:
    """Peers and ours in one run, then ours over growing databases, then the room."""
    with tempfile.TemporaryDirectory() as folder:
        beside = await _beside(pathlib.Path(folder), writers, seconds)
        grown = [row async for row in _grown(pathlib.Path(folder), writers, seconds, assessments)]
        room = await _room(pathlib.Path(folder), assessments=max(1, writers // 16))
    return [*beside, *grown], room


# --- methods ---------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _bare(path: pathlib.Path, synchronous: str) -> AsyncIterator[Write]:
    """One row an answer, each in a transaction of its own, as most bots do it."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute(f"PRAGMA synchronous={synchronous}")
        await connection.execute(
            "CREATE TABLE answer (section TEXT, key TEXT, body BLOB, PRIMARY KEY (section, key))"
        )

        async def write(writer: int, number: int) -> None:
            body = msgspec.json.encode(_answer(writer, number))
            await connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)",
                (_section(0, writer), f"q{number % ANSWERS}", body),
            )

        yield write


@contextlib.asynccontextmanager
async def opened(path: pathlib.Path) -> AsyncIterator[port.Storage]:
    """The storage in a file; one that is there already is opened again."""
    key = path.with_suffix(".key")
    if not key.exists():
        sealing.make_key(key)
    storage = opening.open_storage(f"sqlite:///{path}", key)
    await storage.open()
    try:
        yield storage
    finally:
        await storage.close()


def _durable(storage: port.Storage) -> Write:
    """The answer alone, sealed and on the disk."""

    async def write(writer: int, number: int) -> None:
        await storage.commit(
            [port.PutAnswer(_section(0, writer), f"q{number % ANSWERS}", _answer(writer, number))]
        )

    return write


def _turn(storage: port.Storage) -> Write:
    """All that the turn of an answer keeps: the answer, its place, the update's end, the screen and what is sent."""

    async def write(writer: int, number: int) -> None:
        section = _section(0, writer)
        session = nouns.Session("branch_office", "1", cursor=f"q{number}", revision=number + 1)
        await storage.commit(
            [
                port.Handled(writer * 1_000_000 + number),
                port.Put(records.Person(writer + 1, f"Respondent {writer}")),
                port.Put(records.Conversation(writer + 1, "a0", section, screen=f"{writer}-{number}")),
                port.PutSession(section, session, -1 if number == 0 else number),
                port.PutAnswer(section, f"q{number % ANSWERS}", _answer(writer, number)),
                port.Put(
                    records.Screen(f"{writer}-{number}", writer + 1, section=section, revision=number + 1)
                ),
                port.PutNew(
                    records.Outgoing(
                        f"{number:08d}-{writer}", writer + 1, "show", {"text": "The next question" * 8}
                    )
                ),
            ]
        )

    return write


def _section(assessment: int, number: int) -> str:
    return f"a{assessment}-s{number}"


def _answer(writer: int, number: int) -> nouns.Answer:
    return nouns.Answer(1_000 + number, by=str(writer + 1), at=NOW)


# --- measuring -------------------------------------------------------------------------------------------


class _Timed:
    """What one method has done over its rounds."""

    def __init__(self, write: Write, writers: int) -> None:
        self._write = write
        self._next = [0] * writers
        self.waits: list[float] = []
        self.seconds = 0.0

    async def work(self, seconds: float) -> None:
        begun = time.perf_counter()
        await asyncio.gather(*(self._writer(number, begun + seconds) for number in range(len(self._next))))
        self.seconds += time.perf_counter() - begun

    async def _writer(self, writer: int, until: float) -> None:
        while (begun := time.perf_counter()) < until:
            await self._write(writer, self._next[writer])
            self._next[writer] += 1
            self.waits.append(time.perf_counter() - begun)

    def figure(self, what: str, base: float) -> Figure:
        a_second = len(self.waits) / self.seconds
        cuts = statistics.quantiles(self.waits, n=100)
        return Figure(
            what, len(self._next), a_second, cuts[49] * 1e3, cuts[98] * 1e3, a_second / base if base else 1.0
        )


async def _beside(folder: pathlib.Path, writers: int, seconds: float) -> list[Figure]:
    async with contextlib.AsyncExitStack() as stack:
        methods = {
            "single inserts, aiosqlite, synchronous=NORMAL": await stack.enter_async_context(
                _bare(folder / "normal.db", "NORMAL")
            ),
            "single inserts, aiosqlite, synchronous=FULL": await stack.enter_async_context(
                _bare(folder / "full.db", "FULL")
            ),
            "durable answers, sealed": _durable(
                await stack.enter_async_context(opened(folder / "answers.db"))
            ),
            "durable turns, everything that an answer changes": _turn(
                await stack.enter_async_context(opened(folder / "turns.db"))
            ),
        }
        timed = {what: _Timed(write, writers) for what, write in methods.items()}
        for _ in range(ROUNDS):
            for one in timed.values():
                await one.work(seconds / ROUNDS)
    figures: list[Figure] = []
    for what, one in timed.items():
        figures.append(one.figure(what, figures[0].answers_a_second if figures else 0.0))
    return figures


async def _grown(
    folder: pathlib.Path, writers: int, seconds: float, sizes: tuple[int, ...]
) -> AsyncIterator[Figure]:
    async with contextlib.AsyncExitStack() as stack:
        timed: dict[int, _Timed] = {}
        for size in sizes:
            storage = await stack.enter_async_context(opened(folder / f"grown{size}.db"))
            for assessment in range(1, size):
                await _fill(storage, assessment, sections=1, answers=5)
            timed[size] = _Timed(_turn(storage), writers)
        for _ in range(ROUNDS):
            for one in timed.values():
                await one.work(seconds / ROUNDS)
        base = 0.0
        for size, one in timed.items():
            row = one.figure(f"durable turns among {size:,} assessments", base)
            base = base or row.answers_a_second
            yield row


async def _room(folder: pathlib.Path, *, assessments: int) -> Room:
    path = folder / "room.db"
    async with opened(path) as storage:
        for assessment in range(assessments):
            await _fill(storage, assessment, SECTIONS, ANSWERS)
    answers = assessments * SECTIONS * ANSWERS
    taken = sum(file.stat().st_size for file in folder.glob("room.db*"))
    return Room(answers, taken / answers)


async def _fill(storage: port.Storage, assessment: int, sections: int, answers: int) -> None:
    """An assessment with its people and begun sections, as the bot keeps them."""
    name = f"a{assessment}"
    institution = nouns.Institution(
        f"Umoja {assessment}", country="KE", currency="KES", timezone="Africa/Nairobi"
    )
    changes: list[port.Change] = [port.Put(records.Assessment(name, institution, state="collecting"))]
    for number in range(sections):
        section, person = _section(assessment, number), 1_000_000 + assessment * 100 + number
        session = nouns.Session("branch_office", "1", cursor=f"q{answers}", revision=answers)
        changes += [
            port.Put(records.Person(person, f"Respondent {person}")),
            port.Put(records.Membership(name, person, "branch", f"b{number}")),
            port.Put(
                records.Section(section, name, "branch_office", "1", f"b{number}", "in_progress", person)
            ),
            port.PutSession(section, session, -1),
            *(port.PutAnswer(section, f"question_{key}", _answer(number, key)) for key in range(answers)),
        ]
    await storage.commit(changes)
