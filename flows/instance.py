"""A session's answers as a living tree: what is there, what applies, what is computed from what.

The nodes are what expressions walk over. Everything is computed when first asked for and kept for the turn.
Answers that do not apply stay in the session; here they count as empty.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterator, Sequence

from flows import expressions, form, keys, kinds, nouns, values
from flows.expressions import nodes as tree

MAX_ENTRIES = 200
"""Entries of one repeat: more are sent as a table, and no count typed by mistake may fill the memory."""


class Branching:
    """What every node of the tree has: a place, a parent, a key, and whether it applies."""

    kind = expressions.Kind.ELEMENT
    namespace = ""
    attributes: Sequence[expressions.Node] = ()

    def __init__(self, instance: Instance, place: form.Place, parent: Holder, key: str) -> None:
        self.instance = instance
        self.place = place
        self.parent: Holder = parent
        self.key = key
        self.name = place.name

    @functools.cached_property
    def relevant(self) -> bool:
        """Whether it applies now: its own condition holds, and those of everything around it."""
        return self.parent.relevant and self.instance.holds(self, "relevant", otherwise=True)

    @property
    def order(self) -> tuple[int, ...]:
        """Its position in the tree, for XPath's document order."""
        return (*self.parent.order, self.place.index, 0)

    @property
    def children(self) -> Sequence[expressions.Node]:
        """What stands inside."""
        return ()

    @property
    def text(self) -> str:
        """Its string value."""
        return "".join(child.text for child in self.children)


class Question(Branching):
    """A question as it stands in the session: its answer, its value, its choices."""

    _computing = False

    @property
    def item(self) -> nouns.Question:
        """Its definition."""
        return self.place.question

    @property
    def answer(self) -> nouns.Answer | None:
        """What was answered, whether it applies or not."""
        return self.instance.session.answers.get(self.key)

    @functools.cached_property
    def asked(self) -> bool:
        """Whether someone can answer it: not computed, not shown only, and with choices if it needs them."""
        if self.place.kind in kinds.SILENT or self.instance.holds(self, "read_only", otherwise=False):
            return False
        return not self.place.kind.startswith("select_") or bool(self.choices)

    @functools.cached_property
    def choices(self) -> tuple[nouns.Choice, ...]:
        """The choices that its filter lets through now."""
        narrowed = self.place.formulas.get("choice_filter")
        if narrowed is None:
            return self.item.choices
        return tuple(choice for choice in self.item.choices if self._offers(narrowed, choice))

    def _offers(self, narrowed: form.Formula, choice: nouns.Choice) -> bool:
        row = tree.element("item")
        for column, value in {"name": choice.name, "label": choice.label, **choice.extra}.items():
            row.append(tree.element(column, value))
        return self.instance.truth(narrowed, row, otherwise=True, current=self)

    @property
    def value(self) -> nouns.Value:
        """What it is worth to expressions, the review and the documents: empty where it does not apply."""
        if self._computing:
            return None
        return self._value

    @functools.cached_property
    def _value(self) -> nouns.Value:
        self._computing = True
        try:
            return self._worth() if self.relevant else None
        finally:
            self._computing = False

    def _worth(self) -> nouns.Value:
        if self.place.kind == "calculate" or "read_only" in self.place.formulas:
            return self._computed()
        if self.answer is not None:
            return self._fitting(self.answer.value)
        return self._computed()

    def _computed(self) -> nouns.Value:
        """Its calculation, or else what it is by default."""
        for field in ("calculation", "default"):
            if formula := self.place.formulas.get(field):
                return self._fitting(self.instance.computed(formula, self))
        return self._fitting(self.item.default or None)

    def _fitting(self, value: nouns.Value) -> nouns.Value:
        return values.fitting(value, self.place.kind, self.choices)

    @property
    def text(self) -> str:
        """Its value as XForms writes it."""
        return values.written(self.value)


class Group(Branching):
    """A group as it stands in the session."""

    @functools.cached_property
    def parts(self) -> tuple[Part, ...]:
        """What stands inside, a repeat as one part."""
        return tuple(self.instance.made(place, self) for place in self.place.children)

    @functools.cached_property
    def children(self) -> Sequence[expressions.Node]:
        """What stands inside, the entries of a repeat side by side."""
        return side_by_side(self.parts)


