"""The project's dates: tasks, people and calendars given to the scheduler, and its answer put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from planning import nouns, places, promises, task_list, tasks, waves, workbook
from planning.schedule import explain, project, scheduler, sequence

NAMED = {task_list.MANAGER: "manager_name", task_list.SPECIALIST: "specialist_name"}
"""Which answers name whom tasks hold."""

NO_DATES = ("warning.too_long", "warning.too_long_at")
"""The warnings that say why there are no dates: what answers can bring about has no other cause."""

STOPPED = frozenset({task_list.Outside.VISIT, task_list.Outside.MOVE})
"""Kinds of work that more than the road stops."""


class Timetable(msgspec.Struct, frozen=True):
    """The schedule, the courses with their dates, and what stands in the way."""

    schedule: nouns.Schedule | None
    training: nouns.Training
    warnings: tuple[nouns.Text, ...] = ()


def plan(work: workbook.Workbook, sources: tasks.Sources, *, prove: bool = True) -> Timetable:
    """The dates of the whole project; what cannot be computed is named in the warnings."""
    start = start_of(work)
    known = places.plan(work, start)
    empty = project.Project(start, (), places.by_kind(work, known, start), _resources(work))
    visits = {
        name: empty.calendars[task_list.calendar_of(name, task_list.Outside.VISIT)] for name in known.branches
    }

    planned: Sequence[task_list.Planned] = ()

    def waves_from(earlier: Sequence[task_list.Planned]) -> Sequence[waves.Wave]:
        nonlocal planned
        planned = tuple(earlier)  # what is told by name where no dates can be given
        _, until, _ = _scheduled(_with(empty, earlier), scheduler.schedule)
        return waves.roll_out(work, known.calendars, visits, until.finish)

    try:
        planned = tasks.plan(work, sources, waves_from)
        made = _with(empty, planned)
        made, result, never = _scheduled(made, scheduler.best if prove else scheduler.schedule)
    except project.TooLongError as error:
        return Timetable(None, sources.training, (*known.warnings, _no_dates(error, planned)))
    chain = explain.chain(result)
    order = sequence.of(made, result)
    names = {one.task.id: one.name for one in planned}
    schedule = nouns.Schedule(
        start=start,
        finish=result.finish,
        status=result.status,
        bound=result.bound,
        tasks=tuple(_told(work, one, made, result, chain, names) for one in planned),
        calendars=tuple(places.within(place.used, start, result.finish) for place in known.found.values()),
        chain=chain,
        target=target_of(work),
        orders=_orders(planned, result, order),
    )
    schedule = promises.judged(work, schedule, order)
    warnings = (
        *known.warnings,
        *(_no_window(one, planned, known) for one in never),
        *_late_after_training(work, result),
    )
    return Timetable(schedule, _dated(sources.training, planned, result), warnings)


def _with(empty: project.Project, planned: Sequence[task_list.Planned]) -> project.Project:
    return msgspec.structs.replace(empty, tasks=tuple(one.task for one in planned))


def _scheduled(
    made: project.Project, dates: Callable[[project.Project], project.Result]
) -> tuple[project.Project, project.Result, tuple[project.NoWindowError, ...]]:
    """The dates; where a task never fits between two closed times, those times are left aside and it is told."""
    never: list[project.NoWindowError] = []
    while True:
        try:
            return made, dates(made), tuple(never)
        except project.NoWindowError as error:
            never.append(error)
            open_always = msgspec.structs.replace(made.calendars[error.calendar], closed=())
            made = msgspec.structs.replace(made, calendars={**made.calendars, error.calendar: open_always})


def _no_dates(error: project.TooLongError, planned: Sequence[task_list.Planned]) -> nouns.Text:
    name = next((one.name for one in planned if one.task.id == error.task), None)
    if name is None:
        return nouns.Text(NO_DATES[0], {"n": error.years})
    return nouns.Text(NO_DATES[1], {"n": error.years, "task": name})


def _no_window(
    error: project.NoWindowError, planned: Sequence[task_list.Planned], known: places.Places
) -> nouns.Text:
    one = next(one for one in planned if one.task.id == error.task)
    place = known.found[one.place].used.name
    values: dict[str, nouns.Value] = {
        "task": one.name, "place": place, "n": error.days, "widest": error.widest,
    }  # fmt: skip
    return nouns.Text("warning.no_window", values)


def _late_after_training(work: workbook.Workbook, result: project.Result) -> list[nouns.Text]:
    """Branches that begin so long after their training that much of it is forgotten."""
    most = int(work.parameter("training_ahead"))
    found = []
    for branch in work.facts.book.branches:
        taught, live = result.tasks.get(f"teach_{branch.id}"), result.tasks.get(f"live_{branch.id}")
        if taught is not None and live is not None and (days := (live.end - taught.end).days) > most:
            values: dict[str, nouns.Value] = {"branch": branch.name, "n": days, "most": most}
            found.append(nouns.Text("warning.late_after_training", values))
    return found


def start_of(work: workbook.Workbook) -> dt.date:
    """The project's first day: as the team says, else as the assessment says, else the day of the plan."""
    days = (work.facts.one(places.TEAM, "start_date").date, work.institution.start_date)
    return next((day for day in days if day is not None and _believed(work, day)), work.today)


