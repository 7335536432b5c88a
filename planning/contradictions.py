"""Answers that cannot be right: each is named, none stops the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planning import conflicts, money, nouns, refused, workbook


def of_branch(work: workbook.Workbook, branch: str) -> Iterator[nouns.Text]:
    """What cannot be right within one branch."""
    for section in work.facts.sections:
        if branch and section.branch_id == branch:
            yield from refused.of_section(section)
    too_many = work.parameter("too_many_computers")
    for conflict in conflicts.of_branch(work.facts, branch, too_many=too_many):
        yield conflict.said


def of_institution(work: workbook.Workbook, start: dt.date) -> Iterator[nouns.Text]:
    """What cannot be right between the answers, and in what the institution itself is said to be."""
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
    for conflict in conflicts.of_institution(work.facts):
        yield conflict.said
