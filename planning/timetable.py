"""The project's dates: tasks, people and calendars given to the scheduler, and its answer put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import calendars, environment, nouns, profile, task_list, tasks, training, workbook
from planning.schedule import explain, heuristic, project, sequence, simulation

TEAM = "project_team"

YEARS = 8
"""Years whose holidays are given to the scheduler: longer than any deployment."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NAMED = {tasks.MANAGER: "manager_name", tasks.SPECIALIST: "specialist_name"}
"""Which answers name whom tasks hold."""

LONGEST_CLOSED = 366
"""Days of one time without work that are believed: a longer one is a slip in a year."""


class Timetable(msgspec.Struct, frozen=True):
    """The schedule, the courses with their dates, and what stands in the way."""

    schedule: nouns.Schedule | None
    training: nouns.Training
    warnings: tuple[nouns.Text, ...] = ()


class _Place(msgspec.Struct, frozen=True):
    """A calendar for the scheduler and for the plan."""

    calendar: project.Calendar
    used: nouns.CalendarUsed


def plan(work: workbook.Workbook, sources: tasks.Sources) -> Timetable:
    """The dates of the whole project; what cannot be computed is named in the warnings."""
    planned = tasks.plan(work, sources)
    start = start_of(work)
    places, warnings = _places(work, start)
    made = project.Project(
        start=start,
        tasks=tuple(one.task for one in planned),
        calendars={name: place.calendar for name, place in places.items()},
        resources=_resources(work),
    )
    try:
        result = heuristic.solve(made)
    except project.ScheduleError as error:
        reason = nouns.Text("warning.no_schedule", {"reason": str(error)})
        return Timetable(None, sources.training, (*warnings, reason))
    chain = explain.chain(result)
    order = sequence.of(made, result)
    names = {one.task.id: one.name for one in planned}
    schedule = nouns.Schedule(
        start=start,
        finish=result.finish,
        status=result.status,
        tasks=tuple(_scheduled(work, one, result, chain, names) for one in planned),
        calendars=tuple(_within(place.used, start, result.finish) for place in places.values()),
        chain=chain,
        target=target_of(work),
        verdict=_verdict(work, result.finish),
        likely=_likely(work, order, target_of(work)),
        orders=_orders(planned, result, order),
    )
    return Timetable(schedule, _dated(sources.training, planned, result), tuple(warnings))


def start_of(work: workbook.Workbook) -> dt.date:
    """The project's first day: as the team says, else as the assessment says, else the day of the plan."""
    return work.facts.one(TEAM, "start_date").date or work.institution.start_date or work.today


def target_of(work: workbook.Workbook) -> dt.date | None:
    """The day by which the institution wishes to be live."""
    return work.facts.one(TEAM, "target_date").date or work.institution.target_date


# --- calendars ---------------------------------------------------------------------------------------


def _places(work: workbook.Workbook, start: dt.date) -> tuple[dict[str, _Place], list[nouns.Text]]:
    """The institution's calendar and every branch's, and what is wrong with them."""
    institution = work.institution
    warnings: dict[str, nouns.Text] = {}
    office = flow_nouns.Branch(task_list.HEAD_OFFICE, institution.name)
    found = {office.id: _place(work, office, institution.weekend, start, warnings)}
    for branch in work.facts.book.branches:
        found[branch.id] = _place(work, branch, _weekend(work, branch), start, warnings)
    return found, list(warnings.values())


def _weekend(work: workbook.Workbook, branch: flow_nouns.Branch) -> tuple[int, ...]:
    """Days without work of a branch: as its staff say, else as the assessment says."""
    worked = work.facts.one(profile.FLOW, "working_days", branch.id).chosen
    if worked:
        return tuple(number for number, day in enumerate(WEEKDAYS) if day not in worked)
    return branch.weekend if branch.weekend is not None else work.institution.weekend


def _place(
    work: workbook.Workbook,
    branch: flow_nouns.Branch,
    weekend: tuple[int, ...],
    start: dt.date,
    warnings: dict[str, nouns.Text],
) -> _Place:
    country = branch.country or work.institution.country
    subdivision = branch.subdivision or (work.institution.subdivision if not branch.country else "")
    years = range(start.year, start.year + YEARS)
    public: list[nouns.Holiday] = []
    try:
        for year in years:
            public += calendars.public_holidays(country, subdivision or None, year)
    except project.ScheduleError as error:
        warnings[str(error)] = nouns.Text("warning.calendar", {"reason": str(error)})
    closed = environment.closed_ranges(work, branch.id, years[0], years[-1])
    busy = _busy(work)
    free = {holiday.day for holiday in public} | set(_days(busy))
    return _Place(
        project.Calendar(weekend=weekend, holidays=tuple(sorted(free)), closed=closed),
        nouns.CalendarUsed(
            branch.id, branch.name, weekend, tuple(public), closed, country, subdivision, busy
        ),
    )


