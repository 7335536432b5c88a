"""Expressions in every column that holds one: what pyxform lets through and no ODK client could run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyxform import aliases, utils, xls2json_backends
from pyxform.parsing import sheet_headers

from flows import errors, expressions, tables
from flows.xlsform import columns, surveycto

_FUNCTION = re.compile(r"There is no function “([^”]+)”")

LAST_SAVED = "last-saved#"
"""Before a name in `${…}`: the answer that was given in the form before."""


def check(sheets: xls2json_backends.DefinitionData, name: str = "") -> Iterator[errors.FlowError]:
    """Each expression that is none, with its sheet, row and column."""
    for sheet, cell in _expressions(sheets):
        typed = sheet_headers.clean_text_values(cell.text)
        text = aliases.BINDING_CONVERSIONS.get(typed, typed)
        try:
            expressions.parse(text.replace(LAST_SAVED, ""))
        except expressions.ExpressionError as error:
            what, fix = _said(error)
            yield errors.FlowError(name, cell.row, what, fix, sheet, cell.heading)


def pulled(sheets: xls2json_backends.DefinitionData) -> Iterator[tuple[int, str]]:
    """The tables that `pulldata` looks into, each with the row that names it: they are files beside the form."""
    for sheet, cell in _expressions(sheets):
        if sheet == "survey":
            for name in sorted(tables.pulled(cell.text.replace(LAST_SAVED, ""))):
                yield cell.row, name


def _said(error: expressions.ExpressionError) -> tuple[str, str]:
    """What is wrong with an expression, and what to do."""
    named = _FUNCTION.search(error.problem)
    if named and named[1] in surveycto.FUNCTIONS:
        what = f"The function `{named[1]}` is SurveyCTO's own; ODK and chat do not have it."
        return what, surveycto.FUNCTIONS[named[1]]
    what = f"This is no expression: {error.problem}, at character {error.position + 1}."
    return what, error.advice or "Correct the expression."


def _expressions(sheets: xls2json_backends.DefinitionData) -> Iterator[tuple[str, columns.Cell]]:
    survey = list(columns.cells("survey", sheets.survey, sheets.survey_header))
    types = {cell.row: cell.text.strip() for cell in survey if cell.column == ("type",)}
    for cell in survey:
        field = columns.FIELDS.get(cell.column)
        if field == "default":
            if utils.default_is_dynamic(cell.text, types.get(cell.row)):
                yield "survey", cell
        elif field:
            yield "survey", cell
    for cell in columns.cells("settings", sheets.settings, sheets.settings_header):
        if cell.column == ("instance_name",):
            yield "settings", cell
    for cell in columns.cells("entities", sheets.entities, sheets.entities_header):
        if cell.column[0] in columns.ENTITY_FIELDS:
            yield "entities", cell
