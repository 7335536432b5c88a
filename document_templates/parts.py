"""The parts of a Word file that hold words: what each is, and whether its tags are filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PROPERTIES = ("application/vnd.openxmlformats-package.core-properties+xml",
               "application/vnd.openxmlformats-officedocument.custom-properties+xml")  # fmt: skip

KINDS = {
    f"{_WORDS}document.main+xml": "text",
    f"{_WORDS}header+xml": "header",
    f"{_WORDS}footer+xml": "footer",
    f"{_WORDS}footnotes+xml": "footnote",
    f"{_WORDS}endnotes+xml": "endnote",
    f"{_WORDS}comments+xml": "comment",
    **dict.fromkeys(_PROPERTIES, "property"),
}
"""Content type of a part that is filled -> what a reader calls it."""

NOTES = ("footnote", "endnote", "comment")
"""Kinds that docxtpl does not know, or knows only in part."""


def opened(template: bytes) -> Document:
    """The file as python-docx reads it; raises what lxml and python-docx raise for damaged ones."""
    return docx.Document(io.BytesIO(template))


def kind(part: Part) -> str:
    """What a part is; empty where its tags are not filled."""
    return KINDS.get(part.content_type, "")


def every(document: Document) -> Iterator[Part]:
    """Every part that the document reaches, the text first."""
    text = document.part
    yield text
    rest = (part for part in text.package.iter_parts() if part is not text)
    yield from sorted(rest, key=lambda part: str(part.partname))


def tree(part: Part) -> Any:
    """The root element of a part's XML, without python-docx's own ideas; raises `SyntaxError` where it is damaged."""
    return etree.fromstring(part.blob, _PARSER)


def put(part: Part, xml: bytes) -> None:
    """Replace a part's XML."""
    if isinstance(part, XmlPart):
        part._element = parse_xml(xml)
    else:
        part._blob = xml
