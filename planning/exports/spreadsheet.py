"""The dates as Excel tables: tasks, orders and calendars."""

from __future__ import annotations

from collections.abc import Sequence

from flows import sheets
from planning import nouns, words

TASKS = (
    "number", "task", "phase", "who", "start", "end", "days", "follows", "reason", "critical", "branch",
)  # fmt: skip


def write(schedule: nouns.Schedule, *, language: str = "en") -> bytes:
    """An .xlsx with three sheets."""

    def heads(names: Sequence[str]) -> list[sheets.Cell]:
        return [words.say(nouns.Text(f"column.{name}"), language) for name in names]

    def sheet(name: str) -> str:
        return words.say(nouns.Text(f"sheet.{name}"), language)

    return sheets.workbook(
        {
            sheet("tasks"): [heads(TASKS), *_tasks(schedule, language)],
            sheet("orders"): [heads(("task", "wait", "planned", "latest")), *_orders(schedule, language)],
            sheet("calendars"): [
                heads(("place", "from", "to", "free")),
                *_calendars(schedule, language),
            ],
        }
    )


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
                "free.estimated" if holiday.estimated else "free.holiday", {"name": holiday.name}
            )
            rows.append([one.name, holiday.day, holiday.day, words.say(kind, language)])
        for name, ranges in (("busy", one.busy), ("road", one.closed)):
            said = words.say(nouns.Text(f"free.{name}"), language)
            rows += [[one.name, first, last, said] for first, last in ranges]
    return rows
