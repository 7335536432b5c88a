"""The scheduler's door: a project and a method give dates."""

from __future__ import annotations

import importlib.util

from planning.schedule import heuristic, optimal, project

MOST_PROVEN = 150
"""Tasks up to which the proof is tried unasked: beyond, it would keep somebody waiting who only wants a plan."""

UNASKED_EFFORT = 0.5
"""For such a proof, in the solver's units: a second or two."""

METHODS = {"fast": heuristic.solve, "optimal": optimal.solve}
"""By name, the ways to find dates."""


def schedule(made: project.Project, *, method: str = "fast") -> project.Result:
    """Dates for every task; raises ScheduleError for a project or method that cannot be served."""
    if method not in METHODS:
        raise project.ScheduleError(f"There is no method {method}. Use one of {', '.join(METHODS)}.")
    return METHODS[method](made)


def best(made: project.Project) -> project.Result:
    """Dates by the method that pays: with proof where OR-tools is installed and the project is of a size for it."""
    if importlib.util.find_spec("ortools") is None or len(made.tasks) > MOST_PROVEN:
        return heuristic.solve(made)
    return optimal.solve(made, UNASKED_EFFORT)
