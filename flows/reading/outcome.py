"""What comes of reading someone's words: a value, sure or to be confirmed, or a problem."""

from __future__ import annotations

from flows import nouns


class Reading(nouns.Noun, frozen=True):
    """The value that the words mean."""

    value: nouns.Value
    sure: nouns.Sure = nouns.Sure.KNOWN
    certain: bool = True
    """False where the words could mean something else: the respondent confirms before it counts."""
    remark: nouns.Problem | None = None
    """What to say beside the question whether that was meant: how it differs from what was typed."""


Outcome = Reading | nouns.Problem


QUOTED = 60
"""Characters of someone's own words that a problem repeats."""


def refused(code: str, **values: str | int) -> nouns.Problem:
    """A problem with its catalogue code and the values that its sentence names."""
    short = {
        name: value[:QUOTED] + "…" if isinstance(value, str) and len(value) > QUOTED else value
        for name, value in values.items()
    }
    return nouns.Problem(code, short)
