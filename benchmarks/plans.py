"""The Word plan beside bare docxtpl on the same template and fields, and what its making costs the bot meanwhile."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.resources
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import docxtpl
import jinja2
import msgspec

from document_templates import context, document, rendering
from flows import book, shipped
from planning import nouns
from planning import plan as planning

SAMPLE = "savings_cooperative"
BRANCHES = 20
"""Of the sample's forty: what a plan of the usual large institution has."""
TODAY = dt.date(2026, 11, 26)
ROUNDS = 3
TICK = 0.001
"""Seconds between two looks at the clock, while a plan is made beside them."""


class Figure(msgspec.Struct, frozen=True):
    """One thing measured."""

    what: str
    median_ms: float
    ratio: float
    """Of the row's peer, as `what` names it."""


def measure(branches: int = BRANCHES, rounds: int = ROUNDS) -> list[Figure]:
    """Every figure, the peer's in the same run; the plan itself is computed before the clock starts."""
    plan = made(branches)
    template = rendering.STANDARD_TEMPLATE.read_bytes()
    told = context.plain(plan, "en")
    # by turns, so that a busy machine slows all alike
    times = [
        (
            _timed(lambda: _bare(template, told)),
            _timed(lambda: context.plain(plan, "en")),
            _timed(lambda: document.make(plan, template=template)),
        )
        for _ in range(rounds)
    ]
    bare, telling, whole = (statistics.median(one) for one in zip(*times, strict=True))
    one_process, stall = asyncio.run(_beside(plan, 1))
    two_processes, _ = asyncio.run(_beside(plan, 2))
    return [
        Figure("bare docxtpl, same template and fields", bare, 1.0),
        Figure("fields told, of bare docxtpl", telling, telling / bare),
        Figure("whole document, of bare docxtpl", whole, whole / bare),
        Figure("a process of its own, of bare docxtpl", one_process, one_process / bare),
        Figure("longest stall of the event loop meanwhile, of that", stall, stall / one_process),
        Figure("two processes, plans a second of one", two_processes, 2 * one_process / two_processes),
    ]


def made(branches: int = BRANCHES) -> nouns.Plan:
    """The plan of the sample's first branches."""
    file = importlib.resources.files("flows") / "samples" / f"{SAMPLE}.answers.json"
    given = book.decode(file.read_bytes())
    kept = given.branches[:branches]
    names = {"", *(branch.id for branch in kept)}
    sections = [section for section in given.sections if section.branch in names]
    cut = msgspec.structs.replace(
        given, branches=type(given.branches)(kept), sections=type(given.sections)(sections)
    )
    return planning.make_plan(cut, shipped.assessment(), today=TODAY, prove=False)


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _bare(template: bytes, told: dict[str, Any]) -> bytes:
    """What docxtpl does with it by itself, in a plain environment that at least escapes."""
    bare = docxtpl.DocxTemplate(io.BytesIO(template))
    bare.render(told, jinja2.Environment(autoescape=True))
    saved = io.BytesIO()
    bare.save(saved)
    return saved.getvalue()


async def _beside(plan: nouns.Plan, count: int) -> tuple[float, float]:
    """Milliseconds for so many plans at once, and the longest time in which the loop did not turn."""
    sent = msgspec.json.encode(plan)
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, (time.perf_counter() - begun - TICK) * 1000)

    watching = asyncio.create_task(watch())
    begun = time.perf_counter()
    await asyncio.gather(*(rendering.render(sent, page_numbers=False) for _ in range(count)))
    taken = (time.perf_counter() - begun) * 1000
    watching.cancel()
    return taken, longest
