"""What a reader would see on paper, checked without paper.

Words that break inside, rows that a page's end leaves alone, rows that lack a cell.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.table import Table

from document_templates import keeping, widths

PADDING = 170
"""Twentieths of a point left and right of the words in our table style."""
USUAL_SIZE = 10.0
_OF_WORDS = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER)


def findings(made: bytes) -> list[str]:
    """One sentence for each blemish; empty where there is none."""
    document = docx.Document(io.BytesIO(made))
    sizes = {style.style_id: _size(style) for style in document.styles if style.type in _OF_WORDS}
    found = [
        sentence
        for table in document.tables
        for sentence in (*_words(table, sizes), *_rows(table), *_cells(table))
    ]
    return list(dict.fromkeys(found))


def _words(table: Table, sizes: Mapping[str, float]) -> Iterator[str]:
    for cell in table._tbl.iter(qn("w:tc")):
        if cell.find(f"{qn('w:tcPr')}/{qn('w:textDirection')}") is not None:
            continue
        width = int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w")))
        for paragraph in cell.iterchildren(qn("w:p")):
            words = "".join(part.text or " " for part in paragraph.iter(qn("w:t"), qn("w:br")))
            if not words:
                continue
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
            if widths.longest_word(words, sizes[style]) + PADDING > width:
                yield f"a word of “{words}” breaks in a column of {width}"


def _cells(table: Table) -> Iterator[str]:
    """Rows with a cell too many or too few, which Word shows ragged."""
    columns = len(table._tbl.tblGrid.gridCol_lst)
    for row in table._tbl.iterchildren(qn("w:tr")):
        spans = row.findall(f"{qn('w:tc')}/{qn('w:tcPr')}/{qn('w:gridSpan')}")
        joined = sum(int(span.get(qn("w:val"))) - 1 for span in spans)
        if len(row.findall(qn("w:tc"))) + joined != columns:
            yield f"a row of “{table.cell(0, 0).text}” has not {columns} cells"


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
    while style.font.size is None and style.base_style is not None:
        style = style.base_style
    return float(style.font.size.pt) if style.font.size is not None else USUAL_SIZE
