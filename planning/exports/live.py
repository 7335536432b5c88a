"""A workbook that computes: formulas that carry their results, and words that no program takes for formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

import msgspec
import openpyxl
from openpyxl.cell import cell as cells
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows import sheets

NARROWEST, WIDEST = 10, 60
"""Columns, in letters."""

MONEY, COUNT, DATE = "#,##0", "#,##0.##", "yyyy-mm-dd"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_PACKED_ON = (2026, 1, 1, 0, 0, 0)
"""The same in every file: equal plans give equal bytes."""

_HEADING = PatternFill("solid", fgColor="0F766E")
_ENTERED = PatternFill("solid", fgColor="DBEAFE")


class Formula(msgspec.Struct, frozen=True):
    """What a spreadsheet computes, with what it comes to: phones and previews show that and compute nothing."""

    text: str
    """Behind the equals sign; only references, functions and our own words."""
    result: float | str = ""


class Entered(msgspec.Struct, frozen=True):
    """A number that is there to be changed: formulas follow."""

    value: float | None


Cell = sheets.Cell | Formula | Entered


class Book:
    """The workbook under construction."""

    def __init__(self, title: str, made_on: dt.date) -> None:
        self._book = openpyxl.Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.title = sheets.clean(title)
        self._book.properties.creator = "Groundwork"
        self._book.properties.created = dt.datetime.combine(made_on, dt.time())
        self._made_on = made_on
        self._taken: set[str] = set()
        self._results: list[dict[str, float | str]] = []

    def sheet(
        self,
        name: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        below: Sequence[Sequence[Cell]] = (),
        formats: Mapping[int, str] | None = None,
    ) -> None:
        """A sheet with a header row that stays in sight and filters the rows; `below` stands apart from them.

        `formats` are number formats by the number of the column, from 0.
        """
        sheet: Worksheet = self._book.create_sheet(sheets.title(name, self._taken))
        results: dict[str, float | str] = {}
        self._results.append(results)
        for number, row in enumerate([heads, *rows, *([()] if below else ()), *below], 1):
            for column, value in enumerate(row, 1):
                place = sheet.cell(number, column)
                assert isinstance(place, cells.Cell)  # noqa: S101  # nothing is merged in a sheet that we make
                _put(place, value, results)
                if number > 1 and isinstance(value, int | float | Formula | Entered) and formats:
                    place.number_format = formats.get(column - 1, COUNT)
        _dress(sheet, len(heads), len(rows))

    def save(self) -> bytes:
        """The .xlsx."""
        made = io.BytesIO()
        self._book.save(made)
        return _with_results(made.getvalue(), self._results, self._made_on)


def _put(place: cells.Cell, value: Cell, results: dict[str, float | str]) -> None:
    match value:
        case Formula(text=text, result=result):
            place.value = f"={text}"
            results[place.coordinate] = result
        case Entered(value=entered):
            sheets.fill(place, entered)
            place.fill = _ENTERED
            place.font = Font(color="1D4ED8")
        case _:
            sheets.fill(place, value)
    place.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))


def _dress(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"
    for heading in sheet[1]:
        heading.font = Font(bold=True, color="FFFFFF")
        heading.fill = _HEADING
    for number in range(1, columns + 1):
        shown = [_length(sheet.cell(row, number).value) for row in range(1, sheet.max_row + 1)]
        width = min(WIDEST, max(NARROWEST, *shown))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _length(value: object) -> int:
    """Letters that a value takes; a formula's number has a width of its own."""
    if isinstance(value, str) and value.startswith("="):
        return NARROWEST + 4
    return len(str(value)) + 2 if value is not None else 0


def _with_results(packed: bytes, results: Sequence[Mapping[str, float | str]], made_on: dt.date) -> bytes:
    """The same workbook with each formula's result beside it, which openpyxl does not write."""
    ElementTree.register_namespace("", _MAIN)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if found := _SHEET.fullmatch(name):
                content = _filled(content, results[int(found[1]) - 1])
            elif name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z\g<2>" % str(made_on).encode(), content)
            new.writestr(zipfile.ZipInfo(name, _PACKED_ON), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _filled(content: bytes, results: Mapping[str, float | str]) -> bytes:
    root = ElementTree.fromstring(content)  # noqa: S314  # written by openpyxl a moment ago
    for one in _computed(root):
        result = results[one.attrib["r"]]
        shown = one.find(f"{{{_MAIN}}}v")
        if shown is None:
            continue
        if isinstance(result, str):
            one.set("t", "str")
        shown.text = result if isinstance(result, str) else repr(float(result))
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _computed(root: ElementTree.Element) -> Iterable[ElementTree.Element]:
    return (one for one in root.iter(f"{{{_MAIN}}}c") if one.find(f"{{{_MAIN}}}f") is not None)
