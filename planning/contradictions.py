"""Answers that cannot all be true: each is named, none stops the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planning import computers, nouns, power, profile, workbook


def of_branch(work: workbook.Workbook, branch: str) -> Iterator[nouns.Text]:
    """Contradictions within one branch."""
    one = work.facts.one
    staff = one(profile.FLOW, "staff_total", branch).number
    entries = work.facts.entries(computers.FLOW, "computers", branch)
    counted = sum(
        entry.one("how_many").number or 0.0
        for entry in entries
        if entry.one("kind").text in computers.AT_A_DESK
    )
    if staff is not None and counted > staff + work.parameter("too_many_computers"):
        yield nouns.Text("warning.many_computers", {"computers": counted, "staff": staff})
    for group in ("loan_officers", "tellers", "users_at_once"):
        some = one(profile.FLOW, group, branch).number
        if staff is not None and some is not None and some > staff:
            yield nouns.Text(
                "warning.more_than_staff",
                {"group": nouns.Text(f"figure.{group}"), "some": some, "staff": staff},
            )
    opening = one(profile.FLOW, "opening_hours", branch).number
    if opening is not None and opening <= 0:
        yield nouns.Text("warning.never_open", {"hours": opening})
    usual, longest = (one(power.FLOW, f"{name}_cut_hours", branch).number for name in ("usual", "longest"))
    if usual is not None and longest is not None and usual > longest:
        yield nouns.Text("warning.usual_longer", {"usual": usual, "longest": longest})


def of_dates(work: workbook.Workbook, start: dt.date) -> Iterator[nouns.Text]:
    """Contradictions among the dates of the project."""
    target = work.facts.one("project_team", "target_date").date or work.institution.target_date
    if target is not None and target < start:
        yield nouns.Text(
            "warning.target_before_start", {"target": nouns.Day(target), "start": nouns.Day(start)}
        )
    for entry in work.facts.entries("project_team", "closed_periods"):
        first, last = entry.one("from_date").date, entry.one("to_date").date
        if first is not None and last is not None and last < first:
            yield nouns.Text(
                "warning.period_backwards",
                {"what": entry.one("what").text, "first": nouns.Day(first), "last": nouns.Day(last)},
            )
