"""What differs between two versions of a plan."""

from __future__ import annotations

import datetime as dt
import enum

from planning.nouns.base import Noun
from planning.nouns.words import Text


class Topic(enum.StrEnum):
    """What a change is about, what weighs most first; `topic.<value>` is its heading."""

    SCOPE = "scope"
    DATES = "dates"
    MONEY = "money"
    GAPS = "gaps"
    RISKS = "risks"
    DECISIONS = "decisions"
    SIZES = "sizes"
    OPEN_POINTS = "open_points"
    ANSWERS = "answers"
    PARAMETERS = "parameters"


class Change(Noun, frozen=True):
    """One thing that differs."""

    topic: Topic
    said: Text
    weight: float = 0
    """Among the changes of its topic: the heaviest is said first."""
    who: str = ""
    """Name of whose answer or number it is; kept apart, so that a history can leave it out."""


class Issue(Noun, frozen=True):
    """One line of the change history: a version, when and by whom it was asked for, and what changed with it."""

    version: str
    day: dt.date
    who: str = ""
    changes: tuple[Text, ...] = ()
    """What weighed most."""
    more: int = 0
    """How many changes there were beside."""
    first: bool = False
    """Whether there is no version to compare with: it is the first, or the one before was kept without its data."""
