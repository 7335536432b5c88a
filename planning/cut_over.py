"""The cut-over: how long a branch posts nothing while its data move, when that may be, and until when there is a way back."""

from __future__ import annotations

import datetime as dt
import math

from planning import migration, nouns, profile, workbook


def plan(
    work: workbook.Workbook, data: nouns.Migration, schedule: nouns.Schedule | None
) -> nouns.CutOver | None:
    """The window of the largest branch; None where nothing moves."""
    if work.facts.one(migration.FLOW, "strategy").text == "none":
        return None
    rows = _rows(work, data)
    loading = work.computed(
        "cut_over_loading", lambda count, seconds: count * seconds / 3600, rows, uses=("load_seconds",), unit="h"
    )  # fmt: skip
    checking = work.computed(
        "cut_over_checking",
        lambda count, people, batch, minutes: math.ceil(count / batch) * minutes / 60 / max(1.0, people),
        rows,
        work.facts.one(migration.FLOW, "clerks"),
        uses=("check_batch", "check_minutes"),
        unit="h",
    )
    days = work.computed(
        "cut_over_days",
        lambda load, check, settle, hours: float(math.ceil((load + check + settle) / hours)),
        loading,
        checking,
        uses=("cut_over_settle", "cut_over_day_hours"),
        unit="days",
    )
    allowed = work.stated("no_posting_days", work.facts.one(migration.FLOW, "no_posting_days"))
    said = (*_fits(days, allowed), _month(work), *_dates(work, schedule))
    return nouns.CutOver((rows, loading, checking, days, allowed), said)


def _rows(work: workbook.Workbook, data: nouns.Migration) -> nouns.Figure:
    """The records of the branch with the most clients: its share of all."""
    clients = [work.facts.one(profile.FLOW, "clients", branch.id) for branch in work.facts.book.branches]
    if not clients:
        return work.unknown("cut_over_rows", *data.records.waits_for)

    def largest(records: float, *each: float) -> float:
        return float(math.ceil(records * max(each) / sum(each))) if sum(each) else records

    return work.computed("cut_over_rows", largest, data.records, *clients)


def _fits(days: nouns.Figure, allowed: nouns.Figure) -> tuple[nouns.Text, ...]:
    if days.value is None:
        return (nouns.Text("cut_over.unknown"),)
    if allowed.value is None:
        return (nouns.Text("cut_over.ask", {"n": days.value}),)
    fits = "fits" if days.value <= allowed.value else "too_long"
    return (nouns.Text(f"cut_over.{fits}", {"n": days.value, "allowed": allowed.value}),)


def _month(work: workbook.Workbook) -> nouns.Text:
    """The days of a month on which no branch moves, because books are being closed."""
    before, after = int(work.parameter("freeze_before_month")), int(work.parameter("freeze_after_month"))
    return nouns.Text("cut_over.month", {"first": after + 1, "before": before})


def _dates(work: workbook.Workbook, schedule: nouns.Schedule | None) -> tuple[nouns.Text, ...]:
    """The first and the last move, and the day on which the first one's way back ends."""
    moves = (
        [task for task in schedule.tasks if task.id.startswith("cut_over_")] if schedule is not None else []
    )
    if not moves:
        return ()
    first, last = (
        min(moves, key=lambda task: task.start),
        max(moves, key=lambda task: task.end),
    )
    closed = _first_of_next(first.end) + dt.timedelta(days=int(work.parameter("freeze_after_month")) - 1)
    values: dict[str, nouns.Value] = {
        "first": nouns.Day(first.start), "last": nouns.Day(last.end), "until": nouns.Day(closed), "n": len(moves),
    }  # fmt: skip
    return (nouns.Text("cut_over.dates", values), nouns.Text("cut_over.way_back", values))


def _first_of_next(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
