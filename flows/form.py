"""A flow made ready: its items by path and name, its expressions compiled, its dependencies known.

Dependencies are derived from the expressions, never declared: an item depends on what its expressions name
or reach by a path, and on the group it stands in.
"""

from __future__ import annotations

import functools
import graphlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence

from flows import declaring, dependencies, errors, expressions, keys, nouns, places, tables, wording
from flows.places import Declaration, Doing, Formula, Place

__all__ = ["ALWAYS", "NEVER", "Declaration", "Doing", "Form", "Formula", "Place", "is_dynamic", "of"]

ALWAYS, NEVER = frozenset({"yes", "true", "true()"}), frozenset({"", "no", "false", "false()"})
"""What authors write for a condition that always or never holds."""

VALUE_FIELDS = ("relevant", "calculation", "choice_filter", "itemset", "repeat_count")
"""Expressions that decide what an item is worth or whether it is there: these may not go round in circles."""

CHECK_FIELDS = ("required", "constraint", "plausible", "read_only")
"""Expressions that judge an answer, or who may give it; they may look at anything."""

LABEL_FIELDS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "short")
"""Words that may show answers by `${name}`."""

NAME_FIELDS = ("follow_up", "agenda")
"""Columns that name another question."""

LIST_FIELDS = ("trigger", "together")
"""Columns that name several."""

FLAG_FIELDS = frozenset({"required", "read_only", "relevant"})
"""Fields where `yes` and `no` may stand in place of an expression."""

LOOKING_BACK = "once"
"""The function by which a calculation looks at what it came to before; any other look at oneself is a circle."""

FIRST_LOAD, LOAD, NEW_REPEAT, VALUE_CHANGED = (
    "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed",
)  # fmt: skip
"""The events that set off actions."""


