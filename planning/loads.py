"""Who has more to do than time for it: the days that tasks hold a role against the days that its people give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from planning import nouns, people, task_list, training, workbook

ROLES = (task_list.MANAGER, task_list.SPECIALIST, task_list.ADMINISTRATOR, task_list.DEVELOPER)
"""Those whom tasks hold one at a time; trainers and clerks are counted with the courses and the data."""


def plan(work: workbook.Workbook, staff: nouns.People, schedule: nouns.Schedule | None) -> nouns.People:
    """The people with the loads of the project's roles, and a gap for each that is too much for one."""
    found = [load for role in ROLES if (load := _of_role(work, role, schedule)) is not None]
    gaps = (*staff.gaps, *(_gap(load) for load in found if _too_much(load.load)), *_twice(work))
    return msgspec.structs.replace(staff, loads=tuple(found), gaps=gaps)


def of_specialist(work: workbook.Workbook, schedule: nouns.Schedule | None) -> tuple[nouns.Figure, ...]:
    """The specialist's days of each task that closes no gap: settings, rehearsals, tests and moves."""
    if schedule is None:
        return (work.unknown("task_days", unit="days"),)
    tasks = (task for task in schedule.tasks if task_list.SPECIALIST in task.roles)
    return tuple(
        work.counted("task_days", task.days, "days") for task in tasks if not task.id.startswith("gap_")
    )


def of_trainers(work: workbook.Workbook, schedule: nouns.Schedule | None) -> nouns.Figure:
    """The days on which tasks hold a trainer: courses, lessons at branches, first days with them, and the way."""
    if schedule is None:
        return work.unknown("trainer_days_held", unit="days")
    return _days_of(
        work, "trainer_days_held", [task for task in schedule.tasks if task_list.TRAINER in task.roles]
    )


def _days_of(work: workbook.Workbook, name: str, tasks: Sequence[nouns.ScheduledTask]) -> nouns.Figure:
    days = [work.counted("task_days", task.days, "days") for task in tasks]
    return work.total(name, days, unit="days", called=[task.name for task in tasks])


def _of_role(work: workbook.Workbook, role: str, schedule: nouns.Schedule | None) -> nouns.RoleLoad | None:
    tasks = [task for task in schedule.tasks if role in task.roles] if schedule is not None else []
    if schedule is None or not tasks:
        return None
    first, last = min(task.start for task in tasks), max(task.end for task in tasks)
    needed = _days_of(work, "days_needed", tasks)
    there = work.counted("days_between", _working_days(schedule.calendars[0], first, last), "days")
    name = _name(work, role)
    given = work.computed(
        "days_given", lambda days, percent: days * percent / 100, there, _share(work, role, name), unit="days"
    )
    load = work.computed(
        "load", lambda need, have: 100 * need / have if have else 1000.0, needed, given, unit="%"
    )
    return nouns.RoleLoad(nouns.Text(f"who.{role}"), name, needed, given, load, _severity(load, name))


def _name(work: workbook.Workbook, role: str) -> str:
    if role == task_list.MANAGER:
        return work.facts.one(people.TEAM, "manager_name").text
    if role == task_list.SPECIALIST:
        return work.facts.one(people.TEAM, "specialist_name").text
    if role == task_list.ADMINISTRATOR:
        names = (entry.one("name").text for entry in work.facts.entries(people.RUNNING, "admins"))
        return ", ".join(name for name in names if name)
    return ""


def _share(work: workbook.Workbook, role: str, name: str) -> nouns.Figure:
    """What part of the week the role's people give; all of it where nobody said less, and unknown of nobody."""
    one = work.facts.one
    if not name:
        return work.unknown("share", unit="%")
    if role == task_list.ADMINISTRATOR and len(admins := work.facts.entries(people.RUNNING, "admins")):
        return work.total("administrators_share", [entry.one("percent") for entry in admins], unit="%")
    if role == task_list.MANAGER and one(people.TEAM, "manager_percent").known:
        return work.stated("share", one(people.TEAM, "manager_percent"), "%")
    for entry in work.facts.entries(people.TEAM, "members"):
        if training.same(entry.one("name").text, name) and entry.one("percent").known:
            return work.stated("share", entry.one("percent"), "%")
    return work.assumed("share", "full_load")


def _working_days(used: nouns.CalendarUsed, first: dt.date, last: dt.date) -> int:
    free = {holiday.day for holiday in used.holidays}
    days = (first + dt.timedelta(days=count) for count in range((last - first).days + 1))
    return sum(
        day.weekday() not in used.weekend
        and day not in free
        and not any(begin <= day <= end for begin, end in used.busy)
        for day in days
    )


def _severity(load: nouns.Figure, name: str) -> nouns.Severity:
    """Nobody named is never good, however little there is to do."""
    if _too_much(load):
        return nouns.Severity.RED
    return nouns.Severity.GREEN if load.value is not None and name else nouns.Severity.AMBER


def _too_much(load: nouns.Figure) -> bool:
    return load.value is not None and load.value > 100


def _gap(load: nouns.RoleLoad) -> nouns.Gap:
    return nouns.Gap(
        nouns.GapKind.PEOPLE,
        nouns.Text("gap.overload", {"role": load.role, "name": load.who or nouns.Text("trace.nobody")}),
        nouns.Severity.RED,
        id="overload",
        area=nouns.Text("area.project"),
        need=load.needed,
        have=load.given,
        resolution=nouns.Text("resolution.more_time"),
    )


def _twice(work: workbook.Workbook) -> list[nouns.Gap]:
    """People who stand in the team more than once, or beside managing it, with more than a whole week.

    Who stands in the team with just the share that was said of managing stands there as its manager.
    """
    shares: dict[str, list[nouns.Figure]] = {}
    names: dict[str, str] = {}
    given = [
        (entry.one("name").text, work.stated("share", entry.one("percent"), "%"))
        for entry in work.facts.entries(people.TEAM, "members")
    ]
    manager, managing = work.facts.one(people.TEAM, "manager_name").text, _of_manager(work)
    if not any(training.same(name, manager) and share.value == managing.value for name, share in given):
        given.append((manager, managing))
    for name, share in given:
        key = next((known for known in names if training.same(names[known], name)), name.casefold())
        if name:
            names.setdefault(key, name)
            shares.setdefault(key, []).append(share)
    made = []
    for key, found in shares.items():
        total = work.total("share_together", found, unit="%")
        if len(found) > 1 and _too_much(total):
            made.append(
                nouns.Gap(
                    nouns.GapKind.PEOPLE,
                    nouns.Text("gap.person_overload", {"name": names[key]}),
                    nouns.Severity.RED,
                    id="person_overload",
                    area=nouns.Text("area.project"),
                    need=total,
                    have=work.assumed("share", "full_load"),
                    resolution=nouns.Text("resolution.more_time"),
                )
            )
    return made


def _of_manager(work: workbook.Workbook) -> nouns.Figure:
    """What the manager gives beside other places in the team: all of the week where this is the only job."""
    if work.facts.one(people.TEAM, "manager_dedicated").text == "yes":
        return work.assumed("share", "full_load")
    return work.stated("share", work.facts.one(people.TEAM, "manager_percent"), "%")
