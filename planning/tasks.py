"""From answers to tasks: what has to be done, how long it takes, who does it, and what comes before it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from planning import nouns, task_list, training, workbook

MANAGER, SPECIALIST, ADMINISTRATOR, DEVELOPER, TRAINER, CLERKS = (
    "manager", "specialist", "administrator", "developer", "trainer", "clerks",
)  # fmt: skip
"""Whom tasks hold; `who.<name>` says them where nobody is named."""

PHASES = (
    "preparation", "infrastructure", "configuration", "migration", "acceptance", "training", "pilot", "roll_out", "close",
)  # fmt: skip

EARLY_COURSES = frozenset({"administrators", "report_writers"})
"""Taught while the system is being set up; the others see it accepted."""

DEVICES, LINES = (
    frozenset({"computers", "printers", "receipt_printers", "power"}),
    frozenset({"bandwidth", "failover"}),
)
"""Gaps that are closed by an order."""


MOST_REHEARSALS = 10
"""More rehearsals than these are a slip of the finger."""


class Sources(msgspec.Struct, frozen=True):
    """The computed parts that tasks come from."""

    branches: Sequence[nouns.BranchPlan]
    gaps: Sequence[nouns.Gap]
    security: Sequence[nouns.SecurityRow]
    migration: nouns.Migration
    reports: Sequence[nouns.ReportRow]
    training: nouns.Training


def plan(work: workbook.Workbook, sources: Sources) -> tuple[task_list.Planned, ...]:
    """Every task of the project, once."""
    tasks = task_list.TaskList(work)
    _preparation(tasks)
    _infrastructure(tasks, sources)
    _configuration(tasks, sources)
    _migration(tasks, sources.migration)
    _acceptance(tasks)
    _courses(tasks, sources.training)
    order = _roll_out_order(work, sources.branches)
    for turn, branch in enumerate(order):
        _branch(tasks, sources, branch, pilot=turn == 0)
    _close(tasks, sources, order)
    return tuple(tasks.planned)


def _preparation(tasks: task_list.TaskList) -> None:
    tasks.usual("charter", "preparation", "task_charter", needs=[MANAGER])
    tasks.usual("documents", "preparation", "task_documents", after=["charter"], needs=[MANAGER])
    tasks.usual("gaps", "preparation", "task_gaps", after=["documents"], needs=[MANAGER, SPECIALIST])
    processes = tasks.work.facts.entries("operations_processes", "processes")
    if len(processes):
        days = len(processes) * tasks.work.parameter("task_process")
        inputs = tuple(entry.one("name").input for entry in processes)
        tasks.add("processes", "preparation", days, after=["documents"], needs=[MANAGER], inputs=inputs)


def _infrastructure(tasks: task_list.TaskList, sources: Sources) -> None:
    tasks.delivery("server_order", ("project_team", "server_days"), "default_server_days", after=["charter"])
    tasks.usual("server", "infrastructure", "task_server", after=["server_order"], needs=[ADMINISTRATOR])
    unmet = [row for row in sources.security if row.severity is not nouns.Severity.GREEN]
    if unmet:
        days = len(unmet) * tasks.work.parameter("task_security")
        values = {"n": len(unmet)}
        tasks.add("security", "infrastructure", days, after=["server"], needs=[ADMINISTRATOR], values=values)
    missing = {
        gap.id
        for branch in sources.branches
        for gap in branch.gaps
        if gap.severity is not nouns.Severity.GREEN
    }
    if missing & DEVICES:
        tasks.delivery(
            "hardware_order", ("project_team", "hardware_days"), "default_hardware_days", after=["gaps"]
        )
    if missing & LINES:
        tasks.delivery("line_order", ("project_team", "line_days"), "default_line_days", after=["gaps"])


def _configuration(tasks: task_list.TaskList, sources: Sources) -> None:
    phase = "configuration"
    after = ["gaps", "server", *tasks.those("processes")]
    tasks.usual("configuration", phase, "task_configuration", after=after, needs=[SPECIALIST])
    efforts = [
        gap.effort
        for gap in sources.gaps
        if gap.effort is not None and gap.effort.value and gap.severity is not nouns.Severity.GREEN
    ]
    if efforts:
        days = sum(effort.value or 0.0 for effort in efforts)
        values = {"n": len(efforts)}
        tasks.add("close_gaps", phase, days, after=["configuration"], needs=[SPECIALIST], values=values)
    for number, entry in enumerate(tasks.work.facts.entries("customisation", "customisations"), 1):
        first = entry.one("before_go_live").text != "no"
        days_fact = entry.one("effort_days")
        known = days_fact.number is not None
        assumed = tasks.work.parameter("effort_customise")
        tasks.add(
            f"change_{number}",
            phase if first else "roll_out",
            days_fact.number if days_fact.number is not None else assumed,
            # what may come later must not keep the developer from what the first branch needs
            after=["gaps"] if first else ["accepted"],
            needs=[DEVELOPER],
            called="change",
            values={"name": entry.one("name").text},
            inputs=(days_fact.input,) if known else (),
            assumption=None if known else nouns.Text("assumed.days", {"n": assumed}),
        )
    for row in sources.reports:
        if row.before_acceptance:
            _report(tasks, row, phase, "configuration")


def _report(tasks: task_list.TaskList, row: nouns.ReportRow, phase: str, after: str) -> None:
    days = row.effort.value
    assumed = tasks.work.parameter("report_grouped")
    tasks.add(
        f"report_{row.rank}",
        phase,
        days if days is not None else assumed,
        after=[after],
        needs=[DEVELOPER],
        called="report",
        values={"name": row.name},
        inputs=row.effort.inputs,
        assumption=None if days is not None else nouns.Text("assumed.days", {"n": assumed}),
    )


def _migration(tasks: task_list.TaskList, found: nouns.Migration) -> None:
    if found.strategy.code == "strategy.none":
        return
    days = found.working_days.value
    least = tasks.work.parameter("adapter_days") + tasks.work.parameter("mapping_days")
    tasks.add(
        "data",
        "migration",
        days if days is not None else least,
        after=["gaps"],
        needs=[CLERKS],
        inputs=found.working_days.inputs,
        assumption=None if days is not None else nouns.Text("assumed.migration", {"days": least}),
    )
    after = ["data", "configuration"]
    for turn in range(1, min(int(found.rehearsals.value or 0), MOST_REHEARSALS) + 1):
        name = f"rehearsal_{turn}"
        tasks.usual(
            name, "migration", "rehearsal_days", after=after, needs=[SPECIALIST, CLERKS], called="rehearsal", values={"n": turn}
        )  # fmt: skip
        after = [name]


def _acceptance(tasks: task_list.TaskList) -> None:
    """Nothing that the first branch needs may be missing: settings, reports, changes, data, security."""
    ready = [*tasks.ids("configuration", "migration"), *tasks.those("security", "processes")]
    tasks.usual("acceptance", "acceptance", "task_acceptance", after=ready, needs=[MANAGER, SPECIALIST])
    tasks.add("accepted", "acceptance", 0, after=["acceptance"])


def _courses(tasks: task_list.TaskList, found: nouns.Training) -> None:
    """The courses at head office; branches are taught one by one, just before they begin."""
    for course in found.courses:
        role = course.role.code.removeprefix("role.")
        if role in training.AT_BRANCHES:
            continue
        days = course.trainer_days.value
        tasks.add(
            f"course_{role}",
            "training",
            days if days is not None else course.days.value or 1,
            after=["configuration" if role in EARLY_COURSES else "accepted"],
            needs=[TRAINER],
            called="course",
            values={"role": course.role},
            inputs=course.trainer_days.inputs,
            assumption=None if days is not None else nouns.Text("assumed.one_group"),
            not_before=tasks.work.facts.one("training_needs", "training_not_before").date,
            course=role,
        )


def _roll_out_order(work: workbook.Workbook, branches: Sequence[nouns.BranchPlan]) -> list[nouns.BranchPlan]:
    """The nearest first, because the pilot must be easy to reach; unknown ways come last."""

    def way(found: nouns.BranchPlan) -> float:
        hours = work.facts.one("branch_place", "travel_hours", found.branch.id).number
        return hours if hours is not None else math.inf

    return sorted(branches, key=way)


def _branch(tasks: task_list.TaskList, sources: Sources, found: nouns.BranchPlan, *, pilot: bool) -> None:
    """One branch: goods, site, training, go or no-go, cut-over, support; the first one is the pilot."""
    branch, work = found.branch, tasks.work
    phase = "pilot" if pilot else "roll_out"
    values = {"branch": branch.name}
    hours = work.facts.one("branch_place", "travel_hours", branch.id).number
    road = 1 if hours is not None and hours > work.parameter("travel_day_hours") else 0
    before = ["accepted", *tasks.those("course_accountants", "course_head_office", "go_on")]

    if goods := tasks.those("hardware_order", "line_order"):
        promised = work.facts.one("branch_place", "delivery_days", branch.id)
        tasks.add(
            f"bring_{branch.id}", phase, promised.number or 0, after=goods, branch=branch, called="bring", values=values,
            inputs=(promised.input,) if promised.known else (), elapsed=True, field_work=True,
        )  # fmt: skip
        tasks.usual(
            f"site_{branch.id}", phase, "task_site", extra=road, after=[f"bring_{branch.id}"], needs=[ADMINISTRATOR],
            branch=branch, called="site", values=values, field_work=True,
        )  # fmt: skip
        before.append(f"site_{branch.id}")
    lessons = max(_branch_lessons(sources.training), default=0.0)
    if lessons:
        tasks.add(
            f"teach_{branch.id}", phase, math.ceil(lessons) + road, after=before, needs=[TRAINER], branch=branch,
            called="teach", values=values, field_work=True, course="branch",
            not_before=work.facts.one("training_needs", "training_not_before").date,
        )  # fmt: skip
    ready = [*before, *tasks.those(f"teach_{branch.id}")]
    tasks.usual(
        f"go_{branch.id}", phase, "task_go_no_go", after=ready, needs=[MANAGER], called="go", values=values
    )
    tasks.usual(
        f"cut_over_{branch.id}", phase, "task_cutover", after=[f"go_{branch.id}"], needs=[SPECIALIST],
        branch=branch, called="cut_over", values=values,
    )  # fmt: skip
    live = f"live_{branch.id}"
    tasks.add(live, phase, 0, after=[f"cut_over_{branch.id}"], branch=branch, called="live", values=values)
    tasks.usual(
        f"support_{branch.id}", phase, "task_support", extra=road, after=[live], needs=[TRAINER],
        branch=branch, called="support", values=values, field_work=True,
    )  # fmt: skip
    if pilot:
        tasks.usual("pilot", phase, "task_pilot", after=[live], branch=branch, values=values)
        tasks.usual("go_on", phase, "task_go_no_go", after=["pilot", f"support_{branch.id}"], needs=[MANAGER])


def _branch_lessons(found: nouns.Training) -> Iterator[float]:
    """Days of the courses that branch staff sit in; they run side by side in one visit."""
    for course in found.courses:
        if course.role.code.removeprefix("role.") in training.AT_BRANCHES and course.learners.value != 0:
            yield course.days.value or 0.0


def _close(tasks: task_list.TaskList, sources: Sources, order: Sequence[nouns.BranchPlan]) -> None:
    live = [f"support_{found.branch.id}" for found in order] + tasks.those("go_on")
    for row in sources.reports:
        if not row.before_acceptance and row.effort.value != 0:
            _report(tasks, row, "roll_out", "accepted")
    tasks.usual("stabilise", "close", "task_stabilise", after=live or ["accepted"])
    late = [
        name
        for name in tasks.ids("roll_out", "training")
        if name.startswith(("report_", "change_", "course_"))
    ]
    tasks.usual(
        "handover", "close", "task_handover", after=["stabilise", *late], needs=[MANAGER, ADMINISTRATOR]
    )
    tasks.add("done", "close", 0, after=["handover"])
