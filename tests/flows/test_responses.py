"""Answers as tables: one a flow, one a repeat, joined by keys."""

from __future__ import annotations

import csv
import datetime as dt
import io
import pathlib

import openpyxl
import pytest

from flows import book, loading, nouns, responses, sheets, shipped

SAMPLE = pathlib.Path(book.__file__).parent / "samples" / "jitegemea.answers.json"

FLOW = loading.load("""
flow: shop
title: The shop
per: branch
choices:
  uses: [{name: post, label: Posting}, {name: mail, label: "=Mail"}]
survey:
  - type: group
    name: line
    label: Line
    children:
      - {type: select_multiple uses, name: uses, label: Uses}
      - {type: integer, name: mbps, label: Speed}
  - {type: note, name: hello, label: Hello}
  - {type: text, name: why, label: Why, relevant: "${mbps} < 2"}
  - {type: calculate, name: doubled, calculation: "${mbps} * 2"}
  - {type: geopoint, name: at, label: Where}
  - {type: date, name: since, label: Since}
  - type: repeat
    name: old
    label: Old
    relevant: ${mbps} < 2
    children:
      - {type: text, name: thing, label: Thing}
  - type: repeat
    name: tills
    label: Till
    children:
      - {type: text, name: brand, label: Brand}
      - type: repeat
        name: faults
        label: Fault
        children:
          - {type: text, name: fault, label: Fault}
""")

SECTION = nouns.SectionAnswers(
    flow="shop",
    branch="b1",
    state="approved",
    owner="7",
    answers={
        "line/uses": nouns.Answer(["post", "mail"]),
        "line/mbps": nouns.Answer(8),
        "why": nouns.Answer("not asked any more"),
        "at": nouns.Answer(nouns.Point(-1.5, 36.75, 3.0, 9.0)),
        "since": nouns.Answer("2026-11-02"),
        "old:1/thing": nouns.Answer("not asked any more"),
        "tills:1/brand": nouns.Answer("=1+1"),
        "tills:3/brand": nouns.Answer(None, sure=nouns.Sure.UNKNOWN),
        "tills:3/faults:1/fault": nouns.Answer("stuck"),
    },
    entries={"old": (1,), "tills": (1, 3), "tills:3/faults": (1,)},
)

BOOK = nouns.AnswerBook(
    institution=nouns.Institution("M", "KE", "KES", "Africa/Nairobi"),
    branches=(nouns.Branch("b1", "Lodwar"),),
    people=(nouns.Respondent("7", "Ekai"),),
    sections=(SECTION,),
)


def made(**how: bool) -> dict[str, list[dict[str, sheets.Cell]]]:
    """The tables' rows by their headings."""
    tables = responses.tables(BOOK, [FLOW], responses.Wanted(**how))
    return {
        name: [dict(zip(table[0], row, strict=True)) for row in table[1:]] for name, table in tables.items()
    }


def test_a_table_for_each_flow_and_each_repeat() -> None:
    assert list(made()) == ["sections", "shop", "shop-old", "shop-tills", "shop-tills-faults"]


def test_what_applies_is_there_with_what_is_computed() -> None:
    [row] = made()["shop"]
    assert made()["shop-old"] == []
    assert row == {
        "KEY": "shop/b1", "Branch": "b1", "FormVersion": "1", "ReviewState": "approved", "SubmitterName": "7",
        "line-uses": "post mail", "line-mbps": 8, "why": None, "doubled": 16,
        "at-Latitude": -1.5, "at-Longitude": 36.75, "at-Altitude": 3.0, "at-Accuracy": 9.0,
        "since": dt.date(2026, 11, 2),
    }  # fmt: skip


def test_entries_find_their_parents() -> None:
    tables = made()
    assert [(row["PARENT_KEY"], row["KEY"], row["brand"]) for row in tables["shop-tills"]] == [
        ("shop/b1", "shop/b1/tills[1]", "=1+1"),
        ("shop/b1", "shop/b1/tills[2]", None),
    ]
    assert tables["shop-tills-faults"] == [
        {
            "PARENT_KEY": "shop/b1/tills[2]",
            "KEY": "shop/b1/tills[2]/faults[1]",
            "Branch": "b1",
            "fault": "stuck",
        }
    ]


def test_labels_in_the_place_of_codes() -> None:
    [row] = made(labels=True)["shop"]
    assert (row["line-uses"], row["Branch"], row["SubmitterName"]) == ("Posting, =Mail", "Lodwar", "Ekai")


def test_a_column_for_each_choice() -> None:
    [row] = made(split=True)["shop"]
    assert (row["line-uses/post"], row["line-uses/mail"]) == (1, 1)


def test_the_list_of_sections() -> None:
    [row] = made()["sections"]
    assert (row["KEY"], row["Title"], row["Answers"]) == ("shop/b1", "The shop", 9)


def test_columns_of_an_older_version_stay() -> None:
    old = loading.load(
        "flow: shop\nversion: '0'\ntitle: S\nsurvey:\n  - {type: text, name: gone, label: Gone}\n"
    )
    section = nouns.SectionAnswers("shop", "0", answers={"gone": nouns.Answer("still here")})
    new = loading.load(
        "flow: shop\nversion: '1'\ntitle: S\nsurvey:\n  - {type: text, name: here, label: Here}\n"
    )
    found = nouns.AnswerBook(
        institution=BOOK.institution,
        sections=(section, nouns.SectionAnswers("shop", "1", answers={"here": nouns.Answer("new")})),
        surveys=(old, new),
    )
    table = responses.tables(found, [])["shop"]
    assert table[0][-2:] == ["gone", "here"]
    assert [row[-2:] for row in table[1:]] == [["still here", None], [None, "new"]]


