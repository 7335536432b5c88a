"""Form files as sheets: told apart by their content, judged before they are opened, read by pyxform's readers."""

from __future__ import annotations

import dataclasses
import io
import itertools
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import openpyxl
from pyxform import errors as pyxform_errors
from pyxform import xls2json_backends as readers

from flows import archives, errors, loading
from flows.xlsform import remarks

MAX_SHEET_BYTES = 16 * 1024 * 1024
"""XML of one sheet; the longest real forms have a tenth of it, and reading it takes some seconds."""
MAX_ROWS = 30_000
"""Rows of one sheet; longer lists of choices belong into a .csv file beside the form."""
MAX_COLUMNS = 500
"""Of one sheet; ten languages of all that is said have a hundred, and each is a language to pyxform where it can be one."""
LAST_ROW = 1_048_576
"""Of Excel."""
SHORTEN = "Delete the empty rows and columns, or put long lists into a .csv file with select_one_from_file."
"""What somebody does whose form is longer than is read."""
MAX_CHARACTERS = 3_000_000
"""Of all cells together: what a bot keeps of a form is longer still, and making a form of them takes as long as reading."""
MAX_TEXT_BYTES = 2 * 1024 * 1024
"""A form as text; a thousand questions have 200,000 characters."""
MAX_LINE = 10_000
"""Characters of one line of a Markdown table: pyxform's patterns take the square of it."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""Sheets that mean something; others are notes of their author."""

