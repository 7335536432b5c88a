"""What everything costs as assessments, branches, answers and reminders grow, and with which power of their number."""

from __future__ import annotations

import datetime as dt
import math
import pathlib
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ParamSpec

import msgspec

from benchmarks import echo_server, institutions, whole_turns
from benchmarks import storage as measured_storage
from benchmarks import turns as measured_turns
from bot import library, limits
from bot.documents import plans
from bot.operations import retention
from bot.people import team
from document_templates import document, rendering
from flows import nouns
from planning import plan as planning
from storage import backup, port, records

P = ParamSpec("P")

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

DECADES = (1, 10, 100, 1_000, 10_000)

BRANCHES = (1, 10, 100, limits.BRANCHES)
"""Up to the most that an assessment may have."""

PLAN = "the plan, from the answers to Word"

GROWN = "grown"
"""The institution whose status and plan are asked for."""

LEADER, GROUP = 1_500_000, -1_001_234_567_890

RESPONDENT = echo_server.FIRST_PERSON
"""Who answers a long questionnaire of another institution."""

ANSWERS = 41
"""Turns of which the median counts."""

REPEATS = 7
"""The same of what takes longer."""


class Row(msgspec.Struct, frozen=True):
    """One thing done while one number grows."""

    what: str
    growing: str
    sizes: list[int]
    processor_ms: list[float]
    """Of the processor's time, at each size."""
    exponent: float
    """Of the power of the number with which it grows at the end: 0 is flat, 1 in proportion."""


class Series:
    """The rows of one growing number."""

    def __init__(self, growing: str) -> None:
        self._growing = growing
        self._found: dict[str, list[tuple[int, float]]] = {}

    def note(self, what: str, size: int, taken: Sequence[float]) -> None:
        """Note what something took at a size."""
        self._found.setdefault(what, []).append((size, statistics.median(taken)))

    def rows(self) -> list[Row]:
        """A row for each thing that was noted."""
        return [
            Row(what, self._growing, [size for size, _ in found], [ms for _, ms in found], exponent(found))
            for what, found in self._found.items()
        ]


def exponent(found: Sequence[tuple[int, float]]) -> float:
    """The slope through the last three sizes, both sides as logarithms: what is fixed weighs least there."""
    x = [math.log(size) for size, _ in found[-3:]]
    y = [math.log(max(ms, 1e-6)) for _, ms in found[-3:]]
    return statistics.linear_regression(x, y).slope if len(x) > 1 else 0.0


