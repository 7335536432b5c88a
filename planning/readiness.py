"""Readiness: how far each branch and the project are from being able to begin, and what would help most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from planning import facts, migration, nouns, open_points, training, workbook
from planning import people as staff
from planning import security as safety

GRADES = {nouns.Severity.GREEN: 100.0, nouns.Severity.AMBER: 50.0, nouns.Severity.RED: 0.0}
"""What is there counts whole, what is partly there half, what is missing nothing."""

OF_BRANCHES = ("answers", "line", "second_line", "power", "computers", "printers")
OF_PROJECT = ("answers", "manager", "specialist", "security", "duties", "first_trainer", "data")
"""What is graded, each with its weight as the parameter `weight_<name>`."""

Graded = Mapping[str, tuple[float, Sequence[workbook.Operand]]]
"""What is graded -> how far it is there in %, and the answers and figures that say so."""

MOST_STEPS = 3
"""Steps that are named: what is done next week, not everything."""


def plan(
    work: workbook.Workbook,
    branches: Sequence[nouns.BranchPlan],
    people: nouns.People,
    security: Sequence[nouns.SecurityRow],
    courses: nouns.Training,
) -> nouns.Readiness:
    """The scores of the branches and of the project, and the steps that raise the whole most."""
    graded = [_of_branch(work, branch) for branch in branches]
    project = _place(work, "", OF_PROJECT, _project(work, people, security, courses))
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
    within = share / len(graded) if graded else 0.0
    places = [*(_stepped(place, within) for place in graded), _stepped(project, 1 - share)]
    steps = sorted((step for place in places for step in place.steps), key=lambda step: -step.points)
    return nouns.Readiness(score, places[-1], tuple(places[:-1]), tuple(steps[:MOST_STEPS]))


def _mean(*scores: float) -> float:
    return sum(scores) / len(scores)


def _of_branch(work: workbook.Workbook, page: nouns.BranchPlan) -> nouns.Ready:
    gaps = {gap.id: gap for gap in page.gaps}
    branch = page.branch
    second = _grade(gaps.get("failover"))
    if "failover" not in gaps and page.connectivity.failover.code == "failover.there":
        second = 100.0
    prints = [devices for devices in (page.printing, page.receipts) if _is_known(devices)]
    worst = min((devices.severity for devices in prints), key=list(nouns.Severity).index, default=None)
    line, power = page.connectivity, page.power
    given: Graded = {
        "line": (_grade(gaps.get("bandwidth")), [line.need, line.have]),
        "second_line": (second, [line.availability]),
        "power": (_grade(gaps.get("power")), [power.autonomy, power.runtime]),
        "computers": (_grade(gaps.get("computers")), [page.computers.need, page.computers.have]),
        "printers": (
            GRADES[worst] if worst is not None else 0.0,
            [figure for devices in (page.printing, page.receipts) for figure in (devices.need, devices.have)],
        ),
        "answers": _answered(
            work, [section for section in work.facts.sections if section.branch_id == branch.id]
        ),
    }
    return _place(work, branch.id, OF_BRANCHES, given, name=branch.name)


def _is_known(devices: nouns.Devices) -> bool:
    return devices.need.value is not None and devices.have.value is not None


def _project(
    work: workbook.Workbook,
    people: nouns.People,
    security: Sequence[nouns.SecurityRow],
    courses: nouns.Training,
) -> Graded:
    one = work.facts.one
    experience = people.specialist.code.removeprefix("specialist.")
    states = [entry.one("quality") for entry in work.facts.entries(migration.FLOW, "entities")]
    clean = [{"clean": 100.0, "mixed": 50.0}.get(state.text, 0.0) for state in states]
    safe = [0.0 if row.state.code == "state.unknown" else GRADES[row.severity] for row in security]
    duties = [0.0 if row.defects else 100.0 for row in people.raci]
    named = [one(staff.RUNNING, f"{duty}_{part}") for duty in staff.DUTIES for part in staff.PARTS]
    return {
        "answers": _answered(work, [section for section in work.facts.sections if not section.branch_id]),
        "manager": (100.0 if people.dedicated else 0.0, [one(staff.TEAM, "manager_dedicated")]),
        "specialist": (
            {"strong": 100.0, "some": 50.0}.get(experience, 0.0),
            [one(staff.TEAM, "specialist_manager_experience")],
        ),
        "security": (
            _mean(*safe) if safe else 0.0,
            [one(safety.FLOW, name) for row in security for name in safety.questions(row)],
        ),
        "duties": (_mean(*duties) if duties else 0.0, named),
        "first_trainer": (
            100.0 if courses.first_round.code == "first_round.knows_all" else 0.0,
            [one(training.FLOW, "first_round_by")],
        ),
        "data": (_mean(*clean) if clean else 0.0, states),
    }


def _grade(gap: nouns.Gap | None) -> float:
    """What nobody could judge yet is not ready."""
    return 0.0 if gap is None else GRADES[gap.severity]


def _answered(
    work: workbook.Workbook, sections: Sequence[facts.Section]
) -> tuple[float, list[workbook.Operand]]:
    """Share of the questions that apply and have a value, in %."""
    found = open_points.completeness_of(sections)
    share = 100.0 * found.answered / found.applicable if found.applicable else 100.0
    counted = (("questions", found.applicable), ("answered", found.answered))
    return share, [work.counted(name, count) for name, count in counted]


def _place(
    work: workbook.Workbook, branch: str, names: Sequence[str], given: Graded, *, name: str = ""
) -> nouns.Ready:
    aspects = tuple(
        nouns.Aspect(
            nouns.Text(f"ready.{aspect}"),
            _figure(aspect, *given[aspect]),
            work.parameter(f"weight_{aspect}"),
            aspect,
        )
        for aspect in names
    )
    uses = [f"weight_{aspect}" for aspect in names]

    def weighed(*values: float) -> float:
        shares, weights = values[: len(names)], values[len(names) :]
        total = sum(weights)
        return sum(s * w for s, w in zip(shares, weights, strict=True)) / total if total else 0.0

    kind = "readiness_branch" if branch else "readiness_project"
    score = work.computed(kind, weighed, *(aspect.figure for aspect in aspects), uses=uses, unit="%")
    return nouns.Ready(branch, name or nouns.Text("area.project"), score, aspects)


def _figure(aspect: str, percent: float, behind: Sequence[workbook.Operand]) -> nouns.Figure:
    """How far one thing is there, with the answers that say so."""
    return nouns.Figure(
        label=nouns.Text(f"ready.{aspect}"),
        value=round(percent, 1),
        unit="%",
        formula=nouns.Text(f"formula.ready_{aspect}"),
        operands=tuple(workbook.entered(operand) for operand in behind),
        inputs=workbook.inputs(behind),
        waits_for=workbook.waits(behind),
    )


def _stepped(place: nouns.Ready, share: float) -> nouns.Ready:
    """The place with what raises the whole score most, if it were put right entirely."""
    weights = sum(aspect.weight for aspect in place.aspects)
    steps = [
        nouns.Step(place.place, aspect.what, share * aspect.weight * (100 - aspect.percent) / weights)
        for aspect in place.aspects
        if weights and share and aspect.weight and aspect.percent < 100
    ]
    return msgspec.structs.replace(place, steps=tuple(sorted(steps, key=lambda step: -step.points)))
