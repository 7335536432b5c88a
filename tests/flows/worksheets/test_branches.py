"""A section of all branches filled in at a desk: what goes out, what is taken back, and every cell that is not."""

from __future__ import annotations

import datetime as dt
import io
import pathlib
from collections.abc import Callable
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl.worksheet.worksheet import Worksheet

from flows import book, engine, entering, nouns, words
from flows.worksheets import asked, branches, checking, writing
from tests.flows import playing
from tests.flows.assessment_asked import FLOWS
from tests.flows.worksheets import test_worksheets

SAID = words.catalogue("bot", "en")
POWER = FLOWS["branch_power"]
NOW = playing.NOW
MADE = NOW - dt.timedelta(days=2)
NAMES = {"b1": "Lodwar", "b2": "Kakuma", "b3": "Lokichar"}
FIRST = writing.FIRST_ROW
COLUMNS = {
    "id": 1, "name": 2, "grid": 3, "cuts": 4, "longest": 5, "usual": 6, "swings": 7, "backups": 8, "va": 9,
    "kva": 12, "earthing": 15,
}  # fmt: skip


def known(value: nouns.Value, sure: nouns.Sure = nouns.Sure.KNOWN) -> nouns.Answer:
    return nouns.Answer(value, by="ekai", at=MADE - dt.timedelta(hours=1), sure=sure)


def whole(
    said: dict[str, dict[str, nouns.Answer]] | None = None,
    *,
    closed: tuple[str, ...] = (),
    flow: nouns.Flow = POWER,
    names: dict[str, str] = NAMES,
) -> asked.Asked:
    """The section with what each branch says."""
    places = [
        asked.Place(
            branch,
            name,
            msgspec.structs.replace(engine.start(flow), answers=(said or {}).get(branch, {})),
            branch not in closed,
        )
        for branch, name in names.items()
    ]
    return asked.Asked(flow, asked.Mark("nuru", flow.id, MADE), tuple(places))


def sheet(section: asked.Asked, *rows: dict[str, Any]) -> openpyxl.Workbook:
    """The sheet as it goes out, with these cells filled in row by row."""
    made = openpyxl.load_workbook(io.BytesIO(branches.write(section, SAID)))
    for row, cells in enumerate(rows, FIRST):
        fill(made.worksheets[0], row, cells)
    return made


def fill(page: Worksheet, row: int, cells: dict[str, Any]) -> None:
    for name, value in cells.items():
        page.cell(row, COLUMNS[name]).value = value


def read(section: asked.Asked, made: openpyxl.Workbook) -> asked.Filled:
    found = branches.read(section, test_worksheets.saved(made), now=NOW)
    assert isinstance(found, asked.Filled), found
    return found


def values(filled: asked.Filled) -> dict[str, dict[str, nouns.Value]]:
    return {
        branch: {key: one.value for key, one in answers.items()} for branch, answers in filled.answers.items()
    }


# --- going out ---------------------------------------------------------------------------------------


def test_a_row_a_branch_with_what_it_says_and_a_column_a_question() -> None:
    section = whole(
        {
            "b2": {
                "grid_hours": known(7, nouns.Sure.ESTIMATE),
                "backups": known(["ups", "solar"]),
                "voltage_swings": known(None, nouns.Sure.UNKNOWN),
            }
        }
    )
    page, choices = sheet(section).worksheets
    assert [[cell.value for cell in row[:8]] for row in page.iter_rows(min_row=FIRST)] == [
        ["b1", "Lodwar", None, None, None, None, None, None],
        [
            "b2", "Kakuma", "≈ 7", None, None, None, "I don't know",
            "UPS (battery box for computers); Solar panels",
        ],
        ["b3", "Lokichar", None, None, None, None, None, None],
    ]  # fmt: skip
    paths = [cell.value for cell in page[writing.NAMES_ROW]]
    assert paths[2:] == [column.path for column in section.columns]
    assert "generator/kva" in paths, "questions of groups have a column as well"
    assert page.column_dimensions["A"].hidden
    assert not page.column_dimensions["B"].hidden
    rules = {str(rule.sqref): rule.type for rule in page.data_validations.dataValidation}
    assert rules["C4:C6"] == "decimal"
    assert rules["G4:G6"] == "list"
    assert choices.cell(2, COLUMNS["swings"]).value == "Yes"


