"""A section that every branch answers, as one sheet: one row a branch, filled in by whoever knows them all.

Each row is judged in its branch's own session. What a branch answered after the sheet was made stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from openpyxl.utils import get_column_letter

from flows import instance, nouns, reading, words
from flows.worksheets import asked, checking, columns, grids, writing
from flows.worksheets import reading as sheets

NAME = "groundwork-branch"
"""What the hidden row says over the names of branches."""

SINCE = "table_since"
"""What is to be said of a cell whose question was answered after the sheet was made."""

PLACE_DIGITS = 5
"""Behind the point of a place in degrees, as cells have it: a metre."""


def marked(content: bytes) -> asked.Mark | None:
    """The mark of a sheet that came back; None where the file has none."""
    return asked.Mark.read(grids.marked(content, asked.BEGINNING))


# --- going out ---------------------------------------------------------------------------------------


def write(whole: asked.Asked, said: words.Catalogue) -> bytes:
    """The section as an .xlsx, with a row for each branch where it still takes answers."""
    fixed = (
        writing.Fixed(whole.mark.text, "", "", width=10, is_hidden=True),
        writing.Fixed(NAME, said.say("filling.branch"), said.say("filling.branch.hint"), width=24),
    )
    found = whole.columns
    rows = [_row(whole, place, found) for place in whole.places if place.is_open]
    return writing.write(writing.Sheet(whole.flow.title, fixed, found, rows, len(rows)), said)


def _row(whole: asked.Asked, place: asked.Place, found: Sequence[columns.Column]) -> writing.Row:
    living = whole.living(place, {}, whole.mark.made_at)
    nodes = {column.path: living.find(column.path) for column in found}
    answered = {
        path: node
        for path, node in nodes.items()
        if isinstance(node, instance.Question) and node.answer is not None and node.relevant
    }
    return writing.Row((place.branch, place.name), answered)


# --- coming back ---------------------------------------------------------------------------------------


def read(whole: asked.Asked, content: bytes, *, now: dt.datetime) -> asked.Filled | nouns.Problem:
    """What a sheet that came back says; a problem where the file as a whole cannot be read as that of this section."""
    sheet = sheets.returned(content, whole.mark.text, whole.columns, shown=NAME)
    if isinstance(sheet, nouns.Problem):
        return sheet
    numbers = _numbers(whole, sheet)
    closed = {row: place for row, number in numbers.items() if (place := whole.closed(number)) is not None}
    open_rows = {row: number for row, number in numbers.items() if row not in closed}
    read = sheets.said(sheet, open_rows, language=whole.flow.language, today=now.date())
    letters = {column.path: get_column_letter(number) for number, column in sheet.known}
    news, since = _news(whole, read.sound)
    table = sheets.judged(sheet, sheets.Said(news, read.faults), _wrongs(whole, news, now))
    branches = [whole.place(one).branch for one in table.rows]
    return asked.Filled(
        {branch: one.answers for branch, one in zip(branches, table.rows, strict=True)},
        table.faults,
        {**table.remarks, **sheets.gathered((row, letters[path], SINCE) for row, path in since)},
        dict(zip(branches, table.at, strict=True)),
        letters,
        tuple(place.name for row, place in closed.items() if _is_filled(sheet, row)),
    )


def fitting(whole: asked.Asked, filled: asked.Filled, *, now: dt.datetime) -> asked.Filled:
    """What a sheet that was read before still says, now that branches may have answered or handed in meanwhile."""
    rows: dict[int, nouns.TableRow] = {}
    left = []
    for number, place in enumerate(whole.places, 1):
        if place.branch in filled.answers and not place.is_open:
            left.append(place.name)
        elif place.branch in filled.answers:
            rows[filled.at[place.branch]] = nouns.TableRow(number, dict(filled.answers[place.branch]))
    news, since = _news(whole, rows)
    wrong = {row for row, _, problem in _wrongs(whole, news, now) if problem.code not in checking.SAID}
    left += [whole.place(one).name for row, one in news.items() if row in wrong]
    late = sheets.gathered((row, filled.letters[path], SINCE) for row, path in since)
    return msgspec.structs.replace(
        filled,
        answers={whole.place(one).branch: one.answers for row, one in news.items() if row not in wrong},
        remarks={**filled.remarks, SINCE: (*filled.remarks.get(SINCE, ()), *late.get(SINCE, ()))},
        closed=(*filled.closed, *left),
    )


def _wrongs(
    whole: asked.Asked, rows: Mapping[int, nouns.TableRow], now: dt.datetime
) -> Iterator[checking.Wrong]:
    """Everything that speaks against rows, each beside what its branch says already.

    A question that must be answered may stay empty: the section is handed in later, and not without it.
    """
    found = whole.columns
    for row, one in rows.items():
        living = whole.living(whole.place(one), one.answers, now)
        for column in found:
            node = living.find(column.path)
            if isinstance(node, instance.Question):
                given = one.answers.get(column.path)
                problem = checking.wrong(node, given) or checking.remark(node, given, None)
                if problem is not None:
                    yield row, column.path, problem


def _news(
    whole: asked.Asked, rows: Mapping[int, nouns.TableRow]
) -> tuple[dict[int, nouns.TableRow], list[tuple[int, str]]]:
    """What rows say that their branches do not say already, and which cells are older than the answer there."""
    news: dict[int, nouns.TableRow] = {}
    since = []
    for row, one in rows.items():
        session, new = whole.place(one).session, {}
        for path, answer in checking.placed(session, "", one).items():
            before = session.answers.get(path)
            if before is not None and _same(before, answer):
                continue
            if before is not None and before.at is not None and before.at > whole.mark.made_at:
                since.append((row, path))
            else:
                new[path] = answer
        if new:
            news[row] = nouns.TableRow(one.number, new)
    return news, since


def _same(one: nouns.Answer, other: nouns.Answer) -> bool:
    """Whether two answers say the same, as far as a cell can say it."""
    return (_plain(one.value), one.sure) == (_plain(other.value), other.sure)


def _plain(value: nouns.Value) -> object:
    if isinstance(value, nouns.Point):
        return round(value.latitude, PLACE_DIGITS), round(value.longitude, PLACE_DIGITS)
    return value


# --- which branch a row is about -----------------------------------------------------------------------


def _numbers(whole: asked.Asked, sheet: sheets.Returned) -> dict[int, int | nouns.Problem]:
    """The place of each row's branch, or why it has none; 0 for a row in which nothing is filled in."""
    by_id = {place.branch: number for number, place in enumerate(whole.places, 1)}
    by_name = {place.name.casefold(): number for number, place in enumerate(whole.places, 1)}
    seen: set[int] = set()
    found: dict[int, int | nouns.Problem] = {}
    for row, cells in sheet.rows.items():
        id_ = str(cells.get(writing.MARK_COLUMN, "")).strip()
        name = " ".join(str(cells.get(sheet.names.get(NAME, 0), "")).split())
        number = _number(whole, by_id.get(id_, 0), by_name.get(name.casefold(), 0), name)
        if not _is_filled(sheet, row):
            number = 0
        elif not isinstance(number, nouns.Problem) and number in seen:
            number = reading.refused("table_branch_twice", given=whole.places[number - 1].name)
        elif not isinstance(number, nouns.Problem):
            seen.add(number)
        found[row] = number
    return found


def _number(whole: asked.Asked, by_id: int, by_name: int, name: str) -> int | nouns.Problem:
    """A branch by the id in its row, which a new name does not change, or by the name where somebody wrote the row."""
    if by_id and by_name and by_id != by_name:
        there = whole.places[by_id - 1].name
        return reading.refused("table_branch_other", given=name, name=there)
    if by_id or by_name:
        return by_id or by_name
    return (
        reading.refused("table_branch_unknown", given=name) if name else reading.refused("table_branch_none")
    )


def _is_filled(sheet: sheets.Returned, row: int) -> bool:
    return any(number in sheet.rows[row] for number, _ in sheet.known)
