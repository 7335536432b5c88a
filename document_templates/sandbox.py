"""The Jinja that a template may use: fields, filters, `if` and `for`; nothing is called and nothing is reached by `_`."""

from __future__ import annotations

from types import CodeType
from typing import Any

import jinja2
import jinja2.exceptions
import jinja2.sandbox

FILTERS = frozenset(
    {"capitalize", "default", "first", "join", "last", "length", "list", "lower", "round", "sort", "title"}
    | {"batch", "trim", "truncate", "unique", "upper", "e", "escape", "d", "count"}
)
"""Jinja's filters that cannot run code, repeat text or undo the escaping."""


COMPILED = 64
"""Parts of templates that a process remembers compiled: a template has seven, and most plans use one template."""

_compiled: dict[tuple[bool, str], CodeType] = {}


class Environment(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Jinja's sandbox without calls, ranges, globals, and filters outside `FILTERS`; strict about unknown names."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"autoescape": True, "undefined": jinja2.StrictUndefined, "keep_trailing_newline": True}
            | options
        )
        self.globals.clear()
        self.filters = {name: function for name, function in self.filters.items() if name in FILTERS}

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """The code of a template, compiled once: that takes as long as a third of filling it."""
        if not isinstance(source, str) or arguments or options:
            return super().compile(source, *arguments, **options)
        key = (bool(self.autoescape), source)
        if key not in _compiled:
            made = super().compile(source)
            while len(_compiled) >= COMPILED:
                del _compiled[next(iter(_compiled))]
            _compiled[key] = made
        return _compiled[key]

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 (Jinja's signature)
        """Nothing is."""
        return False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only items of plain data are reached, so no attribute of a Python object is."""
        return not attr.startswith("_") and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b` means the item `b` of the mapping `a`, never a method that happens to have that name."""
        if isinstance(obj, dict):
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuse multiplying, powers and formatting: 'x' * 10**9 needs no field and fills the memory."""
        raise jinja2.exceptions.SecurityError(f"the operator {operator} is not available in a template")
