"""What could be better about a language's catalogue: each issue with its line and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from flows import lint, translations

_STRAY = re.compile(r"^[^\S\u00a0\u202f]|\s$| {2}")
"""A space that does not break may stand in front: French parts its colon from the word before."""
_NAME = re.compile(r"\$?\{[^{}]*\}")
_TAG = re.compile(r"</?[a-z]+>")
_COMMAND = re.compile(r"(?<![\w<])/[a-z]+")

Check = Callable[[str, str], Iterator[tuple[str, str]]]
"""Compares an English sentence with what is said for it: what is wrong, and what to do."""


def issues(
    translation: translations.Translation,
    english: Mapping[str, translations.Message],
    *,
    file: str,
    longest: Mapping[str, int],
) -> list[lint.Issue]:
    """The issues of a catalogue beside its English; `longest` are the characters that a button's words may have.

    What is missing or stale is an error in a catalogue that is declared complete; else it is only counted.
    """
    found = []

    def issue(line: int, what: str, fix: str, severity: lint.Severity = lint.Severity.ERROR) -> None:
        found.append(lint.Issue(file, line, what, fix, severity))

    unsaid = 0
    for code, message in english.items():
        entry = translation.entries.get(code)
        if entry is None or not entry.says(message):
            unsaid += 1
            if translation.complete:
                issue(entry.line if entry else 1, f"`{code}` {_why(entry)}.", "Translate it anew.")
            continue
        for what, fix in _wrong(entry, longest.get(code, 0)):
            issue(entry.line, f"`{code}` {what}", fix)
    if unsaid and not translation.complete:
        said = len(english) - unsaid
        what = f"{said} of {len(english)} sentences are said; the others are said in English."
        issue(1, what, f"Translate them, and declare `{translations.COMPLETE}: yes`.", lint.Severity.WARNING)
    return found


def _why(entry: translations.Entry | None) -> str:
    if entry is None:
        return "is missing: run `groundwork words`"
    return "is not translated" if entry.empty else "is stale: the English has changed"


def _wrong(entry: translations.Entry, longest: int) -> Iterator[tuple[str, str]]:
    english = (entry.english,) if isinstance(entry.english, str) else entry.english
    said = (entry.said,) if isinstance(entry.said, str) else entry.said
    for number, sentence in enumerate(said):
        # the singular may say "one" for {n}: so each form is held against the English form that is like it
        like = english[min(number, len(english) - 1)]
        for check in CHECKS:
            yield from check(like, sentence)
        length = len(_NAME.sub("", sentence))
        if longest and length > longest:
            yield f"has {length} characters.", f"The button holds {longest}: shorten it."


def _names(english: str, said: str) -> Iterator[tuple[str, str]]:
    if said.count("{") != len(_NAME.findall(said)) or said.count("}") != said.count("{"):
        yield "has a brace without its partner.", "Write names as in English: {name}."
    # the number itself may be said by a word, as "one section"
    differing = (set(_NAME.findall(english)) ^ set(_NAME.findall(said))) - {"{n}", "{count}"}
    if differing:
        yield f"has other names than the English: {' '.join(sorted(differing))}.", "Use the same names."


def _tags(english: str, said: str) -> Iterator[tuple[str, str]]:
    if sorted(_TAG.findall(english)) != sorted(_TAG.findall(said)):
        yield "has other tags than the English.", "Use the same tags: <b> and </b>."


def _commands(english: str, said: str) -> Iterator[tuple[str, str]]:
    if sorted(_COMMAND.findall(english)) != sorted(_COMMAND.findall(said)):
        yield "names other commands than the English.", "Leave /commands as they are."


def _lines(english: str, said: str) -> Iterator[tuple[str, str]]:
    if english.count("\n") != said.count("\n"):
        yield "has other line breaks than the English.", "Break it where the English breaks."


def _voice(english: str, said: str) -> Iterator[tuple[str, str]]:
    if "!" in said or "¡" in said:
        yield "has an exclamation mark.", "Say it calmly."
    if _STRAY.search(said) and not _STRAY.search(english):
        yield "has stray spaces.", "Remove them."


CHECKS: tuple[Check, ...] = (_names, _tags, _commands, _lines, _voice)
"""What every sentence is held against."""
