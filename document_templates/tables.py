"""Tables after rendering: no word broken inside, and grids that follow the cells.

LibreOffice believes the grid and Word the cells.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from document_templates import widths as widths_of

NARROW = 400
"""Twentieths of a point: columns narrower than this are those of a loop and share the width that is left."""
LEAST_LETTERS, MOST_LETTERS = 8, 30
MARGINS = 230
"""Twentieths of a point left and right of a cell's words, and a little room for other fonts."""
MOST_OF_TABLE = 3
"""No word asks for more than a third of its table: a web address may break."""
_USUAL_SIZE = 10.0

_PARAGRAPH, _TEXT, _NAME = qn("w:p"), qn("w:t"), qn("w:val")
_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_UPRIGHT = f"{qn('w:tcPr')}/{qn('w:textDirection')}"


class _Grid(NamedTuple):
    """A table with even rows."""

    table: Any
    rows: list[list[Any]]
    """The cells of each row."""
    widths: list[int]
    whole: int
    """The width of the table; nothing where the template leaves it to Word."""

    @property
    def head(self) -> tuple[object, ...]:
        """What tables have in common whose columns should stand at the same places, page after page."""
        return (*self.widths, *(_words(cell) for cell in self.rows[0]))


def fit(document: Document) -> None:
    """Give each column the room that its longest word needs, and set every grid from its cells."""
    sizes = _sizes(document)
    grids = [grid for table in document.element.body.iter(qn("w:tbl")) if (grid := _grid(table))]
    least: dict[tuple[object, ...], list[int]] = {}
    for grid in grids:
        words = [max(_longest(cell, sizes) for cell in column) for column in zip(*_full(grid), strict=True)]
        known = least.get(grid.head, words)
        least[grid.head] = [max(pair) for pair in zip(known, words, strict=True)]
    for grid in grids:
        fitted = roomy(_shared(grid), least[grid.head], grid.whole or sum(grid.widths))
        if fitted != grid.widths:
            for row in _full(grid):
                for cell, width in zip(row, fitted, strict=True):
                    cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))
        _set(grid.table.find(qn("w:tblGrid")), fitted)


def roomy(widths: Sequence[int], words: Sequence[int], whole: int) -> list[int]:
    """The widths with room for each column's longest word, taken from the columns that have more than they need."""
    least = [min(word + MARGINS, whole // MOST_OF_TABLE) if word else 0 for word in words]
    lacks = [max(0, need - width) for need, width in zip(least, widths, strict=True)]
    spares = [max(0, width - need) for need, width in zip(least, widths, strict=True)]
    moved = min(sum(lacks), sum(spares))
    return [
        width + gained - given
        for width, gained, given in zip(widths, _parted(moved, lacks), _parted(moved, spares), strict=True)
    ]


def _parted(whole: int, shares: Sequence[int]) -> Iterator[int]:
    """The whole in parts as large as the shares are, in whole numbers that sum up to it."""
    total = max(1, sum(shares))
    for before, after in itertools.pairwise((0, *itertools.accumulate(shares))):
        yield after * whole // total - before * whole // total


def _grid(table: Any) -> _Grid | None:
    """The table as rows of cells; none where cells are merged or without a width."""
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    widest: list[Any] = max(rows, key=len, default=[])
    widths = [_width(cell) for cell in widest]
    if not widths or 0 in widths or any(_span(cell) > 1 for cell in widest):
        return None
    return _Grid(table, rows, widths, _table_width(table))


def _full(grid: _Grid) -> list[list[Any]]:
    return [row for row in grid.rows if len(row) == len(grid.widths)]


def _set(columns: Any, widths: Sequence[int]) -> None:
    for column in list(columns):
        columns.remove(column)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        columns.append(column)


def _shared(grid: _Grid) -> list[int]:
    """The widths with the narrow ones grown, each by the words it holds."""
    widths = grid.widths
    narrow = [place for place, width in enumerate(widths) if width < NARROW]
    left = grid.whole - sum(width for width in widths if width >= NARROW)
    if not narrow or left <= 0:
        return widths
    needs = {place: _need([row[place] for row in _full(grid)]) for place in narrow}
    fitted = list(widths)
    for place in narrow:
        fitted[place] = left * needs[place] // sum(needs.values())
    return fitted


def _need(cells: list[Any]) -> int:
    """How much of the width a column asks for: its longest words, within bounds that keep the others legible."""
    if any(_is_upright(cell) for cell in cells):
        return LEAST_LETTERS
    return min(MOST_LETTERS, max(LEAST_LETTERS, *(len(_words(cell)) for cell in cells)))


def _words(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(_TEXT))


def _longest(cell: Any, sizes: Mapping[str, float]) -> int:
    """The width of a cell's longest word; nothing where it is written upright."""
    if _is_upright(cell):
        return 0
    found = [0]
    for paragraph in cell.iter(_PARAGRAPH):
        style = paragraph.find(_STYLE)
        size = sizes.get(style.get(_NAME) if style is not None else "", _USUAL_SIZE)
        found.append(widths_of.longest_word(_words(paragraph), size))
    return max(found)


def _sizes(document: Document) -> dict[str, float]:
    """The height of each style's type in points, its own or of the style that it is based on."""
    sizes: dict[str, float] = {}
    for style in document.styles:
        one: Any = style
        while one is not None and getattr(one, "font", None) is not None and one.font.size is None:
            one = one.base_style
        size = getattr(getattr(one, "font", None), "size", None)
        sizes[style.style_id] = size.pt if size is not None else _USUAL_SIZE
    return sizes


def _is_upright(cell: Any) -> bool:
    return cell.find(_UPRIGHT) is not None


def _width(cell: Any) -> int:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(float(width.get(qn("w:w"), "0"))) if width is not None else 0


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"))) if span is not None else 1


def _table_width(table: Any) -> int:
    width = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    is_absolute = width is not None and width.get(qn("w:type")) == "dxa"
    return int(float(width.get(qn("w:w"), "0"))) if is_absolute else 0
