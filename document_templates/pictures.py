"""Photos put where the template printed their marks."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

WIDEST = Mm(170)
"""The column of a portrait page."""

TALLEST = Mm(85)
"""Two photos with their captions on a page, and space for what stands above."""

# no answer holds these letters: cleaning takes them out
_MARK = re.compile("(\u2066\\d+\u2069)")


def marked(told: dict[str, Any]) -> dict[str, Any]:
    """The photo's fields with the mark in which its picture is going to stand."""
    return {**told, "picture": f"\u2066{told['picture']}\u2069"} if told["picture"] else told


def place(document: Document, photos: Mapping[str, bytes], descriptions: Mapping[str, str]) -> None:
    """Put the pictures into the body; `descriptions` are read out to who cannot see them, by mark."""
    contents = list(photos.values())
    for text in list(document.element.body.iter(qn("w:t"))):
        # as words, mark, words, mark, words
        pieces = _MARK.split(text.text or "")
        if len(pieces) == 1:
            continue
        for turn, piece in enumerate(pieces):
            if turn % 2:
                text.addprevious(_picture(document, contents[int(piece[1:-1])], descriptions[piece]))
            elif piece:
                words = OxmlElement("w:t")
                words.text = piece
                words.set(qn("xml:space"), "preserve")
                text.addprevious(words)
        text.getparent().remove(text)


def _picture(document: Document, content: bytes, description: str) -> Any:
    """A picture in the line, as large as column and height allow."""
    inline = document.part.new_pic_inline(io.BytesIO(content), width=WIDEST)
    if inline.extent.cy > TALLEST:
        inline = document.part.new_pic_inline(io.BytesIO(content), height=TALLEST)
    inline.docPr.set("descr", description)
    for side in ("distT", "distB", "distL", "distR"):
        # left unsaid, LibreOffice keeps 3 mm free and prints over the margin
        inline.set(side, "0")
    drawing = OxmlElement("w:drawing")
    drawing.append(inline)
    return drawing