def test_a_branch_that_has_handed_in_has_no_row() -> None:
    page = sheet(whole(closed=("b1", "b3"))).worksheets[0]
    assert [row[1].value for row in page.iter_rows(min_row=FIRST)] == ["Kakuma"]


@pytest.mark.parametrize("flow", [one for one in FLOWS.values() if one.per is nouns.Per.BRANCH])
def test_every_section_of_a_branch_goes_out_and_comes_back(flow: nouns.Flow) -> None:
    path = pathlib.Path(book.__file__).parent / "samples" / "jitegemea.answers.json"
    sample = book.decode(path.read_bytes())
    names = {branch.id: branch.name for branch in sample.branches}
    said = {
        one.branch: {key: msgspec.structs.replace(each, at=MADE) for key, each in one.answers.items()}
        for one in book.applying(sample, FLOWS.values()).sections
        if one.flow == flow.id
    }
    full = whole(said, flow=flow, names=names)
    made = sheet(full)
    again = read(full, made)
    assert (again.faults, again.answers) == ((), {}), "what is there already is nothing new"
    anew = read(whole(flow=flow, names=names), made)
    paths = {column.path for column in asked.columns_of(flow)}
    typed = {
        branch: {
            key: (rounded(one.value), one.sure)
            for key, one in answers.items()
            if key in paths and one.sure is not nouns.Sure.SKIPPED
        }
        for branch, answers in said.items()
    }
    assert anew.faults == ()
    assert {
        branch: {key: (one.value, one.sure) for key, one in answers.items()}
        for branch, answers in anew.answers.items()
    } == {branch: answers for branch, answers in typed.items() if answers}


def rounded(value: nouns.Value) -> nouns.Value:
    if isinstance(value, nouns.Point):
        return nouns.Point(round(value.latitude, 5), round(value.longitude, 5))
    return value


# --- coming back ---------------------------------------------------------------------------------------


def test_cells_become_answers_of_their_branch() -> None:
    section = whole({"b2": {"grid_hours": known(7)}})
    made = sheet(
        section,
        {"grid": 9, "cuts": "about 3", "longest": 5, "usual": "I don't know"},
        {},
        {"cuts": 0, "backups": "Generator", "kva": "5.5 kVA"},
    )
    filled = read(section, made)
    assert filled.faults == ()
    assert values(filled) == {
        "b1": {"grid_hours": 9, "cuts_per_week": 3, "longest_cut_hours": 5, "usual_cut_hours": None},
        "b3": {"cuts_per_week": 0, "backups": ["generator"], "generator/kva": 5.5},
    }
    assert filled.answers["b1"]["cuts_per_week"].sure is nouns.Sure.ESTIMATE
    assert filled.answers["b1"]["usual_cut_hours"].sure is nouns.Sure.UNKNOWN


