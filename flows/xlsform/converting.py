"""Sheets through pyxform: its JSON, its XForm, its warnings; or what it refuses."""

from __future__ import annotations

import dataclasses
import pathlib
import warnings
from typing import Any

from pyxform import builder, xls2json
from pyxform import errors as pyxform_errors

from flows import errors
from flows.xlsform import opening, refusals

ROW = "__row"
"""A column of our own on the sheet survey: the row, so that an item of pyxform's JSON knows where it stood."""


@dataclasses.dataclass(frozen=True, slots=True)
class Converted:
    """What pyxform makes of a form."""

    survey: dict[str, Any]
    """Its JSON, in which `${name}` stands as its author wrote it."""
    xform: str
    warnings: tuple[str, ...]


def convert(opened: opening.Opened, name: str = "") -> Converted:
    """The form as pyxform has it; raises FlowErrors for what it refuses. No file is written and no Java is run."""
    sheets = opened.sheets
    for number, row in enumerate(sheets.survey or (), 2):
        if row and isinstance(row, dict):
            row[ROW] = str(number)
    if sheets.survey and sheets.survey_header:
        # a mapping whose keys are the headings
        sheets.survey_header[0][ROW] = None
    said: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            survey = xls2json.workbook_to_json(
                sheets, fallback_form_name=pathlib.PurePath(name).stem or None, warnings=said
            )
            element = builder.create_survey_element_from_dict(survey)
            xform = element.to_xml(validate=False, warnings=said)
    except pyxform_errors.PyXFormError as problem:
        raise refusals.refused(problem, sheets, name) from None
    except RecursionError:
        raise opening.refusal(
            name, "Its groups stand too deep inside each other.", "Put fewer groups inside groups."
        ) from None
    except MemoryError:
        raise
    except Exception as problem:  # pyxform fails in many ways on what nobody expected
        what = f"pyxform, which reads XLSForms, cannot read this one ({type(problem).__name__}: {problem})."
        fix = "Compare its sheets and columns with xlsform.org."
        raise errors.FlowErrors([errors.FlowError(name, 0, what, fix, "the file")]) from None
    return Converted(survey, xform, tuple(said))
