"""A list filled in at a desk: what goes out comes back, and every cell that is wrong is named."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from flows import engine, instance, nouns, words
from flows.worksheets import checking, files, grids, lists, reading, tables, writing
from tests.flows import bombs, playing
from tests.flows.xlsform import forms

SAID = words.catalogue("bot", "en")

EXCEL_DAY = dt.datetime(2026, 3, 1)  # noqa: DTZ001 - Excel knows no time zones
EXCEL_FIRST = dt.datetime(1900, 3, 1)  # noqa: DTZ001

FORM = """
survey:
  - type: repeat
    name: servers
    label: Server
    children:
      - {type: text, name: name, label: Its name, required: "yes", required_message: A server needs a name.}
      - {type: select_one kinds, name: kind, label: Its kind}
      - {type: select_multiple uses, name: uses, label: Its uses}
      - type: group
        name: size
        label: Size
        children:
          - {type: integer, name: memory, label: Memory, unit: GB, constraint: ". > 0", constraint_message: More than 0.}
          - {type: decimal, name: price, label: Price}
      - {type: date, name: bought, label: Bought on}
      - {type: text, name: why, label: Why so little, relevant: "${memory} < 4"}
      - {type: image, name: photo, label: A photo}
choices:
  kinds: [{name: own, label: Our own}, {name: rented, label: Rented}]
  uses: [{name: files, label: "Files, mail"}, {name: core, label: Banking}, {name: none, label: None of these}]
