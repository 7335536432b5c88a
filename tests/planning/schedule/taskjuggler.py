"""TaskJuggler as an outside judge: a project in its language, and the dates that it finds.

A working day is written as 24 hours of work, so that its minutes and our days meet at midnight.
Nothing is shared: every task has somebody of its own, with the weekend and holidays of the task's calendar.
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
    for task in made.tasks:
        calendar = made.calendars[task.calendar]
        work = [name for number, name in enumerate(WEEKDAYS) if number not in calendar.weekend]
        yield f'resource who_{task.id} "Who" {{'
        yield f"  workinghours {', '.join(work)} 0:00 - 24:00"
        if calendar.weekend:
            yield f"  workinghours {', '.join(WEEKDAYS[number] for number in calendar.weekend)} off"
        for day in calendar.holidays or ():
            yield f"  leaves holiday {day}"
        yield "}"
    for task in made.tasks:
        yield f'task {task.id} "{task.id}" {{'
        if task.days == 0:
            yield "  milestone"
        elif task.elapsed:
            yield f"  duration {task.days}d"
        else:
            yield f"  effort {task.days}d"
            yield f"  allocate who_{task.id}"
        yield f"  depends {', '.join(task.after)}" if task.after else f"  start {made.start}"
        yield "}"
    yield 'taskreport "dates" {'
    yield "  formats csv"
    yield "  columns id, start, end"
    yield '  timeformat "%Y-%m-%d-%H:%M"'
    yield "}"
