"""Workbooks as Excel wrote them before 2007 (.xls): BIFF8 records in an OLE file, as little of both as is read."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
LEAST = 4096
"""Bytes from which a stream lies in sectors of its own."""

Table = Sequence[Sequence[str | float | None]]


def workbook(tables: Mapping[str, Table]) -> bytes:
    """An .xls with these sheets."""
    return _ole(_records(tables).ljust(LEAST, b"\0"))


def _records(tables: Mapping[str, Table]) -> bytes:
    sheets = [_sheet(table) for table in tables.values()]
    head = _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    names = [name.encode("latin-1") for name in tables]
    offset = len(head) + sum(len(_bound(0, name)) for name in names) + len(_record(0x000A))
    for name, sheet in zip(names, sheets, strict=True):
        head += _bound(offset, name)
        offset += len(sheet)
    return head + _record(0x000A) + b"".join(sheets)


def _sheet(table: Table) -> bytes:
    cells = b"".join(
        _cell(row, column, value)
        for row, line in enumerate(table)
        for column, value in enumerate(line)
        if value is not None
    )
    return _begin(0x0010) + cells + _record(0x000A)


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _bound(offset: int, name: bytes) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _ole(stream: bytes) -> bytes:
    """A file with one stream: sector 0 tells where sectors go on, sector 1 is the directory."""
    count = -(-len(stream) // SECTOR)
    chain = [FAT, END, *range(3, 2 + count), END]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, LEAST, END, 0, END, 0, 0,
    )  # fmt: skip
    head += struct.pack("<I", FREE) * 108
    directory = _entry("Root Entry", 5, child=1, start=END, size=0)
    directory += _entry("Workbook", 2, child=FREE, start=2, size=len(stream))
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    return head + fat + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, FREE, FREE, child, start, size
    )  # fmt: skip
