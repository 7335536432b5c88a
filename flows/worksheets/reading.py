"""The sheet that comes back: every row and cell judged, nothing stored.

Cells are read as words in chat are. An empty cell changes nothing; a row without a number is a new entry.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from openpyxl.utils import get_column_letter

from flows import instance, kinds, nouns, reading, room
from flows.reading import choices, digits
from flows.worksheets import checking, columns, grids, tables, writing

_SEVERAL = re.compile(r"\s*[;\n]\s*")


def read(series: instance.Series, content: bytes, *, now: dt.datetime) -> tables.Table | nouns.Problem:
    """The table in a file; a problem where the file as a whole cannot be read as this list."""
    grid = grids.read(content, writing.mark(series))
    if isinstance(grid, nouns.Problem):
        return grid
    names = {str(value).strip(): number for number, value in grid.rows.get(writing.NAMES_ROW, {}).items()}
    if names.pop(writing.mark(series), None) != writing.NUMBER_COLUMN:
        return reading.refused("table_other")
    known = [(names[column.path], column) for column in columns.of(series) if column.path in names]
    rows = {row: cells for row, cells in grid.rows.items() if row >= writing.FIRST_ROW}
    return _judged(series, known, msgspec.structs.replace(grid, rows=rows), now)


def _merged(known: Sequence[tuple[int, columns.Column]], grid: grids.Grid) -> Iterator[tables.Fault]:
    """The rows whose cells are merged with others: what the others should say nobody can tell."""
    labels = {writing.NUMBER_COLUMN: "", **{place: column.label for place, column in known}}
    for merged in grid.merged:
        touched = [place for place in sorted(labels) if place in merged.columns]
        for row in grid.rows if touched else ():
            if row in merged.rows:
                problem = reading.refused("table_merged", cells=merged.name)
                yield tables.Fault(row, problem, get_column_letter(touched[0]), labels[touched[0]])


def _judged(
    series: instance.Series,
    known: Sequence[tuple[int, columns.Column]],
    grid: grids.Grid,
    now: dt.datetime,
) -> tables.Table:
    rows: dict[int, nouns.TableRow] = {}
    faults = list(_merged(known, grid))
    split = {fault.row for fault in faults}
    seen: set[int] = set()
    for row, cells in grid.rows.items():
        if row in split:
            continue
        number = _number(series, cells.get(writing.NUMBER_COLUMN), seen)
        if isinstance(number, nouns.Problem):
            faults.append(tables.Fault(row, number, get_column_letter(writing.NUMBER_COLUMN)))
            continue
        answers: dict[str, nouns.Answer] = {}
        for place, column in known:
            if place not in cells:
                continue
            read = _read(series, column, cells[place], now.date())
            if isinstance(read, nouns.Problem):
                faults.append(tables.Fault(row, read, get_column_letter(place), column.label))
            else:
                answers[column.path] = nouns.Answer(read.value, sure=read.sure)
        if answers or number:
            rows[row] = nouns.TableRow(number, answers)
    faulty = {fault.row for fault in faults}
    new = [row for row, one in rows.items() if not one.number]
    if (no_room := room.lacking(series, len(new))) is not None:
        for row in new[room.left(series) :]:
            faults.append(tables.Fault(row, no_room))
            faulty.add(row)
    sound = {row: one for row, one in rows.items() if row not in faulty}
    places = {column.path: (get_column_letter(place), column.label) for place, column in known}
    needless: dict[int, set[str]] = {}
    for row, path, problem in checking.check(series, sound, now=now):
        if problem.code == checking.NOT_ASKED:
            needless.setdefault(row, set()).add(path)
            continue
        letter, label = places.get(path, ("", ""))
        faults.append(tables.Fault(row, problem, letter, label))
        faulty.add(row)
    kept = {row: _without(one, needless.get(row, set())) for row, one in sound.items() if row not in faulty}
    full = {row: one for row, one in kept.items() if one.answers}
    return tables.Table(
        tuple(full.values()),
        tuple(full),
        tuple(sorted(faults, key=lambda fault: (fault.row, len(fault.column), fault.column))),
        sum(len(needless.get(row, ())) for row in kept),
    )


def _without(one: nouns.TableRow, paths: set[str]) -> nouns.TableRow:
    answers = {path: answer for path, answer in one.answers.items() if path not in paths}
    return nouns.TableRow(one.number, answers)


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


# --- one cell --------------------------------------------------------------------------------------


def _read(series: instance.Series, column: columns.Column, value: Any, today: dt.date) -> reading.Outcome:
    """What a cell means; what could mean something else is not guessed."""
    if isinstance(value, grids.Uncomputed):
        return reading.refused("table_formula")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    match column.kind, value:
        case kind, int() | float() if kind in kinds.NUMBERS:
            if not abs(value) < digits.LARGEST:  # nor what is no number
                return reading.refused("number_too_large")
            if kind == "integer" and value != int(value):
                return reading.refused("not_whole", given=str(value))
            return reading.Reading(int(value) if value == int(value) else value)
        case "date", dt.datetime():
            return reading.Reading(value.date().isoformat())
        case "time", dt.time():
            return reading.Reading(value.isoformat())
        case "dateTime", dt.datetime():
            return reading.Reading(value.isoformat())
    return _typed(series, column, _text(value), today)


def _typed(series: instance.Series, column: columns.Column, text: str, today: dt.date) -> reading.Outcome:
    question = column.question
    options = [nouns.Option(choice.name, choice.label) for choice in question.choices]
    if column.kind in kinds.SEVERAL and len(parts := [p for p in _SEVERAL.split(text) if p.strip()]) > 1:
        read = _all(parts, options)
    else:
        language = series.instance.form.flow.language
        read = reading.read(question, text, options, today=today, language=language)
    if isinstance(read, reading.Reading) and not read.certain:
        return reading.refused("table_unclear", given=text)
    return read


def _all(parts: Sequence[str], options: Sequence[nouns.Option]) -> reading.Outcome:
    """Several choices, each read alone: their labels may hold commas."""
    names = []
    for part in parts:
        read = choices.one(part, options)
        if isinstance(read, nouns.Problem):
            return read
        names.append(str(read.value))
    if choices.NONE in names and len(names) > 1:
        return reading.refused("none_stands_alone")
    return reading.Reading([option.name for option in options if option.name in names])


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
