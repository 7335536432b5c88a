"""What must not be parted by the end of a page: short tables, and of long ones the first two rows and the last two.

Where a page ends anyway, as in front of one that is turned on its side, more is held together: what a table spills
onto its last page is never a scrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SHORT = 8
"""Rows of a table that stands on one page: about as many as a reader takes in at a glance."""
LAST = 8
"""Rows and paragraphs that a page holds at least which another must follow; fewer look like a mistake."""
LEADING = 3
"""Sentences and captions between a title and its table; what is longer may be parted from it."""
REMARK = "Note"
"""The style of what is said of a table, below it."""
_STYLE, _KEEP, _PROPERTIES = qn("w:pStyle"), qn("w:keepNext"), qn("w:pPr")
_ROW, _TABLE, _TEXT = qn("w:tr"), qn("w:tbl"), qn("w:t")
_STYLED, _NAME = f"{_PROPERTIES}/{_STYLE}", qn("w:val")
_OUTLINE = f"{_PROPERTIES}/{qn('w:outlineLvl')}"
_ENDS, _BEGINS = qn("w:sectPr"), qn("w:pageBreakBefore")


def keep(document: Document) -> None:
    """Tie rows to the next where a page's end would leave one alone, cut a short table in two, or leave a scrap."""
    for table in document.element.body.iter(_TABLE):
        body = _rows(table)
        for row in body[:-1] if len(table.findall(_ROW)) <= SHORT else (body[0], body[-2]):
            _tie(row)
    parts = list(document.element.body)
    titles = _titles(document)
    for place, part in enumerate(parts):
        style = part.find(_STYLED)
        if style is not None and style.get(_NAME) in titles:
            _lead(parts[place + 1 : place + 2 + LEADING])
        elif style is not None and style.get(_NAME) == REMARK:
            _remark(parts[:place])
    for place, part in enumerate(parts):
        if part.tag == _ENDS or _has(part, _ENDS) or _has(part, _BEGINS):
            _hold(parts[:place])


def _titles(document: Document) -> set[str]:
    """The styles of the titles that stand in the contents list."""
    found = set()
    for style in document.styles:
        one: Any = style if style.type == WD_STYLE_TYPE.PARAGRAPH else None
        while one is not None and one.element.find(_OUTLINE) is None:
            one = one.base_style
        if one is not None:
            found.add(style.style_id)
    return found


def _lead(below: Sequence[Any]) -> None:
    """Tie a few sentences under a title to the table behind them, of many the first to the second.

    A page does not end with a title and a line.
    """
    leading = [part.tag for part in below].index(_TABLE) if any(part.tag == _TABLE for part in below) else 1
    for sentence in below[:leading]:
        _tie(sentence)


def _remark(before: Sequence[Any]) -> None:
    """Tie a remark to the end of the table before it: alone on the next page it would say nothing."""
    for part in reversed(before):
        if part.tag == _TABLE:
            for row in _rows(part)[-1:]:
                _tie(row)
            return
        if any(text.text for text in part.iter(_TEXT)):
            return
        _tie(part)


def _hold(before: Sequence[Any]) -> None:
    """Tie together what stands last before a page that must begin."""
    count = 0
    for part in reversed(before):
        if count >= LAST or _has(part, _ENDS):
            return
        if part.tag == _TABLE:
            last = _rows(part)[count - LAST :]
            for row in last:
                _tie(row)
            count += len(last)
        else:
            _tie(part)
            count += any(text.text for text in part.iter(_TEXT))
        if _has(part, _BEGINS):
            return


def _rows(table: Any) -> list[Any]:
    """The rows below the head, which is tied to the first of them by its style."""
    head = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
    return [row for row in table.findall(_ROW) if row.find(head) is None]


def _has(part: Any, mark: str) -> bool:
    return part.find(f"{_PROPERTIES}/{mark}") is not None


def _tie(part: Any) -> None:
    for paragraph in part.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        if properties.find(_KEEP) is None:
            # the schema wants it behind the style and before all else
            properties.insert(int(properties.find(_STYLE) is not None), OxmlElement("w:keepNext"))