def test_nothing_typed_is_a_formula() -> None:
    tables = responses.tables(BOOK, [FLOW], responses.Wanted(labels=True))
    book_ = openpyxl.load_workbook(io.BytesIO(sheets.workbook(tables)))
    cells = [cell for sheet in book_ for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == "=1+1" for cell in cells)
    read = list(csv.reader(io.StringIO(sheets.csv_file(tables["shop-tills"]).decode("utf-8-sig"))))
    assert read[1][-1] == "'=1+1"


@pytest.mark.parametrize("lead", [*"=+-@\t\r\n\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_leads_a_formula_is_text(lead: str) -> None:
    """Also the full-width signs, which Excel takes for the plain ones, and what it leaves out before one."""
    cell = f"{lead}=1+1"
    assert sheets.csv_file([[cell]]).decode("utf-8-sig").startswith(("'", "\"'"))
    made = openpyxl.load_workbook(io.BytesIO(sheets.workbook({"t": [["a"], [cell]]})))
    assert made["t"]["A2"].data_type == "s"
    assert made["t"]["A2"].quotePrefix


def test_a_question_called_as_a_column_of_ours_has_one_of_its_own() -> None:
    flow = loading.load(
        "flow: shop\nversion: '1'\ntitle: S\n"
        "choices:\n  branches: [{name: a, label: A}]\n"
        "survey:\n  - {type: text, name: KEY, label: Key}\n"
        "  - {type: select_multiple branches, name: Branch, label: Branches}\n"
    )
    answers = {"KEY": nouns.Answer("typed"), "Branch": nouns.Answer(["a"])}
    found = nouns.AnswerBook(
        institution=BOOK.institution,
        branches=BOOK.branches,
        sections=(nouns.SectionAnswers("shop", "1", "b1", answers=answers),),
    )
    heading, row = responses.tables(found, [flow], responses.Wanted(split=True))["shop"]
    said = dict(zip(heading, row, strict=True))
    assert (said["KEY"], said["Branch"]) == ("shop/b1", "b1")
    assert (said["/KEY"], said["/Branch"], said["/Branch/a"]) == ("typed", "a", 1)


def test_only_the_heading_is_bold() -> None:
    made = openpyxl.load_workbook(io.BytesIO(sheets.workbook({"t": [["a", "b"], [1, "x"]]})))
    assert [[cell.font.bold for cell in row] for row in made["t"]] == [[True, True], [False, False]]


LONG = "a" * sheets.LONGEST_TITLE


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        pytest.param(["shop", "till"], ["shop", "till"], id="as they are"),
        pytest.param(["shop", "Shop", "SHOP"], ["shop", "Shop 2", "SHOP 3"], id="capitals are no difference to Excel"),
        pytest.param(["a/b", "a:b"], ["a b", "a b 2"], id="signs that no title may have"),
        pytest.param([LONG + "b", LONG + "c"], [LONG, LONG[:-2] + " 2"], id="too long, and the same then"),
        pytest.param(["'", ""], ["sheet", "sheet 2"], id="nothing that could be one"),
    ],
)  # fmt: skip
def test_each_sheet_has_a_title_that_excel_takes(names: list[str], titles: list[str]) -> None:
    taken: set[str] = set()
    assert [sheets.title(name, taken) for name in names] == titles
    assert all(len(title) <= sheets.LONGEST_TITLE for title in titles)


MOMENT = dt.datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  # as Excel has it


@pytest.mark.parametrize(
    ("date", "cell", "shown"),
    [
        pytest.param(dt.date(2026, 11, 2), dt.datetime(2026, 11, 2), "yyyy-mm-dd", id="a date of today"),  # noqa: DTZ001  # as Excel has it
        pytest.param(MOMENT, MOMENT, "yyyy-mm-dd", id="a moment, by its day"),
        pytest.param(dt.date(1, 1, 1), "0001-01-01", "General", id="a date that Excel has not"),
    ],
)
def test_a_date_is_one_where_excel_has_it(date: dt.date, cell: object, shown: str) -> None:
    made = openpyxl.load_workbook(io.BytesIO(sheets.workbook({"t": [["a"], [date]]})))["t"]["A2"]
    assert (made.value, made.number_format) == (cell, shown)


@pytest.mark.parametrize("labels", [False, True])
def test_the_sample_goes_out_whole(labels: bool) -> None:
    found = book.decode(SAMPLE.read_bytes())
    tables = responses.tables(found, shipped.assessment(), responses.Wanted(labels=labels, split=True))
    sections = tables.pop("sections")
    keys = [row[table[0].index("KEY")] for table in tables.values() for row in table[1:]]
    assert len(sections) - 1 == len(found.sections)
    assert len(keys) == len(set(keys))
    for table in (sections, *tables.values()):
        assert {len(row) for row in table} == {len(table[0])}
        if "PARENT_KEY" in table[0]:
            assert {row[0] for row in table[1:]} <= set(keys)
