"""Keys of answers: a path with the entry's number behind each repeat's name, as `servers:2/memory`."""

from __future__ import annotations

import re

_ENTRY = re.compile(r":(-?\d+)$", re.ASCII)


def inside(holder: str, name: str) -> str:
    """The key of an item in a group or entry; `holder` is empty at the top."""
    return f"{holder}/{name}" if holder else name


def entry(repeat: str, number: int) -> str:
    """The key of one entry of a repeat."""
    return f"{repeat}:{number}"


def steps(key: str) -> list[tuple[str, int | None]]:
    """The names in a key from the outside in, each with its entry's number if it has one."""
    found: list[tuple[str, int | None]] = []
    for step in key.split("/"):
        match = _ENTRY.search(step)
        number = int(match[1]) if match and len(match[1]) < 10 else None
        found.append((step[: match.start()] if match and number is not None else step, number))
    return found


def path(key: str) -> str:
    """The path in the flow: the key without entry numbers."""
    return "/".join(name for name, _ in steps(key))


def is_in(key: str, part: str) -> bool:
    """Whether a key belongs to a part of a section; the part with an empty key is the whole section."""
    return not part or is_within(key, part)


def is_within(key: str, holder: str) -> bool:
    """Whether a key is that of a group, repeat or entry, or of something inside it."""
    return key == holder or key.startswith((holder + "/", holder + ":"))
