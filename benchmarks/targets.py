"""What the bot must reach, and how it is read off the figures that the benchmarks print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from benchmarks import forms, growth, plans, process, reminders, report, storage, turns, workers

T = TypeVar("T")


class Beside(msgspec.Struct, frozen=True):
    """What `storage` prints."""

    answers: list[storage.Figure]
    room: storage.Room


class Starts(msgspec.Struct, frozen=True):
    """What `process` prints."""

    starts: list[process.Figure]
    sessions: list[process.Memory]


KINDS: dict[str, Any] = {
    "turns": list[turns.Figure],
    "storage": Beside,
    "reminders": list[reminders.Figure],
    "forms": forms.Measured,
    "plan": list[plans.Figure],
    "schedule": list[report.Row],
    "process": Starts,
    "growth": list[growth.Row],
    "workers": list[workers.Figure],
}
"""Benchmarks whose figures are kept, and of what type these are."""


class Found(msgspec.Struct, frozen=True):
    """What was measured."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value:,.{0 if self.value >= 100 else 1 if self.value >= 10 else 2}f}{self.unit}"


class Target(msgspec.Struct, Generic[T], frozen=True):
    """One number to reach."""

    area: str
    what: str
    benchmark: str
    goal: float
    find: Callable[[T], Found]
    most: bool = False
    """Whether the goal is the most that it may be; else the least."""

    def met(self, found: Found) -> bool:
        """Whether it is reached."""
        return found.value <= self.goal if self.most else found.value >= self.goal


def _turn(bot: str, latency_ms: float, peer: str) -> Callable[[Sequence[turns.Figure]], Found]:
    """The bot's answers a second as a multiple of a peer's, with calls that take so long."""

    def find(figures: Sequence[turns.Figure]) -> Found:
        rates = {one.bot: one.answers_a_second for one in figures if one.latency_ms == latency_ms}
        return Found(rates[bot] / rates[peer], " times")

    return find


def _stored(what: str) -> Callable[[Beside], storage.Figure]:
    return lambda beside: next(one for one in beside.answers if one.what.startswith(what))


def _ratio(what: str, unit: str = " times") -> Callable[[Sequence[plans.Figure]], Found]:
    return lambda figures: Found(next(one.ratio for one in figures if one.what.startswith(what)), unit)


def _form(what: str, engine: str, nodes: int) -> Callable[[forms.Measured], forms.Figure]:
    return lambda measured: next(
        one for one in measured.figures if (one.what, one.engine, one.nodes) == (what, engine, nodes)
    )


def _schedule(kind: str, method: str) -> Callable[[Sequence[report.Row]], report.Row]:
    return lambda rows: next(row for row in rows if row.kind.startswith(kind) and row.method == method)


def _grows(what: str, growing: str) -> Callable[[Sequence[growth.Row]], Found]:
    return lambda rows: Found(
        next(row.exponent for row in rows if (row.what, row.growing) == (what, growing))
    )


DURABLE, TURN = "durable answers", "durable turns, everything"

ANSWER = _form("one answer", "groundwork", forms.NODES)

