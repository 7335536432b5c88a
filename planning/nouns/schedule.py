"""The dates."""

from __future__ import annotations

import datetime as dt

from planning.nouns.base import Noun
from planning.nouns.figures import Input
from planning.nouns.words import Text, Words


class Holiday(Noun, frozen=True):
    """A public holiday; `estimated` where its date hangs on the sight of the moon."""

    day: dt.date
    name: str
    estimated: bool = False


class CalendarUsed(Noun, frozen=True):
    """The calendar that a place's tasks follow."""

    id: str
    name: str
    weekend: tuple[int, ...]
    """Days without work, Monday is 0."""
    holidays: tuple[Holiday, ...]
    closed: tuple[tuple[dt.date, dt.date], ...]
    """Inclusive ranges in which nobody can work in the field."""
    country: str = ""
    subdivision: str = ""
    busy: tuple[tuple[dt.date, dt.date], ...] = ()
    """Inclusive ranges in which nobody of the institution is free."""


class ScheduledTask(Noun, frozen=True):
    """One task with its dates and the reason why it does not begin earlier."""

    id: str
    name: Words
    start: dt.date
    end: dt.date
    """The last day, inclusive."""
    days: int
    """Working days, or calendar days where `elapsed`; 0 is a milestone."""
    phase: Text
    who: tuple[Words, ...] = ()
    roles: tuple[str, ...] = ()
    """Ids of whom it holds, as `manager`."""
    after: tuple[str, ...] = ()
    waits_for: str = ""
    """Id of the task that holds it back; empty where none does."""
    why: Text | None = None
    calendar: str = ""
    branch: str = ""
    elapsed: bool = False
    field_work: bool = False
    driving: bool = False
    """Whether it lies on the chain that sets the finish."""
    inputs: tuple[Input, ...] = ()
    """The answers that gave the task or its length."""
    assumption: Text | None = None
    """What was assumed for its length where no answer gave it."""


class Order(Noun, frozen=True):
    """Something to be ordered, and the last day to do it."""

    what: Words
    days: int
    """Calendar days until it is there."""
    planned: dt.date
    latest: dt.date
    """From the next day on the whole project ends later."""


class Likely(Noun, frozen=True):
    """When a goal is reached if lengths stray as they usually do: counted over many runs of the same order of work."""

    runs: int
    even: dt.date
    """As many runs reached it later as earlier."""
    safe: dt.date
    """Four of five runs had reached it."""
    on_target: int | None = None
    """Of a hundred runs, how many reached it by the wished date; None where none was given."""


class Schedule(Noun, frozen=True):
    """The dates of the project."""

    start: dt.date
    finish: dt.date
    """The day on which the project closes: what turned up is settled, and everything is handed over."""
    status: str
    """optimal or feasible."""
    tasks: tuple[ScheduledTask, ...]
    calendars: tuple[CalendarUsed, ...]
    chain: tuple[str, ...]
    """Ids of the tasks that set the finish, first to last."""
    target: dt.date | None = None
    verdict: Text | None = None
    """How the goal compares with the wished date."""
    likely: Likely | None = None
    """The project's close."""
    orders: tuple[Order, ...] = ()
    """What has to be ordered, the most urgent first."""
    bound: dt.date | None = None
    """No schedule of these tasks in this order of waves ends before this day."""
    warnings: tuple[Text, ...] = ()
    live: dt.date | None = None
    """The day on which the last branch begins to work with Mifos; None where there is no branch."""
    live_likely: Likely | None = None
    """The same when lengths stray."""
    missed: Text | None = None
    """Whose season is missed once work takes as long as it usually does; None where none is."""

    @property
    def goal(self) -> dt.date:
        """The planned day that the wished date asks for: all branches work with Mifos; without any, the close."""
        return self.finish if self.live is None else self.live

    @property
    def goal_likely(self) -> Likely | None:
        """The goal when lengths stray."""
        return self.likely if self.live is None else self.live_likely

    @property
    def promise(self) -> dt.date:
        """The day to promise: lengths stray, and few projects keep the planned one."""
        return self.goal_likely.safe if self.goal_likely is not None else self.goal
