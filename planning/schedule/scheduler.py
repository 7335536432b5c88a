"""The scheduler's door: a project and a method give dates."""

from __future__ import annotations

from planning.schedule import heuristic, optimal, project

METHODS = {"fast": heuristic.solve, "optimal": optimal.solve}
"""By name, the ways to find dates."""


def schedule(made: project.Project, *, method: str = "fast") -> project.Result:
    """Dates for every task; raises ScheduleError for a project or method that cannot be served."""
    if method not in METHODS:
        raise project.ScheduleError(f"There is no method {method}. Use one of {', '.join(METHODS)}.")
    return METHODS[method](made)
