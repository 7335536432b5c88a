"""What keeps a reader out of a Word document: checked as Word's own checker does, and colour contrast beside it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from document_templates import contents
from document_templates import look as look_of

LEAST_CONTRAST = 4.5
"""WCAG 2.2, AA, for text of any size."""
WHITE, BLACK = "FFFFFF", "000000"


def findings(made: bytes) -> list[str]:
    """One sentence for each barrier; empty where there is none."""
    document = docx.Document(io.BytesIO(made))
    checks = (_headings, _tables, _pictures, _languages, _contrasts, _title, _links)
    return [sentence for check in checks for sentence in check(document)]


def _headings(document: Any) -> Iterator[str]:
    levels = [
        (level, one.text) for one in document.paragraphs if (level := contents.outline_level(one)) is not None
    ]
    if not levels or levels[0][0] != 1:
        yield "the first heading is not of the first level"
    for (before, _), (after, text) in itertools.pairwise(levels):
        if after > before + 1:
            yield f"the heading “{text}” skips a level"
        if not text.strip():
            yield "a heading is empty"


def _tables(document: Any) -> Iterator[str]:
    for table in document.tables:
        rows = table._tbl.findall(qn("w:tr"))
        if any(one.find(f".//{qn('w:vMerge')}") is not None for one in rows):
            yield "a table has merged cells, which are read out in the wrong place"
        styles = [one.style.name for one in table.rows[0].cells[0].paragraphs]
        is_header = any(name.startswith("Table Heading") for name in styles)
        marked = rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        if is_header and not marked:
            yield f"the header row of “{table.rows[0].cells[0].text}” is not marked as one"
        if marked and len(rows) < 2:
            yield f"the table under “{table.rows[0].cells[0].text}” has no row"


def _pictures(document: Any) -> Iterator[str]:
    for drawn in document.element.iter(qn("wp:docPr")):
        if not (drawn.get("descr") or "").strip():
            yield f"the picture “{drawn.get('name')}” has no words in its place"


def _languages(document: Any) -> Iterator[str]:
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    said = default.get(qn("w:val")) if default is not None else ""
    if not said or said != document.core_properties.language:
        yield f"the words are marked as “{said}”, the document as “{document.core_properties.language}”"


def _title(document: Any) -> Iterator[str]:
    if not document.core_properties.title:
        yield "the document has no title"


def _links(document: Any) -> Iterator[str]:
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    for link in document.element.iter(qn("w:hyperlink")):
        if link.get(qn("w:anchor")) not in marks:
            yield f"a link leads to “{link.get(qn('w:anchor'))}”, which is nowhere"


def _contrasts(document: Any) -> Iterator[str]:
    """Words on the ground they stand on: of the run, the paragraph, the cell or the header row."""
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
    judged: set[tuple[str, str, str]] = set()
    for paragraph in document.element.iter(qn("w:p")):
        shown = {
            mark.get(qn("w:val")) if (mark := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None else ""
            for run in paragraph.iter(qn("w:r"))
            if "".join(text.text or "" for text in run.iter(qn("w:t"))).strip()
        }
        if not shown:
            continue
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else "Normal"
        cell = _ground_behind(paragraph) or WHITE
        for named in sorted(shown):
            if (name, named, cell) in judged:
                continue
            judged.add((name, named, cell))
            behind = _of_style(styles, name, "w:pPr/w:shd", "fill") or cell
            color = _of_style(styles, name, "w:rPr/w:color", "val") or BLACK
            words = _of_style(styles, named, "w:rPr/w:color", "val") or color
            ground = _of_style(styles, named, "w:rPr/w:shd", "fill") or behind
            ratio = contrast(words, ground)
            if ratio < LEAST_CONTRAST:
                yield f"{name} {named}: {words} on {ground} has a contrast of {ratio:.1f} to 1 only"


def _of_style(styles: dict[str, Any], name: str, path: str, attribute: str) -> str:
    """A colour that a style sets, or one that it is based on; empty where none does."""
    while name in styles:
        found = styles[name].find("/".join(qn(part) for part in path.split("/")))
        value = found.get(qn(f"w:{attribute}")) if found is not None else None
        if value and value != "auto":
            return str(value)
        base = styles[name].find(qn("w:basedOn"))
        name = base.get(qn("w:val")) if base is not None else ""
    return ""


def _ground_behind(paragraph: Any) -> str:
    """The ground of the cell around it, else of its table's header row."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is None:
        return ""
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    if shade is not None:
        return str(shade.get(qn("w:fill")))
    row = cell.getparent()
    table = row.getparent()
    look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
    if look is None or look.get(qn("w:firstRow")) != "1" or table.find(qn("w:tr")) is not row:
        return ""
    return look_of.TEAL


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
