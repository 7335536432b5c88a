"""An institution's own numbers in the place of ours: what people write is read, what stands is listed by group."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping

import msgspec

from flows import nouns as flow_nouns
from flows.reading import numbers, outcome
from planning import nouns, parameter_words, parameters

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


def of_group(standing: parameters.Parameters, group: str) -> tuple[nouns.Parameter, ...]:
    """The numbers of a group as they stand."""
    return tuple(known for known in standing if known.group == group)


def read(words: str, language: str = "en") -> Wish:
    """A wish from words as `inflation 7`, `inflation ours` or `inflation`; raises AssumptionError."""
    parts = words.replace("_", " ").casefold().split()
    known, named = parameters.default(), parameter_words.named(language)
    ends = [end for end in range(len(parts), 0, -1) if "_".join(parts[:end]) in named]
    if not ends:
        raise AssumptionError(_unknown("_".join(parts), named))
    name, rest = named["_".join(parts[: ends[0]])], " ".join(parts[ends[0] :])
    if not rest:
        return Wish(name)
    if rest == OURS:
        return Wish(name, back=True)
    found = numbers.number(rest, whole=False, unit=known[name].unit, language=language)
    if not isinstance(found, outcome.Reading) or not isinstance(found.value, int | float):
        raise AssumptionError(
            nouns.Text("assumption.no_number", {"words": rest, "name": parameter_words.name(name)})
        )
    problem = parameters.doubt(name, found.value)
    if problem is not None:
        raise AssumptionError(problem)
    return Wish(name, float(found.value))


def changed(
    own: tuple[flow_nouns.Assumption, ...], wish: Wish, *, by: str, now: dt.datetime
) -> tuple[flow_nouns.Assumption, ...]:
    """The institution's own numbers with the wish granted."""
    kept = tuple(one for one in own if one.name != wish.name)
    if wish.value is None:
        return kept
    return (*kept, flow_nouns.Assumption(wish.name, wish.value, by=by, at=now))


def _unknown(name: str, named: Mapping[str, str]) -> nouns.Text:
    """That there is no such number, with those whose names are alike: the last word may have been its value."""
    wanted = {name, name.rpartition("_")[0]} - {""}
    alike = [said for said in named if any(part in said for part in wanted)]
    alike += [said for part in wanted for said in difflib.get_close_matches(part, named)]
    shown = name.replace("_", " ")
    if not alike:
        return nouns.Text("assumption.no_such", {"name": shown})
    found = dict.fromkeys(named[said] for said in alike)
    names = tuple(
        nouns.Text("assumption.one", {"name": parameter_words.name(one)}) for one in list(found)[:MOST_ALIKE]
    )
    return nouns.Text("assumption.did_you_mean", {"name": shown, "names": names})
