"""Projects of PSPLIB, the library by which schedulers are compared, in its `.sm` files (single mode).

A job is a task of so many days, every day is a working day, and the first day is `FIRST_DAY`.
Format: Kolisch and Sprecher, PSPLIB - a project scheduling problem library, 1996.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from planning.schedule import project

FIRST_DAY = dt.date(2001, 1, 1)
"""PSPLIB counts days from nought; any day would do."""

_RULE = re.compile(r"^[*-]{5,}$")
_SECTIONS = ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES")


def read(text: str) -> project.Project:
    """The project of a file; raises ScheduleError naming the line that cannot be read."""
    parts: dict[str, list[tuple[int, list[int]]]] = {name: [] for name in _SECTIONS}
    for name, line, numbers in _numbers(text):
        parts[name].append((line, numbers))
    precedence, requests, room = (parts[name] for name in _SECTIONS)
    if len(room) != 1 or not requests:
        raise project.ScheduleError(
            "This is no PSPLIB file of single mode: it needs the parts " + ", ".join(_SECTIONS) + "."
        )
    resources = {f"R{number}": count for number, count in enumerate(room[0][1], 1)}
    before: dict[int, list[str]] = {}
    for line, (job, modes, followers, *names) in _of_width(precedence, 3):
        if modes != 1 or followers != len(names):
            raise _unreadable(line, f"job {job} has {modes} modes and {len(names)} of {followers} followers")
        for follower in names:
            before.setdefault(follower, []).append(str(job))
    tasks = []
    for line, (job, mode, days, *needs) in _of_width(requests, 3):
        if mode != 1 or len(needs) != len(resources):
            raise _unreadable(
                line, f"job {job} has mode {mode} and {len(needs)} of {len(resources)} requests"
            )
        tasks.append(
            project.Task(
                id=str(job),
                days=days,
                needs={name: need for name, need in zip(resources, needs, strict=True) if need},
                after=tuple(before.get(job, ())),
            )
        )
    return project.Project(FIRST_DAY, tuple(tasks), {"every day": project.Calendar(weekend=())}, resources)


def makespan(result: project.Result) -> int:
    """Days that a schedule of such a project takes."""
    return (result.finish - FIRST_DAY).days + 1


def _numbers(text: str) -> Iterator[tuple[str, int, list[int]]]:
    """The section, the line's number and the numbers of every line that has nothing else."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or _RULE.match(line.strip()):
            continue
        if not all(word.isdecimal() and len(word) < 10 for word in words):
            name = line.strip().rstrip(":").strip()
            if name in _SECTIONS:
                section = name
            elif ":" in line:
                section = ""
        elif section:
            yield section, number, [int(word) for word in words]


def _of_width(lines: list[tuple[int, list[int]]], least: int) -> Iterator[tuple[int, list[int]]]:
    for line, numbers in lines:
        if len(numbers) < least:
            raise _unreadable(line, f"it has {len(numbers)} numbers")
        yield line, numbers


def _unreadable(line: int, what: str) -> project.ScheduleError:
    return project.ScheduleError(f"Line {line} is none of a PSPLIB file of single mode: {what}. Correct it.")
