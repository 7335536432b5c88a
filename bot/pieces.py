"""Long messages in pieces: HTML that Telegram takes, cut where a reader would pause."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bot import limits

_TOKEN = re.compile(r"<[^>]*>|&[^;]*;|[^<&]", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def units(text: str) -> int:
    """How long Telegram takes a text to be: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str) -> list[str]:
    """The HTML of a message as messages that Telegram takes; one where it is short."""
    if units(text) <= limits.MESSAGE_UNITS:
        return [text]
    return [piece for piece in _pieces(_TOKEN.findall(text)) if _TAG.sub("", piece).strip()] or [text]


def _pieces(tokens: list[str]) -> Iterator[str]:
    """Each piece closes the tags that are open where it ends; the next one opens them again."""
    opened: list[str] = []
    while tokens:
        fitting = _fitting(tokens)
        piece = [*opened, *tokens[:fitting]]
        for tag in filter(_TAG.fullmatch, tokens[:fitting]):
            if tag.startswith("</"):
                opened.pop()
            else:
                opened.append(tag)
        closing = [f"</{tag.strip('<>').partition(' ')[0]}>" for tag in reversed(opened)]
        yield "".join([*piece, *closing]).strip()
        tokens = tokens[fitting:]


def _fitting(tokens: list[str]) -> int:
    """How many tokens fit into one message, up to the last pause in its second half: a line's end, else a space."""
    length, pauses = 0, {"\n": 0, " ": 0}
    for count, token in enumerate(tokens):
        length += 0 if token.startswith("<") else units(html.unescape(token))
        if length > limits.MESSAGE_UNITS:
            return next((place for place in pauses.values() if place > count // 2), count)
        if token in pauses:
            pauses[token] = count + 1
    return len(tokens)
