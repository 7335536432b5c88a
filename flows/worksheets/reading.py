"""The sheet that comes back: every row and cell judged, nothing stored.

Cells are read as words in chat are; an empty cell changes nothing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from openpyxl.utils import get_column_letter

from flows import kinds, nouns, reading
from flows.reading import choices, digits
from flows.worksheets import checking, columns, grids, tables, writing

IN_A_CELL = {
    "no_such_choice": "table_no_such_choice",
    "none_stands_alone": "table_none_alone",
}
"""Problems of which chat says what to tap -> the same for a cell."""

GONE = "table_gone"
"""What is to be said of a cell whose question is not asked any more."""

_SEVERAL = re.compile(r"\s*[;\n]\s*")


@dataclasses.dataclass(frozen=True)
class Returned:
    """A sheet of ours that came back, before its cells are read."""

    names: Mapping[str, int]
    """What the hidden row says -> the number of the column."""
    known: Sequence[tuple[int, columns.Column]]
    """The questions that have a column, with its number."""
    shown: int
    """The number of the column that tells people what a row is about."""
    strange: Sequence[int]
    """The numbers of the columns that are ours by the hidden row, and are not asked any more."""
    rows: Mapping[int, grids.Cells]
    merged: Sequence[grids.Merged]

    def place(self, path: str) -> tuple[str, str]:
        """Excel's letter and the heading of a question's column."""
        found = (
            (get_column_letter(number), column.label) for number, column in self.known if column.path == path
        )
        return next(found, ("", ""))


@dataclasses.dataclass(frozen=True)
class Said:
    """What the cells say, and which of them cannot be read."""

    rows: dict[int, nouns.TableRow]
    faults: list[tables.Fault]

    @property
    def sound(self) -> dict[int, nouns.TableRow]:
        """The rows with nothing wrong so far."""
        faulty = {fault.row for fault in self.faults}
        return {row: one for row, one in self.rows.items() if row not in faulty}


def returned(
    content: bytes, mark: str, found: Sequence[columns.Column], *, shown: str = ""
) -> Returned | nouns.Problem:
    """The sheet with this mark in a file; a problem where the file as a whole cannot be read as that.

    `shown` names the column that tells people what a row is about, where the marked one does not.
    """
    grid = grids.read(content, mark)
    if isinstance(grid, nouns.Problem):
        return grid
    names = {str(value).strip(): number for number, value in grid.rows.get(writing.NAMES_ROW, {}).items()}
    if names.pop(mark, None) != writing.MARK_COLUMN:
        return reading.refused("table_other")
    known = [(names[column.path], column) for column in found if column.path in names]
    rows = {row: cells for row, cells in grid.rows.items() if row >= writing.FIRST_ROW}
    ours = {shown, *(column.path for column in found)}
    strange = [number for name, number in names.items() if name not in ours]
    return Returned(names, known, names.get(shown, writing.MARK_COLUMN), strange, rows, grid.merged)


def said(
    sheet: Returned, numbers: Mapping[int, int | nouns.Problem], *, language: str, today: dt.date
) -> Said:
    """The cells of the rows that have a number here: that of their entry or branch, or why they have none."""
    rows: dict[int, nouns.TableRow] = {}
    faults = list(_merged(sheet, numbers))
    split = {fault.row for fault in faults}
    for row, number in numbers.items():
        if row in split:
            continue
        if isinstance(number, nouns.Problem):
            faults.append(tables.Fault(row, number, get_column_letter(sheet.shown)))
            continue
        answers: dict[str, nouns.Answer] = {}
        for place, column in sheet.known:
            if place not in sheet.rows[row]:
                continue
            read = _read(column, sheet.rows[row][place], language, today)
            if isinstance(read, nouns.Problem):
                faults.append(tables.Fault(row, read, get_column_letter(place), column.label))
            else:
                answers[column.path] = nouns.Answer(read.value, sure=read.sure)
        if answers or number:
            rows[row] = nouns.TableRow(number, answers)
    return Said(rows, faults)


def judged(sheet: Returned, read: Said, wrongs: Iterable[checking.Wrong]) -> tables.Table:
    """What can be taken of what was read, all that is wrong with the rest, and what is to be said of the good."""
    faults = list(read.faults)
    needless: dict[int, set[str]] = {}
    remarked = [
        (row, get_column_letter(number), GONE)
        for row, cells in sheet.rows.items()
        for number in sheet.strange
        if number in cells
    ]
    for row, path, problem in wrongs:
        letter, label = sheet.place(path)
        if problem.code not in checking.REMARKS:
            faults.append(tables.Fault(row, problem, letter, label))
            continue
        remarked.append((row, letter, problem.code))
        if problem.code == checking.NOT_ASKED:
            needless.setdefault(row, set()).add(path)
    sound = Said(read.rows, faults).sound
    kept = {row: _without(one, needless.get(row, set())) for row, one in sound.items()}
    full = {row: one for row, one in kept.items() if one.answers}
    return tables.Table(
        tuple(full.values()),
        tuple(full),
        tuple(sorted(faults, key=lambda fault: (fault.row, len(fault.column), fault.column))),
        gathered((row, letter, code) for row, letter, code in remarked if row in sound or code == GONE),
    )


def gathered(remarked: Iterable[tuple[int, str, str]]) -> tables.Remarks:
    """The cells of these rows and columns by what is to be said of them."""
    found: dict[str, tuple[str, ...]] = {}
    for row, letter, code in remarked:
        found[code] = (*found.get(code, ()), f"{letter}{row}")
    return found


def _merged(sheet: Returned, rows: Iterable[int]) -> Iterator[tables.Fault]:
    """The rows whose cells are merged with others: what the others should say nobody can tell."""
    labels = {sheet.shown: "", **{place: column.label for place, column in sheet.known}}
    for merged in sheet.merged:
        touched = [place for place in sorted(labels) if place in merged.columns]
        for row in rows if touched else ():
            if row in merged.rows:
                problem = reading.refused("table_merged", cells=merged.name)
                yield tables.Fault(row, problem, get_column_letter(touched[0]), labels[touched[0]])


def _without(one: nouns.TableRow, paths: set[str]) -> nouns.TableRow:
    answers = {path: answer for path, answer in one.answers.items() if path not in paths}
    return nouns.TableRow(one.number, answers)


# --- one cell --------------------------------------------------------------------------------------


def _read(column: columns.Column, value: Any, language: str, today: dt.date) -> reading.Outcome:
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
    return _typed(column, _text(value), language, today)


def _typed(column: columns.Column, text: str, language: str, today: dt.date) -> reading.Outcome:
    question = column.question
    options = [nouns.Option(choice.name, choice.label) for choice in question.choices]
    if column.kind in kinds.SEVERAL and len(parts := [p for p in _SEVERAL.split(text) if p.strip()]) > 1:
        read = _all(parts, options, in_order=column.kind == "rank")
    else:
        read = reading.read(question, text, options, today=today, language=language)
    if isinstance(read, reading.Reading) and not read.certain:
        return reading.refused("table_unclear", given=text)
    if isinstance(read, nouns.Problem) and read.code in IN_A_CELL:
        return msgspec.structs.replace(read, code=IN_A_CELL[read.code])
    return read


def _all(parts: Sequence[str], options: Sequence[nouns.Option], *, in_order: bool) -> reading.Outcome:
    """Several choices, each read alone: their labels may hold commas."""
    names, certain = [], True
    for part in parts:
        read = choices.one(part, options)
        if isinstance(read, nouns.Problem):
            return read
        names.append(str(read.value))
        certain = certain and read.certain
    if choices.NONE in names and len(names) > 1:
        return reading.refused("none_stands_alone")
    if in_order:
        everyone = len(names) == len(set(names)) == len(options)
        read_as = reading.Reading(names, certain=certain)
        return read_as if everyone else reading.refused("rank_all", n=len(options))
    return reading.Reading([option.name for option in options if option.name in names], certain=certain)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
