"""Functions on nodes: how many, which, where, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.expressions import context, errors, nodes, steps, values
from flows.expressions.functions.registry import Function, between, exactly

XML_LANG = "xml:lang"
ID_NAMES = frozenset({"id", "xml:id"})
"""Attributes that name an element: a form has no DTD that could declare others."""


def last(at: context.Context) -> float:
    """How many candidates the predicate is tried on."""
    return float(at.size)


def position(at: context.Context, *arguments: values.Value) -> float:
    """The place among the predicate's candidates, or of the given node among its siblings of the same name."""
    if not arguments:
        return float(at.position)
    found = values.need_nodes(arguments[0], "position")
    if not found:
        message = "position() was given a path that leads nowhere."
        raise errors.EvaluationError(message)
    node = found[0]
    own = getattr(node, "position", None)
    if own is not None:
        return float(own)
    before = steps.siblings(node, -1)
    at.visits.spend(len(before) + 1)
    return 1.0 + sum(sibling.kind is node.kind and sibling.name == node.name for sibling in before)


def count(_at: context.Context, found: values.Value) -> float:
    """The number of nodes."""
    return float(len(values.need_nodes(found, "count")))


def count_non_empty(_at: context.Context, found: values.Value) -> float:
    """The number of nodes that hold something."""
    return float(sum(bool(node.text) for node in values.need_nodes(found, "count-non-empty")))


def naming(name: str, read: Callable[[nodes.Node], str]) -> Callable[..., str]:
    """A function that reads one thing of the first node, or of the node where the evaluation stands."""

    def evaluate(at: context.Context, *arguments: values.Value) -> str:
        found = values.need_nodes(arguments[0], name) if arguments else [at.node]
        return read(found[0]) if found else ""

    return evaluate


def expanded_name(node: nodes.Node) -> str:
    """The node's name as written; a namespace's is its prefix."""
    return node.name


def namespace(node: nodes.Node) -> str:
    """The URI of the node's namespace."""
    return node.namespace


def current(at: context.Context) -> nodes.NodeSet:
    """The node of the whole expression, also inside a predicate."""
    return [at.current]


def elements(node: nodes.Node) -> Iterator[nodes.Node]:
    """Every element of the tree below `node`."""
    return (one for one in steps.descendants(node) if one.kind is nodes.Kind.ELEMENT)


def by_id(at: context.Context, value: values.Value) -> nodes.NodeSet:
    """The elements with these ids: a list with blanks between, or one such list a node."""
    wanted = {name for text in values.texts((value,)) for name in text.split()}
    root = at.host.root if at.host.root is not None else steps.top(at.node)
    found: nodes.NodeSet = []
    for element in elements(root):
        at.visits.spend(1)
        for attribute in element.attributes:
            if attribute.name in ID_NAMES and attribute.text in wanted:
                wanted.discard(attribute.text)
                found.append(element)
                break
    return found


def lang(at: context.Context, wanted: values.Value) -> bool:
    """Whether the nearest `xml:lang` is this language, or a regional form of it."""
    language = values.to_string(wanted).lower()
    for node in steps.ancestors_or_self(at.node):
        for attribute in node.attributes:
            if attribute.name == XML_LANG:
                declared = attribute.text.lower()
                return declared == language or declared.startswith(f"{language}-")
    return False


def indexed_repeat(at: context.Context, target: values.Value, *levels: values.Value) -> nodes.NodeSet:
    """The nodes of `target` inside one entry of a repeat, given as pairs of repeat and index from 1."""
    entry: nodes.Node | None = None
    pairs = [
        (values.need_nodes(repeat, "indexed-repeat"), index)
        for repeat, index in zip(levels[::2], levels[1::2], strict=True)
    ]
    if not all(repeat for repeat, _ in pairs):
        return []
    for repeat, index in sorted(pairs, key=lambda pair: len(pair[0][0].order)):
        entries = inside(repeat, entry, at)
        number = values.to_number(index, at)
        if not (number.is_integer() and 1 <= number <= len(entries)):
            return []
        entry = entries[int(number) - 1]
    return inside(values.need_nodes(target, "indexed-repeat"), entry, at)


def inside(found: nodes.NodeSet, entry: nodes.Node | None, at: context.Context) -> nodes.NodeSet:
    """Those of the nodes that lie inside `entry`, all where it is None."""
    if entry is None:
        return found
    at.visits.spend(len(found))
    return [node for node in found if any(above is entry for above in steps.ancestors_or_self(node))]


FUNCTIONS = (
    Function(name="last", implementation=last, counts=exactly(0), example="last()", constant=False),
    Function(
        name="position", implementation=position, counts=between(0, 1), example="position(..)", constant=False
    ),
    Function(name="count", implementation=count, counts=exactly(1), example="count(${question})"),
    Function(
        name="count-non-empty",
        implementation=count_non_empty,
        counts=exactly(1),
        example="count-non-empty(${question})",
    ),
    Function(
        name="name",
        implementation=naming("name", expanded_name),
        counts=between(0, 1),
        example="name(path)",
        constant=False,
    ),
    Function(
        name="local-name",
        implementation=naming("local-name", steps.local_name),
        counts=between(0, 1),
        example="local-name(path)",
        constant=False,
    ),
    Function(
        name="namespace-uri",
        implementation=naming("namespace-uri", namespace),
        counts=between(0, 1),
        example="namespace-uri(path)",
        constant=False,
    ),
    Function(name="current", implementation=current, counts=exactly(0), example="current()", constant=False),
    Function(name="id", implementation=by_id, counts=exactly(1), example="id('name')", constant=False),
    Function(name="lang", implementation=lang, counts=exactly(1), example="lang('en')", constant=False),
    Function(
        name="indexed-repeat",
        implementation=indexed_repeat,
        counts=range(3, 8, 2),
        example="indexed-repeat(${question}, ${repeat}, index)",
        constant=False,
        everywhere=frozenset({0, 1, 3, 5}),
    ),
)
