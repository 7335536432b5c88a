"""The numbers that the formulas use, each with its source; an institution may put its own in their place."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import yaml

from planning import nouns


class Parameters:
    """Parameters by name."""

    def __init__(self, known: Iterable[nouns.Parameter]) -> None:
        self._by_name = {parameter.name: parameter for parameter in known}

    def __getitem__(self, name: str) -> nouns.Parameter:
        return self._by_name[name]

    def __iter__(self) -> Iterator[nouns.Parameter]:
        return iter(self._by_name.values())

    def value(self, name: str) -> float:
        """The value of a parameter; raises KeyError for a name that no formula uses."""
        return self._by_name[name].value

    def replaced(self, values: Mapping[str, float], origin: str) -> Parameters:
        """These parameters with some values replaced by the institution's own; raises KeyError for unknown names."""
        own = {
            name: msgspec.structs.replace(
                self._by_name[name], value=value, origin=origin, source=nouns.Source.STATED, replaced=True
            )
            for name, value in values.items()
        }
        return Parameters({**self._by_name, **own}.values())


@functools.cache
def default() -> Parameters:
    """The parameters that ship with Groundwork: `parameters.yaml`."""
    text = (importlib.resources.files("planning") / "parameters.yaml").read_text("utf-8")
    rows = yaml.load(text, Loader=yaml.CSafeLoader)
    return Parameters(
        msgspec.convert(
            [{"name": name, **row} for name, row in rows.items()], list[nouns.Parameter], strict=False
        )
    )
