"""The commands that work on files, as somebody types them: what they write, and the sentence where they cannot."""

from __future__ import annotations

import asyncio
import contextlib
import json
import pathlib
import socket
import sqlite3
import sys
from collections.abc import Callable

import docx
import openpyxl
import pytest

from bot import cli, complaints, sample, settings
from bot.operations import health, metrics
from document_templates import rendering
from flows import book
from storage import opening, preparing
from tests.planning.schedule import test_psplib

ANSWERS = pathlib.Path(book.__file__).parent / "samples" / "jitegemea.answers.json"

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path
) -> Typed:
    """Types a command in an empty folder; gives its exit code and what it said, and what it complained of."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["groundwork", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, said.out, said.err

    return run


# --- plan --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        pytest.param(".docx", b"PK", id="Word"),
        pytest.param(".xlsx", b"PK", id="the annex"),
        pytest.param(".json", b"{", id="all figures"),
        pytest.param(".xml", b"<?xml", id="MS Project"),
        pytest.param(".ics", b"BEGIN:VCALENDAR", id="calendars"),
        pytest.param(".JSON", b"{", id="an ending in capitals"),
    ],
)
def test_a_plan_is_written_in_the_form_that_its_name_asks_for(
    typed: Typed, ending: str, begins: bytes
) -> None:
    output = pathlib.Path(f"plan{ending}")
    assert typed("plan", ANSWERS, "-o", output, "--no-prove") == (0, f"Written: {output}\n", "")
    assert output.read_bytes().startswith(begins)


def test_a_plan_is_written_into_an_own_template(typed: Typed) -> None:
    document = docx.Document()
    document.add_paragraph("Ours alone: {{ institution.name }}")
    document.save("own.docx")
    code, _, wrong = typed("plan", ANSWERS, "-o", "plan.docx", "--template", "own.docx", "--no-prove")
    assert (code, wrong) == (0, "")
    said = [paragraph.text for paragraph in docx.Document("plan.docx").paragraphs]
    assert said == ["Ours alone: Jitegemea Credit Scheme"]


def _office(folder: pathlib.Path, script: str) -> None:
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(script)
    program.chmod(0o700)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("", "install libreoffice-writer, or write .docx", id="no LibreOffice"),
        pytest.param("#!/bin/sh\nexit 3\n", "The PDF could not be made: ", id="it fails"),
    ],
)
def test_a_pdf_that_cannot_be_made_says_why(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    if script:
        _office(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin")
    code, _, wrong = typed("plan", ANSWERS, "-o", "plan.pdf", "--no-prove")
    assert code == cli.WRONG
    assert words in wrong
    assert not pathlib.Path("plan.pdf").exists()


def _changed(flow: str, answers: dict[str, object]) -> str:
    """An answers file like the sample's, but for these answers in a section's first copy."""
    made = json.loads(ANSWERS.read_bytes())
    section = next(section for section in made["sections"] if section["flow"] == flow)
    section["answers"] |= {key: {"value": value} for key, value in answers.items()}
    pathlib.Path("changed.json").write_text(json.dumps(made))
    return "changed.json"


def test_answers_to_what_is_not_asked_are_named_and_left_aside(typed: Typed) -> None:
    file = _changed("branch_office", {f"unheard_of_{number}": "x" for number in range(25)})
    code, said, wrong = typed("plan", file, "-o", "plan.json")
    assert (code, said) == (0, "Written: plan.json\n")
    lines = wrong.splitlines()
    assert len(lines) == 21
    assert "unheard_of_0" in lines[0]
    assert lines[-1] == f"{file}: 5 more"


def test_a_plan_without_dates_says_why_instead_of_writing_them(typed: Typed) -> None:
    file = _changed("migration", {"entities:1/records": 10**7, "entities:1/source": "paper"})
    code, _, wrong = typed("plan", file, "-o", "plan.ics")
    assert code == cli.WRONG
    assert "when “Prepare the data of " in wrong
    assert not pathlib.Path("plan.ics").exists()


# --- why, what-if ------------------------------------------------------------------------------------


def test_a_figure_says_where_it_comes_from(typed: Typed) -> None:
    code, said, wrong = typed("why", ANSWERS, "6.2")
    assert (code, wrong) == (0, "")
    assert said.startswith("6.2 · ")
    assert "How many active clients does the whole institution have? 5,446 clients" in said


def test_a_chapter_says_it_of_each_of_its_figures(typed: Typed) -> None:
    _, said, _ = typed("why", ANSWERS, "6")
    assert [number for number in ("6.1", "6.2", "6.3") if f"{number} · " in said] == ["6.1", "6.2", "6.3"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(
            "99.1", "There is no figure 99.1. Figures stand in the chapters 1, ", id="no such figure"
        ),
        pytest.param("", "Figures stand in the chapters 1, ", id="none asked for"),
    ],
)
def test_a_figure_that_there_is_not_names_those_that_there_are(typed: Typed, number: str, words: str) -> None:
    code, said, wrong = typed("why", ANSWERS, *filter(None, [number]))
    assert (code, said) == (cli.WRONG, "")
    assert wrong.startswith(words)


def test_what_would_change_stands_beside_the_plan_as_it_stands(typed: Typed) -> None:
    code, said, wrong = typed("what-if", ANSWERS, "inflation 8")
    assert (code, wrong) == (0, "")
    [line] = [line for line in said.splitlines() if line.startswith("Cost of all years planned")]
    before, after = line.split("  at least ")[1:]
    assert before.strip() != after.strip()


def test_a_change_that_cannot_be_read_is_explained_by_examples(typed: Typed) -> None:
    code, said, wrong = typed("what-if", ANSWERS, "inflation")
    assert (code, said) == (cli.WRONG, "")
    assert "inflation 8" in wrong


# --- schedule ----------------------------------------------------------------------------------------


@pytest.fixture
def project(typed: Typed) -> pathlib.Path:
    """A project of three days of work."""
    path = pathlib.Path("project.json")
    tasks = [
        {"id": "lay", "days": 2, "calendar": "here"},
        {"id": "test", "days": 1, "calendar": "here", "after": ["lay"]},
    ]
    path.write_text(json.dumps({"start": "2027-03-01", "tasks": tasks, "calendars": {"here": {}}}))
    return path


def test_a_project_gets_its_dates_on_the_screen(typed: Typed, project: pathlib.Path) -> None:
    code, said, _ = typed("schedule", project)
    assert code == 0
    assert json.loads(said)["finish"] == "2027-03-03"


def test_a_project_of_psplib_gets_its_dates_in_a_file(typed: Typed) -> None:
    pathlib.Path("own.sm").write_text(test_psplib.FILE)
    assert typed("schedule", "own.sm", "-o", "dates.json") == (0, "", "")
    assert len(json.loads(pathlib.Path("dates.json").read_bytes())["tasks"]) == 6


# --- lint --------------------------------------------------------------------------------------------


def test_the_shipped_assessment_is_linted_where_no_file_is_named(typed: Typed) -> None:
    code, said, _ = typed("lint")
    assert code == 0
    assert said.splitlines()[-1].startswith("0 errors, ")


def test_what_is_wrong_with_a_flow_is_said_with_its_file_and_line(typed: Typed) -> None:
    pathlib.Path("bad.yaml").write_text(
        "flow: bad\nversion: '1'\ntitle: Bad\nsurvey:\n  - {type: txt, name: a, label: A}\n"
    )
    code, said, _ = typed("lint", "bad.yaml")
    assert code == 1
    first, *_, last = said.splitlines()
    assert first.startswith("bad.yaml:5")
    assert last.startswith("1 error, ")


def test_what_is_wrong_with_a_template_is_said(typed: Typed) -> None:
    document = docx.Document()
    document.add_paragraph("{{ institution.nme }}")
    document.save("bad.docx")
    code, said, _ = typed("template", "lint", "bad.docx")
    assert code == 1
    first, last = said.splitlines()
    assert first.startswith("bad.docx: ")
    assert "nme" in first
    assert last == "1 error"
    assert typed("template", "lint", rendering.STANDARD_TEMPLATE) == (0, "0 errors\n", "")


def test_the_template_is_built_where_somebody_wants_it(typed: Typed) -> None:
    assert typed("template", "build", "ours.docx") == (0, "Written: ours.docx\n", "")
    assert pathlib.Path("ours.docx").read_bytes() == rendering.STANDARD_TEMPLATE.read_bytes()


# --- export ------------------------------------------------------------------------------------------


@pytest.fixture
def planted(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample institution in the database that the settings name."""
    given = {"GROUNDWORK_DATA_DIR": "data"}
    asyncio.run(sample.plant(given))
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def test_answers_go_out_by_the_name_of_the_institution(typed: Typed, planted: None) -> None:
    code, said, _ = typed("export", "Jitegemea Credit Scheme", "-o", "answers.xlsx", "--labels", "--split")
    assert (code, said) == (0, "Written: answers.xlsx\n")
    assert openpyxl.load_workbook("answers.xlsx").sheetnames[0] == "sections"


