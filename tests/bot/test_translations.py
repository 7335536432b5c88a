"""The shipped catalogues: up to date with the English, whole in what is promised, and nothing that lint finds."""

from __future__ import annotations

import ast
import pathlib
import re
import subprocess
import sys

import pytest
from typer import testing

import bot
from bot import cli, limits, translations
from flows import lint, locales
from flows import words as wording

SAMPLE = str(pathlib.Path(bot.__file__).parent.parent / "flows/samples/jitegemea.answers.json")
SOURCES = list(translations.sources())
BEGUN = [
    (source, language)
    for source in SOURCES
    for language in translations.languages()
    if source.file(language).exists()
]


@pytest.mark.parametrize(
    ("source", "language"), BEGUN, ids=[source.place.format(language) for source, language in BEGUN]
)
def test_a_catalogue_is_up_to_date_with_the_english(source: translations.Source, language: str) -> None:
    text = source.file(language).read_text("utf-8")
    assert source.text(source.read(language)) == text, "run `groundwork words` and translate what came in"


def test_lint_finds_nothing_wrong_with_any_catalogue() -> None:
    assert [str(issue) for issue in translations.issues() if issue.severity is lint.Severity.ERROR] == []


PERCENT = re.compile(r"(?<=[\d})])[ \u00a0\u202f]*%(?!\w)")
"""A percent sign behind a number, or behind what stands for one."""


@pytest.mark.parametrize("language", locales.PROMISED)
def test_percent_signs_stand_as_babel_sets_them(language: str) -> None:
    sign = locales.percent("", language)
    sentences = [
        (source.place, code, form)
        for source in SOURCES
        for code, said in (
            source.english if language == "en" else source.read(language).said(source.english)
        ).items()
        for form in ((said,) if isinstance(said, str) else said)
    ]
    assert [one for one in sentences if any(found != sign for found in PERCENT.findall(one[2]))] == []


@pytest.mark.parametrize("language", locales.PROMISED[1:])
@pytest.mark.parametrize("package", translations.PACKAGES)
def test_what_is_promised_is_declared_complete(package: str, language: str) -> None:
    source = next(source for source in SOURCES if source.place == f"{package}/words/{{}}.po")
    assert source.read(language).complete
    assert wording.catalogue(package, language).codes() == wording.english(package).keys()


def test_every_button_is_known_to_lint_as_one() -> None:
    unknown = set()
    for path in pathlib.Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "views.Button" and node.args):
                continue
            said = node.args[0]
            if isinstance(said, ast.Call) and ast.unparse(said.func).endswith(".say"):
                code = said.args[0]
                if isinstance(code, ast.Constant) and code.value in wording.english("bot"):
                    source = SOURCES[0]
                    unknown |= {code.value} if not source.longest[code.value] else set()
    # a page's number and a section's title are no words of ours
    assert unknown - {"page", "tasks.button"} == set()


@pytest.mark.parametrize("code", translations.CROWDED)
def test_english_buttons_keep_to_the_room_too(code: str) -> None:
    assert len(str(wording.english("bot")[code])) <= limits.CROWDED_BUTTON


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(translations.LanguageError, match="'xx' is no language"):
        list(translations.update(["xx"]))


@pytest.mark.parametrize(
    "command",
    [["plan", SAMPLE, "-o", "plan.json"], ["why", SAMPLE, "6.2"], ["what-if", SAMPLE, "inflation 8"]],
    ids=lambda command: command[0],
)
def test_a_command_in_a_language_that_is_none_is_refused(command: list[str]) -> None:
    result = testing.CliRunner().invoke(cli.app, [*command, "--language", "xx"])
    assert str(result.exception) == "'xx' is no language; write its code, as fr or sw."


def test_help_loads_no_catalogue() -> None:
    script = (
        "import sys, contextlib, io\n"
        "from bot import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): cli.app(['--help'])\n"
        "print([name for name in sys.modules if name.startswith(('babel', 'flows'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
