"""What can be promised: when all branches work with Mifos and when the project closes, as planned and as work strays.

A wished date asks for the first of the two: the project closes weeks later, when what turned up is settled.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence

import msgspec

from planning import nouns, workbook
from planning.schedule import project, sequence, simulation

LONG_WAIT = 28
"""Days more from which on a wait is told: closed books and holidays seldom take as long, a missed season does."""


def judged(
    work: workbook.Workbook,
    schedule: nouns.Schedule,
    order: sequence.FixedOrder,
) -> nouns.Schedule:
    """The schedule with its two goals, when each is reached as lengths stray, and what that says of the wished date."""
    live = {task.id: task.end for task in schedule.tasks if is_live(task)}
    spread = simulation.Spread(
        work.parameter("work_low"), work.parameter("work_high"), work.parameter("delivery_high")
    )
    runs = int(work.parameter("simulation_runs"))
    goals: list[Collection[str]] = [order.work.number, live] if live else [order.work.number]
    likely: tuple[nouns.Likely, ...] = ()
    missed = None
    # a run may leave every calendar
    with contextlib.suppress(project.ScheduleError):
        likely = tuple(
            nouns.Likely(
                runs, one.by(50), one.by(80), None if schedule.target is None else one.chance(schedule.target)
            )
            for one in simulation.run(order, spread, runs, goals)
        )
        missed = _missed(schedule, order, simulation.usual(order.work.tasks, spread))
    found = msgspec.structs.replace(
        schedule,
        live=max(live.values(), default=None),
        likely=likely[0] if likely else None,
        live_likely=likely[1] if live and likely else None,
    )
    far = found.goal_likely is not None and (found.goal_likely.even - found.goal).days >= LONG_WAIT
    return msgspec.structs.replace(found, verdict=_verdict(found), missed=missed if far else None)


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


def _missed(schedule: nouns.Schedule, order: sequence.FixedOrder, days: Sequence[int]) -> nouns.Text | None:
    """The task that waits longest for its season when all take so many days, where as planned it need not."""
    waits = [
        usual - planned for usual, planned in zip(order.waits(days), order.waits(order.days), strict=True)
    ]
    longest = max(range(len(waits)), key=waits.__getitem__, default=None)
    if longest is None or waits[longest] < LONG_WAIT:
        return None
    name = next(task.name for task in schedule.tasks if task.id == order.work.tasks[longest].id)
    return nouns.Text("said.missed", {"task": name, "n": waits[longest]})
