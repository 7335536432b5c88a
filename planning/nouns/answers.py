"""What was answered, as the plan prints it."""

from __future__ import annotations

import datetime as dt

from flows import nouns
from planning.nouns.base import Noun


class Answered(Noun, frozen=True):
    """One answer as the plan prints it."""

    label: str
    shown: str
    """In words: choice labels, number with unit; empty where the question stands open."""
    respondent: str = ""
    at: dt.datetime | None = None
    sure: nouns.Sure = nouns.Sure.KNOWN
    group: str = ""
    """The heading of the group that the question stands in."""
    evidence: tuple[nouns.Attachment, ...] = ()
    """What was sent beside the answer, or as the answer itself."""
    note: str = ""
    key: str = ""
    seeds: tuple[str, ...] = ()
    open: bool = False
    """Whether nobody could say: the cell shows why instead of a value."""
    given: str = ""
    """The answer as it is kept, the same in every language: versions of a plan are compared by it."""


class AnswerTable(Noun, frozen=True):
    """A repeat's entries as a table: questions across, entries down."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Answered, ...], ...]
    """As long as `columns` each; a question that does not apply to an entry shows an empty cell."""
    group: str = ""
    seeds: tuple[str, ...] = ()


class AnswerBlock(Noun, frozen=True):
    """What one section's respondent said, as far as it belongs into one chapter of the plan."""

    flow: str
    title: str
    state: str
    branch: str = ""
    branch_name: str = ""
    owner: str = ""
    answered: tuple[Answered, ...] = ()
    tables: tuple[AnswerTable, ...] = ()
