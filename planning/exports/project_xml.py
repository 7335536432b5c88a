"""The dates as MS Project XML (schema http://schemas.microsoft.com/project), which Project, ProjectLibre and others open."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

from planning import calendars as calendars_of
from planning import nouns, promises, words

NAMESPACE = "http://schemas.microsoft.com/project"
VERSION = 12
"""Project 2007, whose schema the file keeps and every later one reads."""
LONGEST_TITLE, LONGEST_NAME = 255, 512
"""Letters that the schema allows a project, and whatever else has a name."""
HOURS_A_DAY = 8
HALVES = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
"""The working day: where it lies does not matter, as plans count whole days."""
FINISH_TO_START, NO_EARLIER_THAN, FIXED_DURATION = 1, 4, 1
DAYS, ELAPSED_DAYS = 7, 8
"""How MS Project is told to show lengths."""
OFF = 1
"""An exception of one stretch of days."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(schedule: nouns.Schedule, *, name: str, currency: str, language: str = "en") -> bytes:
    """The project file: phases as summary tasks, every task fixed to begin no earlier than planned."""
    root = ElementTree.Element("Project", xmlns=NAMESPACE)
    _fields(
        root,
        SaveVersion=VERSION,
        Name=name[:LONGEST_TITLE],
        ScheduleFromStart=1,
        StartDate=_begin(schedule.start),
        CurrencyCode=currency,
        CalendarUID=1,
        DefaultStartTime=HALVES[0][0],
        DefaultFinishTime=HALVES[-1][1],
        MinutesPerDay=HOURS_A_DAY * 60,
        MinutesPerWeek=HOURS_A_DAY * 60 * 5,
        DaysPerMonth=22,
    )
    calendars = ElementTree.SubElement(root, "Calendars")
    numbers = {used.id: number for number, used in enumerate(schedule.calendars, 1)}
    for used in schedule.calendars:
        _calendar(calendars, used, numbers[used.id], language)
    rows = _rows(schedule)
    _tasks(root, rows, numbers, schedule.target, language)
    people = list(dict.fromkeys(words.say(one, language) for task in schedule.tasks for one in task.who))
    resources = ElementTree.SubElement(root, "Resources")
    for number, person in enumerate(people, 1):
        _fields(
            ElementTree.SubElement(resources, "Resource"),
            UID=number,
            ID=number,
            Name=person[:LONGEST_NAME],
            Type=1,
            MaxUnits=1,
        )
    _assignments(root, rows, people, language)
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _calendar(calendars: ElementTree.Element, used: nouns.CalendarUsed, number: int, language: str) -> None:
    one = ElementTree.SubElement(calendars, "Calendar")
    _fields(one, UID=number, Name=used.name[:LONGEST_NAME], IsBaseCalendar=1, BaseCalendarUID=-1)
    days = ElementTree.SubElement(one, "WeekDays")
    for kind in range(1, 8):  # 1 is Sunday
        day = ElementTree.SubElement(days, "WeekDay")
        works = (kind - 2) % 7 not in used.weekend
        _fields(day, DayType=kind, DayWorking=int(works))
        if works:
            times = ElementTree.SubElement(day, "WorkingTimes")
            for begins, ends in HALVES:
                _fields(ElementTree.SubElement(times, "WorkingTime"), FromTime=begins, ToTime=ends)
    exceptions = ElementTree.SubElement(one, "Exceptions")
    free = [
        (holiday.day, holiday.day, calendars_of.name(used, holiday, language)) for holiday in used.holidays
    ]
    free += [(first, last, "") for first, last in used.busy]
    for first, last, reason in free:
        exception = ElementTree.SubElement(exceptions, "Exception")
        _fields(exception, EnteredByOccurrences=0)
        period = ElementTree.SubElement(exception, "TimePeriod")
        _fields(period, FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
        _fields(exception, Occurrences=(last - first).days + 1, Name=reason, Type=OFF, DayWorking=0)


def _rows(schedule: nouns.Schedule) -> list[nouns.ScheduledTask | nouns.Text]:
    """Every phase, followed by its tasks: a row's place is its number in the file."""
    rows: list[nouns.ScheduledTask | nouns.Text] = []
    for phase in {task.phase.code: task.phase for task in schedule.tasks}.values():
        rows += [phase, *(task for task in schedule.tasks if task.phase.code == phase.code)]
    return rows


def _tasks(
    root: ElementTree.Element,
    rows: list[nouns.ScheduledTask | nouns.Text],
    numbers: dict[str, int],
    target: dt.date | None,
    language: str,
) -> None:
    uids = {row.id: number for number, row in enumerate(rows, 1) if isinstance(row, nouns.ScheduledTask)}
    tasks = ElementTree.SubElement(root, "Tasks")
    for number, task in enumerate(rows, 1):
        one = ElementTree.SubElement(tasks, "Task")
        if isinstance(task, nouns.Text):
            name = words.say(task, language)
            _fields(one, UID=number, ID=number, Name=name, OutlineLevel=1, Summary=1)
            continue
        hours = task.days * (24 if task.elapsed else HOURS_A_DAY)
        _fields(
            one,
            UID=number,
            ID=number,
            Name=words.say(task.name, language)[:LONGEST_NAME],
            Type=FIXED_DURATION,
            OutlineLevel=2,
            Start=_begin(task.start),
            Finish=_end(task.end) if task.days else _begin(task.start),
            Duration=f"PT{hours}H0M0S",
            DurationFormat=ELAPSED_DAYS if task.elapsed else DAYS,
            Milestone=int(not task.days),
            Summary=0,
            Critical=int(task.driving),
            ConstraintType=NO_EARLIER_THAN,
            CalendarUID=numbers.get(task.calendar, -1),
            ConstraintDate=_begin(task.start),
            # Project marks it where a branch begins later than is wished
            Deadline=_end(target) if target is not None and promises.is_live(task) else "",
            # whoever holds it works at the task's place then
            IgnoreResourceCalendar=1,
            Notes=words.say(task.why, language) if task.why is not None else "",
        )
        for before in task.after:
            link = ElementTree.SubElement(one, "PredecessorLink")
            _fields(link, PredecessorUID=uids[before], Type=FINISH_TO_START)


def _assignments(
    root: ElementTree.Element,
    rows: list[nouns.ScheduledTask | nouns.Text],
    people: list[str],
    language: str,
) -> None:
    found = [
        (number, people.index(words.say(one, language)) + 1)
        for number, row in enumerate(rows, 1)
        if isinstance(row, nouns.ScheduledTask)
        for one in row.who
    ]
    assignments = ElementTree.SubElement(root, "Assignments")
    for uid, (task_uid, person) in enumerate(found, 1):
        one = ElementTree.SubElement(assignments, "Assignment")
        _fields(one, UID=uid, TaskUID=task_uid, ResourceUID=person, Units=1)


def _fields(parent: ElementTree.Element, **values: object) -> None:
    for name, value in values.items():
        if value != "":
            ElementTree.SubElement(parent, name).text = _NOT_IN_XML.sub("", str(value))


def _begin(day: dt.date) -> str:
    return f"{day}T{HALVES[0][0]}"


def _end(day: dt.date) -> str:
    return f"{day}T{HALVES[-1][1]}"
