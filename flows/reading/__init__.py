"""What typed words mean as the answer of a question: kindly read, never guessed in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from flows import kinds, nouns
from flows.reading import choices, dates, numbers, places, ranges, spoken, text, times
from flows.reading.outcome import Outcome, Reading, refused

__all__ = [
    "Outcome",
    "Reading",
    "numbered",
    "read",
    "refused",
    "says_done",
    "says_no",
    "says_yes",
    "without_value",
]

Line = TypeVar("Line")

MOST_DIGITS = 4
"""Of a line's number: no list is longer."""


def read(
    question: nouns.Question, typed: str, options: Sequence[nouns.Option], *, today: dt.date, language: str
) -> Outcome:
    """Read the words typed in answer to a question, given the choices it offers now."""
    words = text.clean(typed)
    if not words:
        return refused("empty")
    kind, _, _ = question.type.partition(" ")
    if len(words) > text.MAX_TEXT and kind in kinds.IN_WORDS:
        return refused("too_long", length=len(words), limit=text.MAX_TEXT)
    # what is too long for an answer in words is no number, date or choice either, whatever follows
    words = words[: text.MAX_TEXT]
    exact_choice = any(text.plain(words) in (text.plain(o.name), text.plain(o.label)) for o in options)
    meant = spoken.without_value(text.plain(words))
    if meant is not None and not exact_choice:
        return Reading(None, meant)
    match kind:
        case "integer" | "decimal":
            return numbers.number(words, whole=kind == "integer", unit=question.unit, language=language)
        case "date":
            return dates.date(words, today=today)
        case "range":
            return ranges.number(words, question, language=language)
        case "time":
            return times.time(words)
        case "dateTime":
            return times.date_time(words, today=today)
        case "select_one":
            return choices.one(words, options)
        case "rank":
            return choices.ranked(words, options)
        case "acknowledge":
            is_said = says_yes(words) or text.plain(words) == text.plain(kinds.ANSWERED_OK)
            return Reading(kinds.ANSWERED_OK) if is_said else refused("acknowledge")
        case "select_multiple":
            return choices.several(words, options)
        case "geopoint":
            return places.place(words)
        case "geotrace" | "geoshape":
            return places.trace(words, kind)
        case _ if kind in kinds.SENT:
            return refused(f"send_{kind}")
    return Reading(words)


def numbered(typed: str, lines: Sequence[Line]) -> Line | None:
    """The line of a list whose number was typed, counting from 1; None where the words are no such number."""
    number = text.western(text.clean(typed)).rstrip(".")
    if not number.isdecimal() or len(number) > MOST_DIGITS or not 1 <= int(number) <= len(lines):
        return None
    return lines[int(number) - 1]


def says_yes(typed: str) -> bool:
    """Whether the words are a plain yes, in any language known."""
    return text.plain(text.clean(typed)) in spoken.IS_YES


def says_no(typed: str) -> bool:
    """Whether the words are a plain no, in any language known."""
    return text.plain(text.clean(typed)) in spoken.IS_NO


def without_value(typed: str) -> nouns.Sure | None:
    """What the words say in the place of an answer: not known, a colleague is asked, not ours; None of other words."""
    return spoken.without_value(text.plain(text.clean(typed)))


def says_done(typed: str) -> bool:
    """Whether the words say that nothing is left to add, in any language known."""
    return text.plain(text.clean(typed)) in spoken.IS_DONE
