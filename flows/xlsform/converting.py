"""Sheets through pyxform: its JSON, or what it refuses."""

from __future__ import annotations

import pathlib
import warnings
from typing import Any

from pyxform import builder, xls2json
from pyxform import errors as pyxform_errors

from flows import errors
from flows.xlsform import opening, refusals

ROW = "__row"
"""A column of our own on the sheet survey: the row, so that an item of pyxform's JSON knows where it stood."""


def convert(opened: opening.Opened, name: str = "") -> dict[str, Any]:
    """The form as pyxform has it, `${name}` as its author wrote it; raises FlowErrors for what it refuses.

    No file is written and no Java is run.
    """
    sheets = opened.sheets
    for number, row in enumerate(sheets.survey or (), 2):
        if row and isinstance(row, dict):
            row[ROW] = str(number)
    if sheets.survey and sheets.survey_header:
        # a mapping whose keys are the headings
        sheets.survey_header[0][ROW] = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            survey: dict[str, Any] = xls2json.workbook_to_json(
                sheets, fallback_form_name=pathlib.PurePath(name).stem or None
            )
            builder.create_survey_element_from_dict(survey).xml()  # refuses what is left to refuse
    except pyxform_errors.PyXFormError as problem:
        raise refusals.refused(problem, sheets, name) from None
    except (MemoryError, RecursionError):
        raise
    except Exception as problem:  # pyxform fails in many ways on what nobody expected
        what = f"pyxform, which reads XLSForms, cannot read this one ({type(problem).__name__}: {problem})."
        fix = "Compare its sheets and columns with xlsform.org."
        raise errors.FlowErrors([errors.FlowError(name, 0, what, fix, "the file")]) from None
    return survey
