"""Cutting the text of an expression into tokens, by XPath's own rules of what a name may mean where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.expressions import errors, limits

NAME = r"[^\W\d][\w.\-·]*"

TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<reference>\$\{{\s*(?:last-saved\#)?{NAME}(?::{NAME})?\s*\}})
  | (?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].,@/|+\-=<>*])
  | (?P<name>{NAME}(?::(?!:)(?:{NAME}|\*))?)
    """,
    re.VERBOSE,
)

OPERATOR_NAME = re.compile(r"(?:and|or|div|mod)(?![^\W\d]|[.\-·])")
"""A name after an operand is an operator, and digits may follow it at once: `7 mod2`."""

OPENING = frozenset({"(", "[", ",", "@", "::", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})
"""After these an operand is expected, so that `*` and `div` are names there."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `kind` is number, text, reference, symbol, operator, name or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text` and an `end`; raises `ExpressionError` at the first character that begins none."""
    if len(text) > limits.MAX_EXPRESSION_LENGTH:
        problem = f"The expression has {len(text):,} characters; {limits.MAX_EXPRESSION_LENGTH:,} is the most"
        raise errors.ExpressionError(text, 0, problem, "Split it into several calculations.")
    found: list[Token] = []
    position = 0
    after_operand = False
    while position < len(text):
        kind, piece = next_piece(text, position, after_operand=after_operand)
        if kind != "space":
            found.append(Token(kind, piece, position))
            after_operand = kind not in {"operator", "symbol"} or (kind == "symbol" and piece not in OPENING)
        position += len(piece)
    found.append(Token("end", "", len(text)))
    return found


def next_piece(text: str, position: int, *, after_operand: bool) -> tuple[str, str]:
    """Kind and text of what begins at `position`."""
    if after_operand:
        operator = OPERATOR_NAME.match(text, position)
        if operator:
            return "operator", operator.group()
        if text[position] == "*":
            return "operator", "*"
    match = TOKEN.match(text, position)
    if match is None or match.lastgroup is None:
        raise errors.ExpressionError(text, position, *unreadable(text, position))
    return match.lastgroup, match.group()


def unreadable(text: str, position: int) -> tuple[str, str]:
    """Problem and advice for a character that begins no token."""
    character = text[position]
    if character in "\"'":
        return f"The string that begins with {character} has no end", f"Add the closing {character}."
    if character in "“”‘’„«»":
        return f"{character} is a typographic quotation mark", "Use \" or '."
    if character == "$":
        return "$ is not followed by a name in braces", "Write ${name}."
    if character == "&" and text.startswith("&&", position):
        return "&& is no operator here", "Write “and”."
    if character == "!":
        return "! is no operator here", "Write “!=” for different, “not(…)” for not."
    if character == "%":
        return "% is no operator here", "Write “mod” for the remainder, “div 100” for a percentage."
    return f"{character!r} does not belong in an expression", "Remove it, or put it in quotation marks."
