"""The committed reference says what the code says, and leaves nothing out."""

from __future__ import annotations

import pathlib
import re
import tomllib

import msgspec
import pytest

from bot import reference, settings
from planning import outline


@pytest.mark.parametrize("name", reference.pages())
def test_a_committed_page_is_what_is_generated(name: str) -> None:
    committed = (reference.FOLDER / name).read_text("utf-8")
    assert committed == reference.pages()[name], "run: python -m bot.reference"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in reference.FOLDER.glob("*.md")} == set(reference.pages())


@pytest.mark.parametrize("seed", reference.FRAMEWORK)
def test_every_id_of_the_framework_is_asked_and_answered(seed: str) -> None:
    assert reference.asked(seed), f"no question carries {seed}"
    assert outline.place_of(seed) in outline.CHAPTERS


def test_no_row_of_the_coverage_is_empty() -> None:
    rows = [line for line in reference.pages()["coverage.md"].splitlines() if line.startswith(("| S", "| X"))]
    assert len(rows) == len(reference.FRAMEWORK)
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|"))


def test_every_setting_says_what_it_means() -> None:
    rows = [
        line.split("|") for line in reference.pages()["settings.md"].splitlines() if line.startswith("| `")
    ]
    assert len(rows) == len(msgspec.structs.fields(settings.Settings))
    assert all(meaning.strip() for _, _, meaning, *_ in rows)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("| `/forget` | erase yourself |", id="a chat command in the catalogue's words"),
        pytest.param("| `/settings` | the same as `/help` |", id="a second name of a chat command"),
        pytest.param("### `groundwork plan ANSWERS`", id="an argument that must be given"),
        pytest.param("### `groundwork lint [FLOWS…]`", id="arguments that may be left out"),
        pytest.param("### `groundwork template lint TEMPLATE`", id="a command of a group"),
        pytest.param(
            "| `-o`, `--output` | The file to write: .docx for Word, .pdf, .xlsx for the annex, .json; .xml or .ics for the dates alone. | must be given |",
            id="a needed option",
        ),
        pytest.param(
            "| `--browser`, `--no-browser` | Open the chat page in the browser. | yes |", id="a switch"
        ),
    ],
)
def test_commands_are_told_as_they_are_typed(written: str) -> None:
    assert written in reference.pages()["commands.md"]


def test_a_bar_within_a_cell_is_escaped() -> None:
    assert reference._table(("a",), [("x|y",)]).endswith("| x\\|y |")


def test_pages_are_written_where_they_are_wanted(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "reference"
    reference.write(folder)
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == dict(reference.pages())


def test_every_direct_dependency_is_justified() -> None:
    root = reference.FOLDER.parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    wanted = {
        re.split(r"[\[<>=~! ]", requirement)[0].lower()
        for requirement in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    page = (root / "docs" / "decisions" / "dependencies.md").read_text("utf-8")
    told = re.findall(r"^\| ([a-z0-9-]+) \| .+\. \|$", page, re.MULTILINE)
    assert sorted(told) == sorted(wanted)


def test_links_between_pages_lead_somewhere() -> None:
    root = reference.FOLDER.parent.parent
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("deploy/*.md")]
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    ]
    local = [(page, link) for page, link in links if "://" not in link]
    assert local
    assert [(page.name, link) for page, link in local if not (page.parent / link).exists()] == []
