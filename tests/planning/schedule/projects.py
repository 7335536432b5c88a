"""Projects for the scheduler: short ones by hand, random ones by seed."""

from __future__ import annotations

import datetime as dt
import random

from planning.schedule import project

MONDAY = dt.date(2027, 1, 4)


def task(name, days=1, **more):
    return project.Task(id=name, days=days, **more)


def made(*tasks, calendar=None, start=MONDAY, **more):
    calendars = {"HQ": calendar or project.Calendar()}
    return project.Project(start=start, tasks=tasks, calendars=more.pop("calendars", calendars), **more)


def random_project(seed: int) -> project.Project:
    """5 to 40 tasks at 1 to 4 places with weekends, holidays, rainy seasons and people of their own."""
    chance = random.Random(seed)
    places = {}
    for number in range(chance.randint(1, 4)):
        first = MONDAY + dt.timedelta(days=chance.randint(0, 150))
        closed = ((first, first + dt.timedelta(days=chance.randint(0, 60))),) if chance.random() < 0.6 else ()
        free = {MONDAY + dt.timedelta(days=chance.randint(0, 300)) for _ in range(chance.randint(0, 12))}
        places[f"P{number}"] = project.Calendar(
            country=chance.choice([None, "KE", "PH"]),
            weekend=chance.choice([(4, 5), (5, 6), (6,)]),
            holidays=tuple(sorted(free)) if chance.random() < 0.5 else None,
            closed=closed,
        )
    people = {name: chance.randint(1, 3) for name in ("PM", "IT", "TR")[: chance.randint(0, 3)]}
    tasks = []
    for number in range(chance.randint(5, 40)):
        before = [one.id for one in chance.sample(tasks, min(len(tasks), chance.randint(0, 3)))]
        needs = {name: chance.randint(1, room) for name, room in people.items() if chance.random() < 0.4}
        tasks.append(
            project.Task(
                id=f"T{number}",
                days=0 if chance.random() < 0.1 else chance.randint(1, 12),
                elapsed=chance.random() < 0.15,
                calendar=chance.choice(list(places)),
                field_work=chance.random() < 0.3,
                needs=needs,
                after=tuple(before),
            )
        )
    return project.Project(start=MONDAY, tasks=tuple(tasks), calendars=places, resources=people)
