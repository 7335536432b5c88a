"""The glossary holds: where the English has a term, every language says its word for it."""

from __future__ import annotations

import functools
import pathlib
import re

import pytest

from bot import translations
from flows import translations as catalogues

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "glossary.md"
LANGUAGES = ("fr", "es", "sw")

NO_WORDS = re.compile(r"\{\w+\}|/\w+.*")
"""Places for values, and commands with what is typed behind them."""


def terms() -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """Each term of the first table with its words in each language."""
    table = PAGE.read_text("utf-8").split("\n\n")[2].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [
        (row[0], {language: tuple(row[number].split(", ")) for number, language in enumerate(LANGUAGES, 1)})
        for row in rows
    ]


@functools.cache
def sentences(language: str) -> list[tuple[str, str, str]]:
    """Every sentence that is said: where it stands, in English, and in the language."""
    found = []
    for source in translations.sources():
        if not source.file(language).exists():
            continue
        for code, entry in source.read(language).entries.items():
            if entry.says(source.english[code]):
                english, said = _last(entry.english), _last(entry.said)
                found.append((f"{source.place.format(language)}: {code}", english, said))
    return found


def _last(message: catalogues.Message) -> str:
    return message if isinstance(message, str) else message[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("term", "words"), terms(), ids=[term for term, _ in terms()])
def test_a_term_is_said_as_the_glossary_says(
    term: str, words: dict[str, tuple[str, ...]], language: str
) -> None:
    stem = term.removesuffix("y")
    wanted = re.compile(rf"\b{stem}(?:y|ys|s|es|ies|s')?\b", re.IGNORECASE)
    astray = [
        f"{place}: {english!r} is said {said!r}"
        for place, english, said in sentences(language)
        if wanted.search(NO_WORDS.sub("", english))
        and not any(word.casefold() in said.casefold() for word in words[language])
    ]
    assert astray == []
