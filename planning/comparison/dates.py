"""Dates that moved, by how many days, and why where the plan knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planning import nouns
from planning.comparison import pairs

WEIGHTS = {"promise": 6.0, "finish": 5.0, "target": 4.0, "start": 3.0}
"""The day to promise is what a board asks for."""
EXPLAINED = ("promise", "finish")
ANY_DATES, LIVE, ORDER = 10.0, 2.0, 1.0
"""Weights: that there are dates at all; the day that a branch begins; the last day to order something."""

LIVE_TASK = "live_"
"""How the ids of the days begin on which branches work with Mifos."""


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """The project's days, those on which branches begin, and the last days to order."""
    first, second = before.schedule, after.schedule
    if first is None or second is None:
        if first is not second:
            yield _date("dates_gone" if second is None else "dates_new", ANY_DATES)
        return
    reason = _reason(first, second) if first.finish != second.finish else None
    late = second.finish > first.finish
    for name, weight in WEIGHTS.items():
        old, new = getattr(first, name), getattr(second, name)
        # lengths stray: the day to promise may move the other way, which no task explains
        explained = name in EXPLAINED and (new > old) is late
        yield from _moved(name, old, new, weight, reason if explained else None)
    lives = (
        {task.branch: task.start for task in one.tasks if task.id.startswith(LIVE_TASK)}
        for one in (first, second)
    )
    names = {page.branch.id: page.branch.name for plan in (before, after) for page in plan.branches}
    for branch, old, new in pairs.matched(*lives):
        # that a branch came in or went is said already
        if old is not None and new is not None:
            yield from _moved("live", old, new, LIVE, None, branch=names.get(branch, branch))
    orders = ({str(one.what): one for one in plan.orders} for plan in (first, second))
    for _, was, now in pairs.matched(*orders):
        if was is not None and now is not None:
            yield from _moved("order", was.latest, now.latest, ORDER, None, what=now.what)


def _moved(
    name: str,
    before: dt.date | None,
    after: dt.date | None,
    weight: float,
    reason: nouns.Text | None,
    **values: nouns.Value,
) -> Iterator[nouns.Change]:
    if before == after:
        return
    values["what"] = nouns.Text(f"change.day_{name}", dict(values))
    values |= {"before": _day(before), "after": _day(after)}
    if before is None or after is None:
        yield _date("day", weight, **values)
        return
    days = (after - before).days
    said = nouns.Text("change.later" if days > 0 else "change.earlier", values | {"n": abs(days)})
    if reason is not None:
        said = nouns.Text("change.because", {"change": said, "reason": reason})
    # within a weight, what moved further; never so far that it overtakes the next
    yield nouns.Change(nouns.Topic.DATES, said, weight + abs(days) / (abs(days) + 1000))


def _day(day: dt.date | None) -> nouns.Value:
    return nouns.Day(day) if day is not None else nouns.Text("change.no_day")


def _reason(before: nouns.Schedule, after: nouns.Schedule) -> nouns.Text | None:
    """Why the finish moved: the first task of those that set it which makes it later, or no longer does."""
    if after.finish > before.finish:
        return _of_start(before, after) if after.start > before.start else _longer(before, after)
    return _of_start(before, after) if after.start < before.start else _shorter(before, after)


def _of_start(before: nouns.Schedule, after: nouns.Schedule) -> nouns.Text:
    values: dict[str, nouns.Value] = {"before": nouns.Day(before.start), "after": nouns.Day(after.start)}
    return nouns.Text("change.reason_start", values)


def _longer(before: nouns.Schedule, after: nouns.Schedule) -> nouns.Text | None:
    known = {task.id: task for task in before.tasks}
    for task in (task for task in after.tasks if task.driving):
        was = known.get(task.id)
        if was is None:
            return nouns.Text("change.reason_new", {"task": task.name})
        if task.days > was.days:
            return nouns.Text("change.reason_longer", {"task": task.name, "n": task.days - was.days})
        if task.start > was.start and task.why is not None and task.waits_for != was.waits_for:
            return nouns.Text("change.reason_why", {"task": task.name, "why": task.why})
    return None


def _shorter(before: nouns.Schedule, after: nouns.Schedule) -> nouns.Text | None:
    left = {task.id: task for task in after.tasks}
    for was in (task for task in before.tasks if task.driving):
        task = left.get(was.id)
        if task is None:
            return nouns.Text("change.reason_gone", {"task": was.name})
        if task.days < was.days:
            return nouns.Text("change.reason_shorter", {"task": was.name, "n": was.days - task.days})
    return None


def _date(code: str, weight: float, **values: nouns.Value) -> nouns.Change:
    return nouns.Change(nouns.Topic.DATES, nouns.Text(f"change.{code}", values), weight)
