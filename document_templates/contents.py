"""The contents list, filled in by us: Word asks before it updates one, and phones and previews never do.

Every heading gets a bookmark, every entry a link to it, and a page number where one was measured.
The field around them stays a normal one, so that F9 in Word makes it anew.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from document_templates import archive

LISTED_LEVELS = 2
"""Headings of these levels are listed; a third would fill pages of a twelve-branch plan."""

_PAGE_OF = " PAGEREF "
"""The field that shows on which page a bookmark stands."""

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "upperLetter": lambda number: chr(ord("A") + number - 1),
    "lowerLetter": lambda number: chr(ord("a") + number - 1),
}


class Heading(NamedTuple):
    """A heading of the document as a reader sees it."""

    paragraph: Paragraph
    level: int
    number: str
    """As `4.2`; empty where the style does not number."""
    title: str

    @property
    def shown(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


def headings(document: Document) -> list[Heading]:
    """The headings that the contents list names, in order, numbered as Word numbers them."""
    counters: dict[str, list[int]] = {}
    found = []
    for paragraph in document.paragraphs:
        level = outline_level(paragraph)
        if level is None:
            continue
        number = _number(document, paragraph, counters)
        title = paragraph.text.strip()
        if title and level <= LISTED_LEVELS:
            found.append(Heading(paragraph, level, number, title))
    return found


def outline_level(paragraph: Paragraph) -> int | None:
    """1 for a chapter, 2 for a section of it …, by the outline level of its style; None for body text."""
    for properties in _style_chain(paragraph):
        outline = properties.find(qn("w:outlineLvl"))
        if outline is not None:
            level = int(outline.get(qn("w:val"))) + 1
            return level if level < 10 else None
    return None


def fill(document: Document, pages: tuple[int, ...] | None) -> None:
    """Write the entries of the document's contents field, if it has one.

    `pages` holds one number a heading; empty prints stand-ins (to measure with), None prints none.
    """
    field = _field(document)
    listed = headings(document)
    if not field or not listed:
        return
    numbers = [str(page) for page in pages] if pages else ["0"] * len(listed)
    first_id = 1 + max(
        (int(mark.get(qn("w:id"))) for mark in document.element.iter(qn("w:bookmarkStart"))), default=0
    )
    entries = []
    for place, (heading, page) in enumerate(zip(listed, numbers, strict=True)):
        anchor = _anchor(place)
        _bookmark(heading.paragraph, anchor, first_id + place)
        entries.append(_entry(heading, anchor, page if pages is not None else ""))
    _replace(field, entries)


def numbered(made: bytes, pages: tuple[int, ...]) -> bytes:
    """A document whose list holds stand-ins, with the measured page numbers in their place."""
    document = docx.Document(io.BytesIO(made))
    page_of = {_anchor(place): page for place, page in enumerate(pages)}
    for link in document.element.body.iter(qn("w:hyperlink")):
        page = page_of.get(link.get(qn("w:anchor")))
        if page is not None and any(
            (code.text or "").startswith(_PAGE_OF) for code in link.iter(qn("w:instrText"))
        ):
            *_, shown = link.iter(qn("w:t"))
            shown.text = str(page)
    saved = io.BytesIO()
    document.save(saved)
    return archive.pack(saved.getvalue())


def _anchor(place: int) -> str:
    """Name of the bookmark at a heading, by its place in the list."""
    return f"_Toc{place + 1:08d}"


def _style_chain(paragraph: Paragraph) -> Iterator[Any]:
    """The paragraph's properties, then those of its style and of the styles that one is based on."""
    if paragraph._p.pPr is not None:
        yield paragraph._p.pPr
    style: Any = paragraph.style
    while style is not None:
        if style.element.pPr is not None:
            yield style.element.pPr
        style = style.base_style


def _number(document: Document, paragraph: Paragraph, counters: dict[str, list[int]]) -> str:
    """The number that Word prints before the heading; `counters` goes on from heading to heading."""
    for properties in _style_chain(paragraph):
        numbering = properties.find(qn("w:numPr"))
        if numbering is None:
            continue
        list_id = numbering.find(qn("w:numId"))
        depth = numbering.find(qn("w:ilvl"))
        level = int(depth.get(qn("w:val"))) if depth is not None else 0
        return _count(document, list_id.get(qn("w:val")), level, counters)
    return ""


def _count(document: Document, list_id: str, level: int, counters: dict[str, list[int]]) -> str:
    lists = document.part.numbering_part.element
    abstract = lists.xpath(f"./w:num[@w:numId='{int(list_id)}']/w:abstractNumId/@w:val")
    if not abstract:
        return ""
    counts = counters.setdefault(abstract[0], [0] * 9)
    counts[level] += 1
    counts[level + 1 :] = [0] * (8 - level)
    levels = f"./w:abstractNum[@w:abstractNumId='{abstract[0]}']/w:lvl"
    pattern = "".join(lists.xpath(f"{levels}[@w:ilvl='{level}']/w:lvlText/@w:val"))

    def shown(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        kind = "".join(lists.xpath(f"{levels}[@w:ilvl='{depth}']/w:numFmt/@w:val"))
        return _FORMATS.get(kind, str)(counts[depth])

    return re.sub(r"%(\d)", shown, pattern)


def _field(document: Document) -> list[Any]:
    """The paragraphs of the contents field, from the one where it begins to the one where it ends."""
    paragraphs: list[Any] = []
    depth = 0
    for paragraph in document.element.body.iter(qn("w:p")):
        if not paragraphs and not any(
            (code.text or "").strip().startswith("TOC") and r"\c" not in code.text
            for code in paragraph.iter(qn("w:instrText"))
        ):
            continue
        paragraphs.append(paragraph)
        for mark in paragraph.iter(qn("w:fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType")), 0)
        if depth == 0:
            return paragraphs
    return []


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    element = paragraph._p
    element.insert(1 if element.pPr is not None else 0, start)
    element.append(end)


def _entry(heading: Heading, anchor: str, page: str) -> Any:
    """A paragraph of the list: number, title and page, all one link."""
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), f"TOC{heading.level}")
    properties.append(style)
    paragraph.append(properties)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    paragraph.append(link)
    if heading.number:
        link.append(_run(heading.number))
        link.append(_run(tab=True))
    link.append(_run(heading.title))
    if page:
        link.append(_run(tab=True))
        link.extend([_mark("begin"), _code(f"{_PAGE_OF}{anchor} \\h "), _mark("separate")])
        link.extend([_run(page), _mark("end")])
    return paragraph


def _replace(field: list[Any], entries: list[Any]) -> None:
    """Put the entries between the field's opening marks and its closing one."""
    opening = [_mark("begin"), _code(_instruction(field)), _mark("separate")]
    for element in reversed(opening):
        entries[0].insert(1, element)
    entries[-1].append(_mark("end"))
    for entry in entries:
        field[0].addprevious(entry)
    for paragraph in field:
        # a section break may hang on the field's last paragraph
        section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None:
            entries[-1].pPr.append(copy.deepcopy(section))
        paragraph.getparent().remove(paragraph)


def _instruction(field: list[Any]) -> str:
    return next(str(code.text) for paragraph in field for code in paragraph.iter(qn("w:instrText")))


def _run(words: str = "", *, tab: bool = False) -> Any:
    run = OxmlElement("w:r")
    if tab:
        run.append(OxmlElement("w:tab"))
    else:
        text = OxmlElement("w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = words
        run.append(text)
    return run


def _mark(kind: str) -> Any:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _code(instruction: str) -> Any:
    run, code = OxmlElement("w:r"), OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = instruction
    run.append(code)
    return run
