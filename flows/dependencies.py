"""What expressions depend on, read from the expressions themselves: names, and paths through the form.

A path is followed through the flow as it would be through a living form, without its conditions. What an
expression finds in another entry of a repeat that it stands in, as the entry before, orders nothing: there
the entries' own order does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from flows import places
from flows.expressions import tree

SIDEWAYS = frozenset({"following", "following-sibling", "preceding", "preceding-sibling"})
"""Axes that lead to other entries of a repeat."""

COUNTING = frozenset({"boolean", "count", "indexed-repeat", "not", "position"})
"""Functions that look for nodes, not at what stands in them."""

UPWARDS = frozenset({"ancestor", "ancestor-or-self"})
DOWNWARDS = frozenset({"descendant", "descendant-or-self"})

ABOVE = object()
"""The document above the root element."""

ELSEWHERE = object()
"""A node of a secondary instance."""

Spot = object
"""Where a step stands: at a place of the flow, ABOVE, ELSEWHERE, or at the root element, which is None."""


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """One thing that an expression looks at."""

    place: places.Place
    is_elsewhere: bool
    """Whether that may be in another entry of a repeat around."""


class Reader:
    """Follows the paths of expressions through a flow."""

    def __init__(
        self,
        top: Sequence[places.Place],
        root: str,
        named: Callable[[str, places.Place | None], places.Place | None],
    ) -> None:
        self._top = top
        self._root = root
        self._named = named
        self._by_local: dict[places.Place | None, dict[str, list[places.Place]]] = {}

    def looks(self, expression: tree.Expression, at: Spot, current: Spot) -> Iterator[Look]:
        """What an expression that stands at a spot looks at; `current` is where the whole expression stands."""
        match expression:
            case tree.Reference():
                if (place := self._named(expression.name, _place(current))) is not None:
                    yield Look(place, is_elsewhere=False)
            case tree.Call(name="indexed-repeat"):
                for argument in expression.arguments:
                    for look in self.looks(argument, at, current):
                        yield Look(look.place, is_elsewhere=True)
            case tree.Path():
                spots, seen, is_elsewhere = self._follow(expression, [at], current)
                yield from seen
                yield from (Look(spot, is_elsewhere) for spot in spots if isinstance(spot, places.Place))
            case tree.Filter():
                yield from self.looks(expression.operand, at, current)
                for predicate in expression.predicates:
                    yield from self.looks(predicate, at, current)
            case _:
                for part in tree.parts(expression):
                    yield from self.looks(part, at, current)

    def insides(self, expression: tree.Expression, at: Spot, current: Spot) -> Iterator[Look]:
        """What stands in the groups and repeats whose text an expression takes: all of it is looked at too."""
        for taken in _taken(expression):
            for look in self.looks(taken, at, current):
                for inside in self._below(look.place):
                    if isinstance(inside, places.Place):
                        yield Look(inside, look.is_elsewhere)

    def leads(self, path: tree.Path, at: Spot) -> bool:
        """Whether a path from a spot ends anywhere."""
        spots: list[Spot] = [ABOVE] if path.absolute else [at]
        for step in path.steps:
            spots = [found for spot in spots for found in self._step(step, spot)]
        return bool(spots)

    def _follow(self, path: tree.Path, at: list[Spot], current: Spot) -> tuple[list[Spot], list[Look], bool]:
        """Where a path ends, what its conditions look at, and whether its end may be in another entry."""
        seen: list[Look] = []
        spots: list[Spot] = at
        is_elsewhere = path.absolute
        if path.start is not None:
            spots, more, is_elsewhere = self._start(path.start, at, current)
            seen += more
        elif path.absolute:
            spots = [ABOVE]
        for step in path.steps:
            leaves = step.axis == "parent" and any(map(_is_repeat, spots))
            is_elsewhere = is_elsewhere or leaves or bool(step.predicates) or step.axis in SIDEWAYS
            spots = list(dict.fromkeys(found for spot in spots for found in self._step(step, spot)))
            for predicate in step.predicates:
                for spot in spots:
                    looks = self.looks(predicate, spot, current)
                    seen += [Look(look.place, is_elsewhere or spot is not ELSEWHERE) for look in looks]
        return spots, seen, is_elsewhere

    def _start(
        self, start: tree.Expression, at: list[Spot], current: Spot
    ) -> tuple[list[Spot], list[Look], bool]:
        """Where a path begins that does not begin at a node: at `current()`, an instance, or what is found."""
        if isinstance(start, tree.Call) and start.name == "current":
            return [current], [], False
        if isinstance(start, tree.Call) and start.name == "instance":
            return [ELSEWHERE], [], False
        if isinstance(start, tree.Path):
            return self._follow(start, at, current)
        looks = list(self.looks(start, at[0], current))
        return [look.place for look in looks], looks, any(look.is_elsewhere for look in looks)

    def _step(self, step: tree.Step, spot: Spot) -> Iterable[Spot]:
        """Where one step leads from one spot."""
        if spot is ELSEWHERE:
            return (ELSEWHERE,)
        wanted = step.test.name if isinstance(step.test, tree.NameTest) else "*"
        if step.axis == "child" and wanted != "*" and spot is not ABOVE:
            return self._called(_place(spot), wanted)
        return [found for found in self._walk(step.axis, spot) if self._fits(found, wanted, step.test)]

    def _called(self, spot: places.Place | None, name: str) -> Sequence[Spot]:
        """The children of a name: found at once, however many there are."""
        if spot not in self._by_local:
            found: dict[str, list[places.Place]] = {}
            for child in self._top if spot is None else spot.children:
                found.setdefault(child.name.rpartition(":")[2], []).append(child)
            self._by_local[spot] = found
        return self._by_local[spot].get(name, ())

    def _fits(self, spot: Spot, wanted: str, test: tree.NameTest | tree.TypeTest) -> bool:
        if isinstance(test, tree.TypeTest) and test.type == "node":
            return True
        if spot is ABOVE or isinstance(test, tree.TypeTest):
            return False
        name = spot.name if isinstance(spot, places.Place) else self._root
        return wanted in ("*", name, name.rpartition(":")[2])

    def _walk(self, axis: str, spot: Spot) -> Iterator[Spot]:
        if axis in ("self", "ancestor-or-self", "descendant-or-self"):
            yield spot
        if axis == "child":
            yield from self._children(spot)
        elif axis in DOWNWARDS:
            yield from self._below(spot)
        elif axis == "parent" or axis in UPWARDS:
            while spot is not ABOVE:
                spot = self._parent(spot)
                yield spot
                if axis == "parent":
                    return
        elif axis in SIDEWAYS:
            around = self._parent(spot)
            yield from self._children(around)

    def _children(self, spot: Spot) -> Iterable[Spot]:
        if spot is ABOVE:
            return (None,)
        return spot.children if isinstance(spot, places.Place) else self._top

    def _below(self, spot: Spot) -> Iterator[Spot]:
        for child in self._children(spot):
            yield child
            yield from self._below(child)

    def _parent(self, spot: Spot) -> Spot:
        return spot.parent if isinstance(spot, places.Place) else ABOVE


def _taken(expression: tree.Expression, *, nodes_only: bool = False) -> Iterator[tree.Expression]:
    """The references and paths in an expression whose text is taken; their own conditions are left out."""
    match expression:
        case tree.Reference() | tree.Path() | tree.Filter():
            if not nodes_only:
                yield expression
        case tree.Call():
            for argument in expression.arguments:
                yield from _taken(argument, nodes_only=expression.name in COUNTING)
        case _:
            for part in tree.parts(expression):
                yield from _taken(part)


def _is_repeat(spot: Spot) -> bool:
    return isinstance(spot, places.Place) and spot.kind == "repeat"


def _place(spot: Spot) -> places.Place | None:
    return spot if isinstance(spot, places.Place) else None
