"""What a button carries over the phone and back: its screen's token and its number there, never what it does."""

from __future__ import annotations

import re

import msgspec

_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,59})\.(0|[1-9][0-9]{0,3})")


class Pressed(msgspec.Struct, frozen=True):
    """A button of a screen."""

    token: str
    number: int
    """In reading order from 0, among the screen's buttons that do something."""


def write(token: str, number: int) -> str:
    """The data of a button, within Telegram's 64 bytes."""
    return f"{token}.{number}"


def read(data: str) -> Pressed | None:
    """Which button this is; None of what no button of ours carries, for a bad client may send anything."""
    found = _SHAPE.fullmatch(data)
    return Pressed(found[1], int(found[2])) if found else None
