"""What the plan rests on, composed from the answers: scope, assumptions, constraints, dependencies, tolerances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from document_templates import fields
from document_templates.teller import Teller
from flows import nouns as flow_nouns
from planning import given, nouns

ORDERS_NAMED = 6
"""Deliveries that the dependencies name; the chapter of dates has all of them."""


def basis(tell: Teller) -> fields.Basis:
    """Each list in sentences; one that stays empty says so."""

    def said(sentences: list[str], nothing: str) -> list[str]:
        return sentences or [tell.word(nothing)]

    return fields.Basis(
        scope=said(_scope(tell), "scope_none"),
        assumptions=said(_assumptions(tell), "assumed_none"),
        constraints=said(_constraints(tell), "constraint_none"),
        dependencies=said(_dependencies(tell), "depends_none"),
        tolerances=_tolerances(tell),
    )


def _scope(tell: Teller) -> list[str]:
    plan = tell.plan
    found = []
    if aim := tell.answer("project_team", "objectives"):
        found.append(tell.word("scope_aim", aim=aim.rstrip(".")))
    if measure := tell.answer("project_team", "success_measure"):
        found.append(tell.word("scope_measure", measure=measure.rstrip(".")))
    if plan.branches:
        names = tell.names([page.branch.name for page in plan.branches])
        found.append(tell.word("scope_branches", n=len(plan.branches), names=names))
    if plan.migration.rows:
        kinds = tell.names([row.entity for row in plan.migration.rows])
        records = tell.short(plan.migration.records)
        found.append(tell.word("scope_records", records=records, kinds=kinds))
    if plan.reports:
        found.append(tell.word("scope_reports", n=len(plan.reports)))
    if plan.training.courses:
        found.append(tell.word("scope_courses", n=len(plan.training.courses)))
    return found


def _assumptions(tell: Teller) -> list[str]:
    """Answers that are estimates, section by section; then what the plan itself had to assume."""
    guessed: dict[str, dict[tuple[str, str], str]] = {}
    for block, answered in given.every(tell.plan):
        if answered.sure is flow_nouns.Sure.ESTIMATE:
            found = guessed.setdefault(block.title, {})
            found[block.branch, answered.key] = answered.respondent or block.owner or tell.word("nobody")
    said = [
        tell.word("assumed_answers", section=title, n=len(found), names=tell.names(list(found.values())))
        for title, found in guessed.items()
    ]
    numbers = tell.plan.parameters
    counts = {
        "assumed_thumb": sum(
            one.source is nouns.Source.RULE_OF_THUMB and not one.replaced for one in numbers
        ),
        "assumed_own": sum(one.replaced for one in numbers),
        "assumed_lengths": sum(task.assumption is not None for task in _tasks(tell)),
    }
    return said + [tell.word(code, n=count) for code, count in counts.items() if count]


def _constraints(tell: Teller) -> list[str]:
    plan = tell.plan
    found = []
    if plan.target:
        found.append(tell.word("constraint_target", date=tell.date(plan.target)))
    if plan.costs.budget is not None and plan.costs.budget.value is not None:
        found.append(tell.word("constraint_budget", amount=tell.short(plan.costs.budget)))
    if days := tell.answer("migration", "no_posting_days"):
        found.append(tell.word("constraint_no_posting", days=days))
    if regulator := tell.answer("project_team", "regulator"):
        found.append(tell.word("constraint_regulator", regulator=regulator.rstrip(".")))
    calendars = plan.schedule.calendars if plan.schedule is not None else ()
    for code, kept in (
        ("constraint_closed", [(one.name, one.closed) for one in calendars]),
        ("constraint_busy", [(one.name, one.busy) for one in calendars]),
    ):
        places: dict[tuple[tuple[dt.date, dt.date], ...], list[str]] = {}
        for name, ranges in kept:
            if ranges:
                places.setdefault(ranges, []).append(name)
        for ranges, names in places.items():
            if len(names) == len(calendars):
                found.append(tell.word(f"{code}_everywhere", ranges=tell.ranges(ranges)))
            else:
                found.append(tell.word(code, places=tell.names(names), ranges=tell.ranges(ranges)))
    return found


def _dependencies(tell: Teller) -> list[str]:
    plan = tell.plan
    orders = plan.schedule.orders if plan.schedule is not None else ()
    found = [
        tell.word("depends_order", what=tell.say(one.what), n=one.days, latest=tell.date(one.latest))
        for one in orders[:ORDERS_NAMED]
    ]
    if len(orders) > ORDERS_NAMED:
        found.append(tell.word("depends_orders_more", n=len(orders) - ORDERS_NAMED))
    if hires := [tell.given(one.role or one.name) for one in plan.people.team if not one.exists]:
        found.append(tell.word("depends_hires", roles=tell.names(hires)))
    if plan.open_points:
        owners = tell.names([tell.owner(point) for point in plan.open_points])
        found.append(tell.word("depends_points", n=len(plan.open_points), owners=owners))
    return found


def _tolerances(tell: Teller) -> list[str]:
    plan = tell.plan
    who = (tell.answer("project_team", "steering") or tell.word("board")).rstrip(".")
    found = []
    if plan.schedule is not None:
        days = (plan.schedule.promise - plan.schedule.goal).days
        dates = {"promise": tell.date(plan.schedule.promise), "finish": tell.date(plan.schedule.goal)}
        found.append(tell.word("tolerance_time" if days > 0 else "tolerance_no_time", n=days, **dates))
    if plan.costs.contingency.value is not None:
        found.append(tell.word("tolerance_money", amount=tell.short(plan.costs.contingency)))
    found.append(tell.word("tolerance_scope"))
    return [*found, tell.word("tolerance_decides", who=who)]


def _tasks(tell: Teller) -> Sequence[nouns.ScheduledTask]:
    return tell.plan.schedule.tasks if tell.plan.schedule is not None else ()