def target_of(work: workbook.Workbook) -> dt.date | None:
    """The day by which the institution wishes to be live."""
    days = (work.facts.one(places.TEAM, "target_date").date, work.institution.target_date)
    return next((day for day in days if day is not None and _believed(work, day)), None)


def left_aside(work: workbook.Workbook) -> Iterator[nouns.Text]:
    """The days that are too far away to be meant."""
    said = [work.facts.one(places.TEAM, name).date for name in ("start_date", "target_date")]
    for day in (*said, work.institution.start_date, work.institution.target_date):
        if day is not None and not _believed(work, day):
            yield nouns.Text("warning.far_date", {"day": nouns.Day(day), "n": nouns.YEARS_AHEAD})


def _believed(work: workbook.Workbook, day: dt.date) -> bool:
    return abs(day.year - work.today.year) <= nouns.YEARS_AHEAD


def _resources(work: workbook.Workbook) -> dict[str, int]:
    """How many there are of whom tasks hold: one each, however many type data together."""
    people = (
        task_list.MANAGER, task_list.SPECIALIST, task_list.ADMINISTRATOR, task_list.DEVELOPER, task_list.CLERKS,
    )  # fmt: skip
    return {**dict.fromkeys(people, 1), task_list.TRAINER: waves.trainers(work)}


# --- words -------------------------------------------------------------------------------------------


def _told(
    work: workbook.Workbook,
    one: task_list.Planned,
    made: project.Project,
    result: project.Result,
    chain: Sequence[str],
    names: Mapping[str, nouns.Text],
) -> nouns.ScheduledTask:
    dates = result.tasks[one.task.id]
    return nouns.ScheduledTask(
        id=one.task.id,
        name=one.name,
        start=dates.start,
        end=dates.end,
        days=one.task.days,
        phase=nouns.Text(f"phase.{one.phase}"),
        who=tuple(_who(work, resource) for resource in one.task.needs),
        roles=tuple(one.task.needs),
        after=one.task.after,
        waits_for=dates.waits_for or "",
        why=_why(work, made, result, one.task, names),
        calendar=one.place,
        branch=one.branch,
        elapsed=one.task.elapsed,
        field_work=one.task.field_work,
        driving=one.task.id in chain,
        inputs=one.inputs,
        assumption=one.assumption,
    )


def _who(work: workbook.Workbook, resource: str) -> nouns.Words:
    """The name of whom a task holds, else what they do."""
    name = work.facts.one(places.TEAM, NAMED[resource]).text if resource in NAMED else ""
    return name or nouns.Text(f"who.{resource}")


def _why(
    work: workbook.Workbook,
    made: project.Project,
    result: project.Result,
    task: project.Task,
    names: Mapping[str, nouns.Text],
) -> nouns.Text:
    """The scheduler's reason as a sentence."""
    dates = result.tasks[task.id]
    kind, _, detail = dates.why.partition(" ")
    waits_for = names.get(dates.waits_for or "", nouns.Text("why.project"))
    match kind:
        case "date" if task.not_before is not None:
            return nouns.Text("why.date", {"day": nouns.Day(task.not_before)})
        case "after":
            return nouns.Text("why.after", {"task": waits_for})
        case "resource":
            return nouns.Text("why.resource", {"who": _who(work, detail), "task": waits_for})
        case "closed":
            place, _, kind = detail.rpartition("/")
            if kind == task_list.Outside.VISIT and not _by_road(made, place, result, dates):
                return nouns.Text("why.closed_taught")
            return nouns.Text(f"why.closed_{kind}" if kind in STOPPED else "why.closed")
    return nouns.Text(f"why.{kind}")


def _by_road(made: project.Project, place: str, result: project.Result, dates: project.Dates) -> bool:
    """Whether a road was closed between the end of what a visit waited for and its first day."""
    ready = result.tasks[dates.waits_for].end if dates.waits_for is not None else made.start
    return any(ready <= last < dates.start for _, last in made.calendars[place].closed)


def _orders(
    planned: Sequence[task_list.Planned], result: project.Result, order: sequence.FixedOrder
) -> tuple[nouns.Order, ...]:
    """What is waited for after an order, with the last day to order it."""
    latest = order.latest(result.finish.toordinal())
    found = []
    for one in planned:
        if one.task.elapsed and one.task.days and not one.task.field_work:
            last = dt.date.fromordinal(latest[order.work.number[one.task.id]])
            found.append(nouns.Order(one.name, one.task.days, result.tasks[one.task.id].start, last))
    return tuple(sorted(found, key=lambda one: one.latest))


def _dated(
    found: nouns.Training, planned: Sequence[task_list.Planned], result: project.Result
) -> nouns.Training:
    """The courses with the days on which they are held."""

    def dated(course: nouns.TrainingCourse) -> nouns.TrainingCourse:
        role = course.role.code.removeprefix("role.")
        held = [result.tasks[one.task.id] for one in planned if one.course == role]
        if not held:
            return course
        return msgspec.structs.replace(
            course, start=min(dates.start for dates in held), end=max(dates.end for dates in held)
        )

    return msgspec.structs.replace(found, courses=tuple(dated(course) for course in found.courses))
