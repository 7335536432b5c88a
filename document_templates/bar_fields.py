"""Bars across a scale: how ready each place is, and what each year costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from document_templates import fields
from document_templates.teller import Teller
from planning import nouns

COLUMNS = 20
"""Of a scale from nothing to the greatest: fine enough to compare, wide enough for a number over a column."""
MARKED = 2
"""Every so many columns the scale carries a number."""


STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Between the numbers over a scale, times a power of ten: people count in these."""


def readiness(tell: Teller) -> list[fields.Chart]:
    """A bar for the project and each branch; none where there is no branch to compare."""
    found = tell.plan.readiness
    if not found.branches:
        return []
    places = (found.project, *found.branches)
    bars = [
        _bar(
            tell.word("labelled", label=tell.say(one.place), value=tell.short(one.score)),
            [("driving", (one.score.value or 0.0) / 100)],
        )
        for one in places
    ]
    scale = [tell.formats.number(100 * (place + MARKED) // COLUMNS) for place in range(0, COLUMNS, MARKED)]
    return [_chart(tell.word("readiness_chart"), bars, scale)]


def costs(tell: Teller) -> list[fields.Chart]:
    """A bar for each year, once and running side by side; none while no amount is known."""
    plan = tell.plan.costs
    greatest = max((_least(year.once) + _least(year.running) for year in plan.years), default=0.0)
    if not greatest:
        return []
    whole = _round_scale(greatest)
    bars = [
        _bar(
            tell.word("year_shown", year=year.year, total=tell.figure(year.total)),
            [("driving", _least(year.once) / whole), ("task", _least(year.running) / whole)],
        )
        for year in plan.years
    ]
    scale = [tell.formats.compact(whole * (place + MARKED) / COLUMNS) for place in range(0, COLUMNS, MARKED)]
    return [_chart(tell.word("costs_chart"), bars, scale)]


def _round_scale(greatest: float) -> float:
    """The end of a scale that has room for the greatest and numbers that a reader can count with."""
    marks = COLUMNS // MARKED
    unit = 10.0 ** math.floor(math.log10(greatest / marks))
    return next(ends for step in STEPS if (ends := marks * unit * step) >= greatest)


def _chart(title: str, bars: list[fields.Bar], marks: Sequence[str]) -> fields.Chart:
    """The bars under a scale; a mark stands over the last of its columns."""
    weeks = [mark if step == MARKED - 1 else "" for mark in marks for step in range(MARKED)]
    return fields.Chart(title=title, weeks=weeks, bars=bars)


def _bar(name: str, parts: Sequence[tuple[str, float]]) -> fields.Bar:
    """The parts of a bar one after the other, each a share of the scale."""
    columns = [kind for kind, share in parts for _ in range(round(share * COLUMNS))][:COLUMNS]
    return fields.Bar(name=name, is_phase=False, weeks=columns + ["empty"] * (COLUMNS - len(columns)))


def _least(figure: nouns.Figure) -> float:
    """The amount, or the part of it that is known."""
    return (figure.value if figure.value is not None else figure.low) or 0.0