"""
COLUMNS = {"number": 1, "name": 2, "kind": 3, "uses": 4, "memory": 5, "price": 6, "bought": 7, "why": 8}


def list_of(player: playing.Player) -> instance.Series:
    found = engine.standing_list(player.flow, player.session, now=playing.NOW)
    assert found is not None
    return found


def begun() -> playing.Player:
    return playing.begun(FORM)


def two() -> playing.Player:
    """A list of two servers, the second with little memory, an estimate and an unknown."""
    player = begun()
    rows = (
        nouns.TableRow(0, {"name": known("Old"), "kind": known("own"), "uses": known(["files", "core"])}),
        nouns.TableRow(
            0,
            {
                "name": known("New"),
                "kind": nouns.Answer(None, sure=nouns.Sure.UNKNOWN),
                "size/memory": nouns.Answer(2, sure=nouns.Sure.ESTIMATE),
                "size/price": known(99.5),
                "bought": known("2026-03-01"),
                "why": known("It is old"),
            },
        ),
    )
    player.do(nouns.Filled("servers", rows))
    return player


def known(value: nouns.Value) -> nouns.Answer:
    return nouns.Answer(value)


def sheet(player: playing.Player, *rows: dict[str, Any]) -> bytes:
    """The table as it goes out, with these rows below the entries that there are."""
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(player), SAID)))
    page = book.worksheets[0]
    first = writing.FIRST_ROW + len(list_of(player).numbers)
    for row, cells in enumerate(rows, first):
        for name, value in cells.items():
            page.cell(row, COLUMNS[name], value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def table(player: playing.Player, content: bytes) -> tables.Table:
    found = lists.read(list_of(player), content, now=playing.NOW)
    assert isinstance(found, tables.Table), found
    return found


def test_what_goes_out_comes_back_and_changes_nothing() -> None:
    player = two()
    before = player.session
    found = table(player, sheet(player))
    assert not found.faults
    player.do(nouns.Filled("servers", found.rows))
    assert player.session.entries == before.entries
    assert {key: (a.value, a.sure) for key, a in player.session.answers.items()} == {
        key: (a.value, a.sure) for key, a in before.answers.items()
    }


def test_new_rows_become_entries_and_numbered_rows_change_theirs() -> None:
    player = two()
    content = sheet(player, {"number": None, "name": "Third", "memory": 8, "uses": "Files, mail; Banking"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].cell(writing.FIRST_ROW, COLUMNS["name"], "Older")
    found = table(player, saved(book))
    player.do(nouns.Filled("servers", found.rows))
    assert player.session.entries["servers"] == (1, 2, 3)
    assert player.value("servers:1/name") == "Older"
    assert player.value("servers:3/uses") == ["files", "core"]
    assert player.session.answers["servers:3/size/memory"].by == "p1"


def test_drop_downs_and_hints_stand_in_the_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(begun()), SAID)))
    page, choices = book.worksheets
    rules = {str(rule.sqref).split(":")[0]: rule.type for rule in page.data_validations.dataValidation}
    assert rules == {"C4": "list", "E4": "decimal", "F4": "decimal"}
    assert [choices.cell(row, 3).value for row in range(1, 5)] == [
        "Its kind", "Our own", "Rented", "I don't know",
    ]  # fmt: skip
    assert page.row_dimensions[writing.NAMES_ROW].hidden
    assert "In GB." in page.cell(writing.HINTS_ROW, COLUMNS["memory"]).value


def test_what_is_typed_beside_a_rule_is_warned_of_and_let_through() -> None:
    page = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(begun()), SAID))).worksheets[0]
    rules = page.data_validations.dataValidation
    assert len(rules) == 3
    for rule in rules:
        assert (rule.showErrorMessage, rule.errorStyle, rule.allowBlank) == (True, "warning", True), (
            f"{rule.sqref}: a cell may stay empty or say I don't know"
        )


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        pytest.param({"name": "A", "memory": "much"}, "E", "not_a_number", id="words for a number"),
        pytest.param({"name": "A", "memory": 7.5}, "E", "not_whole", id="a fraction of a whole number"),
        pytest.param({"name": "A", "memory": 0}, "E", "constraint", id="against the constraint"),
        pytest.param({"name": "A", "price": "1.200"}, "F", "table_unclear", id="1.2 or 1,200"),
        pytest.param({"name": "A", "kind": "borrowed"}, "C", "table_no_such_choice", id="a choice that is none"),
        pytest.param({"name": "A", "uses": "Banking; Moon"}, "D", "table_no_such_choice", id="one of several"),
        pytest.param({"name": "A", "uses": "Banking; None of these"}, "D", "table_none_alone", id="none and one"),
        pytest.param({"name": "A", "bought": "31 February 2026"}, "G", "no_such_date", id="no such date"),
        pytest.param({"memory": 8}, "B", "required", id="a needed cell is empty"),
        pytest.param({"name": "x" * 2001}, "B", "too_long", id="too long"),
        pytest.param({"number": 9, "name": "A"}, "A", "table_row_unknown", id="an entry that is none"),
        pytest.param({"number": "first", "name": "A"}, "A", "table_row_unknown", id="words for the number"),
        pytest.param({"number": 1, "name": "A"}, "A", "table_row_twice", id="the same entry twice"),
        pytest.param({"name": "A", "price": "=1+1"}, "F", "table_formula", id="a formula without its result"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_the_other_rows_can_be_taken(
    cells: dict[str, Any], column: str, code: str
) -> None:
    player = two()
    found = table(player, sheet(player, cells, {"name": "Good", "memory": "16 GB"}))
    assert [(fault.row, fault.column, fault.problem.code) for fault in found.faults] == [(6, column, code)]
    player.do(nouns.Filled("servers", found.rows))
    assert player.session.entries["servers"] == (1, 2, 3)
    assert player.value("servers:3/name") == "Good"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param({"memory": "about 8"}, ("size/memory", 8, nouns.Sure.ESTIMATE), id="an estimate"),
        pytest.param({"memory": "I don't know"}, ("size/memory", None, nouns.Sure.UNKNOWN), id="not known"),
        pytest.param({"price": "1,200.50"}, ("size/price", 1200.5, nouns.Sure.KNOWN), id="a number as text"),
        pytest.param({"kind": "rented"}, ("kind", "rented", nouns.Sure.KNOWN), id="a choice in lower case"),
        pytest.param({"bought": EXCEL_DAY}, ("bought", "2026-03-01", nouns.Sure.KNOWN), id="a date"),
        pytest.param({"bought": "1 March 2026"}, ("bought", "2026-03-01", nouns.Sure.KNOWN), id="a date in words"),
        pytest.param({"why": "Old", "memory": 2}, ("why", "Old", nouns.Sure.KNOWN), id="asked by another cell"),
    ],
)  # fmt: skip
def test_cells_are_read_as_words_in_chat_are(
    cell: dict[str, Any], value: tuple[str, nouns.Value, nouns.Sure]
) -> None:
    player = begun()
    found = table(player, sheet(player, {"name": "A", **cell}))
    assert not found.faults
    path, wanted, sure = value
    given = found.rows[0].answers[path]
    assert (given.value, given.sure) == (wanted, sure)


FILTERED = """
survey:
  - type: repeat
    name: places
    label: Place
    children:
      - {type: select_one counties, name: county, label: County}
      - {type: select_one towns, name: town, label: Town, choice_filter: "county = ${county}"}
