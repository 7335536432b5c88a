"""The items of a flow in their surroundings, each with its compiled expressions."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from flows import expressions, nouns


@dataclasses.dataclass(slots=True, eq=False)
class Formula:
    """A compiled expression with what it depends on."""

    text: str
    tree: expressions.Expression
    value: Callable[[expressions.Context], expressions.Value]
    names: frozenset[str]
    """The names it uses as `${name}`."""
    calls: frozenset[str]
    """The functions it calls."""
    behind: tuple[Place, ...] = ()
    """What it looks at, by its names and its paths."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Doing:
    """An action made ready: when one of its events happens at its source, its target takes a value."""

    events: frozenset[str]
    target: Place | None
    found: Formula | None
    """The path to the target where it is no plain one."""
    value: Formula | None
    source: Place | None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """An entity made ready: what stands within its group or repeat makes it."""

    entity: nouns.Entity
    within: Place | None
    """None for the whole form."""
    formulas: dict[str, Formula]
    """By the name of the field: label, entity_id, create_if, update_if; absent where there is none."""
    properties: dict[str, Place] = dataclasses.field(default_factory=dict)
    """Name of a property -> the question whose answer it takes."""


@dataclasses.dataclass(slots=True, eq=False)
class Place:
    """One item of a flow with its formulas, its surroundings and what it depends on."""

    item: nouns.Item
    parent: Place | None
    repeats: tuple[Place, ...]
    """The repeats it stands in, outermost first; a repeat does not stand in itself."""
    index: int
    """Its place among its parent's children."""
    formulas: dict[str, Formula] = dataclasses.field(default_factory=dict)
    """By the name of the field: relevant, required, constraint …; absent where there is none."""
    children: list[Place] = dataclasses.field(default_factory=list)
    named: dict[str, Place] = dataclasses.field(default_factory=dict)
    """Its children by name."""
    depth: int = 0
    """Length of the longest chain of dependencies behind it."""
    doings: list[Doing] = dataclasses.field(default_factory=list)
    """What a change of this question, or a new entry of this repeat, sets off."""

    name: str = dataclasses.field(init=False)
    path: str = dataclasses.field(init=False)
    """Its path in the flow."""
    kind: str = dataclasses.field(init=False)
    """group, repeat, or a question's type without its choice list."""

    def __post_init__(self) -> None:
        self.name, self.path = self.item.name, self.item.path
        if isinstance(self.item, nouns.Group):
            self.kind = "group"
        elif isinstance(self.item, nouns.Repeat):
            self.kind = "repeat"
        else:
            self.kind = self.item.type.partition(" ")[0]

    @property
    def question(self) -> nouns.Question:
        """The item, known to be a question."""
        assert isinstance(self.item, nouns.Question)  # noqa: S101  # a slip of ours, never of a flow
        return self.item


def compiled(text: str) -> Formula:
    """Compile an expression; raises ExpressionError."""
    tree = expressions.parse(text)
    calls = frozenset(call.name for call in expressions.calls(tree))
    return Formula(text, tree, expressions.compile(tree), expressions.references(tree), calls)
