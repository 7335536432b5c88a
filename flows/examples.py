"""Hints with an example: who types an answer sees one first, and what is shown is an answer that is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from flows import form, kinds, locales, nouns, reading, words

TYPED = kinds.IN_WORDS | {"integer", "decimal", "date", "time", "dateTime"}
"""Types that need one. Choices show themselves, a range shows its ends, photos, files and places are sent."""


def wanting(made: form.Form, place: form.Place) -> Iterator[tuple[str, str]]:
    """What is wrong with a question's example, and what to do."""
    if place.kind not in TYPED or place.formulas.get("read_only") is not None:
        return
    word = _word(made.flow.language)
    shown = after(place.question.hint, word)
    if not shown:
        yield f"The hint of `{place.name}` shows no example.", f"End it with “{word} …” and an answer."
    elif not _is_taken(place.question, shown, made.flow.language):
        yield f"`{place.name}` would not take “{shown}”, its own example.", "Show an answer that it takes."


def after(hint: str, word: str) -> str:
    """What a hint shows behind the word for an example, up to its end; empty where it has no such word."""
    return hint.rpartition(f"{word} ")[2] if f"{word} " in hint else ""


def _word(language: str) -> str:
    """The word before an example in a language; the English one where we do not speak it."""
    meant = locales.meant(language)
    return words.catalogue("flows", meant if meant in words.languages("flows") else words.BASE_LANGUAGE).say(
        "example"
    )


def _is_taken(question: nouns.Question, shown: str, language: str) -> bool:
    read = reading.read(question, shown, (), today=dt.date(2000, 1, 1), language=language)
    return isinstance(read, reading.Reading) and read.certain and read.value is not None
