"""The catalogue: every code that the shell says exists, and every code is said; no sentence stands in a handler."""

from __future__ import annotations

import ast
import collections
import pathlib
import re
import string

import pytest

import bot
import flows.worksheets
from bot import menu, routing
from flows import problems
from flows import words as wording

FOLDER = pathlib.Path(bot.__file__).parent
MODULES = sorted(
    path
    for folder in (FOLDER, pathlib.Path(flows.worksheets.__file__).parent)
    for path in folder.rglob("*.py")
    if "practice" not in path.parts
)
CATALOGUE = wording.catalogue("bot", wording.BASE_LANGUAGE)
CODES = CATALOGUE.codes()

CODE = re.compile(r"[a-z]+(\.[a-z_]+)+")
"""How a code looks."""

MADE = (
    *(f"problem.{code}" for code in problems.CODES),
    *(
        f"command.{name}"
        for name in {*routing.COMMANDS, *menu.commands()} & {c[8:] for c in CODES if c.startswith("command.")}
    ),
)
"""Codes that are put together."""


def literals() -> set[str]:
    """Every string of the shell's modules, those with a hole as their fixed beginning with `*`."""
    found: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add(f"{node.values[0].value}*")
    return found


@pytest.mark.parametrize(
    "path", sorted(FOLDER.parent.glob("*/words/en.yaml")), ids=lambda path: path.parts[-3]
)
def test_no_code_is_written_twice(path: pathlib.Path) -> None:
    """Of two the last would win in silence."""
    written = re.findall(r"^([^\s#][^:]*):", path.read_text("utf-8"), re.MULTILINE)
    assert [code for code, times in collections.Counter(written).items() if times > 1] == []


def test_every_code_is_said_somewhere() -> None:
    said = literals()
    beginnings = tuple(text[:-1] for text in said if text.endswith("*") and len(text) > 2)
    unsaid = {
        code
        for code in CODES
        # of nothing at all, a code is said by the one before it
        if said.isdisjoint({code, code.removesuffix(wording.NONE)})
        and code not in MADE
        and not code.startswith(beginnings)
    }
    assert unsaid == set()


@pytest.mark.parametrize("language", wording.languages("bot"))
def test_of_nothing_no_number_is_said(language: str) -> None:
    catalogue = wording.catalogue("bot", language)
    assert catalogue.say("people.empty", n=0) == catalogue.say("people.empty.none")
    assert "3" in catalogue.say("people.empty", n=3)


def test_every_problem_of_the_engine_has_its_sentence() -> None:
    assert {f"problem.{code}" for code in problems.CODES} <= CODES


@pytest.mark.parametrize("code", sorted(problems.CODES))
def test_a_problems_sentence_names_only_what_it_is_given(code: str) -> None:
    given = set(problems.CODES[code])
    sentence = CATALOGUE.say(f"problem.{code}", **dict.fromkeys(given, 2))
    assert sentence
    assert "{" not in sentence


def test_no_sentence_stands_in_a_handler() -> None:
    spoken = []
    for path in MODULES:
        if path.parent.name != "handlers":
            continue
        tree = ast.parse(path.read_text())
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        docs |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        spoken += [
            f"{path.name}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and len(re.findall(r"(?<!\S)[a-z]{2,}(?!\S)", node.value)) > 2
        ]
    assert spoken == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_is_plain(code: str) -> None:
    message = wording.english("bot")[code]
    for sentence in [message] if isinstance(message, str) else message:
        list(string.Formatter().parse(sentence))
        assert "!" not in sentence, "the voice has no exclamation marks"
        assert not re.search(r"  |\s$", sentence.replace("\n", "")), "stray spaces"
