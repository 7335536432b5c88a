"""Choices by what people type: the name, the label, its number, its beginning, or nearly so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from flows import nouns
from flows.errors import CLOSE
from flows.reading import outcome, spoken, text

NONE = "none"
"""A choice of this name stands alone: it cannot be ticked together with another."""

_LIST = re.compile(
    r"\s*(?:[,;\n•/+&]|(?<=\s)(?:" + "|".join(sorted(spoken.IS_AND)) + r")(?=\s))\s*", re.IGNORECASE
)


def one(typed: str, options: Sequence[nouns.Option]) -> outcome.Outcome:
    """The one choice that the words mean."""
    exact = _exact(typed, options)
    if exact is not None:
        return outcome.Reading(exact)
    near = _near(typed, options)
    if near is not None:
        return outcome.Reading(near, certain=False)
    return outcome.refused("no_such_choice", given=typed)


def ranked(typed: str, options: Sequence[nouns.Option]) -> outcome.Outcome:
    """Every choice once, in the order in which a list of words names them."""
    read = _listed(typed, options)
    if isinstance(read, nouns.Problem):
        return read
    named, certain = read
    if sorted(named) != sorted(option.name for option in options):
        return outcome.refused("rank_all", n=len(options))
    return outcome.Reading(named, certain=certain)


def several(typed: str, options: Sequence[nouns.Option]) -> outcome.Outcome:
    """The choices that a list of words means, in the order in which they are offered."""
    if (whole := _exact(typed, options)) is not None:
        return outcome.Reading([whole])
    read = _listed(typed, options)
    if isinstance(read, nouns.Problem):
        return read
    chosen, certain = read
    if NONE in chosen and len(set(chosen)) > 1:
        return outcome.refused("none_stands_alone")
    return outcome.Reading([option.name for option in options if option.name in chosen], certain=certain)


def _listed(typed: str, options: Sequence[nouns.Option]) -> tuple[list[str], bool] | nouns.Problem:
    """The choices that the words name one after the other, and whether each of them is certain."""
    parts = [part for part in _LIST.split(typed) if part.strip()]
    if len(parts) == 1 and len(numbers := text.western(typed).split()) > 1 and all(map(str.isdigit, numbers)):
        parts = numbers
    if not parts:
        return outcome.refused("no_such_choice", given=typed)
    named: list[str] = []
    certain = True
    for part in parts:
        read = one(part, options)
        if isinstance(read, nouns.Problem):
            return read
        named.append(str(read.value))
        certain = certain and read.certain
    return named, certain


def _exact(typed: str, options: Sequence[nouns.Option]) -> str | None:
    """The choice of this name, label, yes or no, number, or of which alone this is the beginning."""
    said = text.plain(typed)
    for option in options:
        if said in (text.plain(option.name), text.plain(option.label)):
            return option.name
    names = [option.name for option in options]
    if said in spoken.IS_YES and "yes" in names:
        return "yes"
    if said in spoken.IS_NO and "no" in names:
        return "no"
    if said in spoken.IS_NOTHING and NONE in names:
        return NONE
    number = text.western(said)
    if number.isdigit() and len(number) < 4 and 1 <= int(number) <= len(options):
        return names[int(number) - 1]
    if len(said) < 2:
        return None
    begun = [
        option.name
        for option in options
        if text.plain(option.label).startswith(said) or text.plain(option.name).startswith(said)
    ]
    return begun[0] if len(begun) == 1 else None


def _near(typed: str, options: Sequence[nouns.Option]) -> str | None:
    """The choice that was probably mistyped, or a yes or no with more words behind it."""
    first = text.plain(typed).split(" ")[0].strip(",.;:")
    names = {option.name for option in options}
    for said, name in ((spoken.IS_YES, "yes"), (spoken.IS_NO, "no")):
        if first in said and name in names:
            return name
    spelled = {text.plain(word): option.name for option in options for word in (option.name, option.label)}
    close = difflib.get_close_matches(text.plain(typed)[:100], list(spelled), n=1, cutoff=CLOSE)
    return spelled[close[0]] if close else None
