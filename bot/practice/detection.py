"""What Telegram finds in plain text by itself: commands, mentions, hashtags, e-mail addresses, links."""

from __future__ import annotations

import re

from bot.practice import entities, state

_PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("url", re.compile(r"(?<![\w@/])(?:https?://[^\s<>\"]+|t\.me/[^\s<>\"]+)", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/&])#(?=\w*[^\W\d_])\w{1,256}")),
)
_CLOSED = frozenset({"pre", "code", "text_link", "custom_emoji"})
_TRAILING = ".,;:!?)]}'\"…"


def with_detected(formatted: entities.Formatted) -> entities.Formatted:
    """The same text with what was found in it, left out wherever code or a link already stands."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in formatted.entities
        if entity["type"] in _CLOSED
    ]
    found: list[state.JSON] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(formatted.text):
            words = match[0].rstrip(_TRAILING) if kind == "url" else match[0]
            begin = entities.utf16_length(formatted.text[: match.start()])
            end = begin + entities.utf16_length(words)
            if any(begin < other_end and other_begin < end for other_begin, other_end in taken):
                continue
            taken.append((begin, end))
            found.append({"type": kind, "offset": begin, "length": end - begin})
    return entities.Formatted(formatted.text, entities.ordered([*formatted.entities, *found]))


def trimmed(formatted: entities.Formatted) -> entities.Formatted:
    """Without white space around it, as Telegram keeps texts; entities move and shrink along."""
    text = formatted.text.strip()
    cut = entities.utf16_length(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    end = cut + entities.utf16_length(text)
    kept: list[state.JSON] = []
    for entity in formatted.entities:
        first = max(entity["offset"], cut)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            kept.append({**entity, "offset": first - cut, "length": last - first})
    return entities.Formatted(text, kept)
