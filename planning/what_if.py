"""What if: the plan of an assessment with something changed beside the plan as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from planning import nouns, promises


class Row(msgspec.Struct, frozen=True):
    """One result, before and after."""

    what: nouns.Text
    before: nouns.Words
    after: nouns.Words
    difference: nouns.Text | None = None
    """None where nothing differs, or where it cannot be counted."""


def compare(before: nouns.Plan, after: nouns.Plan) -> tuple[Row, ...]:
    """The results that a board asks for, side by side."""
    rows = [
        *_dates(before.schedule, after.schedule),
        *(
            _figures(first, second)
            for first, second in (
                (before.costs.once, after.costs.once),
                (before.costs.total, after.costs.total),
                (before.costs.per_client, after.costs.per_client),
                (before.migration.working_days, after.migration.working_days),
                (before.readiness.score, after.readiness.score),
            )
        ),
    ]
    rows.append(_counted(nouns.Text("what_if.red_risks"), _red_risks(before), _red_risks(after)))
    points = nouns.Text("what_if.open_points")
    rows.append(_counted(points, len(before.open_points), len(after.open_points)))
    return tuple(rows)


def _red_risks(plan: nouns.Plan) -> int:
    return sum(risk.severity is nouns.Severity.RED for risk in plan.risks)


def _dates(before: nouns.Schedule | None, after: nouns.Schedule | None) -> list[Row]:
    """The day to promise first, then those that need luck, the chance of the wished one, and the close."""
    rows = []
    for name, told in DAYS.items():
        first, second = (told(schedule) if schedule is not None else None for schedule in (before, after))
        late = (second - first).days if first is not None and second is not None else 0
        difference = nouns.Text("what_if.later" if late > 0 else "what_if.earlier", {"n": abs(late)})
        rows.append(
            Row(nouns.Text(f"what_if.{name}"), _said(first), _said(second), difference if late else None)
        )
    return [*rows[:-1], *_chance(before, after), rows[-1]]


DAYS: Mapping[str, Callable[[nouns.Schedule], dt.date | None]] = {
    "safe": lambda schedule: schedule.goal_likely.safe if schedule.goal_likely is not None else None,
    "even": lambda schedule: schedule.goal_likely.even if schedule.goal_likely is not None else None,
    "planned": lambda schedule: schedule.goal,
    "close": lambda schedule: schedule.likely.safe if schedule.likely is not None else schedule.finish,
}
"""The days that are compared."""


def _chance(before: nouns.Schedule | None, after: nouns.Schedule | None) -> list[Row]:
    """The chance of the wished date; nothing where none was given."""
    chances = [
        schedule.goal_likely.on_target if schedule is not None and schedule.goal_likely is not None else None
        for schedule in (before, after)
    ]
    if chances == [None, None]:
        return []
    first, second = (
        nouns.Text("what_if.not_known") if chance is None else promises.percent(chance) for chance in chances
    )
    known = [chance for chance in chances if chance is not None]
    points = known[1] - known[0] if len(known) == len(chances) else 0
    difference = nouns.Text(
        "what_if.points_more" if points > 0 else "what_if.points_less", {"n": abs(points)}
    )
    return [Row(nouns.Text("what_if.on_target"), first, second, difference if points else None)]


def _said(day: dt.date | None) -> nouns.Text:
    return nouns.Text("what_if.no_day") if day is None else nouns.Text("what_if.day", {"day": nouns.Day(day)})


def _figures(before: nouns.Figure, after: nouns.Figure) -> Row:
    if before.value is None or after.value is None:
        # what is not known yet is compared by what is certain of it
        return Row(before.label, _least(before), _least(after))
    first, second = _rounded(before.value, before.unit), _rounded(after.value, after.unit)
    row = _counted(before.label, first, second, before.unit)
    if before.unit != PERCENT or row.difference is None:
        return row
    points = "what_if.points_more" if second > first else "what_if.points_less"
    return msgspec.structs.replace(row, difference=nouns.Text(points, {"n": abs(second - first)}))


PERCENT = "%"
WHOLE_FROM = 100
"""Nobody decides by the cents of a hundred."""


def _rounded(value: float, unit: str) -> float:
    return round(value) if unit == PERCENT or abs(value) >= WHOLE_FROM else round(value, 2)


def _amount(value: float, unit: str) -> nouns.Amount:
    return nouns.Amount(_rounded(value, unit), unit)


def _least(figure: nouns.Figure) -> nouns.Text:
    if figure.value is None and figure.low:
        return nouns.Text("what_if.at_least", {"value": _amount(figure.low, figure.unit)})
    if figure.value is None:
        return nouns.Text("what_if.not_known")
    return nouns.Text("what_if.value", {"value": _amount(figure.value, figure.unit)})


def _counted(what: nouns.Text, before: float, after: float, unit: str = "") -> Row:
    first, second = (
        nouns.Text("what_if.value", {"value": _amount(value, unit)}) for value in (before, after)
    )
    sign = "what_if.more" if after > before else "what_if.less"
    difference = nouns.Text(sign, {"value": _amount(abs(after - before), unit)})
    return Row(what, first, second, difference if after != before else None)
