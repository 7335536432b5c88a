"""How far a session has come."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flows import form, nouns, stops


class Progress(NamedTuple):
    """Counts of what can be answered, now or after answers still to come; a repeat counts once, and each
    question of each entry."""

    answered: int
    """Has a value, or its respondent said that nobody knows."""
    total: int
    open: int
    """Not asked yet, skipped, or returned."""


def of(flow: nouns.Flow, session: nouns.Session, *, now: dt.datetime) -> Progress:
    """The progress of a session."""
    way = stops.looked_at(form.of(flow), session, now)
    missing = sum(stop.is_missing for stop in way.stops)
    return Progress(len(way.stops) - missing, way.length, way.length - len(way.stops) + missing)
