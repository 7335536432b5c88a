"""Builds `plan.docx`, the standard template: the same bytes every time, so that a change shows in review."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from document_templates import archive, blocks, chapters, look
from planning import outline

_EPOCH = dt.datetime(2026, 1, 1)  # noqa: DTZ001 (Word's core properties hold no zone)
_UNWANTED = {"stylesWithEffects", "customXml", "thumbnail", "webSettings"}
"""Parts that python-docx's default brings: Word 2010's copy of the styles contradicts ours."""


def template() -> bytes:
    """The standard template as the bytes of a .docx."""
    document = docx.Document()
    _strip(document)
    look.dress(document)
    _properties(document)
    page = blocks.Page(document)
    _cover(page)
    for chapter in outline.CHAPTERS:
        key = chapter.key
        chapters.chapter(page, key, is_appendix=chapter.number.isalpha())
        if key in chapters.LANDSCAPE:
            _across(page, *chapters.LANDSCAPE[key])
        if key == "summary":
            _contents(page)
    for appendix in chapters.APPENDICES:
        appendix(page)
    saved = io.BytesIO()
    document.save(saved)
    return archive.pack(saved.getvalue())


def _across(page: blocks.Page, condition: str, part: Callable[[blocks.Page], None]) -> None:
    """A part of a chapter on pages turned on their side; no such page where there is nothing to print."""
    with page.when(condition):
        page.new_section(landscape=True)
        part(page)
        page.new_section(landscape=False)


def _strip(document: Document) -> None:
    """Take out what python-docx's own template brings and ours does not need."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if any(word in relation.reltype for word in _UNWANTED):
                owner.rels.pop(key)

    # as Word 2013 and later lay out: a table's edge, not its text, stands on the margin
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")


def _properties(document: Document) -> None:
    properties = document.core_properties
    properties.title = "{{ document.title }}{{ word.colon }} {{ institution.name }}"
    properties.subject = "{{ document.summary_line }}"
    properties.author = "{{ institution.name }}"
    properties.language = "{{ document.language }}"
    properties.comments = ""
    properties.keywords = "Mifos"
    properties.last_modified_by = "Groundwork"
    properties.created = properties.modified = _EPOCH
    properties.revision = 1


def _cover(page: blocks.Page) -> None:
    """A teal field with the title, the document's facts, and the warning a board must not miss."""
    document = page.document
    section = document.sections[0]
    blocks.size(section, landscape=False)
    blocks.furnish(section, page.width)
    # the cover prints neither header nor footer
    section.different_first_page_header_footer = True
    field = page.grid(1, [100]).cell(0, 0)
    blocks.shade(field, look.TEAL)
    _inset(field)
    blocks.write(field, "{{ institution.name }}", "Cover Institution")
    field.add_paragraph("{{ document.title }}", style="Title")
    field.add_paragraph("{{ document.summary_line }}", style="Cover Subtitle")
    page.paragraph("", "Body")
    facts = page.grid(6, [30, 70])
    for row, (label, value) in zip(
        facts.rows,
        (
            ("version", "{{ document.version }}"),
            ("date", "{{ document.date }}"),
            ("status", "{{ document.status }}"),
            ("classification", "{{ document.classification }}"),
            ("completeness", "{{ document.completeness }}"),
            ("target_date", "{{ institution.target_date }}"),
        ),
        strict=True,
    ):
        blocks.whole(row)
        blocks.write(row.cells[0], f"{{{{ word.{label} }}}}", "Cover Label")
        blocks.write(row.cells[1], value, "Cover Fact")
    page.paragraph("", "Body")
    with page.when("summary.warning"):
        page.paragraph("■ {{ summary.warning }}", "Warning")


def _inset(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<w:tcMar {nsdecls("w")}><w:left w:w="450" w:type="dxa"/><w:right w:w="450" w:type="dxa"/></w:tcMar>'
        )
    )


def _contents(page: blocks.Page) -> None:
    """The contents field; its entries are written after rendering."""
    blocks.on_new_page(page.paragraph("{{ word.contents }}", "Contents Heading"))
    entry = page.paragraph("", "TOC 1")
    blocks.field(entry, ' TOC \\o "1-2" \\h \\z \\t "Appendix,1" ', "")
