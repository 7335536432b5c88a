"""The annex for Excel: it computes, it says what the plan says, and nobody's words become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import os
import pathlib
import re
import shutil
import subprocess

import msgspec
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot import sample
from flows import shipped
from planning import nouns, plan, words
from planning.exports import annex, live

TODAY = dt.date(2026, 11, 26)
SAMPLES = ("jitegemea", "village_bank", "sme_lender", "savings_cooperative")
replace = msgspec.structs.replace

OURS = re.compile(
    r"=(IF|SUM|SUMIF|SUMPRODUCT|MAX)\(.*|=[A-Z]+\d+\*[A-Z]+\d+|=[A-Z]+\d+\+N\([A-Z]+\d+\)\+[A-Z]+\d+"
)
"""What our own formulas look like."""

ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""LibreOffice's filter: a .csv for each sheet, numbers as they are and not as they are shown."""


@pytest.fixture(scope="module", params=SAMPLES)
def made(request: pytest.FixtureRequest) -> nouns.Plan:
    """The plan of each sample institution."""
    return plan.make_plan(sample.answers(request.param), shipped.assessment(), today=TODAY, prove=False)


@pytest.fixture(scope="module")
def jitegemea() -> nouns.Plan:
    return plan.make_plan(sample.answers(), shipped.assessment(), today=TODAY, prove=False)


def opened(content: bytes, *, results: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=results)


def labelled(sheet: Worksheet, label: str) -> list[float | str | None]:
    """The row that begins with these words."""
    return next(list(row) for row in sheet.values if row[0] == label)


def test_the_totals_are_those_of_the_plan(made: nouns.Plan) -> None:
    sheet = opened(annex.write(made))["Costs"]
    costs = made.costs
    for row, told in zip(costs.rows, list(sheet.values)[1:], strict=False):
        assert told[0] == words.say(row.what)
        assert told[5] == (pytest.approx(row.amount.value) if row.amount.value is not None else None)
    for name, field in (("Spent once", "once"), ("Running costs", "running"), ("Total of the year", "total")):
        told = labelled(sheet, name)[9:]
        for year, shown in zip(costs.years, told, strict=True):
            figure = getattr(year, field)
            surprises = costs.contingency.value or 0 if (field, year.year) == ("once", 1) else 0
            if figure.value is not None:
                assert shown + surprises == pytest.approx(figure.value)
    if costs.total.value is not None:
        assert labelled(sheet, "Cost of all years")[5] == pytest.approx(costs.total.value)
        assert labelled(sheet, "Cost of a client and year")[5] == pytest.approx(costs.per_client.value)
    missing = sum(row.amount.value is None for row in costs.rows)
    assert labelled(sheet, "Rows without an amount, which no total counts")[1] == missing


def test_while_a_price_is_missing_its_row_and_the_share_for_surprises_are_empty(
    jitegemea: nouns.Plan,
) -> None:
    first = jitegemea.costs.rows[0]
    unknown = replace(
        first, unit_price=replace(first.unit_price, value=None), amount=replace(first.amount, value=None)
    )
    costs = replace(jitegemea.costs, rows=(unknown, *jitegemea.costs.rows[1:]))
    sheet = opened(annex.write(replace(jitegemea, costs=costs)))["Costs"]
    assert sheet["D2"].value is None
    assert not sheet["F2"].value
    assert not labelled(sheet, "For surprises")[9]
    assert labelled(sheet, "Rows without an amount, which no total counts")[1] == 1 + sum(
        row.amount.value is None for row in jitegemea.costs.rows
    )
    assert labelled(sheet, "Spent once")[9] == pytest.approx(
        sum(row.amount.value for row in costs.rows[1:] if not row.yearly and row.first == 1)
    )


def test_every_gap_need_point_and_task_is_a_row(jitegemea: nouns.Plan) -> None:
    book = opened(annex.write(jitegemea))
    things = [gap for page in jitegemea.branches for gap in page.gaps]
    things += [*jitegemea.hosting.gaps, *jitegemea.people.gaps]
    counts = {
        "Needed and there": len(things),
        "What Mifos does not do": len(jitegemea.functional_gaps),
        "Risks": len(jitegemea.risks),
        "Open points": len(jitegemea.open_points),
        "Tasks": len(jitegemea.schedule.tasks),
        "Numbers assumed": len(jitegemea.parameters),
    }
    assert {name: book[name].max_row - 1 for name in counts} == counts
    rows = list(book["Needed and there"].values)[1:]
    for gap, row in zip(things, rows, strict=True):
        assert row[6] == (pytest.approx(gap.gap.value) if gap.gap is not None else None)


def test_a_plan_without_dates_has_an_annex(jitegemea: nouns.Plan) -> None:
    book = opened(annex.write(replace(jitegemea, schedule=None)))
    assert "Costs" in book.sheetnames
    assert "Tasks" not in book.sheetnames


