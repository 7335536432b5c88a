"""Figures as a table: one line a method, times also as ratios to the first."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One method over all projects of a kind."""

    kind: str
    method: str
    projects: int
    over_best_percent: float
    """How much longer its schedules are than the best known, on average."""
    proven: int
    """How many it calls optimal."""
    in_10_s: int
    """How many of those within ten seconds."""
    false_proofs: int
    """Called optimal, although a shorter one is known."""
    invalid: int
    """Schedules that break a rule, by the checker."""
    median_ms: float
    slowest_ms: float
    ratio: float
    """Its median time as a multiple of the kind's first row."""


def table(rows: Sequence[msgspec.Struct]) -> None:
    """Print rows of one kind under the names of their fields."""
    names = rows[0].__struct_fields__
    lines = [list(names)]
    lines += [[_cell(getattr(row, name)) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        sys.stdout.write("  ".join(cells) + "\n")


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(_cell, value))
    return f"{value:.2f}" if isinstance(value, float) else str(value)
