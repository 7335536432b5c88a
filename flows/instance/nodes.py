"""The nodes of a living form: what expressions walk over, and what the chat asks.

An answer that does not apply stays in the session; here it counts as empty.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flows import expressions, form, keys, values
from flows.expressions import nodes as tree
from flows.instance import cells

if TYPE_CHECKING:
    from flows.instance import living
    from flows.instance.question import Question
    from flows.instance.root import Root

    Part: TypeAlias = "Question | Group | Series"
    Holder: TypeAlias = "Root | Group"

MAX_ENTRIES = 200
"""Entries of one repeat: more are sent as a table, and no count typed by mistake may fill the memory."""

MAX_ENTRIES_IN_ALL = 20_000
"""Entries of a whole form that counts may make: repeats in repeats multiply, and each entry takes memory."""

RELEVANT, COUNT, CHOICES, VALUE, CHECK = range(5)
"""The order in which what belongs to one item is computed."""

STEPS = 5


class Branching(cells.Source):
    """What every node of the tree has: a place, a parent, a key, and whether it applies."""

    __slots__ = ("_own", "attributes", "guards", "instance", "key", "name", "namespace", "parent", "place")

    kind = expressions.Kind.ELEMENT

    def __init__(self, instance: living.Instance, place: form.Place, parent: Holder, key: str) -> None:
        super().__init__()
        self.instance = instance
        self.place = place
        self.parent: Holder = parent
        self.key = key
        self.name = place.name
        self.namespace = instance.namespace(place.name)
        self.guards: tuple[cells.Cell, ...] = parent.guards
        """Conditions that must hold for it to apply, outermost first."""
        self._own: list[cells.Cell] = []
        written = getattr(place.item, "attributes", None)
        self.attributes: Sequence[expressions.Node] = (
            [tree.attribute(*one) for one in written.items()] if written else ()
        )

    def begin(self) -> None:
        """Make the cells of its formulas."""
        if formula := self.place.formulas.get("relevant"):
            truth = functools.partial(self.instance.truth, formula, self, otherwise=True)
            self.guards = (*self.guards, self.cell(RELEVANT, truth, at_first=True))

    def cell(
        self,
        step: int,
        compute: Callable[[], object],
        *,
        at_first: object = None,
        then: Callable[[object], None] | None = None,
    ) -> cells.Cell:
        """A cell of this node, computed in the order of the form's dependencies."""
        rank = (self.place.depth * STEPS + step, self.instance.next_age())
        made = cells.Cell(rank, compute, at_first=at_first, then=then)
        self._own.append(made)
        self.instance.works.add(made)
        return made

    def end(self) -> None:
        """Take it out of the computation: it is gone."""
        for own in self._own:
            own.dissolve()

    @property
    def relevant(self) -> bool:
        """Whether it applies now: its own condition holds, and those of everything around it."""
        works = self.instance.works
        for guard in self.guards:  # noqa: SIM110  # the most frequent question of all: no generator
            if not guard.get(works):
                return False
        return True

    @property
    def read_only(self) -> bool:
        """Whether its answer is not to be changed now, or that of something around it."""
        return self.parent.read_only or self.instance.holds(self, "read_only", otherwise=False)

    @property
    def order(self) -> tuple[int, ...]:
        """Its position in the tree, for XPath's document order."""
        return (*self.parent.order, self.place.index, 0)

    @property
    def children(self) -> Sequence[expressions.Node]:
        """What stands inside."""
        return ()

    def called(self, name: str) -> Sequence[expressions.Node]:  # noqa: ARG002  # nothing stands inside
        """The children of a name."""
        return ()

    @property
    def text(self) -> str:
        """Its string value."""
        return "".join(child.text for child in self.children)


class Group(Branching):
    """A group as it stands in the session."""

    __slots__ = ("_by_name", "_called", "parts")

    def begin(self) -> None:
        """Make its cells, and what stands inside."""
        super().begin()
        self.parts: tuple[Part, ...] = self.instance.made(self.place.children, self)
        self._by_name = {part.name: part for part in self.parts}
        self._called = called_parts(self.parts)

    def end(self) -> None:
        """Take it out of the computation, with everything inside."""
        super().end()
        for part in self.parts:
            part.end()

    @property
    def children(self) -> Sequence[expressions.Node]:
        """What stands inside, the entries of a repeat side by side."""
        return side_by_side(self.parts)

    def part(self, name: str) -> Part | None:
        """What stands inside by a name."""
        return self._by_name.get(name)

    def called(self, name: str) -> Sequence[expressions.Node]:
        """The children of a name."""
        found = self._called.get(name, ())
        return found if isinstance(found, list) else side_by_side(found)


