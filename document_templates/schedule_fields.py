"""The schedule as fields: tasks with their reasons, and charts by phase that each fit a page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from document_templates import fields
from document_templates.teller import DASH, Teller
from planning import nouns

MOST_BARS = 38
"""Rows of one chart: what a landscape page holds beside its heading."""
MOST_COLUMNS = 40
DRIVES = "▶"
"""The sign of a task that sets the finish date."""
LITTLE_ROOM = 14
"""Days between the planned and the last day to order below which one late delivery uses them up."""
LONGEST_NAME = 52
"""Letters of a task's name beside its bar, after the number under which the table below has the whole."""


def schedule(tell: Teller) -> fields.Schedule:
    """The dates, or why there are none."""
    plan = tell.plan.schedule
    if plan is None:
        return fields.Schedule(
            verdict=tell.word("no_schedule"), facts=[], orders=[], chain=[], chain_line="", waits=[], charts=[],
            column="", tasks=[], warnings=[],
        )  # fmt: skip
    names = {task.id: tell.say(task.name) for task in plan.tasks}
    numbers = {task.id: number for number, task in enumerate(plan.tasks, 1)}
    tasks = {task.id: _task(tell, task, numbers[task.id]) for task in plan.tasks}
    weeks = _weeks_a_column(plan)
    return fields.Schedule(
        verdict=tell.say(plan.verdict) if plan.verdict else "",
        facts=_facts(tell, plan),
        orders=[_order(tell, order, number) for number, order in enumerate(plan.orders, 1)],
        chain=[tasks[task] for task in plan.chain],
        chain_line=_chain_line(tell, plan, numbers),
        waits=[tasks[task.id] for task in plan.tasks if task.id in plan.chain and not _follows(task)],
        charts=_charts(tell, plan, weeks, {task: _short(names[task], numbers[task]) for task in names}),
        column=tell.word("chart_column", n=weeks),
        tasks=list(tasks.values()),
        warnings=tell.all(plan.warnings),
    )


def _follows(task: nouns.ScheduledTask) -> bool:
    """Whether it begins with the project, or as soon as the task before it is done."""
    code = task.why.code if isinstance(task.why, nouns.Text) else ""
    return not task.why or code in {"why.start", "why.after"}


def _chain_line(tell: Teller, plan: nouns.Schedule, numbers: Mapping[str, int]) -> str:
    """The tasks that set the finish, by their numbers; those that follow one another as `3–7`."""
    if not plan.chain:
        return ""
    runs: list[list[int]] = []
    for number in sorted(numbers[task] for task in plan.chain):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return tell.word("chain_line", n=len(plan.chain), numbers=named)


def _facts(tell: Teller, plan: nouns.Schedule) -> list[fields.Fact]:
    """The days to promise before the planned ones: readers keep the first date that they see."""
    days = {"start": plan.start}
    if plan.live is not None:
        if plan.live_likely is not None:
            days |= {"live_promise": plan.live_likely.safe, "live_even": plan.live_likely.even}
        days["live"] = plan.live
    if plan.likely is not None:
        days |= {"promise": plan.likely.safe, "even": plan.likely.even}
    days["finish"] = plan.finish
    return [
        fields.Fact(label=tell.word(f"schedule_{name}"), value=tell.date(day)) for name, day in days.items()
    ]


def _order(tell: Teller, order: nouns.Order, number: int) -> fields.OrderRow:
    room = (order.latest - order.planned).days
    severity = nouns.Severity.GREEN
    if room < LITTLE_ROOM:
        severity = nouns.Severity.AMBER if room > 0 else nouns.Severity.RED
    return fields.OrderRow(
        number=str(number),
        what=tell.say(order.what),
        days=tell.word("calendar_days", n=order.days),
        planned=tell.date(order.planned),
        latest=tell.date(order.latest),
        tag=tell.tag(severity, tell.word(f"order_{severity.value}")),
    )


def _task(tell: Teller, task: nouns.ScheduledTask, number: int) -> fields.TaskRow:
    reasons = [tell.say(text) for text in (task.why, task.assumption) if text]
    length = "calendar_days" if task.elapsed else "working_days"
    return fields.TaskRow(
        number=f"{DRIVES} {number}" if task.driving else str(number),
        id=task.id,
        name=tell.say(task.name),
        phase=tell.say(task.phase),
        who=", ".join(tell.say(person) for person in task.who) or DASH,
        start=tell.date(task.start),
        end=tell.date(task.end),
        days=tell.word(length, n=task.days) if task.days else tell.word("milestone"),
        why=" ".join(reasons) or tell.word("starts_at_once"),
        driving=task.driving,
    )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks_a_column(plan: nouns.Schedule) -> int:
    weeks = (_monday(plan.finish) - _monday(plan.start)).days // 7 + 1
    return max(1, math.ceil(weeks / MOST_COLUMNS))


def _charts(tell: Teller, plan: nouns.Schedule, weeks: int, names: dict[str, str]) -> list[fields.Chart]:
    """The bars phase by phase, in as many charts as they need, all under the same weeks."""
    step = dt.timedelta(weeks=weeks)
    columns = [_monday(plan.start)]
    while columns[-1] + step <= plan.finish:
        columns.append(columns[-1] + step)

    def bar(name: str, tasks: Sequence[nouns.ScheduledTask], *, is_phase: bool) -> fields.Bar:
        first, last = min(task.start for task in tasks), max(task.end for task in tasks)
        held = [day <= last and day + step > first for day in columns]
        kind = "phase" if is_phase else _kind(tasks[0])
        return fields.Bar(name=name, is_phase=is_phase, weeks=[kind if one else "empty" for one in held])

    charts: list[list[fields.Bar]] = [[]]
    for phase, tasks in _phases(tell, plan).items():
        parts = math.ceil(len(tasks) / (MOST_BARS - 1))
        # parts of even length rather than a full chart and a rest
        size = math.ceil(len(tasks) / parts)
        for part in (tasks[place : place + size] for place in range(0, len(tasks), size)):
            if len(charts[-1]) + len(part) + 1 > MOST_BARS:
                charts.append([])
            charts[-1].append(bar(phase, tasks, is_phase=True))
            charts[-1] += [bar(names[task.id], [task], is_phase=False) for task in part]
    return [
        fields.Chart(
            title=tell.word("chart_title")
            if len(charts) == 1
            else tell.word("chart_part", part=part, parts=len(charts)),
            weeks=[tell.formats.column_date(day) for day in columns],
            bars=bars,
        )
        for part, bars in enumerate(charts, 1)
        if bars
    ]


def _phases(tell: Teller, plan: nouns.Schedule) -> dict[str, list[nouns.ScheduledTask]]:
    """The tasks of each phase in order of start; the phases as the list of tasks has them."""
    phases: dict[str, list[nouns.ScheduledTask]] = {}
    for task in plan.tasks:
        phases.setdefault(tell.say(task.phase), []).append(task)
    for tasks in phases.values():
        tasks.sort(key=lambda task: (task.start, task.end, task.id))
    return phases


def _kind(task: nouns.ScheduledTask) -> str:
    if not task.days:
        return "milestone"
    return "driving" if task.driving else "task"


def _short(name: str, number: int) -> str:
    """The name beside a bar; its number finds the task in the table, and tells apart two that begin alike."""
    return f"{number} {name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + '…'}"
