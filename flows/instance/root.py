"""The top of a living form: the root element, and the document above it where absolute paths begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows import expressions
from flows.instance import cells, nodes

if TYPE_CHECKING:
    from flows.instance import living
    from flows.instance.nodes import Part


class Root:
    """The root element, `data` as XForms mostly calls it; its own parent is the document."""

    kind = expressions.Kind.ELEMENT
    namespace = ""
    attributes: Sequence[expressions.Node] = ()
    key = ""
    relevant = True
    read_only = False
    guards: tuple[cells.Cell, ...] = ()
    order: tuple[int, ...] = (0,)

    def __init__(self, instance: living.Instance) -> None:
        self.instance = instance
        self.name = instance.form.flow.root
        self.parent: expressions.Node = Document(self)
        self.parts: tuple[Part, ...] = ()

    def begin(self) -> None:
        """Make what stands at the top of the flow."""
        self.parts = self.instance.made(self.instance.form.children, self)
        self._by_name = {part.name: part for part in self.parts}
        self._called = nodes.called_parts(self.parts)

    @property
    def children(self) -> Sequence[expressions.Node]:
        """What stands at the top, the entries of a repeat side by side."""
        return nodes.side_by_side(self.parts)

    def part(self, name: str) -> Part | None:
        """What stands at the top by a name."""
        return self._by_name.get(name)

    def called(self, name: str) -> Sequence[expressions.Node]:
        """The children of a name."""
        found = self._called.get(name, ())
        return found if isinstance(found, list) else nodes.side_by_side(found)

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

    def called(self, name: str) -> Sequence[expressions.Node]:
        """The root element, if that is its name."""
        return self.children if self.children[0].name == name else ()

    @property
    def text(self) -> str:
        """All text of the form."""
        return self.children[0].text
