"""The scheduler's input and output as values: `PROJECT.json` and what comes of it."""

from __future__ import annotations

import datetime as dt
import graphlib

import msgspec

MAX_TASKS = 20_000
"""More is no project of people; the limit keeps a slip in a file from filling the memory."""

MAX_NAMED = 12
"""Tasks of a circle that a message names: the first ones show where to cut."""

LATEST_START = dt.date(9900, 1, 1)
"""From later on, a project could run past the last date that there is."""


class ScheduleError(Exception):
    """The project cannot be scheduled: says which task or calendar, what is wrong, and what to do."""


class NoWindowError(ScheduleError):
    """A task in the field finds no stretch between two closed ranges that is long enough."""

    def __init__(self, task: str, calendar: str, days: int, widest: int) -> None:
        length = "1 day" if days == 1 else f"{days} days"
        super().__init__(
            f"Task {task} needs {length} in the field, but calendar {calendar} never leaves more than {widest} "
            "between two closed ranges. Split the task or shorten the ranges."
        )
        self.task, self.calendar, self.days, self.widest = task, calendar, days, widest


class TooLongError(ScheduleError):
    """Dates run past the last day that calendars are written down for."""

    def __init__(self, calendar: str, years: int, task: str = "") -> None:
        whose = f"By calendar {calendar} the" if calendar else "The"
        where = f", when task {task} is put" if task else ""
        super().__init__(
            f"{whose} project would run for more than {years} years{where}. "
            "Look for a length, a waiting time, a closed range or a list of holidays that is too long."
        )
        self.calendar, self.years, self.task = calendar, years, task


class NoHolidaysError(ScheduleError):
    """Nobody knows the public holidays of a country, or of that region of it."""

    def __init__(self, country: str, region: str | None, known: tuple[str, ...] | None) -> None:
        if known is None:
            said = f"No public holidays are known for the country {country}. Use a code of two letters as KE, or list the holidays yourself."
        else:
            advice = f"Use one of {', '.join(known)}, or none." if known else "Leave the region away."
            said = f"{country} has no region {region} with holidays of its own. {advice}"
        super().__init__(said)
        self.country, self.region, self.known = country, region, known


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When people of a place work."""

    country: str | None = None
    """ISO 3166-1 alpha-2; None means no public holidays but those given."""
    subdivision: str | None = None
    weekend: tuple[int, ...] = (5, 6)
    """Days without work, Monday is 0."""
    holidays: tuple[dt.date, ...] | None = None
    """Replaces the country's list where given."""
    closed: tuple[tuple[dt.date, dt.date], ...] = ()
    """Inclusive ranges in which nobody can work in the field."""


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of work."""

    id: str
    days: int
    """Working days of its calendar, or calendar days where `elapsed`; 0 is a milestone."""
    name: str = ""
    elapsed: bool = False
    calendar: str = ""
    """Id of its calendar; empty means the first."""
    field_work: bool = False
    """Whether it needs the road or the roof: it may not straddle a closed range."""
    needs: dict[str, int] = {}
    """How many of each resource it holds from its first day to its last."""
    after: tuple[str, ...] = ()
    not_before: dt.date | None = None


class Project(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tasks, people and calendars from a first day on."""

    start: dt.date
    tasks: tuple[Task, ...]
    calendars: dict[str, Calendar] = {}
    resources: dict[str, int] = {}
    """How many there are of each."""


class Dates(msgspec.Struct, frozen=True):
    """When a task is done, and what holds it back."""

    start: dt.date
    end: dt.date
    """The last day, inclusive."""
    waits_for: str | None = None
    """Id of the task that holds it back."""
    why: str = "start"
    """start, date, after X, resource X, calendar X or closed X."""


class Result(msgspec.Struct, frozen=True):
    """The dates of a project."""

    finish: dt.date
    status: str
    """optimal or feasible."""
    tasks: dict[str, Dates]
    """In the order of their dates."""
    bound: dt.date | None = None
    """No schedule ends before this day; None where nobody looked."""
    gap: float | None = None
    """How many percent of the project's length lie between the bound and the finish."""


def read(text: str | bytes) -> Project:
    """A project from JSON; raises ScheduleError with the field that is wrong."""
    try:
        return checked(msgspec.json.decode(text, type=Project))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ScheduleError(f"The project file cannot be read: {error}. Correct that field.") from error


def write(result: Result) -> bytes:
    """The result as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def checked(project: Project) -> Project:
    """The project itself; raises ScheduleError for what no scheduler could solve."""
    if len(project.tasks) > MAX_TASKS:
        raise ScheduleError(
            f"There are {len(project.tasks)} tasks; at most {MAX_TASKS} are taken. Split the project."
        )
    if project.start > LATEST_START:
        raise ScheduleError(
            f"The project starts on {project.start}; dates are taken up to {LATEST_START}. Correct its `start`."
        )
    for name, count in project.resources.items():
        if count < 0:
            raise ScheduleError(f"There are {count} of the resource {name}. Give 0 or more.")
    known: set[str] = set()
    for task in project.tasks:
        if task.id in known:
            raise ScheduleError(f"Two tasks have the id {task.id}. Give each its own.")
        known.add(task.id)
    for task in project.tasks:
        _check(task, project, known)
    for name, calendar in project.calendars.items():
        _check_calendar(name, calendar)
    in_order(project)
    return project


def in_order(project: Project) -> tuple[str, ...]:
    """Ids with every task behind those it follows; raises ScheduleError naming a circle."""
    try:
        return tuple(
            graphlib.TopologicalSorter({task.id: task.after for task in project.tasks}).static_order()
        )
    except graphlib.CycleError as error:
        names = list(reversed(error.args[1]))
        if len(names) > MAX_NAMED:
            names = [*names[: MAX_NAMED - 1], "…", names[-1]]
        circle = " → ".join(names)
        raise ScheduleError(
            f"These tasks wait for each other in a circle: {circle}. Take one of them out of another's `after`."
        ) from error


def _check(task: Task, project: Project, known: set[str]) -> None:
    if task.days < 0:
        raise ScheduleError(f"Task {task.id} has {task.days} days. Give 0 for a milestone, or more.")
    for before in task.after:
        if before not in known:
            raise ScheduleError(f"Task {task.id} waits for {before}, which is no task. Correct its `after`.")
    if task.calendar and task.calendar not in project.calendars:
        raise ScheduleError(
            f"Task {task.id} follows the calendar {task.calendar}, which is not given. Add it to `calendars`."
        )
    for resource, count in task.needs.items():
        if resource not in project.resources:
            raise ScheduleError(
                f"Task {task.id} needs {resource}, which is not given. Add it to `resources`."
            )
        if count < 0:
            raise ScheduleError(f"Task {task.id} needs {count} of {resource}. Give 0 or more.")
        if count > project.resources[resource]:
            raise ScheduleError(
                f"Task {task.id} needs {count} of {resource}, but there are only {project.resources[resource]}. "
                "Lower the need or raise the resource."
            )


def _check_calendar(name: str, calendar: Calendar) -> None:
    if not all(0 <= day <= 6 for day in calendar.weekend):
        raise ScheduleError(f"Calendar {name} has a weekend day outside 0 to 6. Monday is 0, Sunday is 6.")
    if len(set(calendar.weekend)) == 7:
        raise ScheduleError(f"Calendar {name} has no working day. Take a day out of its `weekend`.")
    for first, last in calendar.closed:
        if last < first:
            raise ScheduleError(
                f"Calendar {name} is closed from {first} to {last}, which runs backwards. Swap the dates."
            )
