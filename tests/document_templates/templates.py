"""Small templates made for one test each."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class Beside(NamedTuple):
    """A part beside the text: its name, content type, relationship and XML."""

    name: str
    kind: str
    relation: str
    xml: str


def made(
    body: str = "",
    *,
    header: str = "",
    footer: str = "",
    title: str = "",
    row: tuple[str, ...] = (),
    box: str = "",
    xml: str = "",
) -> bytes:
    """A .docx whose paragraphs are the lines of `body`; `row` adds a table with one cell a row, `xml` a paragraph."""
    document = docx.Document()
    for line in body.splitlines():
        document.add_paragraph(line)
    if row:
        table = document.add_table(rows=len(row), cols=1)
        for cell, text in zip(table.columns[0].cells, row, strict=True):
            cell.text = text
    if box:
        xml += (
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:40pt"><v:textbox>'
            f"<w:txbxContent><w:p><w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    if xml:
        document.add_paragraph()._p.extend(parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    for place, words in (("header", header), ("footer", footer)):
        if words:
            getattr(document.sections[0], place).paragraphs[0].text = words
    document.core_properties.title = title
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def note(words: str, kind: str = "footnote") -> Beside:
    """A footnote, endnote or comment that holds these words."""
    inner = f'<w:{kind} w:id="2"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}>'
    xml = f'<w:{kind}s xmlns:w="{W}">{inner}</w:{kind}s>'
    return Beside(f"word/{kind}s.xml", _KIND.format(f"{kind}s"), f"{OFFICE}/{kind}s", xml)


def own_property(words: str) -> Beside:
    """A property of the file's own, as Word's list of custom properties holds it."""
    return Beside(
        "docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{OFFICE}/custom-properties",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Client">'
        f"<vt:lpwstr>{words}</vt:lpwstr></property></Properties>",
    )


def chart(words: str) -> Beside:
    """A part whose words are not filled."""
    xml = f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>{words}</c:v></c:chart>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    return Beside("word/charts/chart1.xml", kind, f"{OFFICE}/chart", xml)


def with_beside(beside: Beside, template: bytes | None = None) -> bytes:
    """The template with a part beside the text, declared and related as Word does it."""
    template = template or made("text")
    of_package = beside.name.startswith("docProps/")
    rels = "_rels/.rels" if of_package else "word/_rels/document.xml.rels"
    target = beside.name if of_package else beside.name.removeprefix("word/")
    declared = f'<Override PartName="/{beside.name}" ContentType="{beside.kind}"/></Types>'
    related = f'<Relationship Id="{beside.name.replace("/", "_")}" Type="{beside.relation}" Target="{target}"/></Relationships>'
    template = changed(template, "[Content_Types].xml", "</Types>", declared)
    template = changed(template, rels, "</Relationships>", related)
    return with_part(beside.name, beside.xml.encode(), template)


def changed(template: bytes, part: str, old: str, new: str) -> bytes:
    """The template with something replaced in one part."""
    content = read(template, part).decode()
    assert old in content, old
    return with_part(part, content.replace(old, new).encode(), template)


def read(template: bytes, part: str) -> bytes:
    """The content of a part."""
    with zipfile.ZipFile(io.BytesIO(template)) as parts:
        return parts.read(part)


def with_part(name: str, content: bytes, template: bytes | None = None) -> bytes:
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


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffffff7f0009fb03fd"
    "052a2ef80000000049454e44ae426082"
)
"""A picture of one dot."""
