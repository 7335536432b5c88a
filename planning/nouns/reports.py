"""The reports that are needed."""

from __future__ import annotations

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text


class ReportRow(Noun, frozen=True):
    """One report that the institution needs."""

    name: str
    priority: Text
    """Critical, highly desirable, not required."""
    rank: int
    """1 is built first."""
    use_case: str
    fields: str
    format: str
    frequency: str
    stock: Text
    """The stock report that serves it, or that one has to be built."""
    effort: Figure
    before_acceptance: bool = False
