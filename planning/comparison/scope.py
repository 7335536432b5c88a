"""Branches that came in or went, and how much has been answered."""

from __future__ import annotations

from collections.abc import Iterator

from planning import nouns
from planning.comparison import pairs

BRANCH, COMPLETE = 2.0, 1.0
"""Weights: a branch changes everything else."""


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """What the plan is about."""
    both = ({page.branch.id: page.branch.name for page in plan.branches} for plan in (before, after))
    for _, old, new in pairs.matched(*both):
        if old is None and new is not None:
            yield _scope("branch_new", BRANCH, branch=new)
        elif new is None and old is not None:
            yield _scope("branch_gone", BRANCH, branch=old)
        elif old != new:
            yield _scope("branch_named", BRANCH, branch=new, before=old)
    first, second = before.completeness, after.completeness
    if first.percent != second.percent:
        yield _scope("complete", COMPLETE, before=first.percent, after=second.percent)


def _scope(code: str, weight: float, **values: nouns.Value) -> nouns.Change:
    return nouns.Change(nouns.Topic.SCOPE, nouns.Text(f"change.{code}", values), weight)
