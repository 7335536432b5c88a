"""Every list of the assessment goes to Excel and comes back: whole, and where one row is wrong, without that row."""

from __future__ import annotations

import io
import pathlib
from collections.abc import Mapping

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from flows import book, instance, nouns, words
from flows.worksheets import columns, lists, tables, writing
from tests.flows.assessment_asked import FLOWS, NOW, items_of, standing

SAID = words.catalogue("bot", "en")
SAMPLES = pathlib.Path(__file__).parents[3] / "flows" / "samples"
BOOKS = [
    book.decode((SAMPLES / f"{name}.answers.json").read_bytes())
    for name in ("jitegemea", "sme_lender", "savings_cooperative")
]

WRONG: Mapping[str, str] = {
    "text": "x" * 2001, "integer": "several", "decimal": "some", "date": "31 February 2027",
    "select_one": "something else", "select_multiple": "something else",
}  # fmt: skip
"""What no cell of that kind takes."""

ABROAD = {
    "rates": {
        "rates:1/rate_currency": nouns.Answer("UGX"),
        "rates:1/rate_value": nouns.Answer(0.035),
        "rates:1/rate_date": nouns.Answer("2026-11-02"),
    }
}
"""What no sample fills in, since none pays in other money."""

LISTS = [
    pytest.param(flow.id, item.path, id=f"{flow.id}-{item.path}")
    for flow in FLOWS.values()
    for item in items_of(flow.children)
    if isinstance(item, nouns.Repeat) and not item.repeat_count
]


def filled(flow: str, path: str) -> instance.Series:
    """The list as a sample institution filled it in."""
    if path in ABROAD:
        return series(flow, path, ABROAD[path], {path: (1,)})
    section = next(
        one for said in BOOKS for one in said.sections if one.flow == flow and one.entries.get(path)
    )
    return series(flow, path, section.answers, section.entries)


def series(
    flow: str, path: str, answers: Mapping[str, nouns.Answer], entries: Mapping[str, tuple[int, ...]]
) -> instance.Series:
    found = standing(flow, dict(answers), dict(entries)).find(path)
    assert isinstance(found, instance.Series)
    return found


def empty(full: instance.Series) -> instance.Series:
    """The same list before anybody filled it in, beside the same other answers."""
    session = full.instance.session
    answers = {key: answer for key, answer in session.answers.items() if not key.startswith(f"{full.key}:")}
    return series(full.instance.form.flow.id, full.key, answers, {})


def read(into: instance.Series, workbook: openpyxl.Workbook) -> tables.Table:
    made = io.BytesIO()
    workbook.save(made)
    found = lists.read(into, made.getvalue(), now=NOW)
    assert isinstance(found, tables.Table), found
    return found


def given(full: instance.Series) -> list[dict[str, nouns.Value]]:
    """What each entry says in the columns, as far as it says anything."""
    said = full.instance.session.answers
    return [
        {
            column.path: said[key].value
            for column in columns.of(full)
            if (key := columns.key(f"{full.key}:{number}", column)) in said and said[key].value is not None
        }
        for number in full.numbers
    ]


@pytest.mark.parametrize(("flow", "path"), LISTS)
def test_a_list_is_filled_in_excel_and_a_wrong_row_is_left_behind(flow: str, path: str) -> None:
    full = filled(flow, path)
    workbook = openpyxl.load_workbook(io.BytesIO(lists.write(full, SAID)))
    again = read(full, workbook)
    assert (again.faults, [row.number for row in again.rows]) == ((), list(full.numbers))

    page, blank = workbook.worksheets[0], empty(full)
    for row in range(writing.FIRST_ROW, writing.FIRST_ROW + len(full.numbers)):
        page.cell(row, 1, None).value = None
    anew = read(blank, workbook)
    assert anew.faults == ()
    told = [
        {key: answer.value for key, answer in row.answers.items() if answer.value is not None}
        for row in anew.rows
    ]
    assert told == given(full)

    below = writing.FIRST_ROW + len(full.numbers)
    for number, column in enumerate(columns.of(full), 2):
        page.cell(below, number, WRONG[column.kind])
    faulty = read(blank, workbook)
    assert faulty.rows == anew.rows, "the good rows can be taken alone"
    assert {fault.row for fault in faulty.faults} == {below}
    assert "B" in {fault.column for fault in faulty.faults}
    assert {fault.column for fault in faulty.faults} <= {
        get_column_letter(number) for number in range(2, 2 + len(columns.of(full)))
    }
