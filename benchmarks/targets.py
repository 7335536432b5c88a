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


class Target(msgspec.Struct, Generic[T], frozen=True):
    """One number to reach."""

    area: str
    what: str
    benchmark: str
    goal: float
    unit: str
    find: Callable[[T], float]
    most: bool = False
    """Whether the goal is the most that it may be; else the least."""

    def met(self, found: float) -> bool:
        """Whether it is reached."""
        return found <= self.goal if self.most else found >= self.goal


TIMES, MS, US, PERCENT = " times", " ms", " µs", " %"


def _turn(bot: str, latency_ms: float, peer: str) -> Callable[[Sequence[turns.Figure]], float]:
    """The bot's answers a second as a multiple of a peer's, with calls that take so long."""

    def find(figures: Sequence[turns.Figure]) -> float:
        rates = {one.bot: one.answers_a_second for one in figures if one.latency_ms == latency_ms}
        return rates[bot] / rates[peer]

    return find


def _stored(found: Beside, what: str) -> storage.Figure:
    return next(one for one in found.answers if one.what.startswith(what))


def _look(figures: Sequence[reminders.Figure], what: str, pending: int) -> reminders.Figure:
    return next(one for one in figures if (one.what, one.pending) == (what, pending))


def _form(found: forms.Measured, what: str, engine: str, nodes: int) -> forms.Figure:
    return next(one for one in found.figures if (one.what, one.engine, one.nodes) == (what, engine, nodes))


def _document(figures: Sequence[plans.Figure], what: str) -> plans.Figure:
    return next(one for one in figures if one.what.startswith(what))


def _schedule(rows: Sequence[report.Row], kind: str, method: str) -> report.Row:
    return next(row for row in rows if row.kind.startswith(kind) and row.method == method)


def _start(found: Starts, what: str) -> process.Figure:
    return next(one for one in found.starts if one.what == what)


def _power(rows: Sequence[growth.Row], what: str, growing: str) -> float:
    return next(row.exponent for row in rows if (row.what, row.growing) == (what, growing))


def _proven(row: report.Row) -> float:
    return 100 * row.in_10_s / row.projects


OURS, NPM, LARGEST = "groundwork", "xforms-engine", forms.CURVE[-1]

PTB = "python-telegram-bot"

TARGETS: tuple[Target[Any], ...] = (
    Target("Messages", "a durable answer turn, beside python-telegram-bot's echo", "turns", 5, TIMES,
           _turn(OURS, 0, PTB)),
    Target("Messages", "the same, beside aiogram's echo", "turns", 2, TIMES, _turn(OURS, 0, "aiogram")),
    Target("Messages", "with 50 ms to Telegram, beside python-telegram-bot's echo", "turns", 50, TIMES,
           _turn(OURS, 50, PTB)),
    Target("Storage", "durable answers, beside single inserts that are not", "storage", 3, TIMES,
           lambda found: _stored(found, "durable answers").ratio),
    Target("Storage", "99 of 100 durable answers within, with 64 who write", "storage", 10, MS,
           lambda found: _stored(found, "durable answers").p99_ms, most=True),
    Target("Storage", "room of an answer, everything included", "storage", 1_000, " bytes",
           lambda found: found.room.bytes_an_answer, most=True),
    Target("Storage", "durable turns among 10,000 assessments, beside 1", "storage", 0.9, TIMES,
           lambda found: _stored(found, "durable turns among 10,000").ratio),
    Target("Reminders", "a look among a million that wait, beside ten thousand", "reminders", 1.5, TIMES,
           lambda found: _look(found, reminders.IDLE, 1_000_000).ratio, most=True),
    Target("Reminders", "longest stall of the event loop with 10,000 due", "reminders", 20, MS,
           lambda found: _look(found, reminders.STALL, 10_000).median_us / 1e3, most=True),
    Target("Forms", "median of one evaluation", "forms", 3, US,
           lambda found: _form(found, "one evaluation", OURS, forms.NODES).median_us, most=True),
    Target("Forms", "one answer on a form of 900 nodes", "forms", 1_000, US,
           lambda found: _form(found, "one answer", OURS, forms.NODES).median_us, most=True),
    Target("Forms", "the same, of the time of npm's xforms-engine", "forms", 1, TIMES,
           lambda found: 1 / _form(found, "one answer", NPM, forms.NODES).ratio, most=True),
    Target("Forms", "one answer among 10,000 nodes, beside 100", "forms", 1.5, TIMES,
           lambda found: _form(found, "one answer", OURS, LARGEST).ratio, most=True),
    Target("The plan", "20 branches in Word, beside bare docxtpl", "plan", 2, TIMES,
           lambda found: _document(found, "whole document").ratio, most=True),
    Target("The plan", "longest stall of the event loop while one is made", "plan", 20, MS,
           lambda found: _document(found, "longest stall").median_ms, most=True),
    Target("The plan", "two processes, plans a second of one", "plan", 1.8, TIMES,
           lambda found: _document(found, "two processes").ratio),
    Target("The schedule", "40 tasks proven optimal, median", "schedule", 1_000, MS,
           lambda found: _schedule(found, "40 tasks", "optimal").median_ms, most=True),
    Target("The schedule", "200 tasks feasible, the slowest", "schedule", 2_000, MS,
           lambda found: _schedule(found, "200 tasks", "fast").slowest_ms, most=True),
    Target("The schedule", "`fast` over the best known on PSPLIB's j30", "schedule", 2, PERCENT,
           lambda found: _schedule(found, "j30", "fast").over_best_percent, most=True),
    Target("The schedule", "`optimal` proves on j30 in ten seconds each", "schedule", 99, PERCENT,
           lambda found: _proven(_schedule(found, "j30", "optimal"))),
    Target("The schedule", "proofs that a published optimum contradicts", "schedule", 0, "",
           lambda found: float(sum(row.false_proofs for row in found)), most=True),
    Target("The process", "`groundwork --help`", "process", 300, MS,
           lambda found: _start(found, "groundwork --help").median_ms, most=True),
    Target("The process", "10,000 open sessions", "process", 500, " MB",
           lambda found: found.sessions[-1].most_mb, most=True),
    Target("Growth", "power of the assessments with which an answer's cost grows", "growth", 0.1, "",
           lambda found: _power(found, "an answer", "assessments"), most=True),
    Target("Growth", "the same of a look for reminders, of those that wait", "growth", 0.1, "",
           lambda found: _power(found, reminders.IDLE, "reminders that wait"), most=True),
    Target("Growth", "the highest power of anything", "growth", 1.1, "",
           lambda found: max(row.exponent for row in found), most=True),
    Target("Workers", "two on PostgreSQL beside one, the machine not the limit", "workers", 1.7, TIMES,
           lambda found: next(one.ratio for one in found if one.workers == 2 and one.share_of_core < 1)),
)  # fmt: skip


def read(name: str, figures: bytes) -> Any:
    """The figures that a benchmark printed as JSON."""
    return msgspec.json.decode(figures, type=KINDS[name])


def found(target: Target[Any], measured: Mapping[str, Any]) -> float | None:
    """What was measured of a target; None where it was not."""
    figures = measured.get(target.benchmark)
    if figures is None:
        return None
    try:
        return target.find(figures)
    except (StopIteration, KeyError, IndexError):
        return None
