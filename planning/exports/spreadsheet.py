"""The dates as Excel tables: what can be promised, tasks, orders and calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flows import sheets
from planning import calendars, nouns, promises, words

TASKS = (
    "number", "task", "phase", "who", "start", "end", "days", "follows", "reason", "critical", "branch",
)  # fmt: skip


GOALS = ("goal", "safe", "even", "as_planned", "wished", "chance")
"""What the first sheet says of each goal."""


def write(schedule: nouns.Schedule, *, language: str = "en") -> bytes:
    """An .xlsx with four sheets; what can be promised comes first."""
    return sheets.workbook(tables(schedule, language=language))


def tables(schedule: nouns.Schedule, *, language: str = "en") -> dict[str, list[list[sheets.Cell]]]:
    """The sheets by their names; the first row of each is its heading."""

    def heads(names: Sequence[str]) -> list[sheets.Cell]:
        return [words.say(nouns.Text(f"column.{name}"), language) for name in names]

    def sheet(name: str) -> str:
        return words.say(nouns.Text(f"sheet.{name}"), language)

    return {
        sheet("goals"): [heads(GOALS), *_goals(schedule, language)],
        sheet("tasks"): [heads(TASKS), *_tasks(schedule, language)],
        sheet("orders"): [heads(("task", "wait", "planned", "latest")), *_orders(schedule, language)],
        sheet("calendars"): [heads(("place", "from", "to", "free")), *_calendars(schedule, language)],
    }


def _goals(schedule: nouns.Schedule, language: str) -> list[list[sheets.Cell]]:
    """The branches' work with Mifos, which the wished date asks for, and the project's close."""
    rows = [_goal(promises.goal(schedule), schedule.goal, schedule.goal_likely, language)]
    rows[0][4] = schedule.target if schedule.target is not None else ""
    if schedule.goal_likely is not None and schedule.goal_likely.on_target is not None:
        rows[0][5] = words.say(promises.percent(schedule.goal_likely.on_target), language)
    if schedule.live is not None:
        rows.append(_goal(nouns.Text("goal.close"), schedule.finish, schedule.likely, language))
    return rows


def _goal(
    told: nouns.Text, planned: dt.date, likely: nouns.Likely | None, language: str
) -> list[sheets.Cell]:
    days: list[sheets.Cell] = [likely.safe, likely.even] if likely is not None else ["", ""]
    return [words.say(told, language), *days, planned, "", ""]


def _tasks(schedule: nouns.Schedule, language: str) -> list[list[sheets.Cell]]:
    numbers = {task.id: number for number, task in enumerate(schedule.tasks, 1)}
    yes = words.say(nouns.Text("cell.yes"), language)
    places = {calendar.id: calendar.name for calendar in schedule.calendars}
    return [
        [
            numbers[task.id],
            words.say(task.name, language),
            words.say(task.phase, language),
            ", ".join(words.say(one, language) for one in task.who),
            task.start,
            task.end,
            task.days,
            ", ".join(str(numbers[before]) for before in task.after),
            words.say(task.why, language) if task.why is not None else "",
            yes if task.driving else "",
            places.get(task.branch, ""),
        ]
        for task in schedule.tasks
    ]


def _orders(schedule: nouns.Schedule, language: str) -> list[list[sheets.Cell]]:
    return [[words.say(one.what, language), one.days, one.planned, one.latest] for one in schedule.orders]


def _calendars(schedule: nouns.Schedule, language: str) -> list[list[sheets.Cell]]:
    rows: list[list[sheets.Cell]] = []
    for one in schedule.calendars:
        for holiday in one.holidays:
            kind = nouns.Text(
                "free.estimated" if holiday.estimated else "free.holiday",
                {"name": calendars.name(one, holiday, language)},
            )
            rows.append([one.name, holiday.day, holiday.day, words.say(kind, language)])
        for name, ranges in (("busy", one.busy), ("road", one.closed)):
            said = words.say(nouns.Text(f"free.{name}"), language)
            rows += [[one.name, first, last, said] for first, last in ranges]
    return rows
