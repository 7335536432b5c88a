"""A repeat as a sheet: one row an entry; a row without a number is a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows import instance, nouns, reading, room, shown, words
from flows.worksheets import checking, columns, grids, tables, writing
from flows.worksheets import reading as sheets

_BEGINNING = "groundwork:"


def mark(series: instance.Series) -> str:
    """What tells a sheet of this list from any other."""
    return f"{_BEGINNING}{series.instance.form.flow.id}:{series.key}"


def marked(content: bytes) -> str:
    """The id of the flow to whose list a sheet belongs; empty where it is none of ours."""
    return grids.marked(content, _BEGINNING).removeprefix(_BEGINNING).partition(":")[0]


def write(series: instance.Series, said: words.Catalogue) -> bytes:
    """The list as an .xlsx with room for as many entries as one may have."""
    found = columns.of(series)
    number = writing.Fixed(mark(series), said.say("table.number"), said.say("table.number.hint"), width=14)
    rows = [_row(entry, found) for entry in series.entries]
    made = writing.Sheet(shown.title(series), (number,), found, rows, instance.MAX_ENTRIES)
    return writing.write(made, said)


def _row(entry: instance.Entry, found: tuple[columns.Column, ...]) -> writing.Row:
    nodes = {column.path: entry.instance.find(columns.key(entry.key, column)) for column in found}
    said = {path: node for path, node in nodes.items() if isinstance(node, instance.Question)}
    return writing.Row((entry.number,), said)


def read(series: instance.Series, content: bytes, *, now: dt.datetime) -> tables.Table | nouns.Problem:
    """The table in a file; a problem where the file as a whole cannot be read as this list."""
    sheet = sheets.returned(content, mark(series), columns.of(series))
    if isinstance(sheet, nouns.Problem):
        return sheet
    seen: set[int] = set()
    numbers = {
        row: _number(series, cells.get(writing.MARK_COLUMN), seen) for row, cells in sheet.rows.items()
    }
    read = sheets.said(sheet, numbers, language=series.instance.form.flow.language, today=now.date())
    new = [row for row, one in read.rows.items() if not one.number]
    if (no_room := room.lacking(series, len(new))) is not None:
        read.faults.extend(tables.Fault(row, no_room) for row in new[room.left(series) :])
    return sheets.judged(sheet, read, checking.check(series, read.sound, now=now))


def _number(series: instance.Series, value: Any, seen: set[int]) -> int | nouns.Problem:
    """The number of the entry that a row changes; 0 for a new one."""
    if value is None:
        return 0
    if not isinstance(value, int | float) or value not in series.numbers:
        return reading.refused("table_row_unknown", given=str(value))
    if int(value) in seen:
        return reading.refused("table_row_twice", given=str(int(value)))
    seen.add(int(value))
    return int(value)
