"""What an expression walks over: anything that looks like a node, and a plain implementation of it."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import Protocol


class Kind(enum.StrEnum):
    """The kinds of node of XPath's data model."""

    DOCUMENT = "document"
    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    NAMESPACE = "namespace"
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "processing-instruction"


class Node(Protocol):
    """A place in a tree: a question of a live form, an item of a choice list, an element of an XML document."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def name(self) -> str:
        """Its name as written, prefix included; an instruction's target; empty for text and the document."""

    @property
    def namespace(self) -> str:
        """The URI of its namespace, or empty."""

    @property
    def parent(self) -> Node | None:
        """The node it is in, or None at the top; an attribute's parent is its element."""

    @property
    def children(self) -> Sequence[Node]:
        """Its elements, texts, comments and instructions, in order."""

    def called(self, name: str) -> Sequence[Node]:
        """Those of its children whose name may be this one, whatever their prefix; others may be among them."""

    @property
    def attributes(self) -> Sequence[Node]:
        """Its attributes and namespace declarations."""

    @property
    def text(self) -> str:
        """XPath's string value: its own text, or for an element the text of everything inside."""

    @property
    def order(self) -> tuple[int, ...]:
        """A key that sorts the nodes of one document in document order; attributes follow their element."""


NodeSet = list[Node]
"""Nodes in document order, none twice."""

NAMESPACES_FIRST = -2
ATTRIBUTES_NEXT = -1
"""Where namespace nodes and attributes stand in `order`: after their element, before its children."""


class PlainNode:
    """A node that is built once and then read: for choice lists and other secondary instances."""

    __slots__ = ("_place", "_text", "attributes", "children", "kind", "line", "name", "namespace", "parent")

    def __init__(self, kind: Kind, name: str = "", *, namespace: str = "", text: str = "") -> None:
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.parent: PlainNode | None = None
        self.children: list[PlainNode] = []
        self.attributes: list[PlainNode] = []
        self.line = 0
        """Where it stands in the text it was read from; 0 where it was read from none."""
        self._text = text
        self._place: tuple[int, ...] = ()

    def append(self, child: PlainNode) -> PlainNode:
        """Puts `child` at the end and gives it back."""
        child.parent = self
        child._place = (len(self.children),)
        self.children.append(child)
        return child

    def attach(self, attribute: PlainNode) -> PlainNode:
        """Adds an attribute or a namespace declaration and gives it back."""
        attribute.parent = self
        place = NAMESPACES_FIRST if attribute.kind is Kind.NAMESPACE else ATTRIBUTES_NEXT
        attribute._place = (place, len(self.attributes))
        self.attributes.append(attribute)
        return attribute

    def called(self, name: str) -> Sequence[PlainNode]:
        """Its children whose names end so."""
        return [child for child in self.children if child.name.endswith(name)]

    @property
    def order(self) -> tuple[int, ...]:
        """Its path of positions from the top."""
        return self._place if self.parent is None else self.parent.order + self._place

    @property
    def text(self) -> str:
        """Its own text, or that of every text node inside."""
        if self.kind is Kind.ELEMENT or self.kind is Kind.DOCUMENT:
            if len(self.children) == 1 and self.children[0].kind is Kind.TEXT:
                return self.children[0]._text
            return "".join(node._text for node in descendants(self) if node.kind is Kind.TEXT)
        return self._text

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name or self._text!r}>"


def descendants(node: PlainNode) -> Iterator[PlainNode]:
    """Everything inside, in document order."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def document() -> PlainNode:
    """An empty document to append to."""
    return PlainNode(Kind.DOCUMENT)


def element(name: str, text: str = "", *, namespace: str = "") -> PlainNode:
    """An element, with a text inside if one is given."""
    made = PlainNode(Kind.ELEMENT, name, namespace=namespace)
    if text:
        made.append(PlainNode(Kind.TEXT, text=text))
    return made


def attribute(name: str, text: str, *, namespace: str = "") -> PlainNode:
    """An attribute to attach to an element."""
    return PlainNode(Kind.ATTRIBUTE, name, namespace=namespace, text=text)


def table(items: Sequence[dict[str, str]]) -> PlainNode:
    """A choice list or a CSV file as ODK sees it: `root/item/column`; what `instance(…)` is given."""
    top = document()
    root = top.append(element("root"))
    for item in items:
        row = root.append(element("item"))
        for column, value in item.items():
            row.append(element(column, value))
    return top
