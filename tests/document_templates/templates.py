"""Small templates made for one test each."""

from __future__ import annotations

import io
import zipfile

import docx


def made(body: str = "", *, header: str = "", title: str = "", row: tuple[str, ...] = ()) -> bytes:
    """A .docx whose paragraphs are the lines of `body`; `row` adds a table with one cell a row."""
    document = docx.Document()
    for line in body.splitlines():
        document.add_paragraph(line)
    if row:
        table = document.add_table(rows=len(row), cols=1)
        for cell, text in zip(table.columns[0].cells, row, strict=True):
            cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def with_part(
    name: str, content: bytes, template: bytes | None = None, *, announced: int | None = None
) -> bytes:
    """The template with one part added or replaced."""
    made_anew = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template or made("text"))) as old, zipfile.ZipFile(made_anew, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part), zipfile.ZIP_DEFLATED)
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return made_anew.getvalue()


def words(data: bytes) -> str:
    """Every word of the document's body, tables and text alike."""
    document = docx.Document(io.BytesIO(data))
    return "\n".join(paragraph.text for paragraph in _paragraphs(document))


def _paragraphs(document: docx.document.Document) -> list[docx.text.paragraph.Paragraph]:
    return [
        docx.text.paragraph.Paragraph(element, document)
        for element in document.element.body.iter(docx.oxml.ns.qn("w:p"))
    ]
