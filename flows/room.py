"""Room in lists: how many entries people may still add, and what to say where there is none."""

from __future__ import annotations

from flows import instance, nouns, reading


def left(series: instance.Series) -> int:
    """How many entries more it may have."""
    own = instance.MAX_ENTRIES - len(series.numbers)
    return max(0, min(own, instance.MAX_ENTRIES_IN_ALL - series.instance.standing))


def lacking(series: instance.Series, more: int = 1) -> nouns.Problem | None:
    """Why so many more cannot be added; None where they can."""
    if more <= left(series):
        return None
    if len(series.numbers) + more > instance.MAX_ENTRIES:
        return reading.refused("too_many_entries", limit=instance.MAX_ENTRIES)
    return reading.refused("too_many_in_all", limit=instance.MAX_ENTRIES_IN_ALL)
