"""The direction of writing: pages, tables and words turned around for a language that is written from right to left."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from flows import locales

_TWINS = {"w:b": "w:bCs", "w:i": "w:iCs", "w:sz": "w:szCs"}
"""What a style says of Latin words -> the same for words of right-to-left scripts, which Word keeps apart."""
_BEFORE_BIDI = frozenset(
    {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs"}
)  # fmt: skip
"""Paragraph properties that the schema wants before `bidi`."""
_AFTER_BIDI = frozenset({"rtlGutter", "docGrid", "printerSettings"})
"""Section properties that it wants after."""


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return str(locales.of(language).character_order) == "right-to-left"


def turn(document: Document) -> None:
    """Write everything from right to left: every style follows Normal, tables begin on the right."""
    normal: Any = document.styles["Normal"].element
    _put_behind(normal.get_or_add_pPr(), OxmlElement("w:bidi"), _BEFORE_BIDI)
    for properties in document.styles.element.iter(qn("w:rPr")):
        for latin, twin in _TWINS.items():
            found = properties.find(qn(latin))
            if found is not None and properties.find(qn(twin)) is None:
                copied = OxmlElement(twin)
                copied.attrib.update(found.attrib)
                found.addnext(copied)
    edges = [part._element for one in document.sections for part in (one.header, one.footer)]
    for run in (run for part in (document.element.body, *edges) for run in part.iter(qn("w:r"))):
        # Microsoft's own reading of the schema takes it in runs only, not in styles
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for table in document.element.body.iter(qn("w:tblPr")):
        style = table.find(qn("w:tblStyle"))
        mark = OxmlElement("w:bidiVisual")
        if style is not None:
            style.addnext(mark)
        else:
            table.insert(0, mark)
    for section in document.element.body.iter(qn("w:sectPr")):
        later = [child for child in section if child.tag.rpartition("}")[2] in _AFTER_BIDI]
        mark = OxmlElement("w:bidi")
        if later:
            later[0].addprevious(mark)
        else:
            section.append(mark)


def _put_behind(properties: Any, element: Any, before: frozenset[str]) -> None:
    """Put a property behind those that the schema wants before it."""
    place = sum(child.tag.rpartition("}")[2] in before for child in properties)
    properties.insert(place, element)
