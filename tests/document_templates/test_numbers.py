"""Figures stand in the document under the numbers by which they can be asked for."""

from __future__ import annotations

import datetime as dt
import io
import pathlib

import msgspec
import openpyxl
import pytest

from document_templates import context
from flows import book, nouns, shipped
from planning import figures, parameters, trace, words
from planning import nouns as plan_nouns
from planning import plan as planning
from planning.exports import annex

SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"


@pytest.fixture(scope="module")
def plan() -> plan_nouns.Plan:
    own = (nouns.Assumption("inflation", 9, by="achieng", at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)),)
    given = msgspec.structs.replace(book.decode(SAMPLE.read_bytes()), assumptions=own)
    return planning.make_plan(given, shipped.assessment(), today=dt.date(2027, 1, 4))


def test_a_branch_prints_its_figures_numbers(plan):
    page = context.tell(plan, "en").branches[0]
    assert page.profile[0].label == "7.1.1 Active clients"
    assert page.links[1].number == "7.1.11"
    assert page.line[0].label == "7.1.14 Speed needed"
    assert [gap.number for gap in page.gaps] == ["7.1.14", "7.1.25", "7.1.29", "7.1.32"]


def test_rows_of_tables_print_their_numbers(plan):
    told = context.tell(plan, "en")
    assert (told.costs.years[0].number, told.costs.rows[0].number) == ("15.6", "15.11")
    assert told.hosting.options[0].number == "6.5"
    assert [row.number for row in told.reports][:2] == ["10.1", "10.2"]
    assert told.migration.rows[0].number == figures.row_numbers(plan, "migration")[0]


def test_a_number_of_the_institutions_own_is_marked_in_the_appendix_and_where_it_counts(plan):
    told = context.tell(plan, "en")
    row = next(one for one in told.parameters if one.name == "inflation")
    assert (row.value, row.source) == ("9%", "replaced by the institution")
    assert row.origin == "Achieng Odhiambo, 20 Nov 2026, in the place of 5%"
    total = next(one for one in told.chapter["budget"].figures if one.number == "15.3")
    assert total.comes_from.startswith("inflation: 9%, the institution's own; ")


def test_a_number_assumed_is_called_the_same_in_the_plan_in_the_annex_and_in_chat(plan):
    label = "working days in a month"
    assert label in {row.name for row in context.tell(plan, "en").parameters}
    sheet = openpyxl.load_workbook(io.BytesIO(annex.write(plan)))["Numbers assumed"]
    assert label in {row[0].value for row in sheet.rows}
    said = words.say(trace.parameter(parameters.default()["work_days_per_month"]))
    assert said.startswith(f"{label}: 22 days")
