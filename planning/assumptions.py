"""An institution's own numbers in the place of ours: what people write is read, what stands is listed by group."""

from __future__ import annotations

import datetime as dt
import difflib

import msgspec

from flows import nouns as flow_nouns
from planning import nouns, parameters

OURS = "ours"
"""The word that takes an own number back."""

MOST_ALIKE = 5
"""Names offered where the one written is not known."""


class AssumptionError(Exception):
    """The words name no number of the formulas, or none that is believed; `text` says what to write."""

    def __init__(self, text: nouns.Text) -> None:
        super().__init__(text.code)
        self.text = text


class Wish(msgspec.Struct, frozen=True):
    """What somebody asks for: to see a number, to replace it, or to take ours again."""

    name: str
    value: float | None = None
    back: bool = False


def groups() -> tuple[str, ...]:
    """The names of the groups, in the file's order."""
    return tuple(dict.fromkeys(known.group for known in parameters.default()))


def of_group(numbers: parameters.Parameters, group: str) -> tuple[nouns.Parameter, ...]:
    """The numbers of a group as they stand."""
    return tuple(known for known in numbers if known.group == group)


def read(words: str) -> Wish:
    """A wish from words as `inflation 7`, `inflation ours` or `inflation`; raises AssumptionError."""
    parts = words.replace("_", " ").casefold().split()
    whole = "_".join(parts)
    if whole in parameters.default():
        return Wish(whole)
    name, last = "_".join(parts[:-1]), parts[-1] if parts else ""
    value = _number(last)
    if value is None and last != OURS:
        raise AssumptionError(_unknown(whole))
    if name not in parameters.default():
        raise AssumptionError(_unknown(name))
    if value is None:
        return Wish(name, back=True)
    problem = parameters.doubt(name, value)
    if problem is not None:
        raise AssumptionError(problem)
    return Wish(name, value)


def changed(
    own: tuple[flow_nouns.Assumption, ...], wish: Wish, *, by: str, now: dt.datetime
) -> tuple[flow_nouns.Assumption, ...]:
    """The institution's own numbers with the wish granted."""
    kept = tuple(one for one in own if one.name != wish.name)
    if wish.value is None:
        return kept
    return (*kept, flow_nouns.Assumption(wish.name, wish.value, by=by, at=now))


def _number(words: str) -> float | None:
    """A number with a point or a comma before its decimals, with or without a percent sign."""
    try:
        return float(words.removesuffix("%").replace(",", "."))
    except ValueError:
        return None


def _unknown(name: str) -> nouns.Text:
    known = [one.name for one in parameters.default()]
    alike = [one for one in known if name and name in one]
    alike += [one for one in difflib.get_close_matches(name, known, MOST_ALIKE) if one not in alike]
    shown = parameters.shown_name(name)
    if not alike:
        return nouns.Text("assumption.no_such", {"name": shown})
    names = tuple(parameters.shown_name(one) for one in alike[:MOST_ALIKE])
    return nouns.Text("assumption.did_you_mean", {"name": shown, "names": names})
