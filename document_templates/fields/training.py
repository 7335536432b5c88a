"""The courses."""

from __future__ import annotations

from document_templates.fields.base import Fields
from document_templates.fields.branches import Fact


class CourseRow(Fields, frozen=True):
    """A course."""

    number: str
    title: str
    role: str
    learners: str
    groups: str
    trainer_days: str
    where: str
    trainer: str
    dates: str


class Training(Fields, frozen=True):
    """The training."""

    first_round: str
    facts: list[Fact]
    courses: list[CourseRow]
    warnings: list[str]