def test_an_empty_cell_and_one_that_says_what_is_there_change_nothing() -> None:
    section = whole({"b1": {"grid_hours": known(7), "cuts_per_week": known(2)}})
    made = sheet(section, {"grid": None})
    assert read(section, made).answers == {}


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        pytest.param({"grid": "much"}, "C", "not_a_number", id="words for a number"),
        pytest.param({"grid": 25}, "C", "constraint", id="more hours than a day has"),
        pytest.param({"longest": 2, "usual": 3}, "F", "constraint", id="against another cell"),
        pytest.param({"swings": "perhaps"}, "G", "table_no_such_choice", id="a choice that is none"),
        pytest.param({"backups": "Generator; Moon"}, "H", "table_no_such_choice", id="one of several"),
        pytest.param({"grid": "=1+1"}, "C", "table_formula", id="a formula without its result"),
        pytest.param({"id": None, "name": "Mars", "grid": 7}, "B", "table_branch_unknown", id="no such branch"),
        pytest.param({"id": "b9", "name": None, "grid": 7}, "B", "table_branch_none", id="no branch at all"),
        pytest.param({"name": "Kakuma", "grid": 7}, "B", "table_branch_other", id="another branch's name"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_the_other_rows_can_be_taken(
    cells: dict[str, Any], column: str, code: str
) -> None:
    section = whole()
    filled = read(section, sheet(section, cells, {"grid": 8}))
    assert [(fault.row, fault.column, fault.problem.code) for fault in filled.faults] == [
        (FIRST, column, code)
    ]
    assert values(filled) == {"b2": {"grid_hours": 8}}


def test_a_branch_that_stands_twice_is_named() -> None:
    section = whole()
    made = sheet(section, {"grid": 7})
    fill(made.worksheets[0], FIRST + 5, {"name": "lodwar", "grid": 9})
    filled = read(section, made)
    assert [(fault.row, fault.problem.code, fault.problem.values) for fault in filled.faults] == [
        (FIRST + 5, "table_branch_twice", {"given": "Lodwar"})
    ]
    assert values(filled) == {"b1": {"grid_hours": 7}}


def test_a_row_may_be_written_by_the_branch_s_name_alone_and_rows_may_be_sorted() -> None:
    section = whole()
    made = sheet(section)
    page = made.worksheets[0]
    page.delete_rows(FIRST, 3)
    fill(page, FIRST, {"name": " kakuma ", "grid": 7})
    fill(page, FIRST + 3, {"id": "b1", "name": "Lodwar Town", "grid": 8})
    fill(page, FIRST + 4, {"name": "A note of mine"})
    assert values(read(section, made)) == {"b2": {"grid_hours": 7}, "b1": {"grid_hours": 8}}


@pytest.mark.parametrize(
    ("cells", "faults", "good"),
    [
        pytest.param("C4:C5", [(4, "C"), (5, "C")], ["b3"], id="two branches made one"),
        pytest.param("C5:D5", [(5, "C")], ["b1", "b3"], id="two questions made one"),
        pytest.param("B4:B5", [(4, "B"), (5, "B")], ["b3"], id="two names made one"),
        pytest.param("A2:H2", [], ["b1", "b2", "b3"], id="headings"),
    ],
)
def test_merged_cells_are_named(cells: str, faults: list[tuple[int, str]], good: list[str]) -> None:
    section = whole()
    made = sheet(section, *[{"grid": 7, "cuts": 1}] * 3)
    made.worksheets[0].merge_cells(cells)
    filled = read(section, made)
    assert [(fault.row, fault.column) for fault in filled.faults] == faults
    assert {fault.problem.code for fault in filled.faults} <= {"table_merged"}
    assert list(filled.answers) == good


def test_a_cell_that_does_not_apply_is_left_out_and_named() -> None:
    section = whole({"b1": {"cuts_per_week": known(0)}})
    filled = read(section, sheet(section, {"grid": 7, "longest": 3}))
    assert values(filled) == {"b1": {"grid_hours": 7}}
    assert filled.remarks == {checking.NOT_ASKED: ("E4",)}


def test_an_unusual_value_is_taken_and_named() -> None:
    filled = read(whole(), sheet(whole(), {"grid": 7, "cuts": 200}))
    assert values(filled) == {"b1": {"grid_hours": 7, "cuts_per_week": 200}}
    assert filled.remarks == {checking.UNUSUAL: ("D4",)}
    later = branches.fitting(whole(), filled, now=NOW)
    assert (values(later), later.closed) == (values(filled), ()), "it keeps nothing from being taken"


def test_a_row_that_breaks_what_its_branch_said_before_is_named() -> None:
    said = {"b1": {"cuts_per_week": known(3), "longest_cut_hours": known(8), "usual_cut_hours": known(5)}}
    section = whole(said)
    filled = read(section, sheet(section, {"longest": 2}))
    assert [(fault.column, fault.problem.code) for fault in filled.faults] == [("F", "constraint")]


def test_a_branch_that_has_handed_in_meanwhile_is_left_alone_and_named() -> None:
    made = sheet(whole(), {"grid": "much"}, {"grid": 8})
    filled = read(whole(closed=("b1", "b3")), made)
    assert (values(filled), filled.faults) == ({"b2": {"grid_hours": 8}}, ())
    assert filled.closed == ("Lodwar",), "nothing was filled in for the third"


def test_what_the_branch_answered_since_the_sheet_was_made_stays() -> None:
    made = sheet(whole({"b1": {"grid_hours": known(7)}}), {"grid": 7, "cuts": 2})
    newer = nouns.Answer(11, by="ekai", at=MADE + dt.timedelta(hours=1))
    filled = read(whole({"b1": {"grid_hours": newer}}), made)
    assert values(filled) == {"b1": {"cuts_per_week": 2}}
    assert filled.remarks == {branches.SINCE: ("C4",)}


def test_a_question_that_must_be_answered_may_stay_empty_until_the_section_is_handed_in() -> None:
    flow = playing.load(
        """
        per: branch
        survey:
          - {type: text, name: manager, label: Who manages it?, required: "yes"}
          - {type: integer, name: desks, label: Desks}
        """
    )
    section = whole(flow=flow)
    made = sheet(section)
    made.worksheets[0].cell(FIRST, 4, 3)
    filled = read(section, made)
    assert (values(filled), filled.faults) == ({"b1": {"desks": 3}}, ())


def test_lists_photos_and_choices_among_entries_have_no_column_and_labels_name_no_answer() -> None:
    flow = playing.load(
        """
        per: branch
        survey:
          - {type: text, name: town, label: Town, default: Lodwar}
          - {type: text, name: street, label: "Street in ${town}"}
          - {type: image, name: front, label: The front}
          - type: repeat
            name: rooms
            label: Room
            children: [{type: text, name: use, label: Its use}]
          - {type: select_one rooms, name: best, label: The best, itemset: {nodes: "${rooms}", value: use, label: use}}
        """
    )
    section = whole(flow=flow)
    assert [(column.path, column.label) for column in section.columns] == [
        ("town", "Town"),
        ("street", "Street in …"),
    ]
    assert sheet(section).worksheets[0].cell(FIRST, 3).value is None, "nobody has answered the default"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(lambda: b"", "table_unreadable", id="empty"),
        pytest.param(test_worksheets.other_list, "table_other", id="the sheet of a list"),
        pytest.param(lambda: other("nuru", "branch_place"), "table_other", id="another section's"),
        pytest.param(lambda: other("upya", "branch_power"), "table_other", id="another institution's"),
        pytest.param(test_worksheets.with_macros, "table_macros", id="macros"),
    ],
)
def test_a_file_that_is_not_this_sheet_is_refused(content: Callable[[], bytes], code: str) -> None:
    found = branches.read(whole(), content(), now=NOW)
    assert isinstance(found, nouns.Problem)
    assert found.code == code


