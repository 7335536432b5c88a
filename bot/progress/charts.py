"""The pictures of /status and the weekly overview, from values; nothing here knows a chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from bot.progress import canvas, trend

ROW, HEAD, TITLE = 40, 190, 62
"""Heights of a row, of the columns' upright heads, and of a title."""

CELL = 34
"""Width of a cell; five signs stand on a thumb's width."""

SIDE_BY_SIDE = 12
"""Rows beyond which a table stands in two halves beside each other."""

WIDEST_HALF = 6
"""Columns that fit into a half beside the names."""

WEEKS_SHOWN = 12
"""Weeks of the line; what is older says little about when it ends."""

STATES = ("not_started", "in_progress", "submitted", "returned", "approved")


class Cell(NamedTuple):
    """One section."""

    state: str
    late: bool = False


class Row(NamedTuple):
    """A place, or a section, with its cells; None where it has no such section."""

    name: str
    cells: tuple[Cell | None, ...]


class Table(NamedTuple):
    """Rows under heads; one column without a head is a list."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def status(title: str, tables: Sequence[Table], legend: Sequence[tuple[Cell, str]]) -> bytes:
    """The tables below each other, with what the signs mean."""
    tables = [table for table in tables if table.rows]
    height = TITLE + sum(_height(table) for table in tables) + ROW * ((len(legend) + 1) // 2) + canvas.EDGE
    drawn = canvas.Canvas(height)
    drawn.text(canvas.EDGE, TITLE / 2 + 4, title, 30, bold=True, room=canvas.WIDTH - 2 * canvas.EDGE)
    y = TITLE
    for table in tables:
        _table(drawn, y, table)
        y += _height(table)
    half = (canvas.WIDTH - 2 * canvas.EDGE) / 2
    for number, (cell, words) in enumerate(legend):
        x, at = canvas.EDGE + half * (number % 2), y + ROW * (number // 2) + ROW / 2
        drawn.sign(x + 16, at, cell.state, late=cell.late)
        drawn.text(x + 44, at, words, 22, colour=canvas.QUIET, room=half - 60)
    return drawn.png()


def ends(line: trend.Trend) -> tuple[dt.date, dt.date]:
    """The first and the last day that the line's picture shows."""
    today, most = line.days[-1], dt.timedelta(weeks=WEEKS_SHOWN)
    return max(line.days[0], today - most), min(line.complete_on or today, today + most)


def progress(title: str, line: trend.Trend, labels: tuple[str, str]) -> bytes:
    """The share that is answered day by day, and how it goes on at the present pace; `labels` are its two ends."""
    drawn = canvas.Canvas(420)
    drawn.text(canvas.EDGE, 34, title, 28, bold=True, room=canvas.WIDTH - 2 * canvas.EDGE)
    left, right, top, bottom = 84, canvas.WIDTH - 40, 90, 340
    first, last = ends(line)
    span = max((last - first).days, 1)

    def at(day: dt.date, share: float) -> tuple[float, float]:
        return left + (right - left) * (day - first).days / span, bottom - (bottom - top) * share

    for share in (0.0, 0.5, 1.0):
        (_, y) = at(first, share)
        drawn.draw.line([(left, y), (right, y)], canvas.LINE, width=2)
        drawn.text(left - 12, y, f"{share:.0%}", 22, colour=canvas.QUIET, anchor="rm")
    shown = [
        at(day, count / line.total)
        for day, count in zip(line.days, line.answered, strict=True)
        if day >= first
    ]
    here = at(line.days[-1], line.now / line.total)
    if line.complete_on is not None and line.complete_on > line.days[-1]:
        share = min(1.0, (line.now + line.pace * (last - line.days[-1]).days) / line.total)
        _dashed(drawn, here, at(last, share))
    drawn.draw.line(shown, canvas.BLUE, width=6, joint="curve")
    drawn.draw.ellipse((here[0] - 9, here[1] - 9, here[0] + 9, here[1] + 9), fill=canvas.BLUE)
    drawn.text(here[0], here[1] - 28, f"{line.now / line.total:.0%}", 26, bold=True, anchor="mm")
    drawn.text(left, bottom + 34, labels[0], 22, colour=canvas.QUIET)
    drawn.text(right, bottom + 34, labels[1], 22, colour=canvas.QUIET, anchor="rm")
    return drawn.png()


def _halves(table: Table) -> int:
    is_long = len(table.rows) > SIDE_BY_SIDE or (len(table.heads) <= 1 and len(table.rows) > 1)
    return 2 if is_long and len(table.heads) <= WIDEST_HALF else 1


def _height(table: Table) -> int:
    halves = _halves(table)
    return TITLE + (HEAD if table.heads else 0) + ROW * -(-len(table.rows) // halves) + 12


def _table(drawn: canvas.Canvas, y: int, table: Table) -> None:
    drawn.text(canvas.EDGE, y + TITLE / 2, table.title, 26, bold=True, room=canvas.WIDTH - 2 * canvas.EDGE)
    halves = _halves(table)
    width = (canvas.WIDTH - 2 * canvas.EDGE - (halves - 1) * canvas.EDGE) / halves
    each = -(-len(table.rows) // halves)
    columns = max(len(row.cells) for row in table.rows)
    step = min(CELL if halves == 2 else 2 * CELL, (width - 150) / columns)
    top = y + TITLE + (HEAD if table.heads else 0)
    for half in range(halves):
        x = canvas.EDGE + half * (width + canvas.EDGE)
        cells = x + width - step * columns
        for number, head in enumerate(table.heads):
            drawn.upright(int(cells + step * (number + 0.5)), top - 6, head, HEAD - 10)
        for number, row in enumerate(table.rows[half * each : (half + 1) * each]):
            middle = top + ROW * (number + 0.5)
            drawn.draw.line([(x, middle + ROW / 2), (x + width, middle + ROW / 2)], canvas.LINE)
            drawn.text(x, middle, row.name, 23, room=cells - x - 14)
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    drawn.sign(cells + step * (column + 0.5), middle, cell.state, late=cell.late)


def _dashed(drawn: canvas.Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A line of dashes: what is expected does not look like what was."""
    dashes = 24
    for number in range(0, dashes, 2):
        ends = [
            tuple(a + (b - a) * part / dashes for a, b in zip(start, end, strict=True))
            for part in (number, number + 1)
        ]
        drawn.draw.line(ends, canvas.BLUE, width=4)