def _busy(work: workbook.Workbook) -> tuple[tuple[dt.date, dt.date], ...]:
    """Times in which nobody of the institution is free, as the project manager listed them."""
    found = []
    for entry in work.facts.entries(TEAM, "closed_periods"):
        first, last = entry.one("from_date").date, entry.one("to_date").date
        if first is not None and last is not None and first <= last:
            found.append((first, min(last, first + dt.timedelta(days=LONGEST_CLOSED - 1))))
    return tuple(found)


def _days(ranges: Sequence[tuple[dt.date, dt.date]]) -> Iterator[dt.date]:
    for first, last in ranges:
        for count in range((last - first).days + 1):
            yield first + dt.timedelta(days=count)


def _within(used: nouns.CalendarUsed, first: dt.date, last: dt.date) -> nouns.CalendarUsed:
    """A calendar with only the holidays and closed ranges that fall into the project."""
    return msgspec.structs.replace(
        used,
        holidays=tuple(holiday for holiday in used.holidays if first <= holiday.day <= last),
        closed=tuple(span for span in used.closed if span[0] <= last and first <= span[1]),
        busy=tuple(span for span in used.busy if span[0] <= last and first <= span[1]),
    )


def _resources(work: workbook.Workbook) -> dict[str, int]:
    """How many there are of whom tasks hold: one each, however many type data together."""
    people = (tasks.MANAGER, tasks.SPECIALIST, tasks.ADMINISTRATOR, tasks.DEVELOPER, tasks.CLERKS)
    trainers = len(work.facts.entries("training_needs", "trainers"))
    return {**dict.fromkeys(people, 1), tasks.TRAINER: max(1, trainers)}


# --- words -------------------------------------------------------------------------------------------


def _scheduled(
    work: workbook.Workbook,
    one: task_list.Planned,
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
        after=one.task.after,
        waits_for=dates.waits_for or "",
        why=_why(work, dates, names),
        calendar=one.task.calendar,
        branch=one.branch,
        elapsed=one.task.elapsed,
        field_work=one.task.field_work,
        driving=one.task.id in chain,
        inputs=one.inputs,
        assumption=one.assumption,
    )


def _who(work: workbook.Workbook, resource: str) -> nouns.Words:
    """The name of whom a task holds, else what they do."""
    name = work.facts.one(TEAM, NAMED[resource]).text if resource in NAMED else ""
    return name or nouns.Text(f"who.{resource}")


def _why(work: workbook.Workbook, dates: project.Dates, names: Mapping[str, nouns.Text]) -> nouns.Text:
    """The scheduler's reason as a sentence."""
    kind, _, detail = dates.why.partition(" ")
    waits_for = names.get(dates.waits_for or "", nouns.Text("why.project"))
    match kind:
        case "after":
            return nouns.Text("why.after", {"task": waits_for})
        case "resource":
            return nouns.Text("why.resource", {"who": _who(work, detail), "task": waits_for})
        case "closed":
            return nouns.Text("why.closed")
    return nouns.Text(f"why.{kind}")


def _verdict(work: workbook.Workbook, finish: dt.date) -> nouns.Text:
    target = target_of(work)
    if target is None:
        return nouns.Text("verdict.no_target", {"finish": nouns.Day(finish)})
    late = (finish - target).days
    values: dict[str, nouns.Value] = {
        "finish": nouns.Day(finish),
        "target": nouns.Day(target),
        "n": abs(late),
    }
    return nouns.Text("verdict.late" if late > 0 else "verdict.in_time", values)


def _likely(
    work: workbook.Workbook, order: sequence.FixedOrder, target: dt.date | None
) -> nouns.Likely | None:
    """The finish by simulation; None where a run would leave every calendar."""
    spread = simulation.Spread(
        work.parameter("work_low"), work.parameter("work_high"), work.parameter("delivery_high")
    )
    runs = int(work.parameter("simulation_runs"))
    try:
        found = simulation.run(order, spread, runs)
    except project.ScheduleError:
        return None
    chance = None if target is None else found.chance(target)
    return nouns.Likely(runs, found.by(50), found.by(80), chance)


def _orders(
    planned: Sequence[task_list.Planned], result: project.Result, order: sequence.FixedOrder
) -> tuple[nouns.Order, ...]:
    """What is waited for after an order, with the last day to order it."""
    latest = order.latest(result.finish.toordinal())
    found = []
    for number, one in enumerate(planned):
        if one.task.elapsed and one.task.days and not one.task.field_work:
            last = dt.date.fromordinal(latest[number])
            found.append(nouns.Order(one.name, one.task.days, result.tasks[one.task.id].start, last))
    return tuple(sorted(found, key=lambda one: one.latest))


def _dated(
    found: nouns.Training, planned: Sequence[task_list.Planned], result: project.Result
) -> nouns.Training:
    """The courses with the days on which they are held."""

    def dated(course: nouns.TrainingCourse) -> nouns.TrainingCourse:
        role = course.role.code.removeprefix("role.")
        wanted = "branch" if role in training.AT_BRANCHES else role
        held = [result.tasks[one.task.id] for one in planned if one.course == wanted]
        if not held:
            return course
        return msgspec.structs.replace(
            course, start=min(dates.start for dates in held), end=max(dates.end for dates in held)
        )

    return msgspec.structs.replace(found, courses=tuple(dated(course) for course in found.courses))