def other(assessment: str, flow: str) -> bytes:
    section = msgspec.structs.replace(whole(), mark=asked.Mark(assessment, flow, MADE))
    return branches.write(section, SAID)


def test_a_sheet_is_known_by_its_mark_whatever_was_put_before_it() -> None:
    section = whole()
    made = sheet(section)
    made.create_sheet("My notes", 0).cell(1, 1, "Ask Ekai")
    assert branches.marked(test_worksheets.saved(made)) == section.mark


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: b"no table", id="no workbook"),
        pytest.param(test_worksheets.other_list, id="a list"),
        pytest.param(test_worksheets.bomb, id="a zip bomb"),
        pytest.param(lambda: marked("groundwork-branches:"), id="half a mark"),
        pytest.param(lambda: marked("groundwork-branches:nuru:yesterday:branch_power"), id="no moment"),
    ],
)
def test_any_other_file_has_no_mark(content: Callable[[], bytes]) -> None:
    assert branches.marked(content()) is None


def marked(text: str) -> bytes:
    made = openpyxl.Workbook()
    made.worksheets[0].cell(1, 1, text)
    return test_worksheets.saved(made)


# --- taken ---------------------------------------------------------------------------------------------


def test_good_rows_that_no_longer_fit_are_left_behind_by_name() -> None:
    section = whole()
    filled = read(section, sheet(section, {"longest": 3}, {"grid": 8, "cuts": 2}, {"grid": 9}))
    newer = nouns.Answer(7, by="ekai", at=MADE + dt.timedelta(hours=1))
    said = {"b1": {"usual_cut_hours": known(5)}, "b2": {"grid_hours": newer}}
    later = branches.fitting(whole(said, closed=("b3",)), filled, now=NOW)
    assert values(later) == {"b2": {"cuts_per_week": 2}}
    assert (later.closed, later.remarks) == (("Lokichar", "Lodwar"), {branches.SINCE: ("C5",)})


