"""XML that unpacks to far more than its file, and yet not to so many times as much as a plain zip bomb."""

from __future__ import annotations

import random

NEARLY = 170
"""Times its packed size: what is refused for its ratio alone has two hundred."""

RELATION = b'<Relationship Id="r" Type="x/hyperlink" Target="y" TargetMode="External"/>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
SHEETS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xml(begin: bytes, one: bytes, end: bytes, size: int = 100_000_000) -> bytes:
    """An element that holds so many bytes of another, and a comment that does not pack."""
    noise = random.Random(1).randbytes(size // NEARLY // 2).hex().encode()
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
