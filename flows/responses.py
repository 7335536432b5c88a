"""Responses as tables in the manner of ODK Central: a table for each flow, and one for each of its repeats.

A flow's table has a row for each section that was answered: once for the organisation, or once a branch.
`KEY` names the row, `PARENT_KEY` the row around an entry; columns are called as Central calls them, `group-question`,
and those that hold no answers begin with a capital letter.
Only what applies is there, computed values too; what nobody knows is an empty cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows import book as books
from flows import instance, nouns, sheets, values

SECTIONS = "sections"
"""The table of all sections: what was answered in which version, by whom, and how far it is."""

OURS = frozenset({"KEY", "PARENT_KEY", "Branch", "FormVersion", "ReviewState", "SubmitterName"})
"""Columns that hold no answers."""

UNANSWERED = frozenset({"not_started", "in_progress"})
"""States of a section that has a row only once something in it is answered."""

POINT = ("Latitude", "Longitude", "Altitude", "Accuracy")
"""A location has a column for each of its figures."""

Row = dict[str, sheets.Cell]
Table = list[list[sheets.Cell]]


class Wanted(nouns.Noun, frozen=True):
    """How choices are written."""

    labels: bool = False
    """The words that people read, instead of the names of choices, branches and people."""
    split: bool = False
    """A column more for each choice of several, 1 where it was chosen and 0 where not."""


def tables(
    book: nouns.AnswerBook, flows: Iterable[nouns.Flow], wanted: Wanted | None = None
) -> dict[str, Table]:
    """Every table of a book by its name, the sections' first; the first row of each is the heading."""
    wanted = wanted or Wanted()
    rows: dict[str, list[Row]] = {SECTIONS: []}
    columns: dict[str, dict[str, None]] = {SECTIONS: {}}
    for newest in books.flows_of(book, flows):
        for section in book.sections:
            if section.flow != newest.id:
                continue
            flow = books.flow_of(book, newest, section)
            for name, headings in _headings(flow.children, flow.id, "", wanted):
                columns.setdefault(name, {}).update(dict.fromkeys(headings))
                rows.setdefault(name, [])
            about = _about(book, flow, section, wanted)
            rows[SECTIONS].append(about | {"Title": flow.title, "Answers": len(section.answers)})
            if not _is_answered(section):
                continue
            writer = _Writer(rows, about, wanted)
            writer.write(books.living(section, flow, now=book.made_at).root, flow.id, about)
    return {name: _table(found, columns[name]) for name, found in rows.items()}


def _about(book: nouns.AnswerBook, flow: nouns.Flow, section: nouns.SectionAnswers, wanted: Wanted) -> Row:
    """What stands before the answers of a section."""
    branches = {branch.id: branch.name for branch in book.branches} if wanted.labels else {}
    people = {person.id: person.name for person in book.people} if wanted.labels else {}
    return {
        "KEY": f"{flow.id}/{section.branch}" if section.branch else flow.id,
        "Branch": branches.get(section.branch, section.branch) or None,
        "FormVersion": section.version,
        "ReviewState": section.state,
        "SubmitterName": people.get(section.owner, section.owner) or None,
    }


def _is_answered(section: nouns.SectionAnswers) -> bool:
    """Whether anything was answered, or the section was handed in with nothing to answer."""
    return bool(section.answers) or section.state not in UNANSWERED


def _table(rows: Sequence[Row], columns: Mapping[str, None]) -> Table:
    headings = dict.fromkeys(heading for row in rows for heading in row if heading not in columns)
    every = [*headings, *columns]
    return [list(every), *([row.get(heading) for heading in every] for row in rows)]


# --- columns ---------------------------------------------------------------------------------------


def _headings(
    items: Sequence[nouns.Item], table: str, above: str, wanted: Wanted
) -> Iterator[tuple[str, list[str]]]:
    """The columns of a table, and of the tables of its repeats."""
    own: list[str] = []
    inner: list[tuple[str, list[str]]] = []
    for item in items:
        name = above + item.name
        if isinstance(item, nouns.Question):
            own += _columns(item, name, wanted)
        elif isinstance(item, nouns.Group):
            [(_, found), *further] = _headings(item.children, table, f"{name}-", wanted)
            own += found
            inner += further
        else:
            inner += _headings(item.children, f"{table}-{name}", "", wanted)
    yield table, own
    yield from inner


def _columns(question: nouns.Question, name: str, wanted: Wanted) -> list[str]:
    kind = question.type.partition(" ")[0]
    # a form may have a question of that name too: it is written as a path
    name = f"/{name}" if name in OURS else name
    if kind == "note":
        return []
    if kind == "geopoint":
        return [f"{name}-{figure}" for figure in POINT]
    if kind == "select_multiple" and wanted.split:
        return [name, *(f"{name}/{choice.name}" for choice in question.choices)]
    return [name]


# --- rows ------------------------------------------------------------------------------------------


class _Writer:
    """Writes the rows of one section."""

    def __init__(self, rows: dict[str, list[Row]], about: Row, wanted: Wanted) -> None:
        self.rows = rows
        self.branch = about["Branch"]
        self.wanted = wanted

    def write(self, holder: instance.Holder, table: str, row: Row) -> None:
        """A row of a table, and those of the repeats inside."""
        row = dict(row)
        self.rows[table].append(row)
        self._fill(holder, table, row, "", str(row["KEY"]))

    def _fill(self, holder: instance.Holder, table: str, row: Row, above: str, key: str) -> None:
        for part in holder.parts:
            name = above + part.name
            if isinstance(part, instance.Question):
                row |= self._cells(part, name)
            elif isinstance(part, instance.Group):
                self._fill(part, table, row, f"{name}-", key)
            else:
                for entry in part.entries:
                    here = f"{key}/{name}[{entry.position}]"
                    about: Row = {"PARENT_KEY": key, "KEY": here, "Branch": self.branch}
                    self.write(entry, f"{table}-{name}", about)

    def _cells(self, question: instance.Question, name: str) -> Row:
        value = question.value
        columns = _columns(question.item, name, self.wanted)
        if value is None or not columns:
            return {}
        if isinstance(value, nouns.Point):
            figures = (value.latitude, value.longitude, value.altitude, value.accuracy)
            return dict(zip(columns, figures, strict=True))
        whole, *each = columns
        row: Row = {whole: self._cell(question, value)}
        if isinstance(value, list):
            row |= {column: int(column.removeprefix(f"{whole}/") in value) for column in each}
        return row

    def _cell(self, question: instance.Question, value: nouns.Value) -> sheets.Cell:
        choices = question.item.choices if question.item.itemset is None else question.choices
        if self.wanted.labels and choices:
            labels = {choice.name: question.words(choice) for choice in choices}
            names = value if isinstance(value, list) else [str(value)]
            return ", ".join(labels.get(name, name) for name in names)
        if isinstance(value, bool | int | float):
            return value
        if question.place.kind == "date" and isinstance(value, str):
            return dt.date.fromisoformat(value)
        return values.written(value)
