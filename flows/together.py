"""Numbers that one message gives: a question names those that belong to it, and all may be sent at once.

"9 4 2" says how many people, loan officers and tellers there are. What is not sent is asked by itself, so that
who sends one number only loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from flows import instance, locales, nouns, reading, shown, stops
from flows.reading import spoken, text

UNKNOWN = "?"
"""What stands for a number that somebody does not know."""

_PLAIN = re.compile(r"\s*[\n;،]\s*|\s*,\s+|\s+,")
"""What can only stand between numbers."""

_LISTED = re.compile(rf"{_PLAIN.pattern}|\s+")
"""What stands between bare digits, where none of them can be thousands of another."""

_AND = re.compile(rf"(?<=\s)(?:{'|'.join(sorted(spoken.IS_AND - {'plus'}))}|&)\s+", re.IGNORECASE)
"""“9, 4 and 2”; who says plus adds them up."""

_COUNTED = re.compile(r"\s*/\s*"), re.compile(r"\s*[-–—−]\s*")
"""What makes a part or a range of two numbers, and stands between more where as many came as were asked."""

_DAY = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{4}|\d{4}\D+\d{1,2}\D+\d{1,2}")
"""3/4/2027 is no three numbers."""

_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_COMMAED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
"""1 200 and 1,200: a number with its thousands apart, or two."""

_BARE = re.compile(r"[\d.,٫]*\d%?")

_EVERY = re.compile(r"[\s,;]+")
"""What may stand between numbers, if a comma is never within one."""

_UNREAD = frozenset({"one_number", "not_a_number"})
"""Why a number is refused where there may be several."""

_TWO = re.compile(r"\d+\s*[,/]\s*\d+")
"""What is no whole number, and may be two."""

_THOUSANDS = re.compile(r"0\d+")
"""The end of 9 000, which is no number by itself."""


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
    if not keys[1:]:
        return {}
    # a run of thousands of spaces is looked through once, and not by every way
    lines = (" ".join(line.split()) for line in text.clean(typed).splitlines())
    words = "\n".join(filter(None, lines)).rstrip(".;,")
    parts = next((parts for parts, is_meant in _ways(words, len(keys)) if parts[1:] and is_meant), [])
    if len(parts) > len(keys):
        return reading.refused("too_many_numbers", n=len(keys), given=len(parts))
    if 1 < len(parts) < len(keys) == len(_EVERY.split(words)):
        # "3,8 1": two numbers of which one has a comma, or three
        return _unclear(question, typed)
    several = _SPACED.fullmatch(words) or (_COMMAED.fullmatch(words) and words.count(",") > 1)
    if not parts and several:
        return _unclear(question, typed)
    return dict(zip(keys, parts, strict=False))


def told(question: instance.Question, typed: str, read: reading.Outcome) -> reading.Outcome:
    """What was read; where it was refused and may hold several of the numbers asked, how to write these."""
    if not isinstance(read, nouns.Problem) or not waiting(question)[1:]:
        return read
    words = text.western(typed)
    are_several = read.code in _UNREAD and len(re.findall(r"\d+", words)) > 1
    is_two = read.code == "not_whole" and _TWO.fullmatch(words) is not None
    return _unclear(question, typed) if are_several or is_two else read


def _unclear(question: instance.Question, typed: str) -> nouns.Problem:
    n = len(waiting(question))
    return reading.refused("several_numbers", given=typed, n=n, example=example(question))


def _ways(typed: str, asked: int) -> Iterator[tuple[list[str], bool]]:
    """What stands apart by each way to write so many numbers, and whether that can be meant by it; the plainest first."""
    listed = _AND.sub("", typed)
    parts = _LISTED.split(listed)
    # "2 y 30" is no list of three: it may be two and a half hours
    is_clear = (listed == typed or len(parts) == asked) and not _SPACED.search(typed)
    yield parts, is_clear and _are_bare(parts)
    # "9 120; 30" may be three numbers, or two
    is_clear = len(parts) != asked or not _are_bare(parts)
    parts = _PLAIN.split(typed)
    yield parts, (is_clear or len(parts) == asked) and all(map(_says_how_many, parts))
    parts = typed.split()
    is_clear = len(parts) > asked or (len(parts) == asked and not any(map(_THOUSANDS.fullmatch, parts)))
    yield parts, is_clear and _are_bare(parts)
    parts = typed.split(",")
    # two digits with a comma between are one number
    is_clear = len(parts) > 2 and not _COMMAED.fullmatch(typed) and not any(map(_THOUSANDS.fullmatch, parts))
    yield parts, is_clear and (len(parts) == asked or not _COMMAED.search(typed)) and _are_bare(parts)
    for between in _COUNTED:
        parts = between.split(typed)
        yield parts, len(parts) == asked > 2 and not _DAY.fullmatch(typed) and _are_bare(parts)


def _are_bare(parts: Iterable[str]) -> bool:
    return all(part == UNKNOWN or _BARE.fullmatch(part) for part in parts)


def _says_how_many(part: str) -> bool:
    plain = text.plain(part)
    return (
        part == UNKNOWN
        or any(character.isnumeric() for character in part)
        or plain in spoken.NUMERALS
        or plain in spoken.FRACTIONS
        or spoken.without_value(plain) is not None
    )
