"""What a reader would see on paper, checked without paper: words that break inside, rows that a page's end leaves alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from document_templates import keeping, widths

PADDING = 170
"""Twentieths of a point left and right of the words in our table style."""


def findings(made: bytes) -> list[str]:
    """One sentence for each blemish; empty where there is none."""
    document = docx.Document(io.BytesIO(made))
    found = [sentence for table in document.tables for check in (_words, _rows) for sentence in check(table)]
    return list(dict.fromkeys(found))


def _words(table: Table) -> Iterator[str]:
    for cell in table._tbl.iter(qn("w:tc")):
        if cell.find(f"{qn('w:tcPr')}/{qn('w:textDirection')}") is not None:
            continue
        width = int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w")))
        for paragraph in docx.table._Cell(cell, table).paragraphs:
            if widths.longest_word(paragraph.text, _size(paragraph.style)) + PADDING > width:
                yield f"a word of “{paragraph.text}” breaks in a column of {width}"


def _rows(table: Table) -> Iterator[str]:
    """Bodies that may be parted behind their first row or before their last."""
    body = [
        row
        for row in table._tbl.findall(qn("w:tr"))
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
    ]
    if len(body) > 1:
        loose = [row for row in (body[0], body[-2]) if row.find(f".//{qn('w:keepNext')}") is None]
        if loose:
            yield f"a page's end may leave a row alone of the table that begins “{table.cell(0, 0).text}”"
    if len(body) <= keeping.SHORT // 2 and any(
        row.find(f".//{qn('w:keepNext')}") is None for row in body[:-1]
    ):
        yield f"a short table may be parted: “{table.cell(0, 0).text}”"


def _size(style: Any) -> float:
    while style.font.size is None:
        style = style.base_style
    return float(style.font.size.pt)