def test_another_name_is_answered_with_those_that_there_are(typed: Typed, planted: None) -> None:
    code, _, wrong = typed("export", "Upya", "-o", "answers.json")
    assert (code, wrong) == (
        cli.WRONG,
        "There is no assessment 'Upya'. There are: Jitegemea Credit Scheme.\n",
    )


# --- what cannot be done -----------------------------------------------------------------------------


def _no_json(folder: pathlib.Path) -> None:
    (folder / "broken.json").write_text("{")


def _no_zip(folder: pathlib.Path) -> None:
    (folder / "own.docx").write_text("words")


def _no_project(folder: pathlib.Path) -> None:
    (folder / "project.json").write_text("[]")


REFUSED = [
    pytest.param(
        ["plan", ANSWERS, "-o", "plan.odt"], None, "plan.odt: a plan is written as .docx, .pdf", id="another form"
    ),
    pytest.param(
        ["plan", "none.json", "-o", "plan.json"], None, "none.json cannot be read (No such file", id="no such file"
    ),
    pytest.param(["plan", "broken.json", "-o", "plan.json"], _no_json, "broken.json: ", id="no answers file"),
    pytest.param(
        ["plan", ANSWERS, "-o", "none/plan.json"], None, "none/plan.json cannot be written (No such", id="no folder"
    ),
    pytest.param(
        ["plan", ANSWERS, "-o", "plan.docx", "--template", "own.docx"],
        _no_zip,
        "`groundwork template lint own.docx` says all",
        id="no template",
    ),
    pytest.param(["schedule", "project.json"], _no_project, "project.json: ", id="no project"),
    pytest.param(
        ["template", "build", "none/own.docx"], None, "none/own.docx cannot be written", id="no folder for a template"
    ),
    pytest.param(["practice", "--data", "file"], lambda folder: (folder / "file").touch(), "--data", id="no data folder"),
    pytest.param(
        ["demo", "--data", "file", "--fresh"], lambda folder: (folder / "file").touch(), "file cannot be used", id="no demo folder"
    ),
    pytest.param(["demo", "--play", "none.yaml"], None, "none.yaml cannot be played", id="no recording"),
    pytest.param(["words", "xx"], None, "'xx' is no language to translate into", id="no language"),
    pytest.param(["health"], None, "GROUNDWORK_HEALTH_LISTEN is not set", id="nowhere to ask"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "before", "words"), REFUSED)
