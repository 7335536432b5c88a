"""Groups and repeats that end as something else: pyxform names the end alone, people need both rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from flows import errors

Row = Mapping[str, str]

_EDGE = re.compile(r"(begin|end)[ _](group|repeat|loop)\b")


def crossed(
    rows: Iterable[Row], cells: Callable[..., Iterator[str]], name: str
) -> Iterator[errors.FlowError]:
    """The first end that does not fit what is open there; one without anything open is left to pyxform."""
    opened: list[tuple[int, str, str]] = []
    for number, row in enumerate(rows, 2):
        edge = _EDGE.match(next(cells(row, "type", "command"), ""))
        if edge is None:
            continue
        side, kind = edge.groups()
        if side == "begin":
            opened.append((number, kind, next(cells(row, "name", "value", "tag"), "")))
        elif opened and opened[-1][1] != kind:
            begun, other, called = opened[-1]
            what = f"This end_{kind} stands where the {other} `{called}` of row {begun} is still open."
            fix = f"Write end_{other} here, or begin_{kind} in row {begun}."
            yield errors.FlowError(name, number, what, fix, "survey", "type")
            return
        elif opened:
            opened.pop()
