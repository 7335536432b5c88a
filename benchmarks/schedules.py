"""The scheduler beside its peers: a single pass by the longest chain, and OR-tools without our hint and bound."""

from __future__ import annotations

import csv
import datetime as dt
import pathlib
import random
import statistics
import time
from collections.abc import Callable, Mapping

import msgspec

from benchmarks import report
from planning.schedule import check, explain, heuristic, optimal, passes, project, psplib

DRAWN, SEED = 40, 7
"""Projects that are made here where no folder is given."""

TASKS, RESOURCES = 30, 4

SIZES, OF_EACH_SIZE = (40, 200), 3
"""Tasks of the projects at three places with weekends, holidays and a rainy season of their own."""

IN_TIME = 10.0
"""Seconds for the proof of one project."""

Method = Callable[[project.Project], project.Result]


class Outcome(msgspec.Struct, frozen=True):
    """One method on one project."""

    result: project.Result
    days: int
    """From the project's start to its finish."""
    seconds: float
    is_valid: bool


def measure(folder: pathlib.Path | None, every: int) -> list[report.Row]:
    """A row for each method and kind of project; raises ScheduleError for a file that is none of PSPLIB's."""
    projects = drawn() if folder is None else files(folder)
    projects = dict(list(projects.items())[::every])
    known = {} if folder is None else _optima(folder)
    rows = _compared("drawn here" if folder is None else folder.name, METHODS, projects, known)
    for size in SIZES:
        rows += _compared(f"{size} tasks, calendars", OURS, at_places(size), {})
    return rows


def _compared(
    kind: str,
    methods: Mapping[str, Method],
    projects: Mapping[str, project.Project],
    known: Mapping[str, int],
) -> list[report.Row]:
    """A row for each method, against the published optima or the best that any of them found."""
    outcomes = {
        name: {key: _run(method, made) for key, made in projects.items()} for name, method in methods.items()
    }
    best = {key: known.get(key) or min(found[key].days for found in outcomes.values()) for key in projects}
    rows: list[report.Row] = []
    for name, found in outcomes.items():
        rows.append(_row(kind, name, found, best, rows[0].median_ms if rows else None))
    return rows


def files(folder: pathlib.Path) -> dict[str, project.Project]:
    """The projects of a folder, by file name; raises ScheduleError where there are none."""
    found = {path.name: psplib.read(path.read_text(errors="replace")) for path in sorted(folder.glob("*.sm"))}
    if not found:
        raise project.ScheduleError(f"{folder} holds no .sm files: name a folder of PSPLIB's.")
    return found


def drawn() -> dict[str, project.Project]:
    """Projects as PSPLIB's of 30 jobs: up to three followers, ten days, four resources that are short."""
    chance = random.Random(SEED)  # no secret: it only draws
    return {f"drawn {number}": _drawn(chance) for number in range(DRAWN)}


def _drawn(chance: random.Random) -> project.Project:
    room = {f"R{number}": chance.randint(10, 20) for number in range(1, RESOURCES + 1)}
    tasks = tuple(
        project.Task(
            id=f"T{number}",
            days=chance.randint(1, 10),
            needs={name: chance.randint(1, 8) for name in room if chance.random() < 1 / 2},
            after=tuple(sorted({f"T{chance.randrange(number)}" for _ in range(chance.randint(1, 2))}))
            if number > 3
            else (),
        )
        for number in range(TASKS)
    )
    return project.Project(psplib.FIRST_DAY, tasks, {"every day": project.Calendar(weekend=())}, room)


def at_places(size: int) -> dict[str, project.Project]:
    """Projects of so many tasks at three places, for six kinds of people."""
    chance = random.Random(SEED)  # no secret: it only draws
    return {f"{size} tasks {number}": _at_places(chance, size) for number in range(OF_EACH_SIZE)}


