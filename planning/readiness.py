"""Readiness: how far each branch and the project are from being able to begin, and what would help most."""

from __future__ import annotations

from collections.abc import Sequence

from planning import facts, nouns, open_points, workbook

GRADES = {nouns.Severity.GREEN: 100.0, nouns.Severity.AMBER: 50.0, nouns.Severity.RED: 0.0}
"""What is there counts whole, what is partly there half, what is missing nothing."""

OF_BRANCHES = ("answers", "line", "second_line", "power", "computers", "printers")
OF_PROJECT = ("answers", "manager", "specialist", "security", "duties", "first_trainer", "data")
"""What is graded, each with its weight as the parameter `weight_<name>`."""

MOST_STEPS = 3
"""Steps that are named: what is done next week, not everything."""


def plan(
    work: workbook.Workbook,
    branches: Sequence[nouns.BranchPlan],
    people: nouns.People,
    security: Sequence[nouns.SecurityRow],
    training: nouns.Training,
) -> nouns.Readiness:
    """The scores of the branches and of the project, and the steps that raise the whole most."""
    graded = [_of_branch(work, branch) for branch in branches]
    project = _place(work, "", OF_PROJECT, _project(work, people, security, training))
    scores = [place.score for place in graded]
    every = work.computed("readiness_branches", _mean, *scores, unit="%") if scores else None
    score = project.score
    share = 0.0
    if every is not None:
        share = work.parameter("weight_branches") / 100
        score = work.computed(
            "readiness",
            lambda of_branches, of_project, part: (of_branches * part + of_project * (100 - part)) / 100,
            every,
            project.score,
            uses=("weight_branches",),
            unit="%",
        )
    weighed = [(share / len(graded), place) for place in graded] if graded else []
    return nouns.Readiness(score, project, tuple(graded), _steps([*weighed, (1 - share, project)]))


def _mean(*scores: float) -> float:
    return sum(scores) / len(scores)


def _of_branch(work: workbook.Workbook, page: nouns.BranchPlan) -> nouns.Ready:
    gaps = {gap.id: gap.severity for gap in page.gaps}
    branch = page.branch
    line = gaps.get("bandwidth")
    second = gaps.get("failover")
    if second is None and page.connectivity.failover.code == "failover.there":
        second = nouns.Severity.GREEN
    prints = [
        devices.severity
        for devices in (page.printing, page.receipts)
        if devices.need.value is not None and devices.have.value is not None
    ]
    given = {
        "line": _grade(line),
        "second_line": _grade(second),
        "power": _grade(gaps.get("power")),
        "computers": _grade(gaps.get("computers")),
        "printers": _grade(min(prints, key=list(nouns.Severity).index)) if prints else 0.0,
        "answers": _answered([section for section in work.facts.sections if section.branch_id == branch.id]),
    }
    return _place(work, branch.id, OF_BRANCHES, given, name=branch.name)


def _project(
    work: workbook.Workbook,
    people: nouns.People,
    security: Sequence[nouns.SecurityRow],
    training: nouns.Training,
) -> dict[str, float]:
    experience = people.specialist.code.removeprefix("specialist.")
    states = [entry.one("quality").text for entry in work.facts.entries("migration", "entities")]
    clean = [{"clean": 100.0, "mixed": 50.0}.get(state, 0.0) for state in states]
    return {
        "answers": _answered([section for section in work.facts.sections if not section.branch_id]),
        "manager": 100.0 if people.dedicated else 0.0,
        "specialist": {"strong": 100.0, "some": 50.0}.get(experience, 0.0),
        "security": _mean(*(GRADES[row.severity] for row in security)) if security else 0.0,
        "duties": _mean(*(0.0 if row.defects else 100.0 for row in people.raci)) if people.raci else 0.0,
        "first_trainer": 100.0 if training.first_round.code == "first_round.knows_all" else 0.0,
        "data": _mean(*clean) if clean else 0.0,
    }


def _grade(severity: nouns.Severity | None) -> float:
    """What nobody could judge yet is not ready."""
    return 0.0 if severity is None else GRADES[severity]


def _answered(sections: Sequence[facts.Section]) -> float:
    """Share of the questions that apply and have a value, in %."""
    found = open_points.completeness_of(sections)
    return 100.0 * found.answered / found.applicable if found.applicable else 100.0


def _place(
    work: workbook.Workbook, branch: str, names: Sequence[str], given: dict[str, float], *, name: str = ""
) -> nouns.Ready:
    aspects = tuple(
        nouns.Aspect(nouns.Text(f"ready.{aspect}"), given[aspect], work.parameter(f"weight_{aspect}"), aspect)
        for aspect in names
    )
    uses = [f"weight_{aspect}" for aspect in names]
    figures = [
        nouns.Figure(label=aspect.what, value=round(aspect.percent, 1), unit="%") for aspect in aspects
    ]

    def weighed(*values: float) -> float:
        shares, weights = values[: len(names)], values[len(names) :]
        return sum(share * weight for share, weight in zip(shares, weights, strict=True)) / sum(weights)

    kind = "readiness_branch" if branch else "readiness_project"
    score = work.computed(kind, weighed, *figures, uses=uses, unit="%")
    return nouns.Ready(branch, name or nouns.Text("area.project"), score, aspects)


def _steps(places: Sequence[tuple[float, nouns.Ready]]) -> tuple[nouns.Step, ...]:
    """What raises the whole score most, if it were put right entirely."""
    steps = []
    for share, place in places:
        weights = sum(aspect.weight for aspect in place.aspects)
        for aspect in place.aspects:
            points = share * aspect.weight * (100 - aspect.percent) / weights if weights else 0.0
            if points > 0:
                steps.append(nouns.Step(place.place, aspect.what, points))
    return tuple(sorted(steps, key=lambda step: -step.points)[:MOST_STEPS])
