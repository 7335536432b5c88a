"""What people cost beside the specialist's fee: journeys, trainers, days away from home, whoever is hired, administrators who are missing."""

from __future__ import annotations

import math
from collections.abc import Iterator

from planning import costs, environment, loads, nouns, people, prices, task_list, workbook

VISITS = frozenset({task_list.TRAINER, task_list.ADMINISTRATOR})
"""Who teaches at branches and stays with them, and who installs there."""


def rows(work: workbook.Workbook, schedule: nouns.Schedule | None) -> tuple[nouns.CostRow, ...]:
    """The rows of the budget that pay people."""
    return (
        _once(work, "trainers", loads.of_trainers(work, schedule), "trainer_day_price"),
        _once(work, "travel", _away(work, schedule), "away_day_price"),
        *_visits(work, schedule),
        *_hired(work),
        *_administrators(work),
    )


def _once(work: workbook.Workbook, what: str, pieces: nouns.Figure, price: str) -> nouns.CostRow:
    each = prices.price(work, price)
    return nouns.CostRow(nouns.Text(f"cost.{what}"), pieces, each, costs.amount(work, pieces, each))


def _away(work: workbook.Workbook, schedule: nouns.Schedule | None) -> nouns.Figure:
    """The days that trainers and those who install spend at branches from which nobody goes home in the evening."""
    if schedule is None:
        return work.unknown("quantity_away", unit="days")
    spent: dict[str, int] = {}
    for task in schedule.tasks:
        if task.branch and not task.elapsed:
            people_there = len(VISITS.intersection(task.roles))
            spent[task.branch] = spent.get(task.branch, 0) + task.days * people_there
    days = [
        work.computed(
            "days_away",
            lambda hours, days, near: days if hours > near else 0.0,
            work.facts.one(environment.FLOW, "travel_hours", branch),
            work.counted("task_days", count, "days"),
            uses=("home_hours",),
            unit="days",
        )
        for branch, count in spent.items()
        if count
    ]
    return work.total("quantity_away", days, unit="days")


def _visits(work: workbook.Workbook, schedule: nouns.Schedule | None) -> Iterator[nouns.CostRow]:
    """The specialist's journeys and nights; none of a specialist who runs the system afterwards and so lives there."""
    if people.is_own_specialist(work):
        return
    on_site = _on_site(work, schedule)
    nights = work.computed(
        "specialist_nights", lambda days, each: float(math.ceil(days * each)), on_site, uses=("nights_per_day",), unit="days"
    )  # fmt: skip
    yield _once(work, "specialist_stay", nights, "away_day_price")
    journeys = work.computed(
        "specialist_journeys", lambda days, stay: float(math.ceil(days / stay)), on_site, uses=("visit_days",)
    )
    each = work.computed(
        "price_journey",
        lambda day, days: day * days,
        prices.price(work, "specialist_day_price"),
        uses=("journey_days",),
        unit=work.currency,
    )
    yield nouns.CostRow(
        nouns.Text("cost.specialist_journeys"), journeys, each, costs.amount(work, journeys, each)
    )


def _on_site(work: workbook.Workbook, schedule: nouns.Schedule | None) -> nouns.Figure:
    """The specialist's days with people of the institution or at a branch; what is done alone is done from afar."""
    if schedule is None:
        return work.unknown("specialist_on_site", unit="days")
    days = [
        work.counted("task_days", task.days, "days")
        for task in schedule.tasks
        if task_list.SPECIALIST in task.roles and (task.branch or len(task.roles) > 1)
    ]
    return work.total("specialist_on_site", days, unit="days")


def _hired(work: workbook.Workbook) -> Iterator[nouns.CostRow]:
    """Those of the team who must still be found, for the months in which they are needed."""
    months = [
        work.computed(
            "months_hired",
            lambda many, each, percent: many * each * percent / 100,
            entry.one("hire_count"),
            entry.one("hire_months"),
            entry.one("percent"),
            unit="months",
        )
        for entry in work.facts.entries(people.TEAM, "members")
        if entry.one("exists").text == people.TO_HIRE
    ]
    if months:
        yield _once(work, "hired", work.total("quantity_hired", months, unit="months"), "hired_month_price")


def _administrators(work: workbook.Workbook) -> Iterator[nouns.CostRow]:
    """The administrators whom the institution lacks, for every year: freed or hired, somebody is paid for it."""
    missing = people.administrators_missing(work)
    if missing.value == 0:
        return
    each = prices.price(work, "administrator_month_price")
    yield nouns.CostRow(
        nouns.Text("cost.administrators"),
        missing,
        each,
        costs.amount_of_year(work, missing, each),
        yearly=True,
    )
