"""TaskJuggler as an outside judge: a project in its language, and the dates that it finds.

A working day is written as 24 hours of work, so that its minutes and our days meet at midnight.
Work that needs nobody gets somebody of its own, with the weekend and holidays of the task's calendar; who is shared works
by the first calendar. A closed season is a time off of whoever works in the field: as a shift of the task it would be ignored.
"""

from __future__ import annotations

import csv
import datetime as dt
import pathlib
import shutil
import subprocess
from collections.abc import Iterator

from planning.schedule import project

PROGRAM = shutil.which("tj3")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = dt.timedelta(days=1)


def dates(made: project.Project, folder: pathlib.Path) -> dict[str, tuple[dt.date, dt.date]]:
    """First and last day of every task, as TaskJuggler plans it."""
    assert PROGRAM is not None
    (folder / "project.tjp").write_text("\n".join(_lines(made)))
    done = subprocess.run(
        [PROGRAM, "--silent", "--no-color", "-o", str(folder), str(folder / "project.tjp")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    days = {task.id: task.days for task in made.tasks}
    with (folder / "dates.csv").open(newline="") as rows:
        found = list(csv.DictReader(rows, delimiter=";"))
    return {row["Id"]: _days(made, days[row["Id"]], row["Start"], row["End"]) for row in found}


def _days(made: project.Project, days: int, start: str, end: str) -> tuple[dt.date, dt.date]:
    first, after = (
        dt.datetime.strptime(text, "%Y-%m-%d-%H:%M").replace(tzinfo=dt.UTC) for text in (start, end)
    )
    if days:
        return first.date(), (after - dt.timedelta(minutes=1)).date()
    # a milestone stands on the last day of what it waits for
    on = first.date() if first.date() <= made.start else first.date() - DAY
    return on, on


def _lines(made: project.Project) -> Iterator[str]:
    yield f'project judged "Judged" {made.start} +6y {{'
    yield "  timingresolution 60min"
    yield "  dailyworkinghours 24"
    yield "}"
    for name in made.resources:
        yield from _resource(name, next(iter(made.calendars.values())), closed=False)
    for task in made.tasks:
        if not task.needs:
            yield from _resource(f"who_{task.id}", made.calendars[task.calendar], closed=task.field_work)
    for task in made.tasks:
        yield f'task {task.id} "{task.id}" {{'
        if task.days == 0:
            yield "  milestone"
        elif task.elapsed:
            yield f"  duration {task.days}d"
        else:
            yield f"  effort {task.days}d"
            yield f"  allocate {next(iter(task.needs), f'who_{task.id}')}"
        yield f"  depends {', '.join(task.after)}" if task.after else f"  start {made.start}"
        yield "}"
    yield 'taskreport "dates" {'
    yield "  formats csv"
    yield "  columns id, start, end"
    yield '  timeformat "%Y-%m-%d-%H:%M"'
    yield "}"


def _resource(name: str, calendar: project.Calendar, *, closed: bool) -> Iterator[str]:
    work = [day for number, day in enumerate(WEEKDAYS) if number not in calendar.weekend]
    yield f'resource {name} "Who" {{'
    yield f"  workinghours {', '.join(work)} 0:00 - 24:00"
    if calendar.weekend:
        yield f"  workinghours {', '.join(WEEKDAYS[number] for number in calendar.weekend)} off"
    for day in calendar.holidays or ():
        yield f"  leaves holiday {day}"
    for first, last in calendar.closed if closed else ():
        yield f"  leaves annual {first} - {last + DAY}"
    yield "}"
