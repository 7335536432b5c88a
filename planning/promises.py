"""What can be promised: when all branches work with Mifos and when the project closes, as planned and as work strays.

A wished date asks for the first of the two: the project closes weeks later, when what turned up is settled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec

from planning import nouns, workbook
from planning.schedule import project, sequence, simulation

LONG_WAIT = 28
"""Days more from which on a wait is told: closed books and holidays seldom take as long, a missed season does."""


def judged(work: workbook.Workbook, schedule: nouns.Schedule, order: sequence.FixedOrder) -> nouns.Schedule:
    """The schedule with its two goals, when each is reached as lengths stray, and what that says of the wished date."""
    live = {task.id: task.end for task in schedule.tasks if is_live(task)}
    schedule = msgspec.structs.replace(schedule, live=max(live.values(), default=None))
    spread = simulation.Spread(
        work.parameter("work_low"), work.parameter("work_high"), work.parameter("delivery_high")
    )
    runs = int(work.parameter("simulation_runs"))
    goals: list[Collection[str]] = [order.work.number, live] if live else [order.work.number]
    try:
        found = simulation.run(order, spread, runs, goals)
    except project.ScheduleError:
        # a run would leave every calendar
        return msgspec.structs.replace(schedule, verdict=_verdict(schedule))
    likely = [_likely(one, schedule.target) for one in found]
    return msgspec.structs.replace(
        schedule,
        verdict=_verdict(schedule),
        likely=likely[0],
        live_likely=likely[1] if live else None,
        missed=_missed(schedule, order, goals[-1], found[-1]),
    )


def _likely(found: simulation.Finishes, target: dt.date | None) -> nouns.Likely:
    chance = None if target is None else found.chance(target)
    return nouns.Likely(len(found.days), found.by(50), found.by(80), chance)


def said(schedule: nouns.Schedule) -> tuple[nouns.Text, ...]:
    """The day to promise, the one that needs luck, the chance of the wished one, and when the project closes."""
    verdict = [schedule.verdict] if schedule.verdict is not None else []
    likely, told = schedule.goal_likely, goal(schedule)
    found = verdict
    if likely is not None:
        days: dict[str, nouns.Value] = {
            "goal": told, "safe": nouns.Day(likely.safe), "even": nouns.Day(likely.even),
        }  # fmt: skip
        found = [nouns.Text("said.promise", days), *verdict]
        if likely.on_target is not None and schedule.target is not None:
            chance: dict[str, nouns.Value] = {
                "goal": told, "percent": percent(likely.on_target), "target": nouns.Day(schedule.target),
            }  # fmt: skip
            found.append(nouns.Text("said.on_target", chance))
    if schedule.missed is not None:
        found.append(schedule.missed)
    if schedule.live is not None:
        found.append(_close(schedule))
    return tuple(found)


def in_short(schedule: nouns.Schedule) -> tuple[nouns.Text, ...]:
    """What page one has room for: the day to promise and the chance of the wished one; without them the verdict."""
    found = said(schedule)
    return tuple(text for text in found if text.code in {"said.promise", "said.on_target"}) or found[:1]


def percent(chance: int) -> nouns.Text:
    """A chance in words: runs that all came out alike are no certainty."""
    name = {0: "none", 100: "all"}.get(chance, "some")
    return nouns.Text(f"percent.{name}", {"n": chance})


def _close(schedule: nouns.Schedule) -> nouns.Text:
    days: dict[str, nouns.Value] = {"finish": nouns.Day(schedule.finish)}
    if schedule.likely is None:
        return nouns.Text("said.close_planned", days)
    return nouns.Text("said.close", {**days, "safe": nouns.Day(schedule.likely.safe)})


def is_live(task: nouns.ScheduledTask) -> bool:
    """Whether it is the moment from which on a branch works with Mifos."""
    return task.id.startswith("live_")


def goal(schedule: nouns.Schedule) -> nouns.Text:
    """What the wished date asks for, as a clause."""
    return nouns.Text("goal.close" if schedule.live is None else "goal.live")


def _verdict(schedule: nouns.Schedule) -> nouns.Text:
    values: dict[str, nouns.Value] = {"goal": goal(schedule), "day": nouns.Day(schedule.goal)}
    if schedule.target is None:
        return nouns.Text("verdict.no_target", values)
    late = (schedule.goal - schedule.target).days
    values |= {"target": nouns.Day(schedule.target), "n": abs(late)}
    return nouns.Text(
        "verdict.late" if late > 0 else "verdict.in_time" if late else "verdict.on_the_day", values
    )


def _missed(
    schedule: nouns.Schedule,
    order: sequence.FixedOrder,
    goal: Collection[str],
    found: simulation.Finishes,
) -> nouns.Text | None:
    """What waits longest on the way to the goal in the run in the middle; None where that lies near the plan."""
    if (found.by(50) - schedule.goal).days < LONG_WAIT:
        return None
    planned, usual = order.waits(order.days), order.waits(found.middle)
    chain = order.chain(found.middle, [order.work.number[task] for task in goal])
    longest = max(chain, key=lambda number: usual[number] - planned[number])
    more = usual[longest] - planned[longest]
    if more < LONG_WAIT:
        return None
    name = next(task.name for task in schedule.tasks if task.id == order.work.tasks[longest].id)
    return nouns.Text("said.missed", {"task": name, "n": more})
