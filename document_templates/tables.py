"""Tables after rendering: their grids follow their cells, because LibreOffice believes the grid and Word the cells."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

NARROW = 400
"""Twentieths of a point: columns narrower than this are those of a loop and share the width that is left."""
LEAST_LETTERS, MOST_LETTERS = 8, 30


def fit(document: Document) -> None:
    """Set every table's grid from the cells of its longest row; narrow columns share the width that is left."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        cells = [row.findall(qn("w:tc")) for row in rows]
        widest: list[Any] = max(cells, key=len, default=[])
        widths = [_width(cell) for cell in widest]
        if not widths or 0 in widths or any(_span(cell) > 1 for cell in widest):
            continue
        fitted = _fitted(widths, _table_width(table), cells)
        if fitted != widths:
            for row in cells:
                if len(row) == len(fitted):
                    for cell, width in zip(row, fitted, strict=True):
                        cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))
        grid = table.find(qn("w:tblGrid"))
        for column in list(grid):
            grid.remove(column)
        for width in fitted:
            column = OxmlElement("w:gridCol")
            column.set(qn("w:w"), str(width))
            grid.append(column)


def _fitted(widths: list[int], whole: int, rows: list[list[Any]]) -> list[int]:
    """The widths with the narrow ones grown, each by the words it holds."""
    narrow = [place for place, width in enumerate(widths) if width < NARROW]
    left = whole - sum(width for width in widths if width >= NARROW)
    if not narrow or left <= 0:
        return widths
    full = [row for row in rows if len(row) == len(widths)]
    needs = {place: _need([row[place] for row in full]) for place in narrow}
    fitted = list(widths)
    for place in narrow:
        fitted[place] = left * needs[place] // sum(needs.values())
    return fitted


def _need(cells: list[Any]) -> int:
    """How much of the width a column asks for: its longest words, within bounds that keep the others legible."""
    if any(_is_upright(cell) for cell in cells):
        return LEAST_LETTERS
    return min(MOST_LETTERS, max(LEAST_LETTERS, *(_letters(cell) for cell in cells)))


def _letters(cell: Any) -> int:
    return sum(len(text.text or "") for text in cell.iter(qn("w:t")))


def _is_upright(cell: Any) -> bool:
    return cell.find(f"{qn('w:tcPr')}/{qn('w:textDirection')}") is not None


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