class Form:
    """A flow made ready; raises FlowErrors with everything that is wrong with it."""

    def __init__(self, flow: nouns.Flow) -> None:
        self.flow = flow
        self.by_path: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        self.children: list[Place] = []
        self.named: dict[str, Place] = {}
        self.loading: list[Doing] = []
        """What the beginning of a session sets off."""
        self._targets: set[Place] = set()
        """What is set by a trigger, an action or a default that is an expression."""
        self._sets_anything = False
        """Whether an action finds its targets by an expression."""
        self.declarations: tuple[Declaration, ...] = ()
        """The entities that it makes."""
        self._errors: list[errors.FlowError] = []
        self._add(flow.children, None, ())
        for place in self.by_path.values():
            self._compile(place)
        self._act()
        self._check_names()
        self._declare()
        self._look()
        if not self._errors:
            self._order()
        if self._errors:
            raise errors.FlowErrors(self._errors)

    @functools.cached_property
    def instances(self) -> Mapping[str, expressions.Node]:
        """What `instance('id')` gives: tables, and choice lists by their names."""
        return tables.Instances(self.flow)

    def place(self, name: str, seen_from: Place | None = None) -> Place | None:
        """The item of a name; where several share it, the nearest to where it is seen from."""
        found = self.by_name.get(name, ())
        around = seen_from
        while len(found) > 1 and around is not None:
            near = [place for place in found if place.parent is around.parent]
            if len(near) == 1:
                return near[0]
            around = around.parent
        return found[0] if found else None

    def dependencies(self, place: Place, fields: Sequence[str] = VALUE_FIELDS) -> Iterator[Place]:
        """What the place's value and presence depend on directly."""
        if place.parent is not None:
            yield place.parent
        for field in fields:
            if formula := place.formulas.get(field):
                yield from formula.behind

    def expression(self, text: str) -> Formula | None:
        """The formula of an expression in a label; None where it is none."""
        if text not in self._in_labels:
            try:
                self._in_labels[text] = places.compiled(text)
            except expressions.ExpressionError:
                self._in_labels[text] = None
        return self._in_labels[text]

    @functools.cached_property
    def _in_labels(self) -> dict[str, Formula | None]:
        return {}

    # --- making ready ------------------------------------------------------------------------------

    def _add(self, items: tuple[nouns.Item, ...], parent: Place | None, repeats: tuple[Place, ...]) -> None:
        siblings, named = (self.children, self.named) if parent is None else (parent.children, parent.named)
        for item in items:
            place = Place(item, parent, repeats, len(siblings))
            if item.name in named:
                first = named[item.name].item.line
                self._wrong(
                    item, f"The name `{item.name}` stands twice; first in line {first}.", "Rename one."
                )
            siblings.append(place)
            named[item.name] = place
            self.by_path[item.path] = place
            self.by_name.setdefault(item.name, []).append(place)
            if not isinstance(item, nouns.Question):
                inner = (*repeats, place) if isinstance(item, nouns.Repeat) else repeats
                self._add(item.children, place, inner)

    def _compile(self, place: Place) -> None:
        item = place.item
        for field in (*VALUE_FIELDS, *CHECK_FIELDS):
            text = str(getattr(item, field, ""))
            if field == "itemset":
                self._compile_itemset(place)
                continue
            if field in FLAG_FIELDS:
                lowered = text.strip().casefold()
                if lowered in (ALWAYS if field == "relevant" else NEVER) or not lowered:
                    continue
                text = "true()" if lowered in ALWAYS else "false()" if lowered in NEVER else text
            is_set_by_trigger = field == "calculation" and bool(getattr(item, "trigger", None))
            if text and not is_set_by_trigger:
                self._formula(place, field, text)

    def _compile_itemset(self, place: Place) -> None:
        itemset = getattr(place.item, "itemset", None)
        if itemset is not None:
            self._formula(place, "itemset", itemset.nodes)
            self._formula(place, "itemset_value", itemset.value)
            self._formula(place, "itemset_label", itemset.label)

    def _formula(self, place: Place, field: str, text: str) -> None:
        if (made := self._compiled(place.item, field, text)) is not None:
            place.formulas[field] = made

    def _compiled(self, item: nouns.Item, field: str, text: str) -> Formula | None:
        try:
            return places.compiled(text)
        except expressions.ExpressionError as error:
            what = (
                f"`{field}` of `{item.name}` is no expression: {error.problem}, "
                f"at character {error.position + 1}."
            )
            self._wrong(item, what, error.advice or "Correct the expression.", field)
            return None

    def _act(self) -> None:
        """Make the actions ready: those of the flow, triggers, and defaults that are expressions."""
        for action in self.flow.actions:
            target = self.by_path.get(action.target)
            item = target.item if target is not None else nouns.Question("hidden", "setvalue", action.target)
            found = None if target is not None else self._compiled(item, "setvalue", action.target)
            if target is not None or found is not None:
                value = self._compiled(item, "setvalue", action.value) if action.value else None
                self._do(
                    Doing(frozenset(action.events), target, found, value, self.by_path.get(action.source))
                )
        for place in self.by_path.values():
            if not isinstance(place.item, nouns.Question):
                continue
            for name in place.item.trigger:
                source = self.by_path.get(name) or self.place(name, place)
                text = place.item.calculation
                value = self._compiled(place.item, "calculation", text) if text else None
                self._do(Doing(frozenset({VALUE_CHANGED}), place, None, value, source))
            if is_dynamic(place.item.default):
                value = self._compiled(place.item, "default", place.item.default)
                repeat = place.repeats[-1] if place.repeats else None
                happens = frozenset({FIRST_LOAD, NEW_REPEAT} if repeat else {FIRST_LOAD})
                self._do(Doing(happens, place, None, value, repeat))

    def may_set(self, key: str) -> bool:
        """Whether the form itself may set this: a value there is a fact; anywhere else it comes from no form."""
        place = self.by_path.get(keys.path(key))
        if place is None or not isinstance(place.item, nouns.Question):
            return False
        item = place.item
        if item.calculation and not item.trigger:
            return looks_back(item.calculation)
        return bool(item.preload) or place in self._targets or self._sets_anything

    def _do(self, doing: Doing) -> None:
        if doing.target is not None:
            self._targets.add(doing.target)
        else:
            self._sets_anything = True
        if doing.events & {FIRST_LOAD, LOAD}:
            self.loading.append(doing)
        if doing.source is not None and doing.events & {VALUE_CHANGED, NEW_REPEAT}:
            doing.source.doings.append(doing)

    def _check_names(self) -> None:
        for place in self.by_path.values():
            used = [(field, name) for field, known in place.formulas.items() for name in sorted(known.names)]
            used += [
                (field, name)
                for field in LABEL_FIELDS
                for name in wording.names(str(getattr(place.item, field, "")))
            ]
            used += [(field, name) for field in LIST_FIELDS for name in getattr(place.item, field, ())]
            used += [(field, name) for field in NAME_FIELDS if (name := getattr(place.item, field, ""))]
            if isinstance(place.item, nouns.Question) and is_dynamic(place.item.default):
                used += [("default", name) for name in wording.names(place.item.default)]
            for choice in getattr(place.item, "choices", ()):
                used += [("choices", name) for name in wording.names(choice.label)]
            for field, name in used:
                if name not in self.by_name and name not in self.by_path:
                    what = f"`{field}` of `{place.name}` names `${{{name}}}`, which this flow does not have."
                    fix = (
                        errors.did_you_mean(name, self.by_name) or "Use the name of a question of this flow."
                    )
                    self._wrong(place.item, what, fix, field)

    def _declare(self) -> None:
        """Make the entities ready."""
        found = declaring.read(self.flow, self.by_path)
        self.declarations = found.declarations
        for item, what, fix, field in found.wrong:
            self._wrong(item, what, fix, field)

    def _look(self) -> None:
        """Find out what every expression depends on."""
        reader = dependencies.Reader(self.children, self.flow.root, self.place)
        for place in self.by_path.values():
            for field, made in place.formulas.items():
                if field in ("itemset_value", "itemset_label"):
                    continue
                at = place if field != "choice_filter" else dependencies.ELSEWHERE
                looks = (*reader.looks(made.tree, at, place), *reader.insides(made.tree, at, place))
                seen = [look.place for look in looks if not (look.is_elsewhere and _share(place, look.place))]
                made.behind = tuple(dict.fromkeys(seen))

    def _order(self) -> None:
        graph = {place: tuple(self.dependencies(place)) for place in self.by_path.values()}
        try:
            ordered = _sorted(graph)
        except graphlib.CycleError:
            # a count may look at its own entries: they grow until it no longer wants more
            uncounted = [field for field in VALUE_FIELDS if field != "repeat_count"]
            graph = {place: tuple(self.dependencies(place, uncounted)) for place in self.by_path.values()}
            try:
                ordered = _sorted(graph)
            except graphlib.CycleError as error:
                circle = list(reversed(error.args[1]))
                names = " → ".join(f"`{place.name}`" for place in circle)
                what = f"These depend on each other in a circle: {names}."
                self._wrong(circle[0].item, what, "Let one of them not look at the next.")
                return
        for place in ordered:
            place.depth = max((behind.depth + 1 for behind in graph[place]), default=0)

    def _wrong(self, item: nouns.Item, what: str, fix: str, field: str = "") -> None:
        file = self.flow.file or self.flow.id
        self._errors.append(errors.FlowError(file, item.line, what, fix, path=item.path, field=field))


def _sorted(graph: Mapping[Place, Sequence[Place]]) -> tuple[Place, ...]:
    """The places, each after what it depends on; raises CycleError."""
    return tuple(graphlib.TopologicalSorter(graph).static_order())


def _share(one: Place, other: Place) -> bool:
    """Whether both stand in one repeat, or one in the other."""
    around = {*one.repeats, one} if one.kind == "repeat" else set(one.repeats)
    return any(repeat in around for repeat in (*other.repeats, other))


@functools.lru_cache(maxsize=4096)
def is_dynamic(default: str) -> bool:
    """Whether a default is an expression: it names an answer, or is a call of a function."""
    if "${" in default:
        return True
    if not default.rstrip().endswith(")"):
        return False
    try:
        expressions.parse(default)
    except expressions.ExpressionError:
        return False
    return True


@functools.lru_cache(maxsize=4096)
def looks_back(calculation: str) -> bool:
    """Whether a calculation looks at what it came to before."""
    return LOOKING_BACK in places.compiled(calculation).calls


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