class Entry(Group):
    """One entry of a repeat."""

    def __init__(self, series: Series, number: int, position: int) -> None:
        super().__init__(series.instance, series.place, series.parent, keys.entry(series.key, number))
        self.series = series
        self.number = number
        self.position = position
        """Its place among the entries, from 1."""

    @property
    def order(self) -> tuple[int, ...]:
        """Its position in the tree."""
        return (*self.parent.order, self.place.index, self.position)


class Series(Branching):
    """A repeat as a whole: its entries, in order. In XPath's tree only the entries are nodes."""

    @functools.cached_property
    def fixed(self) -> int | None:
        """How many entries its `repeat_count` wants; None where people add them."""
        formula = self.place.formulas.get("repeat_count")
        if formula is None:
            return None
        number = self.instance.computed(formula, self)
        if not isinstance(number, int | float):
            number = values.as_number(str(number or "")) or 0
        return max(0, min(int(number), MAX_ENTRIES))

    @functools.cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its entries, in order."""
        if self.fixed is not None:
            return tuple(range(1, self.fixed + 1))
        return tuple(dict.fromkeys(self.instance.session.entries.get(self.key, ())))

    @functools.cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, in order; none where it does not apply."""
        if not self.relevant:
            return ()
        return tuple(Entry(self, number, position + 1) for position, number in enumerate(self.numbers))

    @property
    def complete(self) -> bool:
        """Whether nothing is left to add."""
        return self.fixed is not None or self.key in self.instance.session.closed


class Root:
    """The top of a form, `data` as XForms calls it; its own parent is the document."""

    kind = expressions.Kind.ELEMENT
    namespace = ""
    attributes: Sequence[expressions.Node] = ()
    name = "data"
    key = ""
    relevant = True
    order: tuple[int, ...] = (0,)

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.parent: expressions.Node = Document(self)

    @functools.cached_property
    def parts(self) -> tuple[Part, ...]:
        """What stands at the top of the flow, a repeat as one part."""
        return tuple(self.instance.made(place, self) for place in self.instance.form.children)

    @functools.cached_property
    def children(self) -> Sequence[expressions.Node]:
        """What stands at the top, the entries of a repeat side by side."""
        return side_by_side(self.parts)

    @property
    def text(self) -> str:
        """All text of the form."""
        return "".join(child.text for child in self.children)


class Document:
    """Where absolute paths begin."""

    kind = expressions.Kind.DOCUMENT
    namespace = ""
    name = ""
    attributes: Sequence[expressions.Node] = ()
    parent: expressions.Node | None = None
    order: tuple[int, ...] = ()

    def __init__(self, root: Root) -> None:
        self.children: Sequence[expressions.Node] = (root,)

    @property
    def text(self) -> str:
        """All text of the form."""
        return self.children[0].text


Part = Question | Group | Series
Holder = Root | Group