_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=[\"']([A-Z0-9:]+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """The sheets as pyxform reads them, and what is worth saying of the file."""

    sheets: readers.DefinitionData
    remarks: tuple[remarks.Remark, ...] = ()


def read(data: bytes, name: str = "") -> Opened:
    """The sheets of a form; raises FlowErrors where it is none, or none that may be opened."""
    if not data:
        raise refusal(name, "The file is empty.", "Save the form again.")
    if data.startswith(ZIP):
        return _workbook(data, name)
    if data.startswith(OLE):
        return _old_workbook(data, name)
    return _text(data, name)


def refusal(name: str, what: str, fix: str, *, sheet: str = "", row: int = 0) -> errors.FlowErrors:
    """The file cannot be used at all."""
    return errors.FlowErrors([errors.FlowError(name, row, what, fix, sheet or "the file")])


# --- Excel -----------------------------------------------------------------------------------------


def _workbook(data: bytes, name: str) -> Opened:
    try:
        contents = archives.inspect(data, main="xl/workbook.xml", what="workbook of Excel (.xlsx)")
    except archives.ArchiveError as problem:
        raise refusal(name, str(problem), SHORTEN if problem.code == "too_much" else "") from None
    said = []
    if contents.macros:
        said.append(remarks.Remark("macros"))
    if contents.outside:
        said.append(remarks.Remark("links"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for sheet, part in _parts(archive):
                if (size := archive.getinfo(part).file_size) > MAX_SHEET_BYTES:
                    raise _too_large(name, sheet, f"{size // 1_000_000} MB")
                said += _judged(archive.read(part), sheet, data, name)
    except (*archives.DAMAGE, LookupError, ElementTree.ParseError):
        raise _damaged(name) from None
    return Opened(_read(readers.xlsx_to_dict, data, name), tuple(said))


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet that will be read with the name of its part."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # judged: no entities
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  # judged: no entities
    sheets = [each for each in book.iter() if each.tag.rpartition("}")[2] == "sheet"]
    for sheet in sheets:
        title = sheet.get("name", "")
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if title.lower() in SHEETS or len(sheets) == 1:
            yield title, posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")


def _judged(part: bytes, sheet: str, data: bytes, name: str) -> Iterator[remarks.Remark]:
    rows = sum(1 for _ in _ROW.finditer(part))
    if rows > _most_rows(sheet):
        raise _too_large(name, sheet, f"{rows:,} rows")
    if _FORMULA.search(part):
        _refuse_uncomputed(data, sheet, name)
    for merged in _MERGED.finditer(part):
        yield remarks.Remark("merged", sheet=sheet, name=merged[1].decode())


def _most_rows(sheet: str) -> int:
    return loading.SURVEY_ROWS if sheet.lower() == "survey" else MAX_ROWS


def _too_large(name: str, sheet: str, size: str) -> errors.FlowErrors:
    what = f"The sheet has {size}; at most {_most_rows(sheet):,} rows and {MAX_SHEET_BYTES // 1_000_000} MB are read."
    return refusal(name, what, SHORTEN, sheet=sheet)


def _refuse_uncomputed(data: bytes, sheet: str, name: str) -> None:
    """Refuse formulas that were never computed: their cells would count as empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # what other workbooks held is nothing to us, and may be much
            formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            results = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            # bounded, for every row that the file leaves out is made
            here, there = (book[sheet].iter_rows(max_row=LAST_ROW) for book in (formulas, results))
            rows = zip(here, there, strict=True)
            empty = next(
                (
                    cell
                    for row, computed in rows
                    for cell, result in zip(row, computed, strict=True)
                    if cell.data_type == "f" and result.value is None
                ),
                None,
            )
        except MemoryError:
            raise
        except Exception:  # a damaged file fails in many ways, none of which is of interest
            raise _damaged(name) from None
    if empty is not None:
        what = f"The cell {empty.coordinate} holds a formula whose result is not in the file."
        fix = "Open the form in Excel or LibreOffice and save it, or type the value."
        raise refusal(name, what, fix, sheet=sheet, row=empty.row or 0)


def _old_workbook(data: bytes, name: str) -> Opened:
    if len(data) > archives.MAX_FILE_BYTES:
        raise refusal(name, f"The file is {len(data) // 1_000_000} MB.", "Save the form alone, as .xlsx.")
    if _PASSWORD in data:
        raise refusal(name, "The workbook is protected by a password.", "Save it without one.")
    said = (remarks.Remark("macros"),) if _MACROS in data else ()
    return Opened(_read(readers.xls_to_dict, data, name), said)


# --- text ------------------------------------------------------------------------------------------


def _text(data: bytes, name: str) -> Opened:
    if len(data) > MAX_TEXT_BYTES:
        raise _too_long(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(
            name, "This is no XLSForm.", "Send an Excel workbook (.xlsx), or a .csv saved as UTF-8."
        ) from None
    longest = max(map(len, text.split("\n")))
    is_csv = name.lower().endswith(".csv") or not readers.is_markdown_table(text)
    if longest > MAX_LINE and not is_csv:
        raise _too_long(name)
    if is_csv and not readers.is_csv(text):
        raise refusal(
            name, "This is no XLSForm.", "A form has a sheet `survey` with the columns type, name and label."
        )
    return Opened(_read(readers.csv_to_dict if is_csv else readers.md_to_dict, text.encode(), name))


def _too_long(name: str) -> errors.FlowErrors:
    what = (
        f"The text is longer than {MAX_TEXT_BYTES // 1_000_000} MB, or a line than {MAX_LINE:,} characters."
    )
    return refusal(name, what, "Save the form as .xlsx.")


def _read(reader: Any, data: bytes, name: str) -> readers.DefinitionData:
    """The sheets as one of pyxform's readers has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read = readers.DefinitionData(**reader(data))
        except pyxform_errors.PyXFormReadError:
            raise _damaged(name) from None
        except pyxform_errors.PyXFormError as problem:
            raise refusal(name, f"{problem}.", "Rename or remove one of them.") from None
        except MemoryError:
            raise
        except Exception:  # a damaged file fails in many ways, none of which is of interest
            raise _damaged(name) from None
    for sheet in SHEETS:
        if len(_headings(read, sheet)) > MAX_COLUMNS:
            what = f"The sheet has more than {MAX_COLUMNS} columns."
            raise refusal(name, what, "Delete those that mean nothing, or split the form.", sheet=sheet)
    if _characters(read) > MAX_CHARACTERS:
        what = f"Its cells hold more than {MAX_CHARACTERS // 1_000_000} million characters."
        raise refusal(name, what, "Split it, or shorten its lists.")
    return read


def _headings(read: readers.DefinitionData, sheet: str) -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(getattr(read, f"{sheet}_header") or ()))


def _characters(read: readers.DefinitionData) -> int:
    """What the cells of all sheets hold together."""
    rows = (row for sheet in SHEETS for row in getattr(read, sheet) or ())
    return sum(len(str(cell)) for row in rows for cell in row.values() if cell is not None)


def _damaged(name: str) -> errors.FlowErrors:
    return refusal(name, "The file is damaged.", "Open it in Excel or LibreOffice and save it anew as .xlsx.")