choices:
  counties: [{name: nairobi, label: Nairobi}, {name: turkana, label: Turkana}]
  towns: [{name: lodwar, label: Lodwar, county: turkana}, {name: karen, label: Karen, county: nairobi}]
"""


def test_a_choice_that_another_cell_rules_out_is_named() -> None:
    player = playing.begun(FILTERED)
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(player), SAID)))
    for row, cells in enumerate((("Turkana", "Karen"), ("Turkana", "Lodwar")), writing.FIRST_ROW):
        for column, value in enumerate(cells, 2):
            book.worksheets[0].cell(row, column, value)
    found = table(player, saved(book))
    assert [(fault.row, fault.column, fault.problem.code) for fault in found.faults] == [
        (writing.FIRST_ROW, "C", "table_no_such_choice"),
    ]  # fmt: skip
    assert [row.answers["town"].value for row in found.rows] == ["lodwar"]


def test_a_new_value_that_chat_would_ask_about_once_more_is_named() -> None:
    player = playing.begun(
        """
        survey:
          - type: repeat
            name: servers
            label: Server
            children:
              - {type: text, name: name, label: Its name, hint: As it is called}
              - {type: integer, name: memory, label: Memory, hint: Example 8, unit: GB, plausible: ". < 512"}
        """
    )
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(player), SAID)))
    page = book.worksheets[0]
    assert page.cell(writing.HINTS_ROW, 3).value == "Example 8\nIn GB."
    for row, cells in enumerate([("Core", 8), ("client John Otieno", 9000)], writing.FIRST_ROW):
        for column, value in enumerate(cells, 2):
            page.cell(row, column, value)
    found = table(player, saved(book))
    assert (len(found.rows), found.faults) == (2, ())
    assert found.remarks == {checking.TELLS_WHO: ("B5",), checking.UNUSUAL: ("C5",)}
    player.do(nouns.Filled("servers", found.rows))
    assert player.value("servers:2/memory") == 9000
    again = table(player, lists.write(list_of(player), SAID))
    assert (len(again.rows), again.remarks) == (2, {}), "what is there already is not asked about again"


def test_what_is_not_asked_any_more_is_left_out_and_named() -> None:
    player = begun()
    book = openpyxl.load_workbook(io.BytesIO(sheet(player, {"name": "A", "memory": 8})))
    page = book.worksheets[0]
    page.cell(writing.NAMES_ROW, 10, "colour")
    page.cell(writing.FIRST_ROW, 10, "Black")
    page.cell(writing.HEADINGS_ROW, 11, "My own notes")
    page.cell(writing.FIRST_ROW, 11, "On the top shelf")
    found = table(player, saved(book))
    assert (len(found.rows), found.remarks) == (1, {reading.GONE: ("J4",)})


def test_a_sheet_says_to_which_flow_its_list_belongs() -> None:
    player = begun()
    assert files.listed(lists.write(list_of(player), SAID)) == player.flow.id
    assert files.listed(b"no table") == ""


def test_a_cell_that_does_not_apply_is_left_out_and_named() -> None:
    player = begun()
    found = table(player, sheet(player, {"name": "A", "memory": 8, "why": "Old"}, {"name": "B", "memory": 2}))
    assert (found.faults, found.remarks) == ((), {checking.NOT_ASKED: ("H4",)})
    player.do(nouns.Filled("servers", found.rows))
    assert "servers:1/why" not in player.session.answers


def other_list() -> bytes:
    return lists.write(list_of(playing.begun(FORM.replace("servers", "printers"))), SAID)


def with_macros() -> bytes:
    made = io.BytesIO(lists.write(list_of(begun()), SAID))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return made.getvalue()


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" + b" " * 200_000_000)
    return made.getvalue()


def long() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(begun()), SAID)))
    for row in range(grids.MAX_ROWS + 10):
        book.worksheets[0].cell(writing.FIRST_ROW + row, COLUMNS["name"], "x")
    return saved(book)


def hundred_thousand() -> bytes:
    return with_rows(
        "".join(f'<row r="{row}"><c r="B{row}"><v>{row * 7919}</v></c></row>' for row in range(4, 100_004))
    )


def with_rows(rows: str) -> bytes:
    """Rows that a program wrote: Excel itself would take long."""
    made = io.BytesIO()
    own = zipfile.ZipFile(io.BytesIO(lists.write(list_of(begun()), SAID)))
    with own, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in own.namelist():
            text = own.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"</sheetData>", rows.encode() + b"</sheetData>", text)
            archive.writestr(name, text)
    return made.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    return forms.with_part(lists.write(list_of(begun()), SAID), name, content)


def all_merged() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(begun()), SAID)))
    for row in range(grids.MAX_MERGED + 1):
        book.worksheets[0].merged_cells.add(f"J{row + 4}:K{row + 4}")
    return saved(book)


REFUSED = [
    pytest.param(lambda: b"", "table_unreadable", id="empty"),
    pytest.param(lambda: b"name;memory\nOld;8\n", "table_unreadable", id="text"),
    pytest.param(lambda: saved(openpyxl.Workbook()), "table_other", id="another workbook"),
    pytest.param(other_list, "table_other", id="the table of another list"),
    pytest.param(with_macros, "table_macros", id="macros"),
    pytest.param(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "table_locked", id="a password, or .xls"
    ),
    pytest.param(hundred_thousand, "table_too_long", id="100,000 rows"),
    pytest.param(all_merged, "table_all_merged", id="cells merged everywhere"),
    pytest.param(bomb, "table_unreadable", id="a zip bomb"),
    *(
        pytest.param(lambda part=part, make=make: with_part(part, make()), "table_too_large", id=what)
        for part, make, what in (
            ("xl/worksheets/sheet1.xml", bombs.spaces, "XML as long as a library, that packs well"),
            ("xl/x.dat", bombs.spaces, "the same under another name"),
            ("xl/styles.xml", bombs.formats, "millions of formats"),
            ("xl/sharedStrings.xml", bombs.texts, "a million texts"),
            ("xl/worksheets/sheet1.xml", bombs.one_row, "a row of more cells than columns"),
        )
    ),
    pytest.param(
        lambda: with_part("xl/_rels/x.rels", bombs.relations()),
        "table_unreadable",
        id="relationships without end",
    ),
    pytest.param(
        lambda: bombs.sheet_called_words(lists.write(list_of(begun()), SAID)),
        "table_too_large",
        id="a sheet called as a Word document's parts are",
    ),
    pytest.param(
        lambda: bombs.link_called_sheet(lists.write(list_of(begun()), SAID)),
        "table_too_large",
        id="what another workbook held, called as a sheet is",
    ),
    pytest.param(long, "table_too_long", id="too many rows"),
    pytest.param(
        lambda: with_rows('<row r="1048576"><c r="B1048576"><v>7</v></c></row>'),
        "table_too_far",
        id="the last row",
    ),
    pytest.param(
        lambda: with_rows('<row r="999999999999"><c r="B7" t="inlineStr"><is><t>x</t></is></c></row>'),
        "table_too_far",
        id="a row of which none is made on the way",
    ),
    pytest.param(
        lambda: with_rows('<row r="1e99"><c r="B7"><v>1</v></c></row>'),
        "table_unreadable",
        id="no number",
    ),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_a_file_that_is_not_this_table_is_refused(content: Any, code: str) -> None:
    found = lists.read(list_of(begun()), content(), now=playing.NOW)
    assert isinstance(found, nouns.Problem)
    assert found.code == code


@pytest.mark.parametrize("row", [grids.LAST_ROW, grids.LAST_ROW + 1, 1_048_576, 999_999_999_999])
def test_an_empty_row_far_below_is_none(row: int) -> None:
    """Programs write one, with a height or a format, down to the last."""
    far = with_rows(f'<row r="{row}" ht="12.8" hidden="1"><c r="B{row}" s="1"/></row>')
    found = lists.read(list_of(begun()), far, now=playing.NOW)
    assert not isinstance(found, nouns.Problem)
    assert found == lists.read(list_of(begun()), lists.write(list_of(begun()), SAID), now=playing.NOW)


def test_more_rows_than_a_list_takes_are_named() -> None:
    player = begun()
    rows = [{"name": f"S{number}"} for number in range(instance.MAX_ENTRIES + 2)]
    found = table(player, sheet(player, *rows))
    assert {fault.problem.code for fault in found.faults} == {"too_many_entries"}
    assert len(found.rows) == instance.MAX_ENTRIES
    player.do(nouns.Filled("servers", found.rows))
    assert len(player.session.entries["servers"]) == instance.MAX_ENTRIES


def test_rows_that_fit_no_more_change_nothing() -> None:
    player = two()
    before = player.session
    player.do(nouns.Filled("servers", (nouns.TableRow(7, {"name": known("Gone")}),)))
    assert player.prompt.problem is not None
    assert player.session.answers == before.answers


@pytest.mark.parametrize(
    "key",
    [pytest.param("others", id="another list"), pytest.param("servers:1/name", id="a question")],
)
def test_rows_of_what_does_not_stand_change_nothing(key: str) -> None:
    player = two()
    before = player.session
    player.do(nouns.Filled(key, (nouns.TableRow(0, {"name": known("New")}),)))
    assert player.prompt.problem == nouns.Problem("stale")
    assert (player.session.answers, player.session.entries) == (before.answers, before.entries)


FURTHER = """
survey:
  - type: repeat
    name: visits
    label: Visit
    children:
      - {type: time, name: hour, label: At what hour?}
      - {type: dateTime, name: moment, label: When exactly?}
      - {type: rank wishes, name: wishes, label: What comes first?}
      - {type: text, name: said, label: What was said?}
      - {type: select_multiple wishes, name: told, label: What was wished?}
