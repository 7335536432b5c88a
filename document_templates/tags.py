"""What the tags of a template do, read from their syntax tree: only fields, filters, conditions and loops over lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import nodes

from document_templates import sandbox, shapes

_EXPRESSIONS = (
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.CondExpr, nodes.Neg, nodes.Keyword,
    nodes.TemplateData,
)  # fmt: skip
_FREE_DEPTH = 2
"""Loops within loops over any list; a deeper one must run over a field of the loop around it."""
_NAMED: dict[type[nodes.Node], str] = {
    nodes.Call: "calling something",
    nodes.Mul: "multiplying",
    nodes.Pow: "raising to a power",
}


class Finding(NamedTuple):
    """Something wrong at a line of the source."""

    line: int
    what: str
    what_to_do: str


class _Scope(NamedTuple):
    """What names mean where we stand."""

    names: Mapping[str, tuple[shapes.Shape, str]]
    """Name -> shape and path."""
    loops: tuple[str, ...] = ()
    """Variables of the loops around us, outermost first."""

    def with_names(self, more: dict[str, tuple[shapes.Shape, str]], loop: tuple[str, ...] = ()) -> _Scope:
        return _Scope({**self.names, **more}, self.loops + loop)


def check(tree: nodes.Template) -> Iterator[Finding]:
    """Everything in the tree that a template must not do or that does not exist."""
    scope = _Scope({name: (shape, name) for name, shape in shapes.root().items()})
    yield from _body(tree.body, scope)


def _body(statements: list[nodes.Node], scope: _Scope) -> Iterator[Finding]:
    for statement in statements:
        match statement:
            case nodes.For():
                yield from _loop(statement, scope)
            case nodes.If():
                yield from _expression(statement.test, scope)
                yield from _body(statement.body, scope)
                yield from _body([*statement.elif_], scope)
                yield from _body(statement.else_, scope)
            case nodes.Output():
                for node in statement.nodes:
                    yield from _expression(node, scope)
            case nodes.Assign():
                yield from _expression(statement.node, scope)
                shape, path = _shape(statement.node, scope)
                if isinstance(statement.target, nodes.Name):
                    scope = scope.with_names({statement.target.name: (shape, path)})
            case _:
                name = type(statement).__name__.lower()
                yield Finding(
                    statement.lineno,
                    f"“{name}” is not available in a template",
                    "Use fields, if and for only.",
                )


def _loop(loop: nodes.For, scope: _Scope) -> Iterator[Finding]:
    source = _first_name(loop.iter)
    if source is None:
        yield Finding(loop.lineno, "this loop does not run over a field", "Loop over a list of fields only.")
        return
    yield from _expression(loop.iter, scope)
    shape, path = _shape(loop.iter, scope)
    if shape is not None and not shapes.is_list(shape):
        yield Finding(
            loop.lineno, f"“{path}” is not a list", "A for loop needs a list; print a single field by itself."
        )
    if loop.recursive or (len(scope.loops) >= _FREE_DEPTH and source not in scope.loops):
        yield Finding(
            loop.lineno,
            "loops stand too deep in one another",
            "Within two loops, a third may only run over a field of the inner one.",
        )
    if not isinstance(loop.target, nodes.Name):
        yield Finding(loop.lineno, "a loop has one variable", "Write {% for row in rows %}.")
        return
    name = loop.target.name
    inner = scope.with_names({name: (shapes.element(shape), name), "loop": (None, "loop")}, (name,))
    if loop.test is not None:
        yield from _expression(loop.test, inner)
    yield from _body(loop.body, inner)
    yield from _body(loop.else_, scope)


def _expression(node: nodes.Node, scope: _Scope) -> Iterator[Finding]:
    if not isinstance(node, _EXPRESSIONS):
        kind = _NAMED.get(type(node), f"“{type(node).__name__.lower()}”")
        yield Finding(
            node.lineno, f"{kind} is not available in a template", "Print a field, or use a filter."
        )
        return
    if isinstance(node, nodes.Filter) and node.name not in sandbox.FILTERS:
        meant = shapes.nearest(node.name, sandbox.FILTERS)
        yield Finding(node.lineno, f"the filter “{node.name}” is not available", _did_you_mean(meant))
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        yield from _field(node, scope)
        if isinstance(node, nodes.Getitem):
            yield from _expression(node.arg, scope)
        return
    for child in node.iter_child_nodes():
        yield from _expression(child, scope)


def _field(node: nodes.Node, scope: _Scope) -> Iterator[Finding]:
    """Judge `a.b.c` from its root outwards and stop at the first mistake."""
    if isinstance(node, nodes.Name):
        if node.name not in scope.names:
            meant = shapes.nearest(node.name, scope.names)
            yield Finding(node.lineno, f"unknown field “{node.name}”", _did_you_mean(meant))
        return
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        yield from _expression(node, scope)
        return
    before = list(_field(node.node, scope))
    yield from before
    name = _member(node)
    if before or name is None:
        return
    if name.startswith("_"):
        yield Finding(node.lineno, f"“{name}” is not a field", "Names that begin with _ are never available.")
        return
    shape, path = _shape(node.node, scope)
    if path == "loop":
        if name not in shapes.LOOP:
            yield Finding(
                node.lineno, f"a loop has no “{name}”", _did_you_mean(shapes.nearest(name, shapes.LOOP))
            )
        return
    if shape is None:
        return
    known = shapes.members(shape, path)
    if known is None:
        kind = "a list" if shapes.is_list(shape) else "a text"
        yield Finding(
            node.lineno,
            f"“{path}” is {kind} and has no field “{name}”",
            "Print it by itself, or loop over it.",
        )
    elif name not in known:
        meant = shapes.nearest(name, known)
        yield Finding(
            node.lineno, f"unknown field “{path}.{name}”", _did_you_mean(f"{path}.{meant}" if meant else "")
        )


def _shape(node: Any, scope: _Scope) -> tuple[shapes.Shape, str]:
    """Shape and path of an expression; (None, its path) where the shape cannot be known."""
    match node:
        case nodes.Name():
            return scope.names.get(node.name, (None, node.name))
        case nodes.Getattr() | nodes.Getitem():
            shape, path = _shape(node.node, scope)
            name = _member(node)
            if name is None:
                return shapes.element(shape), f"{path}[…]"
            return (shapes.members(shape, path) or {}).get(name), f"{path}.{name}"
        case nodes.Filter(name="batch"):
            shape, path = _shape(node.node, scope)
            return shapes.list_of(shape), path
        case nodes.Filter(name="first" | "last"):
            shape, path = _shape(node.node, scope)
            return shapes.element(shape), path
        case nodes.Filter(name="sort" | "list" | "unique" | "default" | "d"):
            return _shape(node.node, scope)
    return None, ""


def _member(node: nodes.Getattr | nodes.Getitem) -> str | None:
    """The field's name; None for a place in a list."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return None


def _first_name(node: Any) -> str | None:
    """The name that an expression begins with."""
    while not isinstance(node, nodes.Name):
        if not isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter) or node.node is None:
            return None
        node = node.node
    return node.name


def _did_you_mean(name: str) -> str:
    return f"Did you mean {name}?" if name else "See the list of fields."