class Entry(Group):
    """One entry of a repeat."""

    __slots__ = ("number", "series")

    def __init__(self, series: Series, number: int) -> None:
        super().__init__(series.instance, series.place, series.parent, keys.entry(series.key, number))
        self.series = series
        self.number = number
        series.instance.standing += 1

    def end(self) -> None:
        """Take it out of the computation, with everything inside."""
        super().end()
        self.instance.standing -= 1

    @property
    def position(self) -> int:
        """Its place among the entries, from 1."""
        self.series.read(self.instance.works)
        return self.series.numbers.index(self.number) + 1

    @property
    def order(self) -> tuple[int, ...]:
        """Its position in the tree."""
        return (*self.parent.order, self.place.index, self.position)


class Series(Branching):
    """A repeat as a whole: its entries, in order. In XPath's tree only the entries are nodes."""

    __slots__ = ("_count", "_entries")

    def begin(self) -> None:
        """Make its entries as the session has them, and the cell of their count."""
        self._count: cells.Cell | None = None
        self._entries: list[Entry] = []
        known = self.instance.entries.get(self.key)
        if known is None:
            begun = self.instance.form.flow.entries
            known = self.instance.entries[self.key] = begun.get(self.key, begun.get(self.place.path, ()))
        if formula := self.place.formulas.get("relevant"):
            truth = functools.partial(self.instance.truth, formula, self, otherwise=True)
            self.guards = (*self.guards, self.cell(RELEVANT, truth, at_first=True))
        if formula := self.place.formulas.get("repeat_count"):
            wanted = functools.partial(self._wanted, formula)
            self._count = self.cell(COUNT, wanted, at_first=0, then=self._resize)
        for number in dict.fromkeys(known):
            self._put(number)

    def end(self) -> None:
        """Take it out of the computation, with its entries; what still follows from its count finds it gone."""
        super().end()
        self._count = None
        self.instance.cut.pop(self.key, None)
        for entry in self._entries:
            entry.end()

    @property
    def relevant(self) -> bool:
        """Whether it applies: one of its entries does, or where it has none, its condition holds."""
        self.read(self.instance.works)
        if self._entries:
            return any(entry.relevant for entry in self._entries)
        return super().relevant

    @property
    def fixed(self) -> int | None:
        """How many entries its `repeat_count` wants; None where people add them."""
        return None if self._count is None else self._count.get(self.instance.works)

    @property
    def grows(self) -> bool:
        """Whether people add and remove entries."""
        return self._count is None and not getattr(self.place.item, "is_fixed", False)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its entries, in order."""
        return tuple(entry.number for entry in self._entries)

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """Its entries, in order, whether they apply or not."""
        self.read(self.instance.works)
        return tuple(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries that apply, in order."""
        return tuple(entry for entry in self.all_entries if entry.relevant)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to add."""
        return not self.grows or self.key in self.instance.session.closed

    def put(self, numbers: Sequence[int]) -> list[Entry]:
        """Have entries of these numbers, in this order; the new ones."""
        gone = [entry for entry in self._entries if entry.number not in numbers]
        for entry in gone:
            entry.end()
        kept = {entry.number: entry for entry in self._entries if entry not in gone}
        self._entries = list(kept.values())
        made = [self._put(number) for number in dict.fromkeys(numbers) if number not in kept]
        self._entries.sort(key=lambda entry: list(numbers).index(entry.number))
        self.instance.entries[self.key] = self.numbers
        self.changed(self.instance.works)
        return made

    def _put(self, number: int) -> Entry:
        entry = Entry(self, number)
        self._entries.append(entry)
        entry.begin()
        return entry

    def _wanted(self, formula: form.Formula) -> int:
        """The count; while it is empty or no number, as many as there are."""
        number = self.instance.computed(formula, self)
        if not isinstance(number, int | float):
            number = values.as_number(str(number or ""))
        return len(self._entries) if number is None else max(0, int(number))

    def _resize(self, _: object) -> None:
        """Have as many entries as the count wants."""
        if self._count is not None:
            self.instance.resize(self, int(self._count.value))


def called_parts(parts: Sequence[Part]) -> dict[str, Sequence[Part]]:
    """Parts by their names without prefix: a list where XPath sees just these, a tuple where entries stand for one."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.name.rpartition(":")[2], []).append(part)
    return {
        name: tuple(group) if any(isinstance(part, Series) for part in group) else group
        for name, group in found.items()
    }


def side_by_side(parts: Sequence[Part]) -> tuple[expressions.Node, ...]:
    """The nodes that XPath sees: the entries that apply in place of each repeat."""
    found: list[expressions.Node] = []
    for part in parts:
        if isinstance(part, Series):
            found.extend(part.entries)
        else:
            found.append(part)
    return tuple(found)


def entries_around(node: expressions.Node | None) -> Iterator[Entry]:
    """The entries that a node stands in, innermost first, itself included."""
    while node is not None:
        if isinstance(node, Entry):
            yield node
        node = node.parent
