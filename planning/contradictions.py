"""Answers that cannot all be true: each is named, none stops the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planning import computers, migration, money, nouns, power, profile, refused, workbook


def of_branch(work: workbook.Workbook, branch: str) -> Iterator[nouns.Text]:
    """Contradictions within one branch."""
    one = work.facts.one
    for section in work.facts.sections:
        if branch and section.branch_id == branch:
            yield from refused.of_section(section)
    staff = one(profile.FLOW, "staff_total", branch).number
    entries = work.facts.entries(computers.FLOW, "computers", branch)
    counted = sum(
        entry.one("how_many").number or 0.0
        for entry in entries
        if entry.one("kind").text in computers.AT_A_DESK
    )
    if staff is not None and counted > staff + work.parameter("too_many_computers"):
        yield nouns.Text("warning.many_computers", {"computers": counted, "staff": staff})
    at_work = [one(profile.FLOW, group, branch).number or 0.0 for group in ("loan_officers", "tellers")]
    if staff is not None and sum(at_work) > staff:
        yield nouns.Text("warning.more_than_staff", {"some": sum(at_work), "staff": staff})
    grid, opening = (
        one(power.FLOW, "grid_hours", branch).number,
        one(profile.FLOW, "opening_hours", branch).number,
    )
    if grid is not None and opening is not None and grid > opening:
        yield nouns.Text("warning.more_grid", {"grid": grid, "open": opening})


def of_institution(work: workbook.Workbook, start: dt.date) -> Iterator[nouns.Text]:
    """Contradictions among the answers of head office, and in what the institution itself is said to be."""
    for section in work.facts.sections:
        if not section.branch_id:
            yield from refused.of_section(section)
    if not money.is_known(work.currency):
        yield nouns.Text("warning.currency", {"currency": work.currency or "?"})
    target = work.institution.target_date
    asked_again = work.facts.one("project_team", "target_date").known
    if (
        target is not None
        and start.year - nouns.YEARS_AHEAD <= target.year
        and target < start
        and not asked_again
    ):
        yield nouns.Text(
            "warning.target_before_start", {"target": nouns.Day(target), "start": nouns.Day(start)}
        )
    dirty = work.facts.one(migration.FLOW, "dirty_records").number
    records = [entry.one("records").number for entry in work.facts.entries(migration.FLOW, "entities")]
    known = [count for count in records if count is not None]
    if dirty is not None and known and len(known) == len(records) and dirty > sum(known):
        yield nouns.Text("warning.more_dirty", {"dirty": dirty, "records": sum(known)})