def test_what_cannot_be_done_is_said_in_a_sentence(
    typed: Typed,
    tmp_path: pathlib.Path,
    command: list[object],
    before: Callable[[pathlib.Path], object],
    words: str,
) -> None:
    if before is not None:
        before(tmp_path)
    code, said, wrong = typed(*command)
    assert (code, said) == (cli.WRONG, "")
    assert words in wrong
    assert "Traceback" not in wrong


def test_what_nobody_thought_of_keeps_its_traceback(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complaints, "known", lambda: (ZeroDivisionError,))
    with pytest.raises(settings.SettingsError):
        typed("health")


# --- backup, restore ---------------------------------------------------------------------------------


def _installed(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A database and its key, as the first start makes them; every command is about them from then on."""

    async def opened() -> None:
        storage = opening.open_storage(f"sqlite:///{folder}/groundwork.db", key)
        await storage.open()
        await storage.close()

    key = folder.with_name(folder.name + ".key")
    monkeypatch.setenv("GROUNDWORK_DATA_DIR", str(folder))
    preparing.prepare(f"sqlite:///{folder}/groundwork.db", key)
    asyncio.run(opened())
    return folder / "groundwork.db"


def test_a_backup_comes_back_and_says_where_the_database_lies_that_was_there(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = _installed(tmp_path / "data", monkeypatch)
    assert typed("backup", "copy")[0] == 0
    for name in ("groundwork.db.replaced", "groundwork.db.replaced.2"):
        code, said, wrong = typed("restore", "copy")
        assert (code, wrong) == (0, "")
        assert f"What was there is now {database.with_name(name)};" in said
        assert database.with_name(name).is_file()


def _spoil(database: pathlib.Path) -> None:
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("INSERT INTO person VALUES (7, x'0001')")


def test_what_does_not_open_is_neither_backed_up_nor_restored(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = _installed(tmp_path / "data", monkeypatch)
    _spoil(database)
    code, said, wrong = typed("backup", "copy")
    assert (code, said) == (cli.WRONG, "")
    assert "is damaged: what is sealed in 1 row of person (id 7) does not open. Stop the bot" in wrong
    assert not pathlib.Path("copy").exists()
    code, said, wrong = typed("restore", database)
    assert (code, said) == (cli.WRONG, "")
    assert "is damaged: what is sealed in 1 row of person (id 7) does not open. Nothing was changed" in wrong


def test_without_a_key_a_backup_is_made_and_says_that_nobody_saw_into_it(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(tmp_path / "data", monkeypatch)
    (tmp_path / "data.key").unlink()
    code, said, wrong = typed("backup", "copy")
    assert code == 0
    assert "Backed up to copy" in said
    assert "data.key is missing, so nobody could see whether the copy opens" in wrong


def test_another_installations_backup_replaces_nothing(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(tmp_path / "theirs", monkeypatch)
    assert typed("backup", "copy")[0] == 0
    database = _installed(tmp_path / "ours", monkeypatch)
    was = database.read_bytes()
    code, said, wrong = typed("restore", "copy")
    assert (code, said) == (cli.WRONG, "")
    assert "The key does not open the backup copy" in wrong
    assert [path.name for path in database.parent.iterdir()] == ["groundwork.db"]
    assert database.read_bytes() == was


def test_without_a_key_nothing_is_restored(
    typed: Typed, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = _installed(tmp_path / "data", monkeypatch)
    assert typed("backup", "copy")[0] == 0
    (tmp_path / "data.key").unlink()
    code, _, wrong = typed("restore", "copy")
    assert code == cli.WRONG
    assert "data.key cannot be read" in wrong
    assert [path.name for path in database.parent.iterdir()] == ["groundwork.db"]


# --- the local Telegram alone, and how the bot is ----------------------------------------------------


def test_a_port_that_is_taken_is_said_in_a_sentence(typed: Typed) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said, wrong = typed("practice", "--port", taken.getsockname()[1])
    assert (code, said) == (cli.WRONG, "")
    assert wrong.startswith("The local Telegram cannot start: Address already in use")
    assert "--port" in wrong


@pytest.mark.parametrize("command", ["practice", "demo"])
def test_a_number_that_is_no_port_is_refused(typed: Typed, command: str) -> None:
    code, _, wrong = typed(command, "--port", 99_999)
    assert code == 2
    assert "65535" in wrong


async def test_whoever_asks_is_told_how_the_bot_is(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("GROUNDWORK_HEALTH_LISTEN", f"127.0.0.1:{free.getsockname()[1]}")
    seen = metrics.Metrics()
    async with health.served(seen, settings.read()):
        assert await asyncio.to_thread(typed, "health") == (0, "", "")
        seen.refused(health.STORAGE)
        code, said, wrong = await asyncio.to_thread(typed, "health")
    assert (code, said) == (cli.WRONG, "")
    assert "The bot is not well: " in wrong
