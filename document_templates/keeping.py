"""What must not be parted by the end of a page: short tables, and of long ones the first two rows and the last two."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SHORT = 8
"""Rows of a table that stands on one page: about as many as a reader takes in at a glance."""
_STYLE, _KEEP = qn("w:pStyle"), qn("w:keepNext")


def keep(document: Document) -> None:
    """Tie rows to the next where a page's end would leave one alone, or cut a short table in two."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        # heads are tied to their first row by their style
        body = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]
        for row in body[:-1] if len(rows) <= SHORT else (body[0], body[-2]):
            _tie(row)


def _tie(row: Any) -> None:
    for paragraph in row.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        if properties.find(_KEEP) is None:
            # the schema wants it behind the style and before all else
            properties.insert(int(properties.find(_STYLE) is not None), OxmlElement("w:keepNext"))
