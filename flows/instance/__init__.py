"""The living form: a session's answers as a tree that expressions walk over and that follows every change."""

from __future__ import annotations

from flows.instance.living import Instance, questions
from flows.instance.memo import keep, looked_at, taken
from flows.instance.nodes import (
    MAX_ENTRIES,
    MAX_ENTRIES_IN_ALL,
    Branching,
    Entry,
    Group,
    Series,
    entries_around,
)
from flows.instance.question import Question
from flows.instance.root import Root

Part = Question | Group | Series
Holder = Root | Group

__all__ = [
    "MAX_ENTRIES",
    "MAX_ENTRIES_IN_ALL",
    "Branching",
    "Entry",
    "Group",
    "Holder",
    "Instance",
    "Part",
    "Question",
    "Root",
    "Series",
    "entries_around",
    "keep",
    "looked_at",
    "questions",
    "taken",
]
