"""Typed words made safe for a Word document: what no XML holds, and what would turn the text around, is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_UNWELCOME = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls: XML 1.0 forbids most; docxtpl reads \a and \f as commands
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"  # bidirectional overrides, isolates and marks
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff"  # lone surrogates
    "\ufeff\ufffe\uffff"
    "]"
)
_RETURNS = re.compile("\r\n?")


def text(value: str) -> str:
    """`value` with tabs and line feeds kept and every other control, surrogate and override removed."""
    return _UNWELCOME.sub("", _RETURNS.sub("\n", value))


def tree(value: Any, then: Callable[[str], str] = str) -> Any:
    """The same plain data (dicts, lists, scalars) with every text cleaned, and what else is to be done to it."""
    if isinstance(value, str):
        return then(text(value))
    if isinstance(value, dict):
        return {key: tree(item, then) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [tree(item, then) for item in value]
    return value