async def measure(
    *,
    decades: tuple[int, ...] = DECADES,
    branches: tuple[int, ...] = BRANCHES,
    answers: int = ANSWERS,
    repeats: int = REPEATS,
    documents: bool = True,
) -> list[Row]:
    """Every series, each on a database of its own; without `documents` no plan is written, which takes seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        return [
            *await _assessments(folder, decades, answers, repeats, documents),
            *await _branches(folder, branches, answers, repeats, documents),
            *await _answers(folder, decades, answers),
            *await _reminders(folder, decades, answers),
        ]


# --- assessments -----------------------------------------------------------------------------------------


async def _assessments(
    folder: pathlib.Path, sizes: Sequence[int], answers: int, repeats: int, documents: bool
) -> list[Row]:
    series, path, there = Series("assessments"), folder / "assessments.db", 0
    for size in sizes:
        async with measured_storage.opened(path) as storage:
            if not there:
                await storage.commit([*measured_turns.changes(1), *_institution(3)])
            for first in range(there, size, institutions.TOGETHER):
                numbers = range(first, min(first + institutions.TOGETHER, size))
                await storage.commit([one for n in numbers for one in institutions.other(n, NOW)])
            there = size
            bench = whole_turns.Bench(storage, NOW)
            series.note("an answer", size, await _said(bench, answers, RESPONDENT, "An answer"))
            await _looked_at(series, size, bench, repeats)
            if documents:
                series.note(PLAN, size, await _times(1, _planned, storage))
            series.note("a look for reminders", size, await _times(answers, bench.reminders.tick))
            series.note("the hourly sweep", size, await _times(repeats, _swept, storage))
            series.note("somebody is forgotten", size, await _times(1, _forgotten, storage, size))
        series.note("a start", size, await _times(repeats, _started, path))
        series.note("a backup", size, await _times(1, _backed_up, path, size))
    return series.rows()


async def _looked_at(series: Series, size: int, bench: whole_turns.Bench, repeats: int) -> None:
    """What those who lead ask for."""
    series.note("/status", size, await _said(bench, repeats, LEADER, "/status"))
    series.note("/digest in a group", size, await _said(bench, repeats, LEADER, "/digest", group=GROUP))


def _institution(branches: int) -> Iterator[port.Change]:
    return institutions.kept(institutions.grown(branches), GROWN, NOW, leader=LEADER, group=GROUP)


async def _swept(storage: port.Storage) -> None:
    await retention.sweep(storage, NOW)


async def _forgotten(storage: port.Storage, size: int) -> None:
    gone = institutions.FIRST_PERSON + size - 1
    assert await storage.person(gone)  # a slip of ours, never of a user
    await storage.commit([port.Forget(gone, retention.pseudonym(gone, NOW))])


async def _started(path: pathlib.Path) -> None:
    """All that a bot does before it takes updates, but the imports."""
    async with measured_storage.opened(path) as storage:
        await storage.enlist(alone=True)
        await storage.left_received()
        await storage.left_outgoing()
        await whole_turns.Bench(storage, NOW).reminders.mend()
        await _swept(storage)


async def _backed_up(path: pathlib.Path, size: int) -> None:
    await backup.backup(f"sqlite:///{path}", path.with_name(f"backup{size}.db"))


async def _planned(storage: port.Storage) -> None:
    """The plan as a file: the answers read, the plan computed without proof of its dates, Word written."""
    found = await team.load(storage, library.Library.shipped(), GROWN)
    assert found is not None  # a slip of ours, never of a user
    given = await plans.standing(storage, found, NOW, "en")
    plan = planning.make_plan(given.read(), given.flows(), today=given.today, prove=False)
    document.make(plan, template=rendering.STANDARD_TEMPLATE.read_bytes())


# --- branches, answers, reminders ------------------------------------------------------------------------


async def _branches(
    folder: pathlib.Path, sizes: Sequence[int], answers: int, repeats: int, documents: bool
) -> list[Row]:
    """One institution of ever more branches, each of which has answered."""
    series = Series("branches of the institution")
    for size in sizes:
        async with measured_storage.opened(folder / f"branches{size}.db") as storage:
            await storage.commit([*_institution(size), *measured_turns.changes(size, branches=size)])
            bench = whole_turns.Bench(storage, NOW)
            series.note("an answer", size, await _said(bench, answers, RESPONDENT, "An answer"))
            await _looked_at(series, size, bench, repeats)
            if documents:
                series.note(PLAN, size, await _times(1, _planned, storage))
    return series.rows()


async def _answers(folder: pathlib.Path, sizes: Sequence[int], answers: int) -> list[Row]:
    """One form of ever more questions, all of which but the last are answered."""
    series = Series("answers in the section")
    for size in sizes:
        async with measured_storage.opened(folder / f"answers{size}.db") as storage:
            await storage.commit(measured_turns.changes(1, questions=size + answers + 2))
            begun = await storage.session("s0")
            assert begun is not None  # it was planted with it
            given = nouns.Answer("An answer", by=str(RESPONDENT), at=NOW)
            here = msgspec.structs.replace(begun, cursor=f"q{size}", revision=begun.revision + 1)
            done = [port.PutAnswer("s0", f"q{number}", given) for number in range(size)]
            await storage.commit([port.PutSession("s0", here, begun.revision), *done])
            bench = whole_turns.Bench(storage, NOW)
            series.note("an answer", size, await _said(bench, answers, RESPONDENT, "An answer"))
    return series.rows()


async def _reminders(folder: pathlib.Path, sizes: Sequence[int], answers: int) -> list[Row]:
    """Reminders of later days, over which a look and one more must cost the same."""
    series, there = Series("reminders that wait"), 0
    async with measured_storage.opened(folder / "reminders.db") as storage:
        bench = whole_turns.Bench(storage, NOW)
        for size in sizes:
            await storage.commit([_reminder(number, days=1) for number in range(there, size)])
            there = size
            series.note("a look that finds nothing", size, await _times(answers, bench.reminders.tick))
            series.note("one more is kept", size, await _times(answers, _kept, storage))
            series.note("a look that takes one", size, await _times(answers, _due, storage, bench))
    return series.rows()


def _reminder(number: int, *, days: int) -> port.Put:
    due = NOW + dt.timedelta(days=days, seconds=number if days else 0)
    return port.Put(records.Reminder(f"r{number}", f"a{number % 500}", 1 + number, due))


async def _kept(storage: port.Storage) -> None:
    await storage.commit([_reminder(-1, days=1)])


async def _due(storage: port.Storage, bench: whole_turns.Bench) -> None:
    await storage.commit([_reminder(-1, days=0)])
    assert await bench.reminders.tick() == 1  # a slip of ours, never of a user


# --- measuring -------------------------------------------------------------------------------------------


async def _said(
    bench: whole_turns.Bench, times: int, person: int, text: str, *, group: int = 0
) -> list[float]:
    """Milliseconds of each turn but the first, which reads what later ones remember."""
    taken = []
    for _ in range(times + 1):
        took, sent = await bench.say(person, text, group=group)
        assert sent  # a slip of ours, never of a user
        taken.append(took)
    return taken[1:]


async def _times(
    times: int, act: Callable[P, Awaitable[object]], *given: P.args, **named: P.kwargs
) -> list[float]:
    """Milliseconds of the processor's time, threads included, of each."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        await act(*given, **named)
        taken.append((time.process_time() - begun) * 1e3)
    return taken
