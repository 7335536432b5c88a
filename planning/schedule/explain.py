"""Why each task does not begin earlier: read off the finished schedule, whoever made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planning.schedule import passes, project


def result(work: passes.Work, slots: Sequence[passes.Slot], bound: int) -> project.Result:
    """The dates of every task with what it waits for; optimal where nothing can end before them."""
    last = passes.finish(slots, work.start)
    bound = min(bound, last)
    return project.Result(
        finish=passes.day(last),
        status="optimal" if last == bound else "feasible",
        tasks=_dates(work, slots),
        bound=passes.day(bound),
        gap=round((last - bound) / (last - work.start + 1) * 100, 1),
    )


def _dates(work: passes.Work, slots: Sequence[passes.Slot]) -> dict[str, project.Dates]:
    by_number = dict(enumerate(slots))
    made = {}
    for number in sorted(by_number, key=lambda number: (slots[number].first, slots[number].last, number)):
        waits_for, why = _reason(work, number, by_number)
        slot = slots[number]
        made[work.tasks[number].id] = project.Dates(
            passes.day(slot.first), passes.day(slot.last), waits_for, why
        )
    return made


def chain(result: project.Result) -> tuple[str, ...]:
    """Ids of the tasks that set the finish, first to last: from the last task back along what each waits for."""
    if not result.tasks:
        return ()
    last = max(result.tasks, key=lambda name: (result.tasks[name].end, result.tasks[name].start))
    found = [last]
    while (before := result.tasks[found[-1]].waits_for) is not None and before not in found:
        found.append(before)
    return tuple(reversed(found))


def _reason(work: passes.Work, number: int, slots: Mapping[int, passes.Slot]) -> tuple[str | None, str]:
    task, slot = work.tasks[number], slots[number]
    earliest = work.earliest(number, slots)
    behind = [before for before in work.before[number] if slots[before].ready == earliest]
    behind = [before for before in behind if slots[before].ready > work.start]
    waits_for = work.tasks[behind[0]].id if behind else None
    free = work.fitted(number, earliest)
    if slot.first > free.first:
        blocker = _blocker(work, number, slots)
        if blocker is not None:
            other, resource = blocker
            return work.tasks[other].id, f"resource {resource}"
    clock = work.clocks[number]
    if task.days and task.field_work:
        open_first = earliest if task.elapsed else clock.next_working(earliest)
        if free.first > open_first:
            return waits_for, f"closed {clock.name}"
    if waits_for is not None:
        return waits_for, f"after {waits_for}"
    if task.not_before is not None and task.not_before.toordinal() == earliest and earliest > work.start:
        return None, "date"
    return None, f"calendar {clock.name}" if free.first > earliest else "start"


def _blocker(work: passes.Work, number: int, slots: Mapping[int, passes.Slot]) -> tuple[int, str] | None:
    """The task that last gave up a resource before this one took it, with the resource."""
    task, first = work.tasks[number], slots[number].first
    found = [
        (slots[other].last, -other, resource)
        for resource, count in task.needs.items()
        if count
        for other in work.users[resource]
        if slots[other].last < first
    ]
    if not found:
        return None
    _, other, resource = max(found)
    return -other, resource
