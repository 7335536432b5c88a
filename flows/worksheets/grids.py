"""The file of a table: which of its sheets is ours, what its cells hold, and which of them are merged.

Excel keeps the value of merged cells in the first of them; the others look as if nobody had filled them in.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec
import openpyxl
from openpyxl import worksheet

from flows import archives, nouns, reading
from flows.worksheets import writing

MAX_ROWS = 5_000
"""Rows that are looked at: far more than entries may be, so that a sheet with empty rows between is read."""
LAST_ROW = 20_000
"""Nobody fills in a table so far down; between two rows openpyxl makes every one that a file leaves out."""
MAX_COLUMNS = 200
MAX_SHEETS = 20
"""Sheets among which ours is looked for: people put their own before it."""
MAX_MERGED = 1_000
"""Merged ranges that are named one by one; a sheet with more is no table."""

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How Excel's old format begins, and any Excel file with a password."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="(\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})"')
_CHUNK = 1 << 20
_LONGEST_TAG = 200
"""Bytes that are looked at again with the next chunk, should a tag stand across both."""

Cells = dict[int, Any]
"""A row's values by the number of their column, the empty ones left out."""


class Uncomputed:
    """Stands for a formula whose result is not in the file."""


class Merged(msgspec.Struct, frozen=True):
    """Several cells made one."""

    name: str
    """As Excel says it, as `B4:B6`."""
    columns: range
    rows: range


class Grid(msgspec.Struct, frozen=True):
    """The sheet of a table: its rows with anything in them, by number, and what is merged."""

    rows: Mapping[int, Cells]
    merged: tuple[Merged, ...] = ()


def read(content: bytes, mark: str) -> Grid | nouns.Problem:
    """The sheet with this mark, or the first where none has it; a problem where the file cannot be read."""
    if content.startswith(_OLD_OR_LOCKED):
        return reading.refused("table_locked")
    try:
        contents = archives.inspect(content, main="xl/workbook.xml", what="Excel workbook (.xlsx)")
    except archives.ArchiveError as problem:
        return reading.refused("table_too_large" if problem.code == "too_much" else "table_unreadable")
    if contents.macros:
        return reading.refused("table_macros")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # drop-downs of newer programs, which we do not need
        try:
            return _read(content, mark)
        except Exception:  # a damaged file fails in many ways, none of which is of interest
            return reading.refused("table_unreadable")


def marked(content: bytes, beginning: str) -> str:
    """The mark in the hidden row of a file's sheets that begins so; empty where none does, or nobody can look."""
    try:
        archives.inspect(content, main="xl/workbook.xml", what="Excel workbook (.xlsx)")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _opened(content, data_only=True)
            found = (name for sheet in book.worksheets[:MAX_SHEETS] for name in _names(sheet))
            return next((name for name in found if name.startswith(beginning)), "")
    except Exception:  # as below: what is no workbook has no mark
        return ""


def _read(content: bytes, mark: str) -> Grid | nouns.Problem:
    book = _opened(content, data_only=True)
    index = _ours(book, mark)
    values = dict(_cells(book.worksheets[index]))
    if len(values) > MAX_ROWS:
        return reading.refused("table_too_long", limit=MAX_ROWS)
    ours: Any = book.worksheets[index]
    if below := _below(content, ours._worksheet_path):
        return reading.refused("table_too_far", row=below)
    for row, cells in _cells(_opened(content, data_only=False).worksheets[index]):
        for number in cells:
            if number not in values.get(row, {}):
                values.setdefault(row, {})[number] = Uncomputed()
    # openpyxl tells what is merged only where it holds the whole sheet
    merged = tuple(_merged(content, ours._worksheet_path))
    if len(merged) > MAX_MERGED:
        return reading.refused("table_all_merged", n=len(merged))
    return Grid(dict(sorted(values.items())), merged)


def _opened(content: bytes, *, data_only: bool) -> openpyxl.Workbook:
    # what other workbooks held is nothing to us, and may be much
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _ours(book: openpyxl.Workbook, mark: str) -> int:
    """The place of the sheet with the mark."""
    for index, sheet in enumerate(book.worksheets[:MAX_SHEETS]):
        if mark in _names(sheet):
            return index
    return 0


def _names(sheet: Any) -> set[str]:
    """What a sheet's first row says, which in ours is hidden."""
    sheet.reset_dimensions()  # a file may announce a million empty rows
    names = next(sheet.iter_rows(max_row=writing.NAMES_ROW, max_col=MAX_COLUMNS, values_only=True), ())
    return {str(name).strip() for name in names}


def _cells(sheet: Any) -> Iterator[tuple[int, Cells]]:
    sheet.reset_dimensions()
    found = 0
    for row, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS, max_row=LAST_ROW), 1):
        full = {
            number: value
            for number, value in enumerate(cells, 1)
            if value is not None and (not isinstance(value, str) or value.strip())
        }
        if full:
            found += 1
            yield row, full
        if found > MAX_ROWS:
            return


def _below(content: bytes, part: str) -> int:
    """The first row behind the last that is looked at in which something stands; 0 where none does."""
    row = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314  # judged: no entities
            name = element.tag.rpartition("}")[2]
            if event == "start" and name == "row":
                row = int(element.get("r", row + 1))
            elif event == "end" and name in ("v", "t") and row > LAST_ROW and (element.text or "").strip():
                return row
            elif event == "end" and name == "row":
                element.clear()
    return 0


def _merged(content: bytes, part: str) -> Iterator[Merged]:
    """What is merged in the sheet of this part, up to one more than may be."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
        kept, found = b"", 0
        while (chunk := stream.read(_CHUNK)) and found <= MAX_MERGED:
            text, end = kept + chunk, 0
            for match in _MERGED.finditer(text):
                found, end = found + 1, match.end()
                cells = worksheet.cell_range.CellRange(match[1].decode("ascii").replace("$", ""))
                columns, rows = (
                    range(cells.min_col, cells.max_col + 1),
                    range(cells.min_row, cells.max_row + 1),
                )
                yield Merged(cells.coord, columns, rows)
                if found > MAX_MERGED:
                    return
            kept = text[max(end, len(text) - _LONGEST_TAG) :]