choices:
  wishes: [{name: speed, label: "Speed, always"}, {name: price, label: Price}, {name: trust, label: Trust}]
"""


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        pytest.param("hour", dt.time(14, 30), "14:30:00", id="an hour"),
        pytest.param("hour", "2:30 pm", "14:30:00", id="an hour in words"),
        pytest.param("moment", dt.datetime(2026, 3, 1, 14, 30), "2026-03-01T14:30:00", id="a moment"),  # noqa: DTZ001
        pytest.param("wishes", "Trust; Speed, always; Price", ["trust", "speed", "price"], id="everything in order"),
        pytest.param("wishes", "Trust; Price", "rank_all", id="one left out"),
        pytest.param("wishes", "Trust; Price; Trust", "rank_all", id="one twice"),
        pytest.param("wishes", "Trust; Price; Weather", "table_no_such_choice", id="one that is not there"),
        pytest.param("wishes", "Trust; Price; Speeed, always", "table_unclear", id="one mistyped"),
        pytest.param("told", "Trust; Speed, always", ["speed", "trust"], id="several"),
        pytest.param("told", "Trust; Prise", "table_unclear", id="one of several mistyped"),
        pytest.param("said", EXCEL_DAY, "2026-03-01", id="a day as words"),
        pytest.param("said", dt.datetime(2026, 3, 1, 14, 30), "2026-03-01 14:30:00", id="a moment as words"),  # noqa: DTZ001
        pytest.param("said", 7.0, "7", id="a whole number as words"),
    ],
)  # fmt: skip
def test_cells_of_further_kinds(column: str, cell: Any, value: nouns.Value) -> None:
    player = playing.begun(FURTHER)
    book = openpyxl.load_workbook(io.BytesIO(lists.write(list_of(player), SAID)))
    place = ["hour", "moment", "wishes", "said", "told"].index(column) + 2
    book.worksheets[0].cell(writing.FIRST_ROW, place, cell)
    found = table(player, saved(book))
    read = [fault.problem.code for fault in found.faults] or [row.answers[column].value for row in found.rows]
    assert read == [value]


CELL = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(10**20), 10**20),
    some.floats(allow_nan=False, allow_infinity=False),
    some.datetimes(EXCEL_FIRST),
    some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    some.sampled_from(["Our own", "Banking; Files, mail", "I don't know", "about 7", "=A1", "2026-02-30"]),
)


@settings(deadline=None, max_examples=60)
@given(some.lists(some.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, CELL)), max_size=4))
def test_any_cells_are_taken_or_named(rows: list[dict[str, Any]]) -> None:
    player = two()
    found = table(player, sheet(player, *rows))
    before = player.session
    player.do(nouns.Filled("servers", found.rows))
    assert player.prompt.problem is None
    for row in found.rows:
        assert row.number or row.answers
    assert set(before.entries["servers"]) <= set(player.session.entries["servers"])


# --- what people do to a sheet ---------------------------------------------------------------------

ROWS = ({"name": "A", "memory": 8}, {"name": "B", "memory": 16}, {"name": "C", "memory": 32})


@pytest.mark.parametrize(
    ("cells", "faults", "good"),
    [
        pytest.param("B4:B5", [(4, "B"), (5, "B")], ["C"], id="two names made one"),
        pytest.param("E5:F5", [(5, "E")], ["A", "C"], id="two columns made one"),
        pytest.param("B4:H6", [(4, "B")], [], id="the whole table"),
        pytest.param("B7:B9", [], ["A", "B", "C"], id="empty rows below"),
        pytest.param("B2:D2", [], ["A", "B", "C"], id="headings"),
        pytest.param("K4:L6", [], ["A", "B", "C"], id="beside the table"),
    ],
)
def test_merged_cells_are_named_and_the_other_rows_can_be_taken(
    cells: str, faults: list[tuple[int, str]], good: list[str]
) -> None:
    player = begun()
    book = openpyxl.load_workbook(io.BytesIO(sheet(player, *ROWS)))
    book.worksheets[0].merge_cells(cells)
    found = table(player, saved(book))
    assert [(fault.row, fault.column) for fault in found.faults] == faults
    assert {fault.problem.code for fault in found.faults} <= {"table_merged"}
    assert all(fault.problem.values == {"cells": cells} for fault in found.faults)
    assert [row.answers["name"].value for row in found.rows] == good


def put_another_sheet_first(book: openpyxl.Workbook) -> None:
    book.create_sheet("My notes", 0).cell(1, 1, "Ask Ekai")


def swap_two_columns(book: openpyxl.Workbook) -> None:
    page = book.worksheets[0]
    for row in range(1, 8):
        name, memory = page.cell(row, COLUMNS["name"]).value, page.cell(row, COLUMNS["memory"]).value
        page.cell(row, COLUMNS["name"], memory)
        page.cell(row, COLUMNS["memory"], name)


def be_of_an_older_version(book: openpyxl.Workbook) -> None:
    """One column is no longer asked, one is not asked yet."""
    page = book.worksheets[0]
    page.cell(writing.NAMES_ROW, COLUMNS["price"], "size/weight")
    page.cell(writing.FIRST_ROW, COLUMNS["price"], "heavy")


def hide_rows(book: openpyxl.Workbook) -> None:
    book.worksheets[0].row_dimensions[writing.FIRST_ROW].hidden = True


def leave_rows_between(book: openpyxl.Workbook) -> None:
    book.worksheets[0].insert_rows(writing.FIRST_ROW + 1, 3)


@pytest.mark.parametrize(
    "change",
    [put_another_sheet_first, swap_two_columns, be_of_an_older_version, hide_rows, leave_rows_between],
)
def test_a_sheet_is_read_as_it_is_whatever_people_did_to_it(change: Any) -> None:
    player = begun()
    book = openpyxl.load_workbook(io.BytesIO(sheet(player, *ROWS)))
    change(book)
    found = table(player, saved(book))
    assert found.faults == ()
    assert [(row.answers["name"].value, row.answers["size/memory"].value) for row in found.rows] == [
        ("A", 8), ("B", 16), ("C", 32),
    ]  # fmt: skip


def test_a_hidden_row_that_is_wrong_is_named_by_its_number() -> None:
    player = begun()
    book = openpyxl.load_workbook(io.BytesIO(sheet(player, ROWS[0], {"name": "B", "memory": "much"})))
    book.worksheets[0].row_dimensions[writing.FIRST_ROW + 1].hidden = True
    found = table(player, saved(book))
    assert [(fault.row, fault.column) for fault in found.faults] == [(5, "E")]
