"""The sheet that goes out: headings with hints, the entries there are, and drop-downs where there are choices.

Above the headings stands a hidden row with the question's paths, so that a sheet is understood again
in any language and after its columns were moved.
"""

from __future__ import annotations

import io

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
"""Where the entries begin."""
NUMBER_COLUMN = 1

MARK = "groundwork"
"""How the hidden row begins."""

BETWEEN = "; "
"""Between several choices in one cell: labels may hold commas."""

LONGEST_MESSAGE = 255
"""Characters that Excel takes in a message of its own beside a cell."""

_HEADING = PatternFill("solid", fgColor="0F766E")
_TYPED = {"integer": "0", "decimal": "0.##########", "range": "0.##########", "date": "yyyy-mm-dd"}


def mark(series: instance.Series) -> str:
    """What tells a sheet of this list from any other."""
    return f"{MARK}:{series.instance.form.flow.id}:{series.key}"


def write(series: instance.Series, said: words.Catalogue) -> bytes:
    """The list as an .xlsx with room for as many entries as one may have."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = sheets.title(shown.title(series), set())
    choices: Worksheet = book.create_sheet(sheets.title(said.say("table.choices"), {sheet.title.casefold()}))
    found = columns.of(series)
    _headings(sheet, series, found, said)
    for number, column in enumerate(found, NUMBER_COLUMN + 1):
        _rules(sheet, choices, number, column, said)
    for row, entry in enumerate(series.entries, FIRST_ROW):
        _put(sheet, row, NUMBER_COLUMN, entry.number)
        for number, column in enumerate(found, NUMBER_COLUMN + 1):
            node = series.instance.find(columns.key(entry.key, column))
            if isinstance(node, instance.Question):
                _put(sheet, row, number, _written(node, said))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _headings(
    sheet: Worksheet, series: instance.Series, found: tuple[columns.Column, ...], said: words.Catalogue
) -> None:
    sheet.row_dimensions[NAMES_ROW].hidden = True
    sheet.freeze_panes = f"{get_column_letter(NUMBER_COLUMN + 1)}{FIRST_ROW}"
    headings = [(mark(series), said.say("table.number"), said.say("table.number.hint"))]
    headings += [(column.path, column.label, _hint(column, said)) for column in found]
    for number, heading in enumerate(headings, NUMBER_COLUMN):
        sheet.column_dimensions[get_column_letter(number)].width = 28 if number > NUMBER_COLUMN else 14
        for row, text in zip((NAMES_ROW, HEADINGS_ROW, HINTS_ROW), heading, strict=True):
            one = _put(sheet, row, number, text)
            one.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.cell(HEADINGS_ROW, number).font = Font(bold=True, color="FFFFFF")
        sheet.cell(HEADINGS_ROW, number).fill = _HEADING
        sheet.cell(HINTS_ROW, number).font = Font(italic=True, color="595959")


def _hint(column: columns.Column, said: words.Catalogue) -> str:
    parts = [column.hint]
    if column.question.unit:
        parts.append(said.say("ask.unit", unit=units.name(column.question.unit, said.language)))
    if column.kind in kinds.SEVERAL:
        parts.append(said.say("table.several"))
    return " ".join(part for part in parts if part)


def _rules(
    sheet: Worksheet, choices: Worksheet, number: int, column: columns.Column, said: words.Catalogue
) -> None:
    """A drop-down, or a warning about what is no number; both let "I don't know" through."""
    letter = get_column_letter(number)
    last = FIRST_ROW + instance.MAX_ENTRIES - 1
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
    return shown.in_words(node) if node.place.kind == "select_one" else str(value)


def _put(sheet: Worksheet, row: int, number: int, value: sheets.Cell) -> cells.Cell:
    one = sheet.cell(row, number)
    assert isinstance(one, cells.Cell)  # noqa: S101  # nothing is merged in a sheet that we make
    sheets.fill(one, value)
    return one
