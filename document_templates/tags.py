"""What the tags of a template do, read from their syntax tree: only fields, filters, conditions and loops over lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import nodes

from document_templates import findings, sandbox, shapes

_EXPRESSIONS = (
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.CondExpr, nodes.Neg, nodes.Keyword,
    nodes.TemplateData,
)  # fmt: skip
_FREE_DEPTH = 2
"""Loops within loops over any list; a deeper one must run over a field of the loop around it."""
_REFUSED: dict[type[nodes.Node], str] = {nodes.Call: "call", nodes.Mul: "multiply", nodes.Pow: "power"}
_JOINING = (nodes.Concat, nodes.Add)
_LARGEST_NUMBER = 1_000
"""In a tag: no list or text of the document is cut by more, and a filter that fills up could fill the memory."""


class Found(NamedTuple):
    """Something wrong at a line of the source."""

    line: int
    finding: findings.Finding


def _found(node: nodes.Node, code: str, **values: str) -> Found:
    return Found(node.lineno, findings.Finding(code, values))


def _unknown(node: nodes.Node, code: str, name: str, known: Iterable[str], path: str = "") -> Found:
    """An unknown name, with the one that was probably meant."""
    meant = shapes.nearest(name, known)
    values = {"name": f"{path}{name}", "meant": f"{path}{meant}" if meant else ""}
    return _found(node, f"{code}_near" if meant else code, **values)


def _unknown_path(node: nodes.Node, first: str, name: str, scope: _Scope) -> Found:
    """An unknown first word: one like it was meant, or a field whose last word is like that of this one."""
    meant = "" if shapes.nearest(first, scope.names) else shapes.nearest_path(name)
    if not meant:
        return _unknown(node, "unknown_field", first, scope.names)
    return _found(node, "unknown_field_near", name=f"{first}.{name}", meant=meant)


class _Scope(NamedTuple):
    """What names mean where we stand."""

    names: Mapping[str, tuple[shapes.Shape, str]]
    """Name -> shape and path."""
    loops: tuple[str, ...] = ()
    """Variables of the loops around us, outermost first."""

    def with_names(self, more: dict[str, tuple[shapes.Shape, str]], loop: tuple[str, ...] = ()) -> _Scope:
        return _Scope({**self.names, **more}, self.loops + loop)


def check(tree: nodes.Template) -> Iterator[Found]:
    """Everything in the tree that a template must not do or that does not exist."""
    scope = _Scope({name: (shape, name) for name, shape in shapes.root().items()})
    yield from _body(tree.body, scope)


def _body(statements: list[nodes.Node], scope: _Scope) -> Iterator[Found]:
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
                if any(statement.find_all(_JOINING)):
                    yield _found(statement, "set_joins")
                shape, path = _shape(statement.node, scope)
                if isinstance(statement.target, nodes.Name):
                    scope = scope.with_names({statement.target.name: (shape, path)})
                else:
                    yield _found(statement, "not_plain")
            case _:
                yield _found(statement, "statement", tag=type(statement).__name__.lower())


def _loop(loop: nodes.For, scope: _Scope) -> Iterator[Found]:
    source = _first_name(loop.iter)
    if source is None:
        yield _found(loop, "loop_source")
        return
    yield from _expression(loop.iter, scope)
    shape, path = _shape(loop.iter, scope)
    if shape is not None and not shapes.is_list(shape):
        yield _found(loop, "not_a_list", path=path)
    if loop.recursive or (len(scope.loops) >= _FREE_DEPTH and source not in scope.loops):
        yield _found(loop, "loops_deep")
    if not isinstance(loop.target, nodes.Name):
        yield _found(loop, "loop_variable", example="{% for row in rows %}")
        return
    name = loop.target.name
    inner = scope.with_names({name: (shapes.element(shape), name), "loop": (None, "loop")}, (name,))
    if loop.test is not None:
        yield from _expression(loop.test, inner)
    yield from _body(loop.body, inner)
    yield from _body(loop.else_, scope)


def _expression(node: nodes.Node, scope: _Scope) -> Iterator[Found]:
    if not isinstance(node, _EXPRESSIONS):
        code = _REFUSED.get(type(node), "not_plain")
        yield _found(node, code)
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, int | float) and node.value > _LARGEST_NUMBER:
        yield _found(node, "big_number", most=str(_LARGEST_NUMBER))
    if isinstance(node, nodes.Filter) and node.name not in sandbox.FILTERS:
        yield _unknown(node, "filter", node.name, sandbox.FILTERS)
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        yield from _field(node, scope)
        if isinstance(node, nodes.Getitem):
            yield from _expression(node.arg, scope)
        return
    for child in node.iter_child_nodes():
        yield from _expression(child, scope)


def _field(node: nodes.Node, scope: _Scope) -> Iterator[Found]:
    """Judge `a.b.c` from its root outwards and stop at the first mistake."""
    if isinstance(node, nodes.Name):
        if node.name not in scope.names:
            yield _unknown(node, "unknown_field", node.name, scope.names)
        return
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        yield from _expression(node, scope)
        return
    name = _member(node)
    first = node.node
    if name is not None and isinstance(first, nodes.Name) and first.name not in scope.names:
        yield _unknown_path(node, first.name, name, scope)
        return
    before = list(_field(node.node, scope))
    yield from before
    if before or name is None:
        return
    if name.startswith("_"):
        yield _found(node, "private", name=name)
        return
    shape, path = _shape(node.node, scope)
    if path == "loop":
        if name not in shapes.LOOP:
            yield _unknown(node, "loop_field", name, shapes.LOOP)
        return
    if shape is None:
        return
    known = shapes.members(shape, path)
    if known is None:
        yield _found(node, "of_list" if shapes.is_list(shape) else "of_text", path=path, name=name)
    elif name not in known:
        yield _unknown(node, "unknown_field", name, known, f"{path}.")


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
