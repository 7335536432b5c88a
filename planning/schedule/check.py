"""Judges a schedule by counting days one by one: shares nothing with the passes that make schedules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from planning import calendars
from planning.schedule import project

DAY = dt.timedelta(days=1)


def violations(made: project.Project, result: project.Result) -> tuple[str, ...]:
    """Every broken rule in words; empty for a valid schedule."""
    return tuple(_violations(made, result))


def _violations(made: project.Project, result: project.Result) -> Iterator[str]:
    tasks = {task.id: task for task in made.tasks}
    if set(tasks) != set(result.tasks):
        yield f"tasks differ: {sorted(set(tasks) ^ set(result.tasks))}"
        return
    for name, task in tasks.items():
        yield from _of_task(made, task, result.tasks[name])
        for before in task.after:
            earlier, end = tasks[before], result.tasks[before].end
            same_day_will_do = not task.days or not earlier.days
            if result.tasks[name].start < end or (result.tasks[name].start == end and not same_day_will_do):
                yield f"{name} begins before {before} is done"
        if task.days:
            for before in _behind_milestones(tasks, task):
                if result.tasks[name].start <= result.tasks[before].end:
                    yield f"{name} begins before {before} is done"
    for resource, room in made.resources.items():
        yield from _of_resource(made, result, resource, room)
    last = max((dates.end for dates in result.tasks.values()), default=made.start)
    if result.finish != last:
        yield f"the finish is {result.finish}, but the last task ends {last}"


def _behind_milestones(tasks: Mapping[str, project.Task], task: project.Task) -> Iterator[str]:
    """The work that a task follows through milestones, which take no day but pass on what they wait for."""
    seen: set[str] = set()
    waiting = [before for before in task.after if not tasks[before].days]
    while waiting:
        milestone = waiting.pop()
        if milestone in seen:
            continue
        seen.add(milestone)
        for before in tasks[milestone].after:
            if tasks[before].days:
                yield before
            else:
                waiting.append(before)


def _of_task(made: project.Project, task: project.Task, dates: project.Dates) -> Iterator[str]:
    if dates.start < made.start or (task.not_before is not None and dates.start < task.not_before):
        yield f"{task.id} begins too early"
    if not task.days:
        if dates.start != dates.end:
            yield f"milestone {task.id} lasts"
        return
    name = task.calendar or next(iter(made.calendars), "")
    calendar = made.calendars.get(name, project.Calendar())
    span = [dates.start + DAY * count for count in range((dates.end - dates.start).days + 1)]
    worked = span if task.elapsed else [day for day in span if _works(calendar, day)]
    if len(worked) != task.days or (worked and (worked[0] != span[0] or worked[-1] != span[-1])):
        yield f"{task.id} has {len(worked)} days of {task.days}, or begins or ends on a free day"
    if task.field_work and any(first <= day <= last for day in span for first, last in calendar.closed):
        yield f"{task.id} is in the field while the road is closed"


def _of_resource(made: project.Project, result: project.Result, resource: str, room: int) -> Iterator[str]:
    used: dict[dt.date, int] = {}
    for task in made.tasks:
        count = task.needs.get(resource, 0) if task.days else 0
        dates = result.tasks[task.id]
        day = dates.start
        while count and day <= dates.end:
            used[day] = used.get(day, 0) + count
            day += DAY
    over = sorted(day for day, count in used.items() if count > room)
    if over:
        yield f"{resource} is held {used[over[0]]} times on {over[0]}, there are {room}"


def _works(calendar: project.Calendar, day: dt.date) -> bool:
    if day.weekday() in calendar.weekend:
        return False
    if calendar.holidays is not None:
        return day not in calendar.holidays
    if calendar.country is None:
        return True
    known = calendars.public_holidays(calendar.country, calendar.subdivision, day.year)
    return all(day != holiday.day for holiday in known)
