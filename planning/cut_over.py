"""The cut-over: how long a branch posts nothing while its data move, when that may be, and until when there is a way back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import msgspec

from flows import nouns as flow_nouns
from planning import migration, nouns, profile, workbook

PAYMENTS = "transactions"
"""Single payments are not compared one by one: the balances of their accounts tell whether they are all there."""


class Window(msgspec.Struct, frozen=True):
    """How long the largest of some branches posts nothing, and what that is made of."""

    parts: tuple[nouns.Figure, ...]
    """Records, hours to load them and to compare them."""
    days: nouns.Figure


def plan(
    work: workbook.Workbook, data: nouns.Migration, schedule: nouns.Schedule | None
) -> nouns.CutOver | None:
    """The window of the largest branch; None where nothing moves."""
    if work.facts.one(migration.FLOW, "strategy").text == "none":
        return None
    found = window(work, data, work.facts.book.branches)
    allowed = work.stated("no_posting_days", work.facts.one(migration.FLOW, "no_posting_days"))
    moves = (
        [task for task in schedule.tasks if task.id.startswith("cut_over_")] if schedule is not None else []
    )
    said = (*_fits(found.days, allowed), _month(work), *_dates(work, moves), *_history(work, moves))
    return nouns.CutOver((*found.parts, found.days, allowed), said)


def window(work: workbook.Workbook, data: nouns.Migration, branches: Sequence[flow_nouns.Branch]) -> Window:
    """The window of those branches: as long as the largest of them takes."""
    rows = _rows(work, data.records, branches)
    parts = [rows]
    compared = [row.records for row in data.rows if not _is_payment(row)]
    accounts = rows
    if len(compared) < len(data.rows):
        accounts = _rows(work, work.total("records_compared", compared), branches, "cut_over_accounts")
        parts.append(accounts)
    loading = work.computed(
        "cut_over_loading", lambda count, seconds: count * seconds / 3600, rows, uses=("load_seconds",), unit="h"
    )  # fmt: skip
    checking = work.computed(
        "cut_over_checking",
        lambda count, people, batch, minutes: math.ceil(count / batch) * minutes / 60 / max(1.0, people),
        accounts,
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
    return Window((*parts, loading, checking), days)


def _is_payment(row: nouns.MigrationRow) -> bool:
    return row.order > 0 and migration.LOAD_ORDER[row.order - 1] == PAYMENTS


def _rows(
    work: workbook.Workbook,
    records: nouns.Figure,
    branches: Sequence[flow_nouns.Branch],
    name: str = "cut_over_rows",
) -> nouns.Figure:
    """The records of the branch with the most clients among some: its share of all."""
    everywhere = work.facts.book.branches
    clients = [work.facts.one(profile.FLOW, "clients", branch.id) for branch in everywhere]
    if not clients:
        return work.unknown(name, *records.waits_for)
    asked = [place for place, branch in enumerate(everywhere) if branch in branches]

    def largest(records: float, *each: float) -> float:
        return (
            float(math.ceil(records * max(each[place] for place in asked) / sum(each)))
            if sum(each)
            else records
        )

    return work.computed(name, largest, records, *clients)


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


def _dates(work: workbook.Workbook, moves: Sequence[nouns.ScheduledTask]) -> tuple[nouns.Text, ...]:
    """The first and the last move, and the day on which the first one's way back ends."""
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


def _history(work: workbook.Workbook, moves: Sequence[nouns.ScheduledTask]) -> tuple[nouns.Text, ...]:
    """The kinds of old records that end before the last branch moves: what happens between would be lost."""
    last = max((task.end for task in moves), default=None)
    ends = [
        (entry.one("entity").shown, entry.one("to_date"))
        for entry in work.facts.entries(migration.FLOW, "entities")
    ]
    early = [(kind, fact.date) for kind, fact in ends if fact.applies and fact.date is not None]
    return tuple(
        nouns.Text("cut_over.history", {"entity": kind, "until": nouns.Day(until), "last": nouns.Day(last)})
        for kind, until in early
        if last is not None and until < last
    )


def _first_of_next(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