def _at_places(chance: random.Random, size: int) -> project.Project:
    start = dt.date(2027, 1, 4)
    places = {
        country: project.Calendar(
            country=country,
            weekend=weekend,
            closed=((first := start + dt.timedelta(chance.randint(30, 120)), first + dt.timedelta(60)),),
        )
        for country, weekend in (("KE", (5, 6)), ("PH", (6,)), ("BO", (5, 6)))
    }
    people = {f"P{number}": chance.randint(1, 2) for number in range(6)}
    tasks = tuple(
        project.Task(
            id=f"T{number}",
            days=chance.randint(1, 12),
            calendar=chance.choice(sorted(places)),
            field_work=chance.random() < 1 / 5,
            needs={chance.choice(sorted(people)): 1} if chance.random() < 2 / 3 else {},
            after=tuple(
                sorted({f"T{chance.randrange(number)}" for _ in range(chance.randint(0, 3)) if number})
            ),
        )
        for number in range(size)
    )
    return project.Project(start, tasks, places, people)


def _optima(folder: pathlib.Path) -> dict[str, int]:
    """The optima that are published: closed ones only, open ones are written `lo..hi`."""
    path = folder / "optimum" / "optimum.csv"
    if not path.exists():
        return {}
    with path.open(newline="") as rows:
        return {
            row["problem"]: int(row["optimum"]) for row in csv.DictReader(rows) if row["optimum"].isdecimal()
        }


def _run(method: Method, made: project.Project) -> Outcome:
    begun = time.perf_counter()
    result = method(made)
    seconds = time.perf_counter() - begun
    days = (result.finish - made.start).days + 1
    return Outcome(result, days, seconds, not check.violations(made, result))


def _row(
    kind: str, name: str, found: Mapping[str, Outcome], best: Mapping[str, int], first_ms: float | None
) -> report.Row:
    proven = {key: one for key, one in found.items() if one.result.status == "optimal"}
    times = [one.seconds * 1000 for one in found.values()]
    median = statistics.median(times)
    return report.Row(
        kind=kind,
        method=name,
        projects=len(found),
        over_best_percent=statistics.mean((one.days / best[key] - 1) * 100 for key, one in found.items()),
        proven=len(proven),
        in_10_s=sum(one.seconds <= IN_TIME for one in proven.values()),
        false_proofs=sum(one.days > best[key] for key, one in proven.items()),
        invalid=sum(not one.is_valid for one in found.values()),
        median_ms=median,
        slowest_ms=max(times),
        ratio=median / (first_ms or median),
    )


def _single_pass(made: project.Project) -> project.Result:
    """What is usually written first: one pass, the longest chain behind a task first."""
    work = passes.Work(made)
    slots = passes.serial(work, heuristic.chains_behind(work))
    return explain.result(work, slots, passes.finish(heuristic.alone(work), work.start))


def _or_tools_alone(made: project.Project) -> project.Result:
    """CP-SAT as its manual has it, for projects in which every day is a working day."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    horizon = sum(task.days for task in made.tasks)
    starts = {task.id: model.new_int_var(0, horizon, task.id) for task in made.tasks}
    intervals = {
        task.id: model.new_fixed_size_interval_var(starts[task.id], task.days, task.id) for task in made.tasks
    }
    finish = model.new_int_var(0, horizon, "finish")
    days = {task.id: task.days for task in made.tasks}
    for task in made.tasks:
        model.add(finish >= starts[task.id] + task.days)
        for before in task.after:
            model.add(starts[task.id] >= starts[before] + days[before])
    for name, room in made.resources.items():
        users = [task for task in made.tasks if task.needs.get(name)]
        model.add_cumulative(
            [intervals[task.id] for task in users], [task.needs[name] for task in users], room
        )
    model.minimize(finish)
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = optimal.EFFORT
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    work = passes.Work(made)
    slots = passes.serial(work, [-float(solver.value(starts[task.id])) for task in work.tasks])
    last = passes.finish(slots, work.start)
    return explain.result(work, slots, last if status == cp_model.OPTIMAL else work.start)


METHODS: Mapping[str, Method] = {
    "single pass": _single_pass,
    "fast": heuristic.solve,
    "OR-tools alone": _or_tools_alone,
    "optimal": optimal.solve,
}

OURS: Mapping[str, Method] = {name: METHODS[name] for name in ("single pass", "fast", "optimal")}
"""Those that know calendars."""
