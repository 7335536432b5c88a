"""Invitations on paper: a card for each seat, two a page, with a square that a phone reads and the link in plain type."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import segno
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from document_templates import invitation_cards
from flows import sheets

PAGE = (Cm(21), Cm(29.7))
"""A4, as printers outside America hold it."""
MARGIN = Cm(1.5)
CARD_HEIGHT = Cm(12.9)
"""Half a page: every second card begins a new one."""
SQUARE = Cm(5.6)
"""Read by an old phone from an arm's length; smaller ones fail on cheap printers."""
DOTS = 8
"""Pixels a module of the square: sharp at 300 to the inch."""


def make(title: str, cards: Sequence[invitation_cards.Card], language: str) -> bytes:
    """The cards as a Word file."""
    document = docx.Document()
    _page(document, title, language)
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for card in cards:
        row = table.add_row()
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, CARD_HEIGHT
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        words, square = row.cells
        words.width, square.width = PAGE[0] - 2 * MARGIN - SQUARE - Cm(0.6), SQUARE + Cm(0.6)
        _words(words, card)
        _square(square, card)
        for cell in row.cells:
            _cut_here(cell)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def square(link: str) -> bytes:
    """A link as a QR code, a PNG; a quarter of it may be stained or torn."""
    made = io.BytesIO()
    segno.make_qr(link, error="q").save(made, kind="png", scale=DOTS)
    return made.getvalue()


def _page(document: Document, title: str, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Cm(0.5)
    document.core_properties.title = sheets.clean(title)[:255]
    document.core_properties.language = language
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(12)
    normal.paragraph_format.space_after = Pt(8)
    spoken = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): language})
    normal.element.get_or_add_rPr().append(spoken)


def _words(cell: _Cell, card: invitation_cards.Card) -> None:
    heading = cell.paragraphs[0]
    heading.style = "Heading 1"
    heading.add_run(sheets.clean(card.title))
    for text in (card.about, card.how):
        cell.add_paragraph(sheets.clean(text))
    link = cell.add_paragraph().add_run(card.link)
    # apart from one another: l, I and 1, O and 0
    link.font.name, link.font.size = "Consolas", Pt(13)
    cell.add_paragraph(sheets.clean(card.until)).runs[0].bold = True


def _square(cell: _Cell, card: invitation_cards.Card) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = paragraph.add_run().add_picture(io.BytesIO(square(card.link)), width=SQUARE)
    picture._inline.docPr.set("descr", sheets.clean(card.picture))


def _cut_here(cell: _Cell) -> None:
    edge = f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="dashed" w:sz="4" w:color="808080"/></w:tcBorders>'
    cell._tc.get_or_add_tcPr().append(parse_xml(edge))