TARGETS: tuple[Target[Any], ...] = (
    Target("Messages", "a durable answer turn, beside python-telegram-bot's echo", "turns", 5,
           _turn("groundwork", 0, "python-telegram-bot")),
    Target("Messages", "the same, beside aiogram's echo", "turns", 2, _turn("groundwork", 0, "aiogram")),
    Target("Messages", "with 50 ms to Telegram, beside python-telegram-bot's echo", "turns", 50,
           _turn("groundwork", 50, "python-telegram-bot")),
    Target("Storage", "durable answers, beside single inserts that are not", "storage", 3,
           lambda figures: Found(_stored(DURABLE)(figures).ratio, " times")),
    Target("Storage", "99 of 100 durable answers within, with 64 who write", "storage", 10,
           lambda figures: Found(_stored(DURABLE)(figures).p99_ms, " ms"), most=True),
    Target("Storage", "room of an answer, everything included", "storage", 1_000,
           lambda figures: Found(figures.room.bytes_an_answer, " bytes"), most=True),
    Target("Storage", "durable turns among 10,000 assessments, beside 1", "storage", 0.9,
           lambda figures: Found(_stored("durable turns among 10,000")(figures).ratio, " times")),
    Target("Reminders", "a look among a million that wait, beside ten thousand", "reminders", 1.5,
           lambda figures: Found(next(one.ratio for one in figures
                                      if one.what == reminders.IDLE and one.pending == 1_000_000), " times"), most=True),
    Target("Reminders", "longest stall of the event loop with 10,000 due", "reminders", 20,
           lambda figures: Found(next(one.median_us / 1e3 for one in figures if one.what == reminders.STALL), " ms"),
           most=True),
    Target("Forms", "median of one evaluation", "forms", 3,
           lambda found: Found(_form("one evaluation", "groundwork", forms.NODES)(found).median_us, " µs"), most=True),
    Target("Forms", "one answer on a form of 900 nodes", "forms", 1_000,
           lambda found: Found(ANSWER(found).median_us, " µs"), most=True),
    Target("Forms", "the same, of the time of npm's xforms-engine", "forms", 1,
           lambda found: Found(1 / _form("one answer", "xforms-engine", forms.NODES)(found).ratio, " times"), most=True),
    Target("Forms", "one answer among 10,000 nodes, beside 100", "forms", 1.5,
           lambda found: Found(_form("one answer", "groundwork", forms.CURVE[-1])(found).ratio, " times"), most=True),
    Target("The plan", "20 branches in Word, beside bare docxtpl", "plan", 2, _ratio("whole document"), most=True),
    Target("The plan", "longest stall of the event loop while one is made", "plan", 20,
           lambda figures: Found(next(one.median_ms for one in figures if one.what.startswith("longest stall")), " ms"),
           most=True),
    Target("The plan", "two processes, plans a second of one", "plan", 1.8, _ratio("two processes")),
    Target("The schedule", "40 tasks proven optimal within", "schedule", 1_000,
           lambda rows: Found(_schedule("40 tasks", "optimal")(rows).median_ms, " ms"), most=True),
    Target("The schedule", "200 tasks feasible within", "schedule", 2_000,
           lambda rows: Found(_schedule("200 tasks", "fast")(rows).slowest_ms, " ms"), most=True),
    Target("The schedule", "`fast` over the best known on PSPLIB's j30", "schedule", 2,
           lambda rows: Found(_schedule("j30", "fast")(rows).over_best_percent, " %"), most=True),
    Target("The schedule", "`optimal` proves on j30 within ten seconds", "schedule", 99,
           lambda rows: Found(100 * _schedule("j30", "optimal")(rows).in_10_s / _schedule("j30", "optimal")(rows).projects,
                              " %")),
    Target("The schedule", "proofs that a published optimum contradicts", "schedule", 0,
           lambda rows: Found(sum(row.false_proofs for row in rows)), most=True),
    Target("The process", "`groundwork --help`", "process", 300,
           lambda found: Found(next(one.median_ms for one in found.starts if one.what == "groundwork --help"), " ms"),
           most=True),
    Target("The process", "10,000 open sessions", "process", 500,
           lambda found: Found(found.sessions[-1].most_mb, " MB"), most=True),
    Target("Growth", "power of the assessments with which an answer's cost grows", "growth", 0.1,
           _grows("an answer", "assessments"), most=True),
    Target("Growth", "the same of a look for reminders, of those that wait", "growth", 0.1,
           _grows("a look that finds nothing", "reminders that wait"), most=True),
    Target("Growth", "the highest power of anything", "growth", 1.1,
           lambda rows: Found(max(row.exponent for row in rows)), most=True),
    Target("Workers", "two on PostgreSQL beside one, the machine not the limit", "workers", 1.7,
           lambda figures: Found(next(one.ratio for one in figures if one.workers == 2 and one.share_of_core < 1),
                                 " times")),
)  # fmt: skip


def read(name: str, figures: bytes) -> Any:
    """The figures that a benchmark printed as JSON."""
    return msgspec.json.decode(figures, type=KINDS[name])


def found(target: Target[Any], measured: Mapping[str, Any]) -> Found | None:
    """What was measured of a target; None where it was not."""
    figures = measured.get(target.benchmark)
    if figures is None:
        return None
    try:
        value: Found = target.find(figures)
    except (StopIteration, KeyError, IndexError):
        return None
    return value
