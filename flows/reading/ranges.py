"""Numbers of a range: between its ends, in its steps."""

from __future__ import annotations

from flows import nouns, ranges, values
from flows.reading import numbers, outcome


def number(typed: str, question: nouns.Question, *, language: str) -> outcome.Outcome:
    """The number in the words, if the range has it."""
    start, end, step = ranges.bounds(question)
    whole = float(start).is_integer() and float(step).is_integer()
    read = numbers.number(typed, whole=whole, unit=question.unit, language=language)
    if isinstance(read, nouns.Problem) or not isinstance(read.value, int | float):
        return read
    if not ranges.holds(question, read.value):
        low, high = min(start, end), max(start, end)
        return outcome.refused(
            "not_in_range", start=values.written(low), end=values.written(high), step=values.written(step)
        )
    return read
