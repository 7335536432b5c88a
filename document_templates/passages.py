"""A part's words in the order of its XML: a passage is what stands together in one paragraph, property or attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

_TEXTS = {qn("w:t"), qn("w:delText")}
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")}
_CODES = {qn("w:instrText")}
_MARK = qn("w:fldChar")
NESTED = "\0"
"""In an instruction: another field, whose result stands there."""
_PARAGRAPH = qn("w:p")
_INNER = {qn("w:txbxContent"): "box", qn("w:tc"): "cell"}
_HOLDERS = {"tr": qn("w:tr"), "tc": qn("w:tc")}
_BRACES = re.compile(r"[{%#]\{|\{[{%#]|[}%#]\}")


class Passage(NamedTuple):
    """Words that stand together."""

    text: str
    place: tuple[str, ...]
    paragraph: Any = None
    """The paragraph's element; None for words in no paragraph."""


def of(root: Any, part: str) -> Iterator[Passage]:
    """Every passage of a part of Word's."""
    open_paragraphs: list[tuple[Any, list[str]]] = []

    def flushed() -> Iterator[Passage]:
        if open_paragraphs and open_paragraphs[-1][1]:
            paragraph, texts = open_paragraphs[-1]
            yield Passage("".join(texts), (part, *_inner(paragraph)), paragraph)
            texts.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            if element.tag == _PARAGRAPH:
                yield from flushed()
                open_paragraphs.pop()
            continue
        for value in element.attrib.values():
            if _BRACES.search(value):
                yield Passage(value, (part, "hidden"))
        if element.tag == _PARAGRAPH:
            # a text box stands within a paragraph: what came before it is a passage of its own
            yield from flushed()
            open_paragraphs.append((element, []))
        elif element.tag in _TEXTS and open_paragraphs:
            open_paragraphs[-1][1].append(element.text or "")
        elif element.tag in _SPACES and open_paragraphs:
            open_paragraphs[-1][1].append(" ")
        elif element.text and _BRACES.search(element.text):
            yield Passage(element.text, (part, "code" if element.tag in _CODES else "hidden"))


def of_properties(root: Any) -> Iterator[Passage]:
    """Every property of the file that has words."""
    for element in properties(root):
        yield Passage(element.text, ("property",))


def properties(root: Any) -> Iterator[Any]:
    """The elements of the properties that have words."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and not len(element):
            yield element


def holder(passage: Passage, level: str) -> Any:
    """The table row (tr), cell (tc) or paragraph around a passage; None where it stands in none."""
    if passage.paragraph is None or level not in _HOLDERS:
        return passage.paragraph
    return next(passage.paragraph.iterancestors(_HOLDERS[level]), None)


def text_around(passage: Passage, level: str) -> str | None:
    """All that stands in the same row, cell or paragraph; None where there is no such."""
    if level not in _HOLDERS:
        return passage.text
    around = holder(passage, level)
    return None if around is None else "".join(text.text or "" for text in around.iter(qn("w:t")))


def field_codes(root: Any) -> Iterator[str]:
    """The instruction of each of Word's fields, in pieces and over paragraphs as they may be.

    Where a field stands within another, the outer one holds `NESTED` in its place.
    """
    for element in root.iter(qn("w:fldSimple")):
        yield element.get(qn("w:instr")) or ""
    waiting: list[list[str]] = [[]]
    for element in root.iter(_MARK, *_CODES):
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            if len(waiting) > 1:
                waiting[-1].append(NESTED)
            waiting.append([])
        elif kind == "end" and len(waiting) > 1:
            yield "".join(waiting.pop())
        elif kind is None:
            waiting[-1].append(element.text or "")
    yield from ("".join(left) for left in waiting)


def has_tags(root: Any) -> bool:
    """Whether anything in a part that is not filled looks like a tag."""
    return any(is_tag(words) for words in root.itertext())


def is_tag(words: str) -> bool:
    """Whether words that nothing fills look like a tag."""
    return "{{" in words or "{%" in words


def _inner(paragraph: Any) -> tuple[str, ...]:
    for around in paragraph.iterancestors(*_INNER):
        return (_INNER[around.tag],)
    return ()
