"""The courses."""

from __future__ import annotations

import datetime as dt

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text, Words


class TrainingCourse(Noun, frozen=True):
    """A course of a role at head office, or of branch staff at their branches."""

    title: Text
    role: Text
    learners: Figure
    groups: Figure
    days: Figure
    """Days of one group."""
    trainer_days: Figure
    where: Words
    trainer: str
    start: dt.date | None = None
    end: dt.date | None = None


class Training(Noun, frozen=True):
    """Who is taught what by whom."""

    courses: tuple[TrainingCourse, ...]
    first_round: Text
    """Whether the first round's trainer knows the old process, the new one and Mifos."""
    trainer_days: Figure
    trainer_days_available: Figure
    warnings: tuple[Text, ...] = ()
