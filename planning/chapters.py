"""Puts what was computed and what was answered under the chapters of the outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from planning import nouns, outline, promises


class Content(msgspec.Struct):
    """What one chapter says beside its answers."""

    statements: Sequence[nouns.Text] = ()
    figures: Sequence[nouns.Figure] = ()
    gaps: Sequence[nouns.Gap] = ()


def summary(hosting: nouns.Hosting, costs: nouns.Costs) -> tuple[nouns.Figure, ...]:
    """The numbers of page one."""
    return (hosting.clients_now, hosting.clients, costs.once, costs.total, costs.per_client)


def contents(plan: nouns.Plan) -> dict[str, Content]:
    """What was computed, by chapter."""
    infrastructure = [gap for branch in plan.branches for gap in branch.gaps]
    schedule = plan.schedule
    return {
        "summary": Content(_summary(plan), plan.summary),
        "basis": Content(
            [
                nouns.Text("said.open_points", {"n": len(plan.open_points)}),
                nouns.Text("said.complete", {"percent": plan.completeness.percent}),
                *plan.warnings,
            ]
        ),
        "profile": Content(figures=[plan.hosting.clients_now, plan.hosting.clients]),
        "functional_gaps": Content(figures=plan.needs, gaps=plan.functional_gaps),
        "processes": Content([nouns.Text("said.processes")]),
        "hosting": Content(
            [plan.hosting.why],
            [plan.hosting.users_at_once, plan.hosting.cores, plan.hosting.memory, plan.hosting.disk],
            plan.hosting.gaps,
        ),
        "branches": Content(gaps=infrastructure),
        "administration": Content(
            [
                nouns.Text("said.duty", {"duty": row.duty, "defects": row.defects})
                for row in plan.people.raci
                if row.defects
            ],
            [plan.people.administrators_needed],
        ),
        "customisation": Content([nouns.Text("said.rounding"), *_undecided(plan.settings)]),
        "reports": Content(
            [nouns.Text("said.reports", {"n": sum(row.before_acceptance for row in plan.reports)})],
        ),
        "migration": Content(
            [
                plan.migration.strategy,
                plan.migration.method,
                *(plan.migration.cut_over.statements if plan.migration.cut_over is not None else ()),
            ],
            [
                plan.migration.records,
                plan.migration.by_hand,
                plan.migration.by_template,
                plan.migration.break_even,
                plan.migration.rehearsals,
                plan.migration.working_days,
                *(plan.migration.cut_over.figures if plan.migration.cut_over is not None else ()),
            ],
        ),
        "roles": Content([plan.people.verdict, plan.people.specialist], gaps=plan.people.gaps),
        "training": Content(
            [plan.training.first_round, *_taught(plan.training)],
            [plan.training.trainer_days, plan.training.trainer_days_available],
        ),
        "schedule": Content(
            [
                *_dates(schedule),
                *(schedule.warnings if schedule is not None else ()),
            ]
        ),
        "budget": Content(
            [*_not_bought(plan), *plan.costs.warnings],
            [
                plan.costs.once,
                plan.costs.contingency,
                plan.costs.total,
                plan.costs.per_client,
                plan.costs.rate,
                *(one.rate for one in plan.costs.rates),
            ],
        ),
        "risks": Content(
            [nouns.Text("said.risks", {"n": len(plan.risks)}), _ready(plan.readiness)],
            [plan.readiness.score, plan.readiness.project.score],
        ),
    }


def _taught(found: nouns.Training) -> list[nouns.Text]:
    """That first days and the way take more of the trainers than the courses do by themselves."""
    courses = sum(course.trainer_days.value or 0.0 for course in found.courses)
    held = found.trainer_days.value
    if not courses or held is None or held <= courses:
        return []
    return [nouns.Text("said.trainer_days", {"courses": courses, "n": held})]


def _not_bought(plan: nouns.Plan) -> list[nouns.Text]:
    """The gaps that what is there fills, so that nothing is bought for them."""
    head_office = nouns.Text("area.head_office")
    places: list[tuple[nouns.Words, nouns.GapOptions]] = [
        *((head_office, one) for one in plan.hosting.ways),
        *((page.branch.name, one) for page in plan.branches for one in page.options),
    ]
    found = [
        nouns.Text(
            "said.not_bought",
            {"place": place, "gap": one.what, "ways": tuple(way.what for way in one.taken)},
        )
        for place, one in places
        if one.taken
        and all(way.way.code == "way.reuse" for way in one.taken)
        and all(purchase.monthly for purchase in one.buys)
    ]
    more = len(found) - nouns.MOST_NAMED
    if more > 0:
        return [*found[: nouns.MOST_NAMED], nouns.Text("said.not_bought_more", {"n": more})]
    return found


def _undecided(settings: Sequence[nouns.Setting]) -> list[nouns.Text]:
    n = sum(row.state.code == "setting.open" for row in settings)
    return [nouns.Text("said.settings", {"n": n})] if n else []


def _summary(plan: nouns.Plan) -> list[nouns.Text]:
    """Page one: the day, what Mifos lacks, how ready all is; a manager who is missing. Cards and tables say the rest."""
    made = [] if plan.people.dedicated else [plan.people.verdict]
    if plan.schedule is not None:
        made += promises.in_short(plan.schedule)
    red = [gap for gap in plan.functional_gaps if gap.severity is nouns.Severity.RED]
    return [*made, nouns.Text("said.red_gaps", {"n": len(red)}), _ready(plan.readiness)]


def _ready(found: nouns.Readiness) -> nouns.Text:
    """The score, and the few steps that raise it most."""
    percent = round(found.score.value or 0)
    steps = tuple(
        nouns.Text(
            "said.step", {"place": step.place, "what": step.what, "points": max(1, round(step.points))}
        )
        for step in found.steps
    )
    return nouns.Text("said.ready" if steps else "said.ready_all", {"percent": percent, "steps": steps})


def _dates(schedule: nouns.Schedule | None) -> list[nouns.Text]:
    """The finish, and how it was reckoned."""
    if schedule is None:
        return []
    said = list(promises.said(schedule))
    if schedule.status == "optimal":
        said.append(nouns.Text("said.proven"))
    elif schedule.bound is not None:
        days = (schedule.finish - schedule.bound).days
        said.append(nouns.Text("said.bound", {"n": days, "bound": nouns.Day(schedule.bound)}))
    if schedule.likely is not None:
        said.append(nouns.Text("said.simulated", {"n": schedule.likely.runs}))
    return said


def make(
    computed: Mapping[str, Content],
    answers: Mapping[str, tuple[nouns.AnswerBlock, ...]],
    open_points: Sequence[nouns.OpenPoint],
) -> tuple[nouns.PlanSection, ...]:
    """Every chapter in order; one without any content still says what it waits for."""
    waiting: dict[str, list[nouns.OpenPoint]] = {}
    for point in open_points:
        for key in outline.chapters_of(point.flow, point.seeds):
            waiting.setdefault(key, []).append(point)
    made = []
    for chapter in outline.CHAPTERS:
        content = computed.get(chapter.key, Content())
        points = tuple(open_points) if chapter.key == "basis" else tuple(waiting.get(chapter.key, ()))
        made.append(
            nouns.PlanSection(
                number=chapter.number,
                key=chapter.key,
                title=nouns.Text(f"chapter.{chapter.key}"),
                seeds=chapter.seeds,
                statements=tuple(content.statements),
                figures=tuple(content.figures),
                gaps=tuple(content.gaps),
                answers=answers.get(chapter.key, ()),
                open_points=points,
            )
        )
    return tuple(made)
