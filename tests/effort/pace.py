"""How long people take at the phone: what they read, tap and type, at speeds from named sources.

Looking things up, asking a colleague and walking to the meter board are not in it.
"""

from __future__ import annotations

import datetime as dt

from flows import nouns

WORDS_A_MINUTE = 175
"""Reading: the slow end of the range of most adults, 175 to 300 words of English read silently (Brysbaert, How many
words do we read per minute?, 2019), since English is a second language to most of our respondents."""

CHARACTERS_A_MINUTE = 145
"""Typing on a phone with one finger: 29 words a minute of five characters (Palin and others, How do people type on
mobile devices?, 2019)."""

TAP = dt.timedelta(seconds=2.45)
"""To decide and to point: 1.35 s and 1.1 s (Card, Moran and Newell, keystroke-level model, 1983)."""

ATTACH = 4 * TAP
"""A photo, file or place: paper clip, kind, which one, send."""

MESSAGES = (nouns.Typed, nouns.Located, nouns.Attached)
"""Acts that are sent; every other is a tap."""


def of(event: nouns.AnyEvent, seen: nouns.Prompt | None) -> dt.timedelta:
    """How long an act takes with what stands on the screen; a list of ticks is read once only."""
    match event:
        case nouns.Typed(text=text):
            return reading(seen) + typing(text) + TAP
        case nouns.Located() | nouns.Attached():
            return reading(seen) + ATTACH
        case nouns.Ticked():
            return TAP
        case nouns.Picked() if seen is not None and seen.several and any(o.chosen for o in seen.options):
            return TAP
        case _:
            return reading(seen) + TAP


def typing(text: str) -> dt.timedelta:
    """How long it takes to type this."""
    return dt.timedelta(minutes=len(text) / CHARACTERS_A_MINUTE)


def reading(prompt: nouns.Prompt | None) -> dt.timedelta:
    """How long it takes to read a screen."""
    return dt.timedelta(minutes=words(prompt) / WORDS_A_MINUTE) if prompt is not None else dt.timedelta()


def words(prompt: nouns.Prompt) -> int:
    """The words of a screen that are new: question, hint, choices, the answers to check; not what screens repeat."""
    lines = [word for line in prompt.lines for word in (line.label, line.shown)]
    if prompt.kind == "repeat" and prompt.lines:
        read = [prompt.lines[-1].shown]  # back from an entry: what the list asks was read before
    else:
        read = [
            prompt.label,
            prompt.hint,
            prompt.comment,
            *(number.label for number in prompt.together),
            prompt.example,
            *(option.label for option in prompt.options),
            *lines,
        ]
    return sum(len(text.split()) for text in read)
