"""The scheduler's door: a project and a method give dates."""

from __future__ import annotations

import importlib.util

from planning.schedule import heuristic, optimal, project

MOST_PROVEN = 150
"""Tasks up to which the proof is tried unasked: beyond, it would keep somebody waiting who only wants a plan."""

METHODS = {"fast": heuristic.solve, "optimal": optimal.solve}
"""By name, the ways to find dates."""


def schedule(made: project.Project, *, method: str = "fast") -> project.Result:
    """Dates for every task; raises ScheduleError for a project or method that cannot be served."""
    if method not in METHODS:
        raise project.ScheduleError(f"There is no method {method}. Use one of {', '.join(METHODS)}.")
    return METHODS[method](made)


def best_method(made: project.Project) -> str:
    """The method that pays: with proof where OR-tools is installed and the project is of a size for it."""
    there = importlib.util.find_spec("ortools") is not None
    return "optimal" if there and len(made.tasks) <= MOST_PROVEN else "fast"
