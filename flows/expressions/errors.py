"""What can be wrong with an expression: with its text, or with what it meets when evaluated."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

EXCERPT = 60
"""Characters of the expression that an error quotes: enough to find the place, short enough for one line."""


class ExpressionError(ValueError):
    """The text is no expression: says where (`position`, from 0), what is wrong, and what to do."""

    def __init__(self, text: str, position: int, problem: str, advice: str = "") -> None:
        self.text = text
        self.position = position
        self.problem = problem
        self.advice = advice
        start = max(0, min(position, len(text)) - EXCERPT // 2)
        excerpt = text[start : start + EXCERPT]
        before = "…" if start else ""
        after = "…" if start + EXCERPT < len(text) else ""
        place = f"at character {position + 1} of “{before}{excerpt}{after}”"
        super().__init__(f"{problem}, {place}." + (f" {advice}" if advice else ""))


class EvaluationError(ValueError):
    """The expression cannot be evaluated here: a wrong kind of argument, a missing source, a limit reached."""


class TooHeavyError(Exception):
    """A form computes more than one act may take; nothing of the act counts."""

    def __init__(self, form: str) -> None:
        super().__init__(f"{form}: this form computes more than can be done at once. Shorten its lists.")
        self.form = form
        """Its title."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest of `known`, or nothing when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else ""
