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
    """Whether it sets the finish date; its number then carries a sign."""


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
    is_phase: bool
    """Whether it is the first row of a phase and spans it."""
    weeks: list[str]
    """phase, task, driving, milestone or empty."""


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
    chain_line: str
    """The same by their numbers, in one sentence."""
    waits: list[TaskRow]
    """Those of the chain that wait for more than the task before: people, roads, the closing of books."""
    charts: list[Chart]
    column: str
    """How long one column of the charts is."""
    tasks: list[TaskRow]
    warnings: list[str]


class CalendarRow(Fields, frozen=True):
    """A working calendar, with all the places that follow it."""

    name: str
    weekend: str
    holidays: str
    closed: str
    """To field work."""
    busy: str
    """When nobody of the institution is free."""


class HolidayRow(Fields, frozen=True):
    """The public holidays that places share."""

    places: str
    days: str
