"""The sheet that goes out: headings with hints, the rows there are, and drop-downs where there are choices.

Above the headings stands a hidden row with the question's paths, so that a sheet is understood again
in any language and after its columns were moved.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.cell import cell as cells
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows import instance, kinds, nouns, sheets, shown, units, words
from flows.worksheets import columns

NAMES_ROW, HEADINGS_ROW, HINTS_ROW = 1, 2, 3
FIRST_ROW = 4
"""Where what is filled in begins."""
MARK_COLUMN = 1
"""Where the hidden row says whose sheet it is."""

BETWEEN = "; "
"""Between several choices in one cell: labels may hold commas."""

LONGEST_MESSAGE = 255
"""Characters that Excel takes in a message of its own beside a cell."""

_HEADING = PatternFill("solid", fgColor="0F766E")
_TYPED = {"integer": "0", "decimal": "0.##########", "range": "0.##########", "date": "yyyy-mm-dd"}


@dataclasses.dataclass(frozen=True)
class Fixed:
    """A column before those of the questions: it says which entry or branch a row is about."""

    name: str
    """What the hidden row says; of the first column the sheet's mark."""
    heading: str
    hint: str
    width: int
    is_hidden: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """A row that stands in the sheet when it goes out."""

    fixed: tuple[sheets.Cell, ...]
    said: Mapping[str, instance.Question]
    """By the path of their columns the questions that have a cell."""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """What goes out: one question a column, one entry or branch a row."""

    title: str
    fixed: tuple[Fixed, ...]
    columns: tuple[columns.Column, ...]
    rows: Sequence[Row]
    most: int
    """Rows that may be filled in."""

    @property
    def first(self) -> int:
        """The number of the first question's column."""
        return MARK_COLUMN + len(self.fixed)


def write(made: Sheet, said: words.Catalogue) -> bytes:
    """The sheet as an .xlsx."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = sheets.title(made.title, set())
    choices: Worksheet = book.create_sheet(sheets.title(said.say("table.choices"), {sheet.title.casefold()}))
    _headings(sheet, made, said)
    for number, column in enumerate(made.columns, made.first):
        _rules(sheet, choices, number, column, made.most, said)
    for place, row in enumerate(made.rows, FIRST_ROW):
        for number, value in enumerate(row.fixed, MARK_COLUMN):
            _put(sheet, place, number, value)
        for number, column in enumerate(made.columns, made.first):
            if column.path in row.said:
                _put(sheet, place, number, _written(row.said[column.path], said))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _headings(sheet: Worksheet, made: Sheet, said: words.Catalogue) -> None:
    sheet.row_dimensions[NAMES_ROW].hidden = True
    sheet.freeze_panes = f"{get_column_letter(made.first)}{FIRST_ROW}"
    headings = [(one.name, one.heading, one.hint) for one in made.fixed]
    headings += [(column.path, column.label, _hint(column, said)) for column in made.columns]
    widths = [one.width for one in made.fixed] + [28] * len(made.columns)
    for number, (heading, width) in enumerate(zip(headings, widths, strict=True), MARK_COLUMN):
        sheet.column_dimensions[get_column_letter(number)].width = width
        for row, text in zip((NAMES_ROW, HEADINGS_ROW, HINTS_ROW), heading, strict=True):
            one = _put(sheet, row, number, text)
            one.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.cell(HEADINGS_ROW, number).font = Font(bold=True, color="FFFFFF")
        sheet.cell(HEADINGS_ROW, number).fill = _HEADING
        sheet.cell(HINTS_ROW, number).font = Font(italic=True, color="595959")
    for number, fixed in enumerate(made.fixed, MARK_COLUMN):
        sheet.column_dimensions[get_column_letter(number)].hidden = fixed.is_hidden


def _hint(column: columns.Column, said: words.Catalogue) -> str:
    parts = [column.hint]
    if column.question.unit:
        parts.append(said.say("ask.unit", unit=units.name(column.question.unit, said.language)))
    if column.kind in kinds.SEVERAL:
        parts.append(said.say("table.several"))
    return "\n".join(part for part in parts if part)


def _rules(
    sheet: Worksheet,
    choices: Worksheet,
    number: int,
    column: columns.Column,
    most: int,
    said: words.Catalogue,
) -> None:
    """A drop-down, or a warning about what is no number; both let "I don't know" through."""
    letter = get_column_letter(number)
    last = FIRST_ROW + most - 1
    unknown = said.say("button.unknown")
    if column.kind == "select_one" or column.kind in kinds.SEVERAL:
        labels = [choice.label for choice in column.question.choices]
        for row, label in enumerate([column.label, *labels, unknown], 1):
            _put(choices, row, number, label)
        choices.cell(1, number).font = Font(bold=True)
        choices.column_dimensions[letter].width = 40
    if column.kind == "select_one":
        rule = DataValidation("list", formula1=f"'{choices.title}'!${letter}$2:${letter}${len(labels) + 2}")
        rule.error = said.say("table.choose")[:LONGEST_MESSAGE]
    elif column.kind in kinds.NUMBERS:
        rule = DataValidation("decimal", operator="between", formula1="-1E15", formula2="1E15")
        rule.error = said.say("table.type_number", unknown=unknown)[:LONGEST_MESSAGE]
    else:
        rule = None
    if rule is not None:
        rule.errorStyle = "warning"
        rule.showErrorMessage = True
        rule.allow_blank = True
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(rule)
    if column.kind in _TYPED:
        for row in range(FIRST_ROW, last + 1):
            sheet.cell(row, number).number_format = _TYPED[column.kind]


OPENLY = {
    nouns.Sure.UNKNOWN: "button.unknown",
    nouns.Sure.ASKED: "button.ask_colleague",
    nouns.Sure.NOT_APPLICABLE: "button.not_applicable",
}
"""What an answer without a value means -> how people say it."""


def _written(node: instance.Question, said: words.Catalogue) -> sheets.Cell:
    """An answer as somebody would type it."""
    answer = node.answer
    if answer is not None and answer.sure in OPENLY:
        return said.say(OPENLY[answer.sure])
    value = node.value
    match value:
        case None:
            return None
        case list():
            labels = {choice.name: choice.label for choice in node.choices}
            return BETWEEN.join(labels.get(name, name) for name in value)
        case int() | float():
            estimated = answer is not None and answer.sure is nouns.Sure.ESTIMATE
            return f"≈ {value}" if estimated else value
        case nouns.Point():
            return shown.in_words(node)
    return shown.in_words(node) if node.place.kind == "select_one" else str(value)


def _put(sheet: Worksheet, row: int, number: int, value: sheets.Cell) -> cells.Cell:
    one = sheet.cell(row, number)
    assert isinstance(one, cells.Cell)  # noqa: S101  # nothing is merged in a sheet that we make
    sheets.fill(one, value)
    return one
