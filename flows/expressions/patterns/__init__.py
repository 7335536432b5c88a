"""Regular expressions that cannot run away.

A form's pattern comes from outside, and a backtracking engine may need years for `(a+)+b`.
Here all ways through the pattern are followed side by side (Thompson's construction), so that the cost
is at most states times characters. What this cannot do is refused: back-references and looking around.
"""

from __future__ import annotations

import functools

from flows.expressions.patterns.machine import Pattern


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """The pattern, ready to search; raises `EvaluationError` for one that is wrong or not supported."""
    return Pattern(pattern)


__all__ = ["Pattern", "compiled"]
