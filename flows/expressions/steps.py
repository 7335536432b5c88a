"""Location paths: where each axis leads, which of those nodes a step keeps, and in what order."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence

from flows.expressions import context, nodes, tree, values

Evaluate = Callable[[context.Context], values.Value]
Walk = Callable[[nodes.Node], Iterable[nodes.Node]]
Test = Callable[[nodes.Node, context.Host], bool]

BACKWARD = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
"""Axes whose first node is the nearest one before, so that positions count away from the start."""

document_order = operator.attrgetter("order")


# --- axes: each gives its nodes from the nearest on ---


def itself(node: nodes.Node) -> Iterable[nodes.Node]:
    """The node itself."""
    return (node,)


def parent(node: nodes.Node) -> Iterable[nodes.Node]:
    """The node it is in."""
    return () if node.parent is None else (node.parent,)


def children(node: nodes.Node) -> Iterable[nodes.Node]:
    """The nodes directly inside."""
    return node.children


def attributes(node: nodes.Node) -> Iterable[nodes.Node]:
    """Its attributes, without namespace declarations."""
    return (one for one in node.attributes if one.kind is nodes.Kind.ATTRIBUTE)


def namespaces(node: nodes.Node) -> Iterable[nodes.Node]:
    """The namespaces in scope: declared on it or further up, the nearest for each prefix; topmost first."""
    if node.kind is not nodes.Kind.ELEMENT:
        return ()
    found: dict[str, nodes.Node] = {}
    for element in ancestors_or_self(node):
        for one in element.attributes:
            if one.kind is nodes.Kind.NAMESPACE:
                found.setdefault(one.name, one)
    return in_order(found.values())


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes it is in, nearest first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def ancestors_or_self(node: nodes.Node) -> Iterator[nodes.Node]:
    """Itself, then the nodes it is in."""
    yield node
    yield from ancestors(node)


def descendants(node: nodes.Node) -> Iterator[nodes.Node]:
    """Everything inside, in document order."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def descendants_or_self(node: nodes.Node) -> Iterator[nodes.Node]:
    """Itself, then everything inside."""
    yield node
    yield from descendants(node)


def siblings(node: nodes.Node, direction: int) -> Sequence[nodes.Node]:
    """The nodes after (1) or before (-1) it in the same parent, nearest first; an attribute has none."""
    if node.parent is None or node.kind in {nodes.Kind.ATTRIBUTE, nodes.Kind.NAMESPACE}:
        return ()
    family = node.parent.children
    place = next((index for index, one in enumerate(family) if one is node), None)
    if place is not None:
        return family[place + 1 :] if direction > 0 else family[:place][::-1]
    # a list as a whole stands before its entries, which are the nodes
    place = sum(one.order < node.order for one in family)
    return family[place:] if direction > 0 else family[:place][::-1]


def following_siblings(node: nodes.Node) -> Iterable[nodes.Node]:
    """Those after it in the same parent."""
    return siblings(node, 1)


def preceding_siblings(node: nodes.Node) -> Iterable[nodes.Node]:
    """Those before it in the same parent, nearest first."""
    return siblings(node, -1)


def following(node: nodes.Node) -> Iterator[nodes.Node]:
    """Everything after its end, in document order; after an attribute comes what its element holds."""
    if node.kind in {nodes.Kind.ATTRIBUTE, nodes.Kind.NAMESPACE} and node.parent is not None:
        node = node.parent
        yield from descendants(node)
    for one in ancestors_or_self(node):
        for sibling in siblings(one, 1):
            yield from descendants_or_self(sibling)


def preceding(node: nodes.Node) -> Iterator[nodes.Node]:
    """Everything that ends before it begins, nearest first."""
    if node.kind in {nodes.Kind.ATTRIBUTE, nodes.Kind.NAMESPACE} and node.parent is not None:
        node = node.parent
    for one in ancestors_or_self(node):
        for sibling in siblings(one, -1):
            yield from reversed(list(descendants_or_self(sibling)))


WALKS: dict[str, Walk] = {
    "ancestor": ancestors,
    "ancestor-or-self": ancestors_or_self,
    "attribute": attributes,
    "child": children,
    "descendant": descendants,
    "descendant-or-self": descendants_or_self,
    "following": following,
    "following-sibling": following_siblings,
    "namespace": namespaces,
    "parent": parent,
    "preceding": preceding,
    "preceding-sibling": preceding_siblings,
    "self": itself,
}

PRINCIPAL = {"attribute": nodes.Kind.ATTRIBUTE, "namespace": nodes.Kind.NAMESPACE}
"""The kind that a name means on an axis, where it is not an element."""

TYPES = {
    "comment": nodes.Kind.COMMENT,
    "text": nodes.Kind.TEXT,
    "processing-instruction": nodes.Kind.INSTRUCTION,
}


def local_name(node: nodes.Node) -> str:
    """A node's name without its prefix."""
    return node.name.rpartition(":")[2]


