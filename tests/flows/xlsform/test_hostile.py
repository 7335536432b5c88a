"""Files that are no forms, or mean harm: one clear sentence, before anything large is opened."""

from __future__ import annotations

import io
import pathlib
import tempfile
import zipfile

import openpyxl
import pytest

from flows import archives, errors
from flows.xlsform import importing, opening
from tests.flows import bombs
from tests.flows.xlsform import forms, old_workbook

SURVEY = [["type", "name", "label"], ["text", "a", "A"]]
GOOD = forms.workbook(SURVEY)

HEAD = b"| survey |\n| | type | name | label |\n"

EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
    b'Target="file:///c:/other.xlsx" TargetMode="External"/></Relationships>'
)


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def _wordy() -> bytes:
    """A list of choices whose labels are as long as cells can be, and pack as texts do."""
    said = " ".join(map(str, range(6_000)))
    rows = [["c", f"n{number}", said] for number in range(3_000_000 // len(said) + 1)]
    return forms.workbook(SURVEY, choices=[["list_name", "name", "label"], *rows])


UNKNOWN_ENCODING = b"<?xml version='1.0' encoding='UTF-8null'?><x/>"


def _sheet_with(old: bytes, new: bytes) -> bytes:
    content = forms.part(GOOD, "xl/worksheets/sheet1.xml")
    assert old in content
    return forms.with_part(GOOD, "xl/worksheets/sheet1.xml", content.replace(old, new))


def _protected() -> bytes:
    return opening.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def _uncomputed() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in [*SURVEY, ["text", "b", '="B"&"2"']]:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _deep(groups: int) -> bytes:
    return (
        HEAD
        + b"".join(b"| | begin_group | g%d | G |\n" % number for number in range(groups))
        + b"| | text | a | A |\n"
        + b"| | end_group | | |\n" * groups
    )


CASES = [
    pytest.param(lambda: b"", "empty", id="nothing"),
    pytest.param(lambda: b"%PDF-1.7 \xe2\xe3", "no XLSForm", id="a PDF under the name"),
    pytest.param(lambda: b"<html><table><tr><td>survey</td></tr></table></html>", "no XLSForm", id="a web page"),
    pytest.param(lambda: _zip(**{"word/document.xml": b"<x/>"}), "not a workbook of Excel", id="a Word document"),
    pytest.param(lambda: GOOD[:-60], "damaged", id="cut off"),
    pytest.param(lambda: opening.OLE + b"\0" * 2000, "damaged", id="an old workbook that is none"),
    pytest.param(
        lambda: opening.OLE + b"\0" * archives.MAX_FILE_BYTES, "The file is 20 MB", id="an old workbook too large"
    ),
    pytest.param(_protected, "password", id="protected by a password"),
    pytest.param(
        lambda: forms.with_part(GOOD, "xl/media/image1.png", b"\0" * 30_000_000), "zip bomb", id="a zip bomb"
    ),
    *(
        pytest.param(lambda part=part, make=make: forms.with_part(GOOD, part, make()), words, id=what)
        for part, make, words, what in (
            ("xl/x.xml", bombs.spaces, "into a .csv file", "XML as long as a library, that packs well"),
            ("xl/x.dat", bombs.spaces, "into a .csv file", "the same under another name"),
            ("xl/workbook.xml", bombs.spaces, "into a .csv file", "a list of sheets of that length"),
            ("xl/_rels/x.rels", bombs.relations, "list of parts", "relationships without end"),
            ("xl/styles.xml", bombs.formats, "into a .csv file", "millions of formats"),
            ("xl/sharedStrings.xml", bombs.texts, "into a .csv file", "a million texts"),
            ("xl/worksheets/sheet1.xml", bombs.one_row, "into a .csv file", "a row of more cells than columns"),
        )
    ),
    pytest.param(
        lambda: bombs.sheet_called_words(GOOD), "into a .csv file", id="a sheet called as a Word document's parts are"
    ),
    pytest.param(
        lambda: bombs.link_called_sheet(GOOD), "into a .csv file", id="what another workbook held, called as a sheet is"
    ),
    pytest.param(lambda: bombs.formats_in_utf_7(GOOD), "damaged", id="formats whose tags are not seen"),
    pytest.param(lambda: HEAD + b"| | text | a | A |\n" * 900_000, "longer than", id="a text of many MB"),
    pytest.param(
        lambda: forms.with_part(GOOD, "xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>'),
        "entities", id="entities",
    ),
    pytest.param(
        lambda: forms.with_part(GOOD, "xl/x.xml", '<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>'.encode("utf-16")),
        "entities", id="entities in another encoding",
    ),
    pytest.param(
        lambda: _sheet_with(b"</sheetData>", b"<row/>" * 10_001 + b"</sheetData>"), "10,003 rows", id="too many rows"
    ),
    pytest.param(
        lambda: _sheet_with(b"</sheetData>", bombs.xml(b"", b" ", b"</sheetData>", 17_000_000)),
        "The sheet has 17 MB; at most 10,000 rows", id="a sheet too long",
    ),
    pytest.param(
        lambda: forms.workbook([["type", "name", *(f"label::l{number}" for number in range(500))], ["text", "a"]]),
        "more than 500 columns", id="hundreds of languages",
    ),
    pytest.param(_wordy, "more than 3 million characters", id="more words than a bot keeps"),
    pytest.param(lambda: _sheet_with(b"<sheetData>", b"<sheetData><row"), "damaged", id="broken XML"),
    *(
        pytest.param(
            lambda part=part: forms.with_part(GOOD, part, UNKNOWN_ENCODING), "damaged",
            id=f"an encoding that nobody knows in {part}",
        )
        for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/styles.xml")
    ),
    pytest.param(
        lambda: forms.with_part(_uncomputed(), "xl/styles.xml", b"<styleSheet"), "damaged",
        id="broken XML beside a sheet with formulas",
    ),
    pytest.param(_uncomputed, "formula whose result is not in the file", id="a formula that was never computed"),
    pytest.param(
        lambda: forms.workbook([["type", "name", "name"], ["text", "a", "A"]]), "Duplicate", id="a column twice"
    ),
    pytest.param(lambda: forms.workbook([["question"], ["a"]]), "type", id="another table"),
    pytest.param(
        lambda: HEAD + b"| | text | a | " + b"#" * 20_000 + b" |",
        "longer than", id="a line against pyxform's patterns",
    ),
    pytest.param(lambda: _deep(2_000), "too deep", id="groups in groups in groups"),
    pytest.param(lambda: _deep(300), "too deep", id="so deep that pyxform takes it"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), CASES)
def test_what_is_no_form_is_refused_in_one_sentence(make, words) -> None:
    [error] = forms.refused(make(), "form.xlsx")
    assert words in str(error)
    assert "Traceback" not in str(error)
    assert str(error).startswith("form.xlsx: ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(forms.with_part(GOOD, "xl/vbaProject.bin", b"x"), "macros", id="macros"),
        pytest.param(
            forms.with_part(GOOD, "xl/externalLinks/_rels/externalLink1.xml.rels", EXTERNAL),
            "links", id="links to other workbooks",
        ),
        pytest.param(
            _sheet_with(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
            "merged", id="merged cells",
        ),
    ],
)  # fmt: skip
def test_what_is_left_aside_is_said(data: bytes, code: str) -> None:
    form = importing.load(data, "form.xlsx")
    assert [remark.code for remark in form.remarks] == [code]
    assert [item.name for item in form.flow.children] == ["a"]


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv", "form.md"])
def test_the_characters_of_all_sheets_are_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, offered = [["type", "name"], ["select_one c", "a"]], [["list_name", "name"], ["c", "yes"]]
    book = {
        "form.xlsx": forms.workbook(asked, choices=offered),
        "form.csv": b"survey\n,type,name\n,select_one c,a\nchoices\n,list_name,name\n,c,yes\n",
        "form.md": b"| survey |\n| | type | name |\n| | select_one c | a |\n| choices |\n| | list_name | name |\n| | c | yes |\n",
    }
    monkeypatch.setattr(opening, "MAX_CHARACTERS", len("select_one c" + "a" + "c" + "yes"))
    opening.read(book[name], name)
    monkeypatch.setattr(opening, "MAX_CHARACTERS", len("select_one c" + "a" + "c" + "yes") - 1)
    with pytest.raises(errors.FlowErrors, match="Split it, or shorten its lists"):
        opening.read(book[name], name)


def test_a_formula_with_its_result_counts_as_the_result() -> None:
    row = b'<row r="3"><c r="A3" t="str"><f>"te"&amp;"xt"</f><v>text</v></c><c r="B3" t="str"><f>"b"</f><v>b</v></c><c r="C3" t="str"><f>"B"</f><v>B</v></c></row>'
    form = importing.load(_sheet_with(b"</sheetData>", row + b"</sheetData>"), "form.xlsx")
    assert [(item.name, item.label) for item in form.flow.children] == [("a", "A"), ("b", "B")]
    assert form.remarks == ()


def test_a_row_numbered_beyond_all_sheets_ends_the_search_for_formulas() -> None:
    """Between two rows each that the file leaves out would be made, for hours."""
    rows = b'<row r="3"><c r="A3"><f>1</f><v>1</v></c></row><row r="999999999999"/>'
    with pytest.raises(errors.FlowErrors):  # 1 is no type of question
        importing.load(_sheet_with(b"</sheetData>", rows + b"</sheetData>"), "form.xlsx")


def test_sheets_of_notes_are_not_looked_at() -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    notes = book.create_sheet("notes")
    notes["A1"] = "=1+1"
    notes.merge_cells("B1:C1")
    made = io.BytesIO()
    book.save(made)
    form = importing.load(made.getvalue(), "form.xlsx")
    assert [item.name for item in form.flow.children] == ["a"]
    assert form.remarks == ()


def test_a_file_is_told_by_its_content_not_by_its_name() -> None:
    assert importing.load(HEAD + b"| | text | a | A |\n", "form.xlsx").flow.children[0].name == "a"


@pytest.mark.parametrize("cut", range(0, 6_000, 497))
def test_an_old_workbook_that_is_damaged_is_refused(cut: int) -> None:
    data = bytearray(old_workbook.workbook({"survey": SURVEY}))
    data[cut : cut + 200] = b"\xff" * len(data[cut : cut + 200])
    try:
        importing.load(bytes(data), "form.xls")
    except errors.FlowErrors as problem:
        assert len(problem.errors) == 1


def test_files_of_data_are_judged_too() -> None:
    table = "| survey |\n| | type | name | label |\n| | select_one_from_file x.xml | q | Q |\n"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaa">]><root><item><name>&a;</name></item></root>'
    [remark] = importing.load(table.encode(), "form.md", files={"x.xml": bomb}).remarks
    assert remark.code == "file.unreadable"
    assert "entity" in remark.name


def test_no_file_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """One would be left where the process that reads a form is ended in the middle."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert importing.load(GOOD, "form.xlsx").flow.children


def test_a_form_for_which_memory_does_not_suffice_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    data = _uncomputed()
    monkeypatch.setattr(opening.openpyxl, "load_workbook", short)
    with pytest.raises(MemoryError):
        importing.load(data, "form.xlsx")
