"""A flow made ready: its items by path and name, its expressions compiled, its dependencies known.

Dependencies are derived from the expressions, never declared: an item depends on what its expressions name
and on the group it stands in.
"""

from __future__ import annotations

import dataclasses
import graphlib
import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterator

from flows import errors, expressions, nouns, wording

ALWAYS, NEVER = frozenset({"yes", "true", "true()"}), frozenset({"", "no", "false", "false()"})
"""What authors write for a condition that always or never holds."""

CHECKPOINT = 8
"""Every so many links of a chain of dependencies a value is computed ahead, so that no chain exhausts the stack."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A compiled expression with the names it uses."""

    text: str
    names: frozenset[str]
    value: Callable[[expressions.Context], expressions.Value]


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
    depth: int = 0
    """Length of the longest chain of dependencies behind it."""
    checkpoints: tuple[Place, ...] = ()
    """The nearest checkpoints behind it: computed first, so that evaluation stays shallow."""

    @property
    def is_checkpoint(self) -> bool:
        """Whether its value is computed ahead of what depends on it."""
        return self.depth > 0 and self.depth % CHECKPOINT == 0

    @property
    def name(self) -> str:
        """Its name, unique in the flow."""
        return self.item.name

    @property
    def path(self) -> str:
        """Its path in the flow."""
        return self.item.path

    @property
    def kind(self) -> str:
        """group, repeat, or a question's type without its choice list."""
        if isinstance(self.item, nouns.Group):
            return "group"
        if isinstance(self.item, nouns.Repeat):
            return "repeat"
        return self.item.type.partition(" ")[0]

    @property
    def question(self) -> nouns.Question:
        """The item, known to be a question."""
        assert isinstance(self.item, nouns.Question)  # noqa: S101  # a slip of ours, never of a flow
        return self.item


VALUE_FIELDS = ("relevant", "calculation", "default", "choice_filter", "repeat_count", "read_only")
"""Expressions that decide what an item is worth or whether it is there: these may not go round in circles."""

CHECK_FIELDS = ("required", "constraint")
"""Expressions that judge an answer; they may look at anything."""

LABEL_FIELDS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Words that may show answers by `${name}`."""

FLAG_FIELDS = frozenset({"required", "read_only", "relevant"})
"""Fields where `yes` and `no` may stand in place of an expression."""


class Form:
    """A flow made ready; raises FlowErrors with everything that is wrong with it."""

    def __init__(self, flow: nouns.Flow) -> None:
        self.flow = flow
        self.by_path: dict[str, Place] = {}
        self.by_name: dict[str, Place] = {}
        self.children: list[Place] = []
        self._errors: list[errors.FlowError] = []
        self._add(flow.children, None, ())
        for place in self.by_path.values():
            self._compile(place)
        self._check_names()
        if not self._errors:
            self._order()
        if self._errors:
            raise errors.FlowErrors(self._errors)

    def dependencies(self, place: Place) -> Iterator[Place]:
        """What the place's value and presence depend on directly."""
        if place.parent is not None:
            yield place.parent
        for field in VALUE_FIELDS:
            if formula := place.formulas.get(field):
                for name in sorted(formula.names):
                    yield self.by_name[name]

    def _add(self, items: tuple[nouns.Item, ...], parent: Place | None, repeats: tuple[Place, ...]) -> None:
        siblings = self.children if parent is None else parent.children
        for item in items:
            place = Place(item, parent, repeats, len(siblings))
            if item.name in self.by_name:
                first = self.by_name[item.name].item.line
                self._wrong(
                    item, f"The name `{item.name}` stands twice; first in line {first}.", "Rename one."
                )
            siblings.append(place)
            self.by_path[item.path] = self.by_name[item.name] = place
            if not isinstance(item, nouns.Question):
                inner = (*repeats, place) if isinstance(item, nouns.Repeat) else repeats
                self._add(item.children, place, inner)

    def _compile(self, place: Place) -> None:
        for field in (*VALUE_FIELDS, *CHECK_FIELDS):
            text = str(getattr(place.item, field, ""))
            if field in FLAG_FIELDS:
                lowered = text.strip().casefold()
                if lowered in (ALWAYS if field == "relevant" else NEVER) or not lowered:
                    continue
                text = "true()" if lowered in ALWAYS else "false()" if lowered in NEVER else text
            if not text or (field == "default" and not is_dynamic(text)):
                continue
            try:
                place.formulas[field] = formula(text)
            except expressions.ExpressionError as error:
                what = f"`{field}` of `{place.name}` is no expression: {error.problem}, at character {error.position + 1}."
                self._wrong(place.item, what, error.advice or "Correct the expression.")

    def _check_names(self) -> None:
        for place in self.by_path.values():
            used = [(field, name) for field, known in place.formulas.items() for name in sorted(known.names)]
            for field in LABEL_FIELDS:
                used += [(field, name) for name in wording.names(str(getattr(place.item, field, "")))]
            used += [("trigger", name) for name in getattr(place.item, "trigger", ())]
            for choice in getattr(place.item, "choices", ()):
                used += [("choices", name) for name in wording.names(choice.label)]
            for field, name in used:
                if name not in self.by_name:
                    what = f"`{field}` of `{place.name}` names `${{{name}}}`, which this flow does not have."
                    fix = (
                        errors.did_you_mean(name, self.by_name) or "Use the name of a question of this flow."
                    )
                    self._wrong(place.item, what, fix)

    def _order(self) -> None:
        graph = {place: tuple(self.dependencies(place)) for place in self.by_path.values()}
        try:
            ordered = tuple(graphlib.TopologicalSorter(graph).static_order())
        except graphlib.CycleError as error:
            circle = list(reversed(error.args[1]))
            names = " → ".join(f"`{place.name}`" for place in circle)
            what = f"These depend on each other in a circle: {names}."
            self._wrong(circle[0].item, what, "Let one of them not look at the next.")
            return
        for place in ordered:
            place.depth = max((behind.depth + 1 for behind in graph[place]), default=0)
            near = [(behind,) if behind.is_checkpoint else behind.checkpoints for behind in graph[place]]
            place.checkpoints = tuple(dict.fromkeys(itertools.chain.from_iterable(near)))

    def _wrong(self, item: nouns.Item, what: str, fix: str) -> None:
        self._errors.append(errors.FlowError(self.flow.file or self.flow.id, item.line, what, fix))


def formula(text: str) -> Formula:
    """Compile an expression; raises ExpressionError."""
    tree = expressions.parse(text)
    return Formula(text, expressions.references(tree), expressions.compile(tree))


def is_dynamic(default: str) -> bool:
    """Whether a default is an expression: it names an answer or calls a function, as XLSForm decides it."""
    return "${" in default or default.rstrip().endswith(")")


KEPT = 256
"""Compiled flows kept in memory: all shipped ones and those being tried, with room to spare."""

_forms: OrderedDict[int, Form] = OrderedDict()


def of(flow: nouns.Flow) -> Form:
    """The form of a flow, compiled once; raises FlowErrors."""
    known = _forms.get(id(flow))
    # the form holds the flow, so its id cannot be given to another while it is kept
    if known is not None and known.flow is flow:
        return known
    made = _forms[id(flow)] = Form(flow)
    if len(_forms) > KEPT:
        _forms.popitem(last=False)
    return made