class Instance:
    """The living form of one session at one moment; made anew whenever the session changes."""

    def __init__(self, made: form.Form, session: nouns.Session, now: dt.datetime) -> None:
        self.form = made
        self.session = session
        self.root = Root(self)
        moment = now if now.tzinfo else now.replace(tzinfo=dt.UTC)
        self._host = expressions.Host(
            now=moment,
            zone=moment.tzinfo or dt.UTC,
            root=self.root.parent,
            reference=self.named,
            choice_name=self._choice_name,
        )
        self._by_key: dict[str, Part | Entry] = {}
        self._ready: set[form.Place] = set()

    # --- finding -----------------------------------------------------------------------------------

    def find(self, key: str) -> Part | Entry | None:
        """The node of a key, whether it applies or not; None for a key that this session does not have."""
        if key in self._by_key:
            return self._by_key[key]
        found: Part | Entry | None = None
        holder: Holder = self.root
        steps = keys.steps(key)
        for position, (name, number) in enumerate(steps):
            found = next((part for part in holder.parts if part.name == name), None)
            if isinstance(found, Series) and number is not None:
                found = next((entry for entry in found.entries if entry.number == number), None)
            elif number is not None:
                return None
            if position < len(steps) - 1:
                if not isinstance(found, Group):
                    return None
                holder = found
        if found is not None:
            self._by_key[key] = found
        return found

    def made(self, place: form.Place, parent: Holder) -> Part:
        """The node of a place inside its parent's node."""
        key = keys.inside(parent.key, place.name)
        kind = Series if place.kind == "repeat" else Group if place.kind == "group" else Question
        return kind(self, place, parent, key)

    def named(self, name: str, seen_from: expressions.Node | None) -> list[expressions.Node]:
        """What `${name}` means from a node: the one of the same entry, or those of all entries from outside."""
        place = self.form.by_name.get(name)
        if place is None:
            return []
        around = {entry.place: entry for entry in entries_around(seen_from)}
        holders: list[Holder] = [self.root]
        shared = True
        for repeat in place.repeats:
            entry = around.get(repeat) if shared else None
            if entry is not None:
                holders = [entry]
                continue
            shared = False
            holders = [inner for holder in holders for inner in self._series(holder, repeat).entries]
        if place.kind == "repeat":
            return [
                entry for holder in holders for entry in self._series(holder, place).entries if entry.relevant
            ]
        found = (self._below(holder, place) for holder in holders)
        return [node for node in found if isinstance(node, Question | Group)]

    def _series(self, holder: Holder, repeat: form.Place) -> Series:
        found = self._below(holder, repeat)
        assert isinstance(found, Series)  # noqa: S101  # the form put this repeat there itself
        return found

    def _below(self, holder: Holder, place: form.Place) -> Part:
        """The node of a place below a holder, with groups but no repeat between them."""
        down = [place]
        above = place.parent
        while above is not None and not (isinstance(holder, Group) and above is holder.place):
            down.append(above)
            above = above.parent
        part: Part | Holder = holder
        for step in reversed(down):
            assert isinstance(part, Root | Group)  # noqa: S101  # only groups stand between
            part = part.parts[step.index]
        assert not isinstance(part, Root)  # noqa: S101  # `down` is never empty
        return part

    # --- evaluating --------------------------------------------------------------------------------

    def holds(self, node: Branching, field: str, *, otherwise: bool) -> bool:
        """Whether a condition of a node holds; `otherwise` where it has none or it cannot be evaluated."""
        formula = node.place.formulas.get(field)
        return otherwise if formula is None else self.truth(formula, node, otherwise=otherwise)

    def truth(
        self,
        formula: form.Formula,
        at: expressions.Node,
        *,
        otherwise: bool,
        current: Branching | None = None,
    ) -> bool:
        """Whether a formula holds at a node; `otherwise` where it cannot be evaluated."""
        try:
            return expressions.to_boolean(self._evaluated(formula, at, current))
        except expressions.EvaluationError:
            return otherwise

    def computed(self, formula: form.Formula, at: Branching) -> nouns.Value:
        """The value of a formula at a node; None where it has none."""
        try:
            result = self._evaluated(formula, at, None)
        except expressions.EvaluationError:
            return None
        if isinstance(result, float):
            if math.isnan(result) or math.isinf(result):
                return None
            return int(result) if result.is_integer() else result
        return expressions.to_string(result) or None

    def _evaluated(
        self, formula: form.Formula, at: expressions.Node, current: Branching | None
    ) -> expressions.Value:
        owner = at if isinstance(at, Branching) else current
        if owner is not None:
            self._prepare(owner.place)
        return formula.value(expressions.Context(self._host, at, current=current))

    def _prepare(self, place: form.Place) -> None:
        """Compute the checkpoints behind a place, farthest first, so that no chain exhausts the stack."""
        waiting = [place]
        while waiting:
            last = waiting[-1]
            behind = [point for point in last.checkpoints if point not in self._ready]
            if behind:
                waiting.extend(behind)
                continue
            waiting.pop()
            if last is not place and last not in self._ready:
                self._ready.add(last)
                for node in self.named(last.name, None):
                    _ = node.text

    def _choice_name(self, name: str, question: str, _: expressions.Node) -> str:
        """The label of a choice, for `jr:choice-name(…, '${question}')`."""
        place = self.form.by_name.get(question.strip("${} "))
        choices = place.item.choices if place is not None and isinstance(place.item, nouns.Question) else ()
        return next((choice.label for choice in choices if choice.name == name), "")


def side_by_side(parts: Sequence[Part]) -> tuple[expressions.Node, ...]:
    """The nodes that XPath sees: the entries that apply in place of each repeat."""
    nodes: list[expressions.Node] = []
    for part in parts:
        if isinstance(part, Series):
            nodes.extend(entry for entry in part.entries if entry.relevant)
        else:
            nodes.append(part)
    return tuple(nodes)


def entries_around(node: expressions.Node | None) -> Iterator[Entry]:
    """The entries that a node stands in, innermost first, itself included."""
    while node is not None:
        if isinstance(node, Entry):
            yield node
        node = node.parent
