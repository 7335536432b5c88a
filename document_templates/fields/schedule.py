"""The dates."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag
from document_templates.fields.branches import Fact


class TaskRow(Fields, frozen=True):
    """A task with its dates."""

    number: str
    id: str
    name: str
    phase: str
    who: str
    start: str
    end: str
    days: str
    why: str
    driving: bool


class OrderRow(Fields, frozen=True):
    """Something that has to be ordered in time."""

    number: str
    what: str
    days: str
    """Until it is there."""
    planned: str
    latest: str
    """Ordered later, it delays the whole project."""
    tag: Tag


class Bar(Fields, frozen=True):
    """A task on the chart: one mark a week."""

    name: str
    weeks: list[str]
    """task, driving, milestone or empty."""


class Chart(Fields, frozen=True):
    """A page of bars under the same weeks."""

    title: str
    weeks: list[str]
    """The first day of each column."""
    bars: list[Bar]


class Schedule(Fields, frozen=True):
    """The dates; `tasks` is empty where no schedule can exist."""

    verdict: str
    facts: list[Fact]
    orders: list[OrderRow]
    chain: list[TaskRow]
    """The tasks that set the finish date, in order, each with what it waits for."""
    charts: list[Chart]
    column: str
    """How long one column of the charts is."""
    tasks: list[TaskRow]
    warnings: list[str]


class CalendarRow(Fields, frozen=True):
    """A working calendar."""

    name: str
    weekend: str
    holidays: str
    closed: str
