"""XML that unpacks to far more than its file, and yet not to so many times as much as a plain zip bomb."""

from __future__ import annotations

import io
import random
import zipfile

NEARLY = 170
"""Times its packed size: what is refused for its ratio alone has two hundred."""

RELATION = b'<Relationship Id="r" Type="x/hyperlink" Target="y" TargetMode="External"/>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
SHEETS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xml(begin: bytes, one: bytes, end: bytes, size: int = 100_000_000) -> bytes:
    """An element that holds so many bytes of another, and a comment that does not pack."""
    noise = random.Random(1).randbytes(size // NEARLY).hex().encode()
    return begin + b"<!--" + noise + b"-->" + one * (size // len(one)) + end


def spaces() -> bytes:
    """An element that holds next to nothing, at length."""
    return xml(b"<x>", b" ", b"</x>")


def relations() -> bytes:
    """A list of relationships without end."""
    return xml(RELATIONS, RELATION, b"</Relationships>")


def formats() -> bytes:
    """Millions of formats, in no more bytes than a workbook may have."""
    return xml(b"<styleSheet " + SHEETS + b"><cellXfs>", b"<xf/>", b"</cellXfs></styleSheet>", 31_000_000)


def texts() -> bytes:
    """A million texts of cells."""
    return xml(b"<sst " + SHEETS + b">", b"<si><t>a</t></si>", b"</sst>", 31_000_000)


def one_row() -> bytes:
    """A sheet whose first row has more cells than there are columns."""
    begin, end = b"<worksheet " + SHEETS + b"><sheetData><row>", b"</row></sheetData></worksheet>"
    return xml(begin, b"<c/>", end, 2_000_000)


LIST, TYPES, SHEET = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/worksheets/sheet1.xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = f"""<Relationship Id="rIdX" Type="{KINDS}/externalLink" Target="/{{}}"/></Relationships>"""
LINK_TYPE = """<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>"""
LINK_LIST = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{KINDS}/externalLinkPath" Target="x.xlsx" TargetMode="External"/></Relationships>"""
USED = f"""</sheets><externalReferences><externalReference xmlns:r="{KINDS}" r:id="rIdX"/></externalReferences>"""


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def sheet_called_words(workbook: bytes, name: str = "word/sheet1.xml") -> bytes:
    """The workbook with its sheet where a Word document has its parts, and a row of a million tags in it."""
    parts = _parts(workbook)
    crowd = b"".join(b'<a b="%d"/>' % (number % 97) for number in range(1_200_000))
    sheet = parts.pop(SHEET)
    parts[name] = sheet.replace(b"</sheetData>", b'<row r="3">' + crowd + b"</row></sheetData>")
    for which in (LIST, TYPES):
        parts[which] = parts[which].replace(SHEET.encode(), name.encode())
    assert name.encode() in parts[LIST]
    return _zipped(parts)


def link_called_sheet(workbook: bytes, name: str = "xl/worksheets/e1.xml") -> bytes:
    """The workbook with what another one held, called as a sheet is and six times as full of tags as may be."""
    parts = _parts(workbook)
    for which, end, more in (
        (LIST, b"</Relationships>", LINK.format(name)),
        (TYPES, b"</Types>", LINK_TYPE.format(name)),
        ("xl/workbook.xml", b"</sheets>", USED),
    ):
        assert end in parts[which]
        parts[which] = parts[which].replace(end, more.encode())
    crowd = b"".join(b'<row r="%d"/>' % (number % 97) for number in range(1_900_000))
    book = b'<externalBook xmlns:r="' + KINDS.encode() + b'" r:id="rId1">' + crowd + b"</externalBook>"
    parts[name] = b"<externalLink " + SHEETS + b">" + book + b"</externalLink>"
    folder, _, file = name.rpartition("/")
    parts[f"{folder}/_rels/{file}.rels"] = LINK_LIST.encode()
    return _zipped(parts)


def formats_in_utf_7(workbook: bytes) -> bytes:
    """The workbook with half a million formats in an encoding in which no tag is seen."""
    parts = _parts(workbook)
    crowd = b"".join(b'+ADw-xf numFmtId="0" fontId="%d"/+AD4-' % (number % 9) for number in range(500_000))
    noise = random.Random(1).randbytes(150_000).hex().encode()
    formats = parts["xl/styles.xml"].rpartition(b"?>")[2].replace(b"</cellXfs>", crowd + b"</cellXfs>")
    assert crowd in formats
    parts["xl/styles.xml"] = b'<?xml version="1.0" encoding="UTF-7"?><!--' + noise + b"-->" + formats
    return _zipped(parts)
