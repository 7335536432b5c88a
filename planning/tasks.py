"""From answers to tasks: what has to be done, how long it takes, who does it, and what comes before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from planning import facts, nouns, profile, roll_out, task_list, training, waves, workbook

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


def plan(
    work: workbook.Workbook,
    sources: Sources,
    waves_from: Callable[[Sequence[task_list.Planned]], Sequence[waves.Wave]],
) -> tuple[task_list.Planned, ...]:
    """Every task of the project, once; `waves_from` tells the waves from what comes before them."""
    tasks = task_list.TaskList(work)
    _preparation(tasks)
    goods = _infrastructure(tasks, sources)
    _configuration(tasks, sources)
    pilot = waves.pilot(work)
    _migration(tasks, sources.migration, pilot)
    _acceptance(tasks)
    _courses(tasks, sources.training)
    if pilot is not None:
        roll_out.plan(tasks, pilot, sources.training, sources.migration, goods)
        for wave in waves_from(tasks.planned):
            _data(tasks, sources.migration, wave)
            roll_out.plan(tasks, wave, sources.training, sources.migration, goods)
    _close(tasks, sources)
    return tuple(tasks.planned)


def _preparation(tasks: task_list.TaskList) -> None:
    alone = _at_share(tasks.work)
    _alone(tasks, alone, "charter", "task_charter")
    _alone(tasks, alone, "documents", "task_documents", after=["charter"])
    tasks.usual(
        "gaps",
        "preparation",
        "task_gaps",
        after=["documents"],
        needs=[task_list.MANAGER, task_list.SPECIALIST],
    )
    processes = tasks.work.facts.entries("operations_processes", "processes")
    if len(processes):
        inputs = tuple(entry.one("name").input for entry in processes)
        _alone(
            tasks,
            alone,
            "processes",
            "task_process",
            times=len(processes),
            after=["documents"],
            inputs=inputs,
        )


def _at_share(work: workbook.Workbook) -> facts.Fact | None:
    """How many percent of the week the manager has, where it is less than all of it."""
    share = work.facts.one("project_team", "manager_percent")
    return share if share.number and share.number < 100 else None


def _alone(
    tasks: task_list.TaskList,
    share: facts.Fact | None,
    name: str,
    parameter: str,
    *,
    times: int = 1,
    inputs: tuple[nouns.Input, ...] = (),
    after: Sequence[str] = (),
) -> None:
    """Add work that the manager does alone: it takes longer where there is another job beside the project."""
    days = tasks.work.parameter(parameter) * times
    percent = share.number if share is not None else None
    assumption = nouns.Text("assumed.days", {"n": days})
    if share is not None and percent:
        assumption = nouns.Text("assumed.share", {"days": days, "percent": percent})
        inputs = (*inputs, share.input)
    tasks.add(
        name, "preparation", days * 100 / (percent or 100), after=after, needs=[task_list.MANAGER], inputs=inputs,
        assumption=assumption,
    )  # fmt: skip


def _infrastructure(tasks: task_list.TaskList, sources: Sources) -> list[str]:
    """The server and what is ordered for the branches; gives what work at a branch's site waits for."""
    tasks.delivery(
        "server_order",
        "infrastructure",
        ("project_team", "server_days"),
        "default_server_days",
        after=["charter"],
    )
    tasks.usual(
        "server", "infrastructure", "task_server", after=["server_order"], needs=[task_list.ADMINISTRATOR]
    )
    unmet = [row for row in sources.security if row.severity is not nouns.Severity.GREEN]
    if unmet:
        each = tasks.work.parameter("task_security")
        tasks.add(
            "security", "infrastructure", len(unmet) * each, after=["server"], needs=[task_list.ADMINISTRATOR],
            values={"n": len(unmet)}, assumption=nouns.Text("assumed.each", {"n": each}),
        )  # fmt: skip
    missing, ordered = _missing(sources.branches), _missing(sources.branches, to_order=True)
    for kind, gaps in (("hardware", DEVICES), ("line", LINES)):
        if ordered & gaps:
            promised = ("project_team", f"{kind}_days")
            tasks.delivery(
                f"{kind}_order", "infrastructure", promised, f"default_{kind}_days", after=["gaps"]
            )
    # what is there already waits for nobody's delivery, but must be brought and set up
    there = ["gaps"] if missing & (DEVICES | LINES) else []
    return tasks.those("hardware_order", "line_order") or there


