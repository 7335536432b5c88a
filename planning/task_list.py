"""Collects tasks: each with its calendar, its people, where its length comes from, and what it is called."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from flows import nouns as flow_nouns
from planning import nouns, workbook
from planning.schedule import project

HEAD_OFFICE = "head_office"
"""Id of the institution's own calendar; branches have theirs under their ids."""

MANAGER, SPECIALIST, ADMINISTRATOR, DEVELOPER, TRAINER, CLERKS = (
    "manager", "specialist", "administrator", "developer", "trainer", "clerks",
)  # fmt: skip
"""Whom tasks hold; `who.<name>` says them where nobody is named."""


class Outside(enum.StrEnum):
    """What stops a task beside weekends and holidays; each kind has a calendar of its own at every branch."""

    ROAD = ""
    """The road must be open."""
    VISIT = "visit"
    """The road must be open until the branch has begun, and no end of year may come between."""
    MOVE = "move"
    """No end of a month or year may be near."""


def calendar_of(place: str, kind: str = "") -> str:
    """Id of a place's calendar for one kind of work."""
    return f"{place}/{kind}" if kind else place


class Planned(msgspec.Struct, frozen=True):
    """A task with what the plan says of it."""

    task: project.Task
    name: nouns.Text
    phase: str
    branch: str = ""
    inputs: tuple[nouns.Input, ...] = ()
    assumption: nouns.Text | None = None
    course: str = ""
    """The course of which it is a part."""
    called: str = ""
    """What kind of task it is: its name without the place."""
    wave: str = ""
    place: str = HEAD_OFFICE
    """Whose weekends and holidays it follows."""


class TaskList:
    """Tasks in the order in which they were added."""

    def __init__(self, work: workbook.Workbook) -> None:
        self.work = work
        self.planned: list[Planned] = []

    def add(
        self,
        name: str,
        phase: str,
        days: float,
        *,
        after: Sequence[str] = (),
        needs: Sequence[str] = (),
        branch: flow_nouns.Branch | None = None,
        called: str = "",
        values: Mapping[str, nouns.Value] | None = None,
        inputs: tuple[nouns.Input, ...] = (),
        assumption: nouns.Text | None = None,
        elapsed: bool = False,
        outside: Outside | None = None,
        not_before: dt.date | None = None,
        course: str = "",
        wave: str = "",
    ) -> None:
        """Add a task of whole days; at a branch it follows the branch's calendar."""
        place = branch.id if branch is not None else HEAD_OFFICE
        task = project.Task(
            id=name,
            days=math.ceil(max(0.0, days)),
            elapsed=elapsed,
            calendar=calendar_of(place, outside or ""),
            field_work=outside is not None,
            needs=dict.fromkeys(needs, 1),
            after=tuple(after),
            not_before=not_before,
        )
        text = nouns.Text(f"task.{called or name}", values or {})
        at = branch.id if branch is not None else ""
        self.planned.append(
            Planned(task, text, phase, at, inputs, assumption, course, called or name, wave, place)
        )

    def usual(self, name: str, phase: str, parameter: str, *, days_more: float = 0, **rest: Any) -> None:
        """Add a task whose length is a parameter, and say so; more days come from the road or the size of a wave."""
        days = self.work.parameter(parameter)
        self.add(name, phase, days + days_more, assumption=self.assumed(days, math.ceil(days_more)), **rest)

    def assumed(self, days: float, days_more: int) -> nouns.Text:
        """The sentence that names an assumed length."""
        if days_more:
            return nouns.Text("assumed.more", {"days": days, "more": days_more})
        return nouns.Text("assumed.days", {"n": days})

    def delivery(self, name: str, phase: str, answer: tuple[str, ...], parameter: str, **rest: Any) -> None:
        """Add the wait for something on its way: calendar days as promised in an answer, else as usual.

        Where the question does not apply, the place is near and nothing is waited for.
        """
        promised = self.work.facts.one(*answer)
        if promised.number is not None:
            self.add(name, phase, promised.number, elapsed=True, inputs=(promised.input,), **rest)
        elif promised.applies:
            self.usual(name, phase, parameter, elapsed=True, **rest)
        else:
            self.add(name, phase, 0, elapsed=True, **rest)

    def those(self, *names: str) -> list[str]:
        """Which of these tasks there are."""
        known = {planned.task.id for planned in self.planned}
        return [name for name in names if name in known]

    def ids(self, *phases: str) -> list[str]:
        """Every task of some phases."""
        return [planned.task.id for planned in self.planned if planned.phase in phases]
