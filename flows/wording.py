"""Labels with answers in them: "How old is ${name}?"."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAME = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")

_SHOWN = re.compile(r"\$\{([^{}]+)\}")
"""An answer by its name, or any expression."""

_PLAIN = re.compile(r"[^\W\d][\w.:-]*")

UNANSWERED = "…"
"""Stands in a label where the answer it names is not there yet."""


def names(label: str) -> tuple[str, ...]:
    """The names that a label uses, in order; expressions in it are none."""
    return tuple(name for name in _NAME.findall(label) if _PLAIN.fullmatch(name)) if "${" in label else ()


def filled(label: str, in_words: Callable[[str], str]) -> str:
    """The label with each `${name}` or `${expression}` replaced by what `in_words` says of it."""
    if "${" not in label:
        return label
    return _SHOWN.sub(lambda match: in_words(match[1].strip()) or UNANSWERED, label)


def bare(word: str) -> str:
    """A name without the `${}` around it."""
    match = _NAME.fullmatch(word.strip())
    return match[1] if match else word.strip()