def test_what_is_entered_leaves_the_question_that_stands_and_a_reading_that_waits() -> None:
    player = playing.Player(POWER)
    player.do(nouns.Begin(), "7", "50")
    before = player.session
    turn = entering.enter(POWER, before, {"backups": known(["ups"])}, now=NOW, by="achieng")
    after = turn.session
    assert before.mode is nouns.Mode.CONFIRMING
    assert (after.mode, after.cursor, after.proposed) == (before.mode, before.cursor, before.proposed)
    assert after.revision == before.revision + 1
    assert (after.answers["backups"].by, after.answers["backups"].at) == ("achieng", NOW)
    player.session = after
    player.do(nouns.Confirmed(yes=True))
    assert player.value("cuts_per_week") == 50


def test_words_for_a_question_that_was_entered_away_are_no_answer_to_the_next_one() -> None:
    player = playing.Player(POWER)
    player.do(nouns.Begin(), "7", "3")
    assert player.session.cursor == "longest_cut_hours"
    player.session = entering.enter(
        POWER, player.session, {"cuts_per_week": known(0)}, now=NOW, by="achieng"
    ).session
    shown = player.do("12")
    assert shown.problem is not None
    assert shown.problem.code == "not_applicable"
    assert shown.key == "voltage_swings"
    assert {key: one.value for key, one in player.session.answers.items()} == {
        "grid_hours": 7,
        "cuts_per_week": 0,
    }


CELL = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(10**20), 10**20),
    some.floats(allow_nan=False, allow_infinity=False),
    some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    some.sampled_from(["Yes", "Generator; Solar panels", "I don't know", "about 7", "=A1", "Kakuma", "b2"]),
)


@settings(deadline=None, max_examples=12)
@given(some.lists(some.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, CELL)), max_size=4))
def test_any_cells_are_taken_or_named(rows: list[dict[str, Any]]) -> None:
    section = whole({"b2": {"grid_hours": known(7)}})
    filled = read(section, sheet(section, *rows))
    kept = branches.fitting(section, filled, now=NOW).answers
    assert kept == filled.answers, "what was taken fits"
    for place in section.places:
        entered = entering.enter(POWER, place.session, kept.get(place.branch, {}), now=NOW, by="achieng")
        assert entered.session.answers.keys() >= kept.get(place.branch, {}).keys()


def test_a_thousand_branches_are_read_row_by_row() -> None:
    names = {f"b{number}": f"Branch {number}" for number in range(1000)}
    section = whole(names=names)
    made = sheet(section, *[{"grid": 7, "cuts": number % 5} for number in range(1000)])
    made.worksheets[0].cell(FIRST + 500, COLUMNS["grid"], "much")
    filled = read(section, made)
    assert len(filled.answers) == 999
    assert [fault.row for fault in filled.faults] == [FIRST + 500]