def _missing(branches: Sequence[nouns.BranchPlan], *, to_order: bool = False) -> set[str]:
    """Ids of what any branch lacks; `to_order` leaves out what is filled without buying or renting anything."""
    found = set()
    for branch in branches:
        filled = {one.gap for one in branch.options if to_order and one.taken and not one.buys}
        short = {gap.id for gap in branch.gaps if gap.severity is not nouns.Severity.GREEN}
        found |= short - filled
    return found


def _configuration(tasks: task_list.TaskList, sources: Sources) -> None:
    phase = "configuration"
    after = ["gaps", "server", *tasks.those("processes")]
    tasks.usual("configuration", phase, "task_configuration", after=after, needs=[task_list.SPECIALIST])
    for gap in sources.gaps:
        if gap.severity is not nouns.Severity.GREEN and gap.effort is not None and gap.effort.value:
            _gap(tasks, gap, gap.effort.value)
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
            needs=[task_list.DEVELOPER],
            called="change",
            values={"name": entry.one("name").text},
            inputs=(days_fact.input,) if known else (),
            assumption=None if known else nouns.Text("assumed.days", {"n": assumed}),
        )
    for row in sources.reports:
        if row.before_acceptance:
            _report(tasks, row, phase, "configuration")


def _gap(tasks: task_list.TaskList, gap: nouns.Gap, days: float) -> None:
    """What must be there from the first day comes before acceptance; nothing else keeps the first branch waiting."""
    must = _from_the_first_day(gap)
    changed = gap.resolution is not None and gap.resolution.code == "resolution.customise"
    tasks.add(
        f"gap_{gap.id}",
        "configuration" if must else "roll_out",
        days,
        after=["configuration" if must else "accepted"],
        needs=[task_list.DEVELOPER if changed else task_list.SPECIALIST],
        called="gap",
        values={"what": gap.what, "how": gap.resolution},
        inputs=gap.effort.inputs if gap.effort is not None else (),
        assumption=nouns.Text("assumed.days", {"n": days}),
    )


def _from_the_first_day(gap: nouns.Gap) -> bool:
    """Whether it must be there when the first branch begins: so wherever nobody said that it may come later."""
    if gap.urgency is None:
        return True
    wish, when = (gap.urgency.values.get(name, gap.urgency) for name in ("wish", "when"))
    later = isinstance(when, nouns.Text) and when.code not in {"urgency.must", "urgency.first_day"}
    return isinstance(wish, nouns.Text) and wish.code == "urgency.must" and not later


def _report(tasks: task_list.TaskList, row: nouns.ReportRow, phase: str, after: str) -> None:
    days = row.effort.value
    assumed = tasks.work.parameter("report_grouped")
    tasks.add(
        f"report_{row.rank}",
        phase,
        days if days is not None else assumed,
        after=[after],
        needs=[task_list.DEVELOPER],
        called="report",
        values={"name": row.name},
        inputs=row.effort.inputs,
        assumption=None if days is not None else nouns.Text("assumed.days", {"n": assumed}),
    )


def _migration(tasks: task_list.TaskList, found: nouns.Migration, pilot: waves.Wave | None) -> None:
    """The pilot's records are prepared, and the move is rehearsed with them; the others' follow while it runs."""
    if found.strategy.code == "strategy.none":
        return
    days = found.working_days.value
    if days is None or _once(tasks.work, found):
        tool = _tool(tasks.work)
        assumption = nouns.Text(
            "assumed.migration" if days is None else "assumed.days", {"days": tool, "n": tool}
        )
        tasks.add(
            "data_tool", "migration", tool if days is None else _once(tasks.work, found), after=["gaps"],
            needs=[task_list.CLERKS], inputs=found.working_days.inputs, assumption=assumption,
        )  # fmt: skip
    if pilot is not None:
        _data(tasks, found, pilot)
    after = ["configuration", *(tasks.those("data_pilot") or tasks.those("data_tool") or ["gaps"])]
    for turn in range(1, min(int(found.rehearsals.value or 0), MOST_REHEARSALS) + 1):
        name = f"rehearsal_{turn}"
        tasks.usual(
            name, "migration", "rehearsal_days", after=after, needs=[task_list.SPECIALIST, task_list.CLERKS], called="rehearsal",
            values={"n": turn},
        )  # fmt: skip
        after = [name]


