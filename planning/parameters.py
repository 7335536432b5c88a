"""The numbers that the formulas use, each with its source; an institution may put its own in their place."""

from __future__ import annotations

import functools
import importlib.resources
import math
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import yaml

from flows import nouns as flow_nouns
from planning import nouns


class Parameters:
    """Parameters by name."""

    def __init__(self, known: Iterable[nouns.Parameter]) -> None:
        self._by_name = {parameter.name: parameter for parameter in known}

    def __getitem__(self, name: str) -> nouns.Parameter:
        return self._by_name[name]

    def __iter__(self) -> Iterator[nouns.Parameter]:
        return iter(self._by_name.values())

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def value(self, name: str) -> float:
        """The value of a parameter; raises KeyError for a name that no formula uses."""
        return self._by_name[name].value


class _Row(nouns.Parameter, frozen=True, kw_only=True):
    """A parameter as its file holds it: with what it is called in English."""

    label: str


@functools.cache
def _rows() -> list[_Row]:
    text = (importlib.resources.files("planning") / "parameters.yaml").read_text("utf-8")
    rows = [
        {"name": name, "group": group["group"], **row}
        for group in yaml.load_all(text, Loader=yaml.CSafeLoader)
        for name, row in group.items()
        if name != "group"
    ]
    return msgspec.convert(rows, list[_Row], strict=False)


@functools.cache
def default() -> Parameters:
    """The parameters that ship with Groundwork: `parameters.yaml`."""
    return Parameters(
        nouns.Parameter(**{field: getattr(row, field) for field in nouns.Parameter.__struct_fields__})
        for row in _rows()
    )


def labels() -> Mapping[str, str]:
    """What each parameter is called in English, for people who do not know the formulas."""
    return {row.name: row.label for row in _rows()}


def doubt(name: str, value: float) -> nouns.Text | None:
    """Why a number cannot stand in the place of ours, in a sentence that says what to do; None where it can."""
    if name not in default():
        return nouns.Text("assumption.unknown", {"name": name})
    ours = default()[name]
    least, most = ours.bounds
    if math.isfinite(value) and least <= value <= most:
        return None
    return nouns.Text(
        "assumption.beyond",
        {"name": nouns.Text(f"parameter.{name}"), "least": least, "most": nouns.Amount(most, ours.unit)},
    )


def of(book: flow_nouns.AnswerBook) -> tuple[Parameters, tuple[nouns.Text, ...]]:
    """Our numbers with the institution's own in their place, and a warning for each that cannot be believed."""
    return with_own(book.assumptions, {person.id: person.name for person in book.people})


def with_own(
    given: Iterable[flow_nouns.Assumption], people: Mapping[str, str]
) -> tuple[Parameters, tuple[nouns.Text, ...]]:
    """The same, of assumptions and the names of people by id."""
    own: dict[str, nouns.Parameter] = {}
    warnings = []
    for one in given:
        problem = doubt(one.name, one.value)
        if problem is not None:
            warnings.append(problem)
            continue
        own[one.name] = msgspec.structs.replace(
            default()[one.name],
            value=one.value,
            source=nouns.Source.STATED,
            origin=people.get(one.by, one.by),
            replaced=True,
            low=None,
            high=None,
            ours=default()[one.name].value,
            at=one.at,
        )
    return Parameters({**{known.name: known for known in default()}, **own}.values()), tuple(warnings)
