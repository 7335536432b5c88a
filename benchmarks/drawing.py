"""Charts as SVG: bars beside each other, and lines over powers of ten; black on white, ours in blue."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, ROW, HEAD, EDGE = 760, 30, 44, 16

LABELS = 330
"""Room for what a bar is of."""

VALUES = 90
"""Room behind the longest bar for its number."""

OURS, PEER, GRID = "#1f5fa8", "#8a8f98", "#d9dce1"

INKS = ("#1f5fa8", "#b3541e", "#2e7d4f", "#7b4aa0", "#a3262f", "#00707a", "#6b5d00", "#444444")
"""Of lines: each is named at its end as well."""

PLOT_HEIGHT, NAMES = 300, 270
"""Of lines: how high they are drawn, and the room for their names."""


class Bar(NamedTuple):
    """One bar."""

    label: str
    value: float
    said: str
    ours: bool = False


class Line(NamedTuple):
    """One line: its name and its points, all above zero."""

    name: str
    points: Sequence[tuple[float, float]]


def bars(title: str, shown: Sequence[Bar]) -> str:
    """One under the other, the longest as wide as there is room."""
    most = max(bar.value for bar in shown) or 1
    room = WIDTH - 2 * EDGE - LABELS - VALUES
    parts = []
    for number, bar in enumerate(shown):
        y, wide = HEAD + number * ROW, max(1.0, room * bar.value / most)
        colour = OURS if bar.ours else PEER
        parts += [
            _text(EDGE + LABELS - 8, y + 19, bar.label, anchor="end"),
            f'<rect x="{EDGE + LABELS}" y="{y + 5}" width="{wide:.1f}" height="{ROW - 10}" fill="{colour}"/>',
            _text(EDGE + LABELS + wide + 6, y + 19, bar.said),
        ]
    return _drawn(title, HEAD + len(shown) * ROW + EDGE, parts)


def lines(title: str, across: str, up: str, shown: Sequence[Line]) -> str:
    """Over powers of ten on both sides: what grows in proportion climbs as steeply as it goes to the right."""
    xs = [x for line in shown for x, _ in line.points]
    ys = [y for line in shown for _, y in line.points]
    left, right, top = EDGE + 56, WIDTH - NAMES, HEAD + 10
    high = _powers(ys)
    first, last = math.log10(min(xs)), math.log10(max(xs))
    wide = [power for power in _powers(xs) if first - 0.1 <= power <= last + 0.1]

    def x_of(x: float) -> float:
        return left + (right - left) * (math.log10(x) - first) / (last - first)

    def y_of(y: float) -> float:
        return top + PLOT_HEIGHT * (high[-1] - math.log10(y)) / (high[-1] - high[0])

    parts = []
    for power in high:
        y = y_of(10.0**power)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="{GRID}"/>')
        parts.append(_text(left - 6, y + 4, f"{10.0**power:,g}", anchor="end"))
    for power in wide:
        parts.append(_text(x_of(10.0**power), top + PLOT_HEIGHT + 18, f"{10**power:,}", anchor="middle"))
    parts.append(_text((left + right) / 2, top + PLOT_HEIGHT + 38, across, anchor="middle"))
    parts.append(_text(EDGE, top - 8, up))
    free = _apart([y_of(line.points[-1][1]) for line in shown])
    for number, line in enumerate(shown):
        ink = INKS[number % len(INKS)]
        points = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in line.points)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{ink}"/>' for x, y in line.points
        ]
        parts.append(_text(right + 8, free[number] + 4, line.name, fill=ink))
    return _drawn(title, top + PLOT_HEIGHT + 38 + EDGE, parts)


def _powers(values: Sequence[float]) -> list[int]:
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return list(range(first, max(last, first + 1) + 1))


def _apart(heights: Sequence[float]) -> list[float]:
    """Where names stand, so that none lies on another."""
    placed = dict.fromkeys(range(len(heights)), 0.0)
    last = -math.inf
    for number in sorted(placed, key=lambda each: heights[each]):
        last = placed[number] = max(heights[number], last + 16)
    return list(placed.values())


def _text(x: float, y: float, said: str, *, anchor: str = "start", fill: str = "#1b1f24") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{html.escape(said)}</text>'


def _drawn(title: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="13">'
    )
    name = html.escape(title)
    return "\n".join(
        [
            head,
            f"<title>{name}</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            f'<text x="{EDGE}" y="26" font-size="16" font-weight="bold" fill="#1b1f24">{name}</text>',
            *parts,
            "</svg>\n",
        ]
    )