def keeps(step: tree.Step) -> Test | None:
    """What a step asks of a node; None when every node will do."""
    if isinstance(step.test, tree.TypeTest):
        return type_test(step.test)
    kind = PRINCIPAL.get(step.axis, nodes.Kind.ELEMENT)
    name, prefix = step.test.name, step.test.prefix
    if name == "*" and not prefix:
        return lambda node, _host: node.kind is kind
    if prefix:
        return prefixed_test(kind, prefix, name)
    if kind is nodes.Kind.ELEMENT:
        return lambda node, host: (
            node.name.endswith(name)
            and node.kind is kind
            and (node.name == name or local_name(node) == name)
            and node.namespace == host.namespaces.get("", "")
        )
    return lambda node, _host: node.name == name and node.kind is kind and not node.namespace


def type_test(test: tree.TypeTest) -> Test | None:
    """The test of `text()`, `comment()`, `processing-instruction('name')`; `node()` has none."""
    if test.type == "node":
        return None
    kind = TYPES[test.type]
    if test.target:
        return lambda node, _host: node.kind is kind and node.name == test.target
    return lambda node, _host: node.kind is kind


def prefixed_test(kind: nodes.Kind, prefix: str, name: str) -> Test:
    """The test of `prefix:name` or `prefix:*`: by namespace where the host knows the prefix, else as written."""
    whole = f"{prefix}:{name}"

    def test(node: nodes.Node, host: context.Host) -> bool:
        if node.kind is not kind:
            return False
        uri = host.namespaces.get(prefix)
        if uri is None:
            return node.name.startswith(f"{prefix}:") if name == "*" else node.name == whole
        return node.namespace == uri and name in {"*", local_name(node)}

    return test


# --- taking a step ---


def to_children(name: str, test: Test) -> Callable[[context.Context, nodes.NodeSet], nodes.NodeSet]:
    """The commonest step, to the children of a name, without the general one's detours."""

    def take(at: context.Context, origins: nodes.NodeSet) -> nodes.NodeSet:
        host = at.host
        found: nodes.NodeSet = []
        for origin in origins:
            family = origin.called(name) if name else origin.children
            at.visits.spend(len(family) + 1)
            found += [node for node in family if test(node, host)]
        return in_order(found) if len(origins) > 1 and nested(origins) else found

    return take


def to_plain_children(name: str) -> Callable[[context.Context, nodes.NodeSet], nodes.NodeSet]:
    """The step that forms consist of: to the element children of a name without prefix."""
    element = nodes.Kind.ELEMENT

    def take(at: context.Context, origins: nodes.NodeSet) -> nodes.NodeSet:
        namespace = at.host.namespaces.get("", "")
        found: nodes.NodeSet = []
        for origin in origins:
            family = origin.called(name)
            at.visits.spend(len(family) + 1)
            for node in family:
                if (
                    node.namespace == namespace
                    and node.kind is element
                    and (node.name == name or local_name(node) == name)
                ):
                    found.append(node)  # a comprehension costs a frame, for one node mostly
        return in_order(found) if len(origins) > 1 and nested(origins) else found

    return take


def taking(
    step: tree.Step, predicates: Sequence[Evaluate]
) -> Callable[[context.Context, nodes.NodeSet], nodes.NodeSet]:
    """The function that takes `step` from each of some nodes: nodes in document order in, the same out."""
    walk = WALKS[step.axis]
    test = keeps(step)
    if step.axis == "child" and isinstance(step.test, tree.NameTest) and test is not None and not predicates:
        if not step.test.prefix and step.test.name != "*":
            return to_plain_children(step.test.name)
        return to_children("" if step.test.name == "*" else step.test.name, test)
    backward = step.axis in BACKWARD
    keeps_order = step.axis in {"self", "attribute"}
    is_child = step.axis == "child"

    def take(at: context.Context, origins: nodes.NodeSet) -> nodes.NodeSet:
        host = at.host
        found: nodes.NodeSet = []
        for origin in origins:
            reached = list(walk(origin))
            at.visits.spend(len(reached) + 1)
            if test is not None:
                reached = [node for node in reached if test(node, host)]
            for predicate in predicates:
                reached = passing(predicate, reached, at)
            found.extend(reached)
        if len(origins) == 1:
            return found[::-1] if backward else found
        if keeps_order or (is_child and not nested(origins)):
            return found
        return in_order(found)

    return take


def passing(predicate: Evaluate, candidates: Sequence[nodes.Node], at: context.Context) -> nodes.NodeSet:
    """The candidates for which the predicate holds; a number means the position."""
    size = len(candidates)
    at.visits.spend(size)
    kept: nodes.NodeSet = []
    here = context.Context(at.host, at.node, size=size, current=at.current, visits=at.visits)
    for position, node in enumerate(candidates, 1):
        here.node, here.position = node, position
        value = predicate(here)
        if value == position if isinstance(value, float) else values.to_boolean(value):
            kept.append(node)
    return kept


def nested(origins: nodes.NodeSet) -> bool:
    """Whether one of these nodes may lie inside another: never when all have one parent."""
    above = origins[0].parent if origins else None
    return any(origin.parent is not above for origin in origins)


def in_order(found: Iterable[nodes.Node]) -> nodes.NodeSet:
    """The nodes in document order, each once."""
    return sorted({id(node): node for node in found}.values(), key=document_order)


def top(node: nodes.Node) -> nodes.Node:
    """The node above all."""
    while node.parent is not None:
        node = node.parent
    return node