def _tool(work: workbook.Workbook) -> float:
    """Days to understand the old data and to build the way in, whatever the volume."""
    return work.parameter("adapter_days") + work.parameter("mapping_days")


def _once(work: workbook.Workbook, found: nouns.Migration) -> float:
    """How much of the whole migration comes before any branch's records: nothing where they are typed."""
    days = found.working_days.value or 0.0
    return min(_tool(work), days) if found.method.code == "method.template" else 0.0


def _data(tasks: task_list.TaskList, found: nouns.Migration, wave: waves.Wave) -> None:
    """The records of a wave's branches, where it is known how many there are."""
    days = (found.working_days.value or 0.0) - _once(tasks.work, found)
    if not days:
        return
    share, inputs = _share(tasks.work, wave)
    names = tuple(branch.name for branch in wave.branches)
    tasks.add(
        f"data_{wave.id}", "migration" if wave.pilot else "roll_out", days * share,
        after=tasks.those("data_tool") or ["gaps"], needs=[task_list.CLERKS], called="data", values={"branch": names},
        inputs=(*found.working_days.inputs, *inputs),
        assumption=nouns.Text("assumed.data_share", {"percent": share * 100}), wave=wave.id,
    )  # fmt: skip


def _share(work: workbook.Workbook, wave: waves.Wave) -> tuple[float, tuple[nouns.Input, ...]]:
    """A wave's share of all records: as of the clients; where those are not known everywhere, as of the branches."""
    clients = {
        branch.id: work.facts.one(profile.FLOW, "clients", branch.id) for branch in work.facts.book.branches
    }
    counts = [fact.number for fact in clients.values() if fact.number is not None]
    if len(counts) < len(clients) or not sum(counts):
        return len(wave.branches) / len(clients), ()
    own = [clients[branch.id] for branch in wave.branches]
    return sum(fact.number or 0 for fact in own) / sum(counts), tuple(fact.input for fact in own)


def _acceptance(tasks: task_list.TaskList) -> None:
    """Nothing that the first branch needs may be missing: settings, reports, changes, data, security."""
    ready = [*tasks.ids("configuration", "migration"), *tasks.those("security", "processes")]
    tasks.usual(
        "acceptance",
        "acceptance",
        "task_acceptance",
        after=ready,
        needs=[task_list.MANAGER, task_list.SPECIALIST],
    )
    tasks.add("accepted", "acceptance", 0, after=["acceptance"])


def _courses(tasks: task_list.TaskList, found: nouns.Training) -> None:
    """The courses at head office; branches are taught one by one, just before they begin."""
    for course in found.courses:
        role = course.role.code.removeprefix("role.")
        if role == training.BRANCHES:
            continue
        days = course.trainer_days.value
        tasks.add(
            f"course_{role}",
            "training",
            days if days is not None else course.days.value or 1,
            after=["configuration" if role in EARLY_COURSES else "accepted"],
            needs=[task_list.TRAINER],
            called="course",
            values={"role": course.role},
            inputs=course.trainer_days.inputs,
            assumption=None if days is not None else nouns.Text("assumed.one_group"),
            not_before=tasks.work.facts.one("training_needs", "training_not_before").date,
            course=role,
        )


def _close(tasks: task_list.TaskList, sources: Sources) -> None:
    live = [one.task.id for one in tasks.planned if one.called == "support"] + tasks.those("go_on")
    for row in sources.reports:
        if not row.before_acceptance and row.effort.value != 0:
            _report(tasks, row, "roll_out", "accepted")
    tasks.usual("stabilise", "close", "task_stabilise", after=live or ["accepted"])
    late = [
        one.task.id
        for one in tasks.planned
        if one.phase in {"roll_out", "training"} and one.called in {"report", "change", "course", "gap"}
    ]
    tasks.usual(
        "handover",
        "close",
        "task_handover",
        after=["stabilise", *late],
        needs=[task_list.MANAGER, task_list.ADMINISTRATOR],
    )
    tasks.add("done", "close", 0, after=["handover"])
