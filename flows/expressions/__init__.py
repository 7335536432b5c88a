"""ODK's expression language: XPath 1.0, the functions of ODK's forms, and XLSForm's `${name}`.

    tree = expressions.parse("${mbps} < 2 and selected(${uses}, 'reports')")
    expressions.references(tree)                      # {"mbps", "uses"}
    ask = expressions.compile(tree)                   # once
    ask(expressions.Context(host, node))              # True or False, in a few microseconds

`parse` raises `ExpressionError`; the compiled function raises `EvaluationError`; nothing else is raised,
and no expression takes long: `limits` has the figures.
"""

from __future__ import annotations

from flows.expressions.compiler import compile_expression as compile  # noqa: A004 - the word of the field
from flows.expressions.context import Context, Host, Visits
from flows.expressions.errors import EvaluationError, ExpressionError, TooHeavyError
from flows.expressions.moments import Moment
from flows.expressions.nodes import Kind, Node, NodeSet, PlainNode, table
from flows.expressions.parser import parse
from flows.expressions.show import show
from flows.expressions.tree import Expression, Text, calls, paths, references, walk
from flows.expressions.values import Value, to_boolean, to_number, to_string

__all__ = [
    "Context",
    "EvaluationError",
    "Expression",
    "ExpressionError",
    "Host",
    "Kind",
    "Moment",
    "Node",
    "NodeSet",
    "PlainNode",
    "Text",
    "TooHeavyError",
    "Value",
    "Visits",
    "calls",
    "compile",
    "parse",
    "paths",
    "references",
    "show",
    "table",
    "to_boolean",
    "to_number",
    "to_string",
    "walk",
]
