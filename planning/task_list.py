"""Collects tasks: each with its calendar, its people, where its length comes from, and what it is called."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from flows import nouns as flow_nouns
from planning import nouns, workbook
from planning.schedule import project

HEAD_OFFICE = "head_office"
"""Id of the institution's own calendar; branches have theirs under their ids."""


class Planned(msgspec.Struct, frozen=True):
    """A task with what the plan says of it."""

    task: project.Task
    name: nouns.Text
    phase: str
    branch: str = ""
    inputs: tuple[nouns.Input, ...] = ()
    assumption: nouns.Text | None = None
    course: str = ""
    """The training role that it teaches; `branch` where it teaches a branch."""


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
        field_work: bool = False,
        not_before: dt.date | None = None,
        course: str = "",
    ) -> None:
        """Add a task of whole days; at a branch it follows the branch's calendar."""
        task = project.Task(
            id=name,
            days=math.ceil(max(0.0, days)),
            elapsed=elapsed,
            calendar=branch.id if branch is not None else HEAD_OFFICE,
            field_work=field_work,
            needs=dict.fromkeys(needs, 1),
            after=tuple(after),
            not_before=not_before,
        )
        text = nouns.Text(f"task.{called or name}", values or {})
        at = branch.id if branch is not None else ""
        self.planned.append(Planned(task, text, phase, at, inputs, assumption, course))

    def usual(self, name: str, phase: str, parameter: str, *, extra: int = 0, **rest: Any) -> None:
        """Add a task whose length is a parameter, and say so; `extra` are days on the road."""
        days = self.work.parameter(parameter) + extra
        self.add(name, phase, days, assumption=nouns.Text("assumed.days", {"n": days}), **rest)

    def delivery(self, name: str, answer: tuple[str, str], parameter: str, *, after: Sequence[str]) -> None:
        """Add the wait for something ordered: calendar days as promised in an answer, else as usual."""
        promised = self.work.facts.one(*answer)
        if promised.number is None:
            self.usual(name, "infrastructure", parameter, after=after, elapsed=True)
            return
        inputs = (promised.input,)
        self.add(name, "infrastructure", promised.number, after=after, elapsed=True, inputs=inputs)

    def those(self, *names: str) -> list[str]:
        """Which of these tasks there are."""
        known = {planned.task.id for planned in self.planned}
        return [name for name in names if name in known]

    def ids(self, *phases: str) -> list[str]:
        """Every task of some phases."""
        return [planned.task.id for planned in self.planned if planned.phase in phases]
