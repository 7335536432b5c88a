"""The tasks of pilot and roll-out: goods and site at every branch, then wave by wave training, move and support."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flows import nouns as flow_nouns
from planning import cut_over, nouns, task_list, training, travel, waves


def plan(
    tasks: task_list.TaskList,
    wave: waves.Wave,
    courses: nouns.Training,
    data: nouns.Migration,
    goods: Sequence[str],
) -> None:
    """A wave's branches, each once; behind the pilot the decision to go on.

    `goods` are the tasks that end with everything there is to bring; none where nothing is missing.
    """
    phase = "pilot" if wave.pilot else "roll_out"
    values = _values(wave)
    before = ["accepted", *tasks.those("course_accountants", "course_head_office", "go_on")]
    if wave.behind:
        before += _supports(tasks, wave.behind)
    # nobody is taught long before there is anything to work with
    before += tasks.those(f"data_{wave.id}")
    ready = [*before]
    for branch in wave.branches:
        site = _site(tasks, branch, phase, goods)
        ready += [*site, *_lessons(tasks, branch, phase, courses, after=[*before, *site])]
    where = wave.branches[0]
    tasks.usual(
        f"go_{wave.id}",
        phase,
        "task_go_no_go",
        after=ready,
        needs=[task_list.MANAGER],
        called="go",
        values=values,
    )
    _move(tasks, wave, data, phase)
    for branch in wave.branches:
        _first_days(tasks, wave, branch, phase)
    if wave.pilot:
        live = [f"live_{branch.id}" for branch in wave.branches]
        tasks.usual("pilot", phase, "task_pilot", after=live, branch=where, values=values)
        after = ["pilot", *_supports(tasks, wave.id)]
        tasks.usual("go_on", phase, "task_go_no_go", after=after, needs=[task_list.MANAGER])


def _move(tasks: task_list.TaskList, wave: waves.Wave, data: nouns.Migration, phase: str) -> None:
    """The move of a wave: as long as usual, and as long as its largest branch posts nothing."""
    usual = tasks.work.parameter("task_cutover")
    more = (len(wave.branches) - 1) * tasks.work.parameter("cutover_more")
    found = cut_over.window(tasks.work, data, wave.branches).days
    still = found.value if found.value is not None and data.strategy.code != "strategy.none" else 0.0
    code = "assumed.records_more" if more else "assumed.records"
    assumption = nouns.Text(code, {"n": still, "more": math.ceil(more)})
    tasks.add(
        f"cut_over_{wave.id}", phase, max(usual, still) + more, after=[f"go_{wave.id}"], needs=[task_list.SPECIALIST],
        branch=wave.branches[0], called="cut_over", values=_values(wave), outside=task_list.Outside.MOVE,
        inputs=found.inputs if still > usual else (),
        assumption=assumption if still > usual else tasks.assumed(usual, math.ceil(more)),
    )  # fmt: skip


def _values(wave: waves.Wave) -> dict[str, nouns.Value]:
    names = tuple(branch.name for branch in wave.branches)
    return {"branch": names, "n": len(names), "wave": wave.number}


def _supports(tasks: task_list.TaskList, wave: str) -> list[str]:
    """The first days with the branches of a wave."""
    return [one.task.id for one in tasks.planned if one.called == "support" and one.wave == wave]


def _site(
    tasks: task_list.TaskList, branch: flow_nouns.Branch, phase: str, goods: Sequence[str]
) -> list[str]:
    """Goods on their way, then the work on site; nothing where no branch lacks anything."""
    if not goods:
        return []
    way = travel.to(tasks.work, branch)
    values: dict[str, nouns.Value] = {"branch": branch.name}
    bring, site = f"bring_{branch.id}", f"site_{branch.id}"
    tasks.delivery(
        bring, phase, ("branch_place", "delivery_days", branch.id), "default_bring_days", after=goods, branch=branch,
        called="bring", values=values, outside=task_list.Outside.ROAD,
    )  # fmt: skip
    tasks.usual(
        site, phase, "task_site", days_more=2 * way.days, after=[bring], needs=[task_list.ADMINISTRATOR], branch=branch,
        called="site", values=values, outside=task_list.Outside.ROAD, inputs=way.inputs,
    )  # fmt: skip
    return [site]


def _lessons(
    tasks: task_list.TaskList,
    branch: flow_nouns.Branch,
    phase: str,
    courses: nouns.Training,
    *,
    after: Sequence[str],
) -> list[str]:
    """The course of branch staff, in one visit just before they begin; one group where nobody counts them."""
    course = next((one for one in courses.courses if one.role.code == f"role.{training.BRANCHES}"), None)
    if course is None:
        return []
    way = travel.to(tasks.work, branch)
    taught = training.lessons(tasks.work, branch, course)
    days = taught.value if taught.value is not None else course.days.value or 0.0
    values: dict[str, nouns.Value] = {"branch": branch.name}
    tasks.add(
        f"teach_{branch.id}", phase, days + way.days, after=after, needs=[task_list.TRAINER], branch=branch, called="teach",
        values=values, outside=task_list.Outside.VISIT, course=training.BRANCHES, inputs=(*taught.inputs, *way.inputs),
        assumption=nouns.Text("assumed.one_group") if taught.value is None else tasks.assumed(days, way.days),
        not_before=tasks.work.facts.one("training_needs", "training_not_before").date,
    )  # fmt: skip
    return [f"teach_{branch.id}"]


def _first_days(tasks: task_list.TaskList, wave: waves.Wave, branch: flow_nouns.Branch, phase: str) -> None:
    """The branch works with Mifos, and somebody stays with it; the way back counts."""
    way = travel.to(tasks.work, branch)
    values: dict[str, nouns.Value] = {"branch": branch.name}
    live = f"live_{branch.id}"
    tasks.add(live, phase, 0, after=[f"cut_over_{wave.id}"], branch=branch, called="live", values=values)
    tasks.usual(
        f"support_{branch.id}", phase, "task_support", days_more=way.days, after=[live], needs=[task_list.TRAINER],
        branch=branch, called="support", values=values, outside=task_list.Outside.ROAD, wave=wave.id,
        inputs=way.inputs,
    )  # fmt: skip
