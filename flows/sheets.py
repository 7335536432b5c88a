"""Tables as an Excel file: every cell a plain value, so that nothing that a person typed can become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell, cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet import _write_only as worksheet

Cell = str | int | float | bool | dt.date | dt.datetime | None

LONGEST_TITLE = 31
"""Characters that Excel takes in a sheet's name."""
LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
FIRST_YEAR = 1901
"""Excel has no dates before 1900, and counts a day in 1900 that never was."""
WIDEST = 60

_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}", "\0", "\t", "\r", "\n")  # fmt: skip
"""What a spreadsheet program takes for the beginning of a formula, or leaves out before one."""


def workbook(tables: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An .xlsx with a sheet for each table; the first row is the heading and stays in sight."""
    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for name, rows in tables.items():
        sheet = book.create_sheet(title(name, taken))
        sheet.freeze_panes = "A2"
        for number, width in enumerate(_widths(rows), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for turn, row in enumerate(rows):
            sheet.append([_cell(sheet, value, heading=turn == 0) for value in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def neutral(words: str) -> str:
    """Words for a .csv file: what a spreadsheet would compute is marked as text by an apostrophe."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def csv_file(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A table as a .csv file, marked as UTF-8 so that Excel reads every script."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows(
        [neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return made.getvalue().encode("utf-8-sig")


def clean(words: str) -> str:
    """Words without what no XML can hold."""
    return _NOT_IN_XML.sub("", words)


def fill(place: cell.Cell, value: Cell) -> None:
    """Put a plain value into a cell: a text stays one, whatever it begins with."""
    if isinstance(value, dt.date) and value.year < FIRST_YEAR:
        value = value.isoformat()
    if isinstance(value, str):
        value = clean(value)[:LONGEST_CELL]
    place.value = value
    if isinstance(value, str):
        place.data_type = "s"
        # shown as text by programs that would compute it when the cell is edited
        place.quotePrefix = value.startswith(_FORMULA)
    if isinstance(value, dt.date):
        place.number_format = "yyyy-mm-dd"


def _cell(sheet: worksheet.WriteOnlyWorksheet, value: Cell, *, heading: bool) -> cell.Cell:
    made = WriteOnlyCell(sheet)
    fill(made, value)
    made.alignment = Alignment(vertical="top", wrap_text=True)
    if heading:
        made.font = Font(bold=True)
    return made


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    lengths = [
        max((len(str(row[number])) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    return [min(WIDEST, length + 2) for length in lengths]


def title(name: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes and that is not `taken` yet; it is from now on."""
    kept = _NOT_IN_TITLES.sub(" ", name).strip("' ")[:LONGEST_TITLE] or "sheet"
    count = 1
    unique = kept
    while unique.casefold() in taken:
        count += 1
        end = f" {count}"
        unique = kept[: LONGEST_TITLE - len(end)] + end
    taken.add(unique.casefold())
    return unique
