"""What stands in a file that was sent: the first lines of a Word or Excel file, so that nobody has to open it."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl

from bot.practice import state

LINES = 8
"""Paragraphs or rows that are shown: a glance, not the file."""

CELLS = 4
"""Cells of a row that fit a bubble on a phone."""

CHARACTERS = 80
"""Of a cell."""

PARAGRAPH = 300
"""Characters of a paragraph, in whole sentences: the first page of a plan says its figures in no more."""

_SENTENCES = re.compile(rf".{{1,{PARAGRAPH - 1}}}[.!?](?=\s)", re.DOTALL)

TOO_LARGE = 20_000_000
"""Bytes beyond which nothing is looked into."""

BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError)
"""What the readers raise for a file that only calls itself Word or Excel."""


def of(file: state.StoredFile, content: bytes) -> dict[str, Any]:
    """The preview of a file: `lines` of cells, and the `sheets` of a workbook; empty for other files."""
    kind = file.name.rpartition(".")[2].lower()
    if len(content) > TOO_LARGE or kind not in ("docx", "xlsx"):
        return {}
    try:
        return _word(content) if kind == "docx" else _excel(content)
    except BROKEN:
        return {}


def _word(content: bytes) -> dict[str, Any]:
    document = docx.Document(io.BytesIO(content))
    words = (paragraph.text.strip() for paragraph in document.paragraphs)
    return {"lines": [[_sentences(line)] for line in _first(filter(None, words))]}


def _sentences(words: str) -> str:
    """As many sentences as there is room for; of one that is longer its first words."""
    if len(words) <= PARAGRAPH:
        return words
    whole = _SENTENCES.match(words)
    return whole[0] if whole is not None else _begun(words, PARAGRAPH)


def _begun(words: str, most: int) -> str:
    """The words, or whole ones from their beginning and dots where they are too many."""
    if len(words) <= most:
        return words
    begun = textwrap.shorten(words, most, placeholder=" …")
    return begun if begun != "…" else f"{words[: most - 1]}…"


def _excel(content: bytes) -> dict[str, Any]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        shown = next(
            (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0]
        )
        rows = (
            ["" if cell is None else _begun(str(cell), CHARACTERS) for cell in row[:CELLS]]
            for row in shown.iter_rows(values_only=True)
        )
        return {
            "sheets": [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"],
            "lines": list(_first(row for row in rows if any(row))),
        }
    finally:
        book.close()


def _first(lines: Iterator[Any]) -> list[Any]:
    return [line for line, _ in zip(lines, range(LINES), strict=False)]
