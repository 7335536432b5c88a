"""Numbers that one message gives: a question names those that belong to it, and all may be sent at once.

"9 4 2" says how many people, loan officers and tellers there are. What is not sent is asked by itself, so that
who sends one number only loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows import instance, locales, nouns, reading, shown, stops
from flows.reading import spoken, text

UNKNOWN = "?"
"""What stands for a number that somebody does not know."""

_PLAIN = re.compile(r"\s*[\n;،]\s*|\s*,\s+")
"""What can only stand between numbers."""

_SPACE, _COMMA = re.compile(r"\s+"), re.compile(r",")
"""What also stands inside of numbers, and between them where these are bare digits."""

_BARE = re.compile(r"[\d.,٫]*\d%?")


def waiting(question: instance.Question) -> tuple[instance.Question, ...]:
    """The question, and those that its message may answer too: all that apply and wait."""
    if not question.item.together or not _waits(question):
        return (question,)
    beside = [part for part in question.parent.parts if part.name in question.item.together]
    return (question, *(one for one in beside if isinstance(one, instance.Question) and _waits(one)))


def _waits(question: instance.Question) -> bool:
    """Whether it is asked here, nothing was said of it yet, and no reviewer gave it back."""
    session, stop = question.instance.session, stops.Stop(question, "")
    is_said = question.key in session.answers or question.key in session.comments
    is_here = stop.is_shared and stop.handed is None
    return question.relevant and question.asked and is_here and not is_said


def wanted(question: instance.Question) -> tuple[nouns.Wanted, ...]:
    """The numbers that may come in one message, in order; none where it is one only."""
    found = waiting(question)
    return tuple(nouns.Wanted(one.key, shown.words(one, "short")) for one in found) if found[1:] else ()


def example(question: instance.Question) -> str:
    """Such a message; empty where one number is asked only."""
    found = waiting(question)
    language = question.instance.form.flow.language
    numbers = [locales.number(float(one.item.example or 0), language, "0.###") for one in found]
    return " ".join(numbers) if numbers[1:] else ""


def parted(question: instance.Question, typed: str) -> Mapping[str, str] | nouns.Problem:
    """Key -> what was typed for it, where several numbers were; nothing where it was one, or other words."""
    keys = [one.key for one in waiting(question)]
    parts = _parts(text.clean(typed).rstrip(".;,")) if keys[1:] else []
    if len(parts) > len(keys):
        return reading.refused("too_many_numbers", n=len(keys), given=len(parts))
    return dict(zip(keys, parts, strict=False)) if parts[1:] else {}


def _parts(typed: str) -> list[str]:
    parts = _PLAIN.split(typed)
    if parts[1:] and all(map(_says_how_many, parts)):
        return parts
    for between in (_SPACE, _COMMA):
        parts = between.split(typed)
        if parts[1:] and all(part == UNKNOWN or _BARE.fullmatch(part) for part in parts):
            # two digits with a comma between are one number
            return parts if between is _SPACE or parts[2:] else []
    return []


def _says_how_many(part: str) -> bool:
    plain = text.plain(part)
    return (
        part == UNKNOWN
        or any(character.isnumeric() for character in part)
        or plain in spoken.NUMERALS
        or plain in spoken.FRACTIONS
        or spoken.without_value(plain) is not None
    )
