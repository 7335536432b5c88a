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


# --- catalogues brought up to date -------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Where catalogues lie in this test: a folder in which nobody has begun any language."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    return tmp_path


def words_of(*languages: str) -> list[str]:
    """What `groundwork words` says."""
    result = testing.CliRunner().invoke(cli.app, ["words", *languages])
    assert result.exception is None, result.exception
    return result.output.splitlines()


def test_a_language_is_begun_with_every_sentence_empty(folder: pathlib.Path) -> None:
    assert words_of("sw") == [source.place.format("sw") for source in SOURCES]
    for source in SOURCES:
        assert source.read("sw").said(source.english) == {}
    assert words_of("sw") == [], "what is up to date is left alone"
    assert words_of() == [], "languages that nobody has begun are not begun by themselves"


def test_a_new_sentence_comes_in_empty_and_what_was_translated_stays(folder: pathlib.Path) -> None:
    words_of("sw")
    source = SOURCES[0]
    file = source.file("sw")
    code = "button.skip"
    empty = next(part for part in file.read_text("utf-8").split("\n\n") if f'msgctxt "{code}"' in part)
    told = file.read_text("utf-8").replace(empty, empty.replace('msgstr ""', 'msgstr "Ruka"'))
    other = next(part for part in told.split("\n\n") if 'msgctxt "button.pause"' in part)
    file.write_text(told.replace(f"{other}\n\n", ""), "utf-8")
    assert words_of() == [source.place.format("sw")]
    assert source.read("sw").said(source.english) == {code: "Ruka"}
    assert other in file.read_text("utf-8")


def test_lint_counts_what_has_no_catalogue_yet(folder: pathlib.Path) -> None:
    found = {issue.file: str(issue) for issue in translations.issues()}
    count = sum(len(source.english) for source in SOURCES)
    for language in translations.languages():
        assert f"{count} sentences have no catalogue yet" in found[f"words in {language}"]
        assert f"groundwork words {language}" in found[f"words in {language}"]


def test_a_catalogue_that_cannot_be_read_is_named(folder: pathlib.Path) -> None:
    file = SOURCES[0].file("sw")
    file.parent.mkdir(parents=True)
    file.write_text('msgid "half a sentence\n', "utf-8")
    result = testing.CliRunner().invoke(cli.app, ["words"])
    assert isinstance(result.exception, translations.LanguageError)
    assert str(result.exception).startswith("bot/words/sw.po: ")
