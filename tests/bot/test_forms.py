"""XLSForms in and out on the command line."""

from __future__ import annotations

import pathlib

import pytest
from typer import testing

from bot import cli
from bot.asking import form_remarks
from bot.commands import files
from flows import errors, loading, shipped
from flows import words as wording
from flows.xlsform import importing, remarks
from tests.flows.xlsform import forms as tables

FORM = """
| survey |
|        | type                            | name | label | appearance |
|        | select_one_from_file towns.csv  | town | Town  |            |
|        | geopoint                        | at   | Where | maps       |
"""


def run(*arguments: object) -> str:
    result = testing.CliRunner().invoke(cli.app, [str(each) for each in arguments])
    if result.exception:
        raise result.exception
    return result.output


def test_a_form_comes_in_with_the_files_beside_it_and_passes_lint(tmp_path: pathlib.Path) -> None:
    (tmp_path / "survey.md").write_text(FORM)
    (tmp_path / "towns.csv").write_text("name,label\nnbo,Nairobi\nlod,Lodwar\n")
    said = run("import", tmp_path / "survey.md", "-o", tmp_path / "survey.yaml")
    assert "with 2 questions" in said
    assert "There is no map in the form" in said
    assert "at." in said
    flow = loading.load((tmp_path / "survey.yaml").read_text())
    assert [choice.label for choice in flow.children[0].choices] == ["Nairobi", "Lodwar"]
    assert "0 errors" in run("lint", tmp_path / "survey.yaml")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        pytest.param(FORM, "not beside it", id="a file of data is missing"),
        pytest.param("| survey |\n| | type | name | label |\n| | audit | | |\n", "asks nothing", id="no questions"),
        pytest.param("| survey |\n| | type | name | label |\n| | txt | a | A |\n", "row 2", id="a mistyped type"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_asked_writes_nothing(tmp_path: pathlib.Path, form: str, words: str) -> None:
    (tmp_path / "survey.md").write_text(form)
    with pytest.raises((files.FileError, errors.FlowErrors), match=words):
        run("import", tmp_path / "survey.md", "-o", tmp_path / "survey.yaml")
    assert not (tmp_path / "survey.yaml").exists()


def test_a_file_outside_the_forms_folder_is_not_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "secret.csv").write_text("name,label\na,A\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "survey.md").write_text(FORM.replace("towns.csv", "../secret.csv"))
    with pytest.raises((files.FileError, errors.FlowErrors)):
        run("import", tmp_path / "in" / "survey.md", "-o", tmp_path / "survey.yaml")


@pytest.mark.parametrize("flow", ["branch_power", "file"])
def test_a_flow_goes_out(tmp_path: pathlib.Path, flow: str) -> None:
    section = next(each for each in shipped.assessment() if each.id == "branch_power")
    if flow == "file":
        run("export-form", "branch_power", "-o", tmp_path / "first.xlsx")
        run("import", tmp_path / "first.xlsx", "-o", tmp_path / "power.yaml")
        flow = str(tmp_path / "power.yaml")
    run("export-form", flow, "-o", tmp_path / "power.xlsx")
    back = importing.load((tmp_path / "power.xlsx").read_bytes(), "power.xlsx").flow
    assert tables.bare(back) == tables.bare(section)


def test_the_files_of_a_form_go_out_beside_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "towns.csv").write_text("name,label,heads\nnbo,Nairobi,9\n")
    (tmp_path / "survey.md").write_text(
        "| survey | | | | |\n"
        "| | type | name | label | calculation |\n"
        "| | select_one_from_file towns.csv | town | Town | |\n"
        "| | calculate | heads | | pulldata('towns', 'heads', 'name', ${town}) |\n"
    )
    run("import", tmp_path / "survey.md", "-o", tmp_path / "survey.yaml")
    (tmp_path / "out").mkdir()
    run("export-form", tmp_path / "survey.yaml", "-o", tmp_path / "out" / "survey.xlsx")
    run("import", tmp_path / "out" / "survey.xlsx", "-o", tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_text() == (tmp_path / "survey.yaml").read_text()


def test_forms_go_out_as_excel_only(tmp_path: pathlib.Path) -> None:
    with pytest.raises(files.FileError, match=r"\.xlsx"):
        run("export-form", "branch_power", "-o", tmp_path / "power.xls")


@pytest.mark.parametrize("code", sorted(remarks.CODES))
def test_every_remark_has_its_words(code: str) -> None:
    words = wording.catalogue("bot", wording.BASE_LANGUAGE)
    several = [remarks.Remark(code, "survey", number, f"q{number}") for number in range(8)]
    [line] = form_remarks.report(several, words)
    assert "{" not in line
    assert ("q5" in line) is False, "a line names a few and counts the others"


XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"
 xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>Cooling</h:title><model>
<instance><data id="cooling" version="1"><town/><fans/></data></instance>
<instance id="towns" src="jr://file-csv/towns.csv"/>
<bind nodeset="/data/town" type="string"/><bind nodeset="/data/fans" type="int"/></model></h:head>
<h:body>
<select1 ref="/data/town"><label>Town</label>
<itemset nodeset="instance('towns')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<input ref="/data/fans"><label>How many fans?</label></input></h:body></h:html>
"""


def test_an_xform_comes_in_too(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cooling.xml").write_text(XFORM)
    (tmp_path / "towns.csv").write_text("name,label\nnbo,Nairobi\nlod,Lodwar\n")
    assert "with 2 questions" in run("import", tmp_path / "cooling.xml", "-o", tmp_path / "cooling.yaml")
    assert "0 errors" in run("lint", tmp_path / "cooling.yaml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(XFORM.encode(), r"towns\.csv; put that beside it", id="a file of data is missing"),
        pytest.param(XFORM.encode("utf-16"), "save it as UTF-8", id="no text"),
        pytest.param(b"<html/>", "has no <model>", id="no form"),
    ],
)
def test_an_xform_that_cannot_be_asked_writes_nothing(
    tmp_path: pathlib.Path, content: bytes, words: str
) -> None:
    (tmp_path / "cooling.xml").write_bytes(content)
    with pytest.raises((files.FileError, errors.FlowErrors), match=words):
        run("import", tmp_path / "cooling.xml", "-o", tmp_path / "cooling.yaml")
    assert not (tmp_path / "cooling.yaml").exists()