def test_headings_stay_in_sight_and_filter_the_rows_but_not_the_totals(jitegemea: nouns.Plan) -> None:
    book = opened(annex.write(jitegemea), results=False)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(heading.value and heading.font.bold for heading in sheet[1])
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert all(live.NARROWEST <= width <= live.WIDEST for width in widths)
    assert book["Costs"].auto_filter.ref.endswith(str(len(jitegemea.costs.rows) + 1))
    assert book["Costs"]["F2"].number_format == live.MONEY
    assert book["Tasks"]["E2"].number_format == live.DATE


@pytest.mark.parametrize("language", ["en", "fr", "es", "sw"])
def test_it_speaks_every_language_and_is_the_same_every_time(jitegemea: nouns.Plan, language: str) -> None:
    content = annex.write(jitegemea, language)
    assert annex.write(jitegemea, language) == content
    sheet = opened(content).worksheets[0]
    assert sheet["A2"].value == words.say(jitegemea.costs.rows[0].what, language)


HOSTILE = (
    '=HYPERLINK("http://example.org","pay")', "+1+1", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "]]>\x00<f>1</f>",
)  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_nobodys_words_become_a_formula(jitegemea: nouns.Plan, typed: str) -> None:
    page = jitegemea.branches[0]
    named = replace(page, branch=replace(page.branch, name=typed))
    named = replace(named, gaps=tuple(replace(gap, area=typed, what=typed) for gap in page.gaps))
    point = replace(jitegemea.open_points[0], question=typed, owner=typed, remark=typed, section=typed)
    risk = replace(jitegemea.risks[0], what=typed, response=typed, owner=typed)
    number = replace(jitegemea.parameters[0], replaced=True, ours=1.0, origin=typed)
    gap = replace(jitegemea.functional_gaps[0], what=typed, use_case=typed)
    task = replace(jitegemea.schedule.tasks[0], name=typed, who=(typed,))
    hostile = replace(
        jitegemea,
        institution=replace(jitegemea.institution, name=typed),
        branches=(named, *jitegemea.branches[1:]),
        open_points=(point,),
        risks=(risk,),
        parameters=(number, *jitegemea.parameters[1:]),
        functional_gaps=(gap,),
        schedule=replace(jitegemea.schedule, tasks=(task,)),
    )
    book = opened(annex.write(hostile), results=False)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    for cell in cells:
        if cell.data_type == "f":
            assert OURS.fullmatch(cell.value), cell.value
    shown = typed.replace("\x00", "")
    found = [cell for cell in cells if cell.value == shown]
    assert len(found) >= 8
    assert all(cell.data_type == "s" for cell in found)
    assert all(cell.quotePrefix == (shown[0] in "=+-@\t") for cell in found)


# --- as a spreadsheet program computes it


def computed(content: bytes, folder: pathlib.Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice computes it, from formulas alone: the results beside them are taken out."""
    book = opened(content, results=False)
    folder.mkdir()
    book.save(folder / "annex.xlsx")
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice is not installed")
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", ALL_SHEETS, "--outdir", str(folder), str(folder / "annex.xlsx")],
        check=False, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    found = {
        path.stem.removeprefix("annex-"): list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in folder.glob("annex-*.csv")
    }
    if not found:
        pytest.skip("Debian's libreoffice-calc is not installed")
    return found


def test_a_spreadsheet_program_computes_what_stands_beside_the_formulas(
    jitegemea: nouns.Plan, tmp_path: pathlib.Path
) -> None:
    content = annex.write(jitegemea)
    recomputed = computed(content, tmp_path / "office")
    formulas, results = opened(content, results=False), opened(content)
    count = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                told = results[sheet.title][cell.coordinate].value
                office = recomputed[sheet.title][cell.row - 1][cell.column - 1]
                assert math.isclose(float(office or 0), float(told or 0), rel_tol=1e-9), cell.coordinate
                count += 1
    assert count > 100


def test_who_changes_a_price_sees_every_total_follow(jitegemea: nouns.Plan, tmp_path: pathlib.Path) -> None:
    content = annex.write(jitegemea)
    before = computed(content, tmp_path / "before")["Costs"]
    book = opened(content, results=False)
    sheet = book["Costs"]
    place = next(row for row in range(2, 40) if str(sheet[f"A{row}"].value).startswith("Computers"))
    quantity, price = sheet[f"B{place}"].value, sheet[f"D{place}"].value
    sheet[f"D{place}"].value = price + 1000
    changed = io.BytesIO()
    book.save(changed)
    after = computed(changed.getvalue(), tmp_path / "after")["Costs"]

    def number(rows: list[list[str]], label: str, column: int) -> float:
        return float(next(row for row in rows if row[0] == label)[column])

    more = quantity * 1000
    share = number(before, "Share for surprises", 1) / 100
    for label, column, expected in (
        ("Spent once", 9, more),
        ("For surprises", 9, more * share),
        ("Total of the year", 9, more * (1 + share)),
        ("Cost of all years", 5, more * (1 + share)),
    ):
        assert number(after, label, column) - number(before, label, column) == pytest.approx(expected)
