"""The branch's profile: clients, people, hours; the figures that others build upon."""

from __future__ import annotations

from planning import nouns, workbook

FLOW = "branch_office"


def plan(work: workbook.Workbook, branch: str) -> tuple[nouns.Figure, ...]:
    """The branch in numbers."""
    return (
        work.stated("clients", work.facts.one(FLOW, "clients", branch)),
        work.stated("staff", work.facts.one(FLOW, "staff_total", branch)),
        work.stated("loan_officers", work.facts.one(FLOW, "loan_officers", branch)),
        work.stated("tellers", work.facts.one(FLOW, "tellers", branch)),
        work.stated("users_at_once", work.facts.one(FLOW, "users_at_once", branch)),
        work.stated("opening_hours", work.facts.one(FLOW, "opening_hours", branch)),
        days_a_week(work, branch),
    )


def days_a_week(work: workbook.Workbook, branch: str) -> nouns.Figure:
    """On how many days of a week the branch works."""
    fact = work.facts.one(FLOW, "working_days", branch)
    return work.computed("days_a_week", lambda days: float(len(days)), fact, unit="days")
