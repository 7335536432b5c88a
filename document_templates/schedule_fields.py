"""The schedule as fields: tasks with their reasons, and charts of at most 45 bars."""

from __future__ import annotations

import datetime as dt
import math

from document_templates import fields
from document_templates.teller import DASH, Teller
from planning import nouns

MOST_BARS = 36
"""Bars on one chart: what a landscape page holds beside its heading."""
MOST_COLUMNS = 40
LITTLE_ROOM = 14
"""Days between the planned and the last day to order below which one late delivery uses them up."""
LONGEST_NAME = 38
"""Letters of a task's name beside its bar; the table below has the whole."""


def schedule(tell: Teller) -> fields.Schedule:
    """The dates, or why there are none."""
    plan = tell.plan.schedule
    if plan is None:
        return fields.Schedule(
            verdict=tell.word("no_schedule"), facts=[], orders=[], chain=[], charts=[], column="", tasks=[],
            warnings=[],
        )  # fmt: skip
    names = {task.id: tell.say(task.name) for task in plan.tasks}
    tasks = {task.id: _task(tell, task, number) for number, task in enumerate(plan.tasks, 1)}
    weeks = _weeks_a_column(plan)
    return fields.Schedule(
        verdict=tell.say(plan.verdict) if plan.verdict else "",
        facts=_facts(tell, plan),
        orders=[_order(tell, order, number) for number, order in enumerate(plan.orders, 1)],
        chain=[tasks[task] for task in plan.chain],
        charts=_charts(tell, plan, weeks, names),
        column=tell.word("chart_column", n=weeks),
        tasks=list(tasks.values()),
        warnings=tell.all(plan.warnings),
    )


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
        number=str(number),
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
    """The bars in order of start, in as many charts as they need, all under the same weeks."""
    step = dt.timedelta(weeks=weeks)
    columns = [_monday(plan.start)]
    while columns[-1] + step <= plan.finish:
        columns.append(columns[-1] + step)
    tasks = sorted(plan.tasks, key=lambda task: (task.start, task.end, task.id))
    parts = math.ceil(len(tasks) / MOST_BARS)
    # charts of even length rather than a full one and a rest
    size = math.ceil(len(tasks) / max(1, parts))
    return [
        fields.Chart(
            title=tell.word("chart_title")
            if parts == 1
            else tell.word("chart_part", part=part + 1, parts=parts),
            weeks=[tell.formats.column_date(day) for day in columns],
            bars=[
                fields.Bar(
                    name=_short(names[task.id]),
                    weeks=[_mark(task, day, day + step - dt.timedelta(days=1)) for day in columns],
                )
                for task in tasks[part * size : (part + 1) * size]
            ],
        )
        for part in range(parts)
    ]


def _mark(task: nouns.ScheduledTask, first: dt.date, last: dt.date) -> str:
    if task.end < first or task.start > last:
        return "empty"
    if not task.days:
        return "milestone"
    return "driving" if task.driving else "task"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
