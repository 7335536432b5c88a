"""One message out of all that a person is to be told: its parts in order, cut so that they fit."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

import markupsafe

from bot import limits, pieces, views
from flows import words as wording

_TAG = re.compile(r"<[^>]*>")


class Part(NamedTuple):
    """One thing to tell: a head, lines below it, and ways on."""

    head: markupsafe.Markup
    lines: tuple[markupsafe.Markup, ...] = ()
    buttons: tuple[views.Button, ...] = ()
    can_wait: bool = True
    """Whether it may be put off."""
    picture: bytes = b""
    """What stands above the message."""


def merged(parts: Sequence[Part]) -> list[Part]:
    """The parts in order, with those under the same head put together."""
    found: dict[str, Part] = {}
    for part in parts:
        if (before := found.get(part.head)) is None:
            found[part.head] = part
        else:
            found[part.head] = before._replace(
                lines=before.lines + part.lines, buttons=before.buttons + part.buttons
            )
    return list(found.values())


def view(parts: Sequence[Part], words: wording.Catalogue, opens: int) -> views.View:
    """The message; as long as a picture's caption may be, where it stands under one. `opens` is the morning's hour."""
    limit = limits.CAPTION_UNITS if any(part.picture for part in parts) else limits.MESSAGE_UNITS
    texts = (_text(parts, most, words) for most in (*limits.REMINDED_AT_ONCE, 0))
    fitting = next((text for text in texts if shown_units(text) <= limit), "")
    buttons = [button for part in parts for button in part.buttons][: limits.REMINDER_BUTTONS]
    rows = [(button,) for button in buttons]
    if any(part.can_wait for part in parts):
        rows.append(
            (views.Button(words.say("reminder.tomorrow", hour=opens), views.Go("later", "tomorrow")),)
        )
        rows.append((views.Button(words.say("reminder.week"), views.Go("later", "week")),))
    return views.View(fitting or pieces.cut(_text(parts, 0, words))[0], tuple(rows))


def shown_units(text: str) -> int:
    """How long Telegram takes a message's HTML to be once its markup is read."""
    return pieces.units(html.unescape(_TAG.sub("", text)))


def _text(parts: Sequence[Part], most: int, words: wording.Catalogue) -> str:
    return views.text(*(markupsafe.Markup("\n").join(_lines(part, most, words)) for part in parts))


def _lines(part: Part, most: int, words: wording.Catalogue) -> list[markupsafe.Markup]:
    left = len(part.lines) - most
    if left <= 1:
        # one more line takes no more room than saying that there is one
        return [part.head, *part.lines]
    return [part.head, *part.lines[:most], words.html("reminder.more", n=left)]
