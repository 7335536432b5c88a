"""Answers that are others now and whose they are, questions that opened or closed, numbers that were replaced."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from planning import nouns, parameter_words
from planning.comparison import pairs

LONGEST_ANSWER = 80
"""Letters of an answer that a change says; who wants the rest reads the plan."""

OPENED, CLOSED = 2.0, 1.0

Key = tuple[str, str, str]
"""Section, branch and question."""


def of(before: nouns.Plan, after: nouns.Plan) -> Iterator[nouns.Change]:
    """Open points, answers, and numbers assumed."""
    settings = {setting.key for setting in after.settings} & {setting.key for setting in before.settings}
    names = {page.branch.id: page.branch.name for plan in (before, after) for page in plan.branches}
    for key, old, new in pairs.matched(_answers(before), _answers(after)):
        if old is not None and new is not None and old.given and new.given:
            yield from _answer(key, old, new, names, decided=key[2].rpartition("/")[2] in settings)
    yield from _points(before.open_points, after.open_points)
    for _, then, at_present in pairs.matched(
        pairs.by(before.parameters, "name"), pairs.by(after.parameters, "name")
    ):
        yield from _parameter(then, at_present)


def _answers(plan: nouns.Plan) -> dict[Key, nouns.Answered]:
    """Every answer once, those in lists too."""
    found: dict[Key, nouns.Answered] = {}
    for block in (block for section in plan.sections for block in section.answers):
        listed = (cell for table in block.tables for row in table.rows for cell in row)
        for one in (*block.answered, *listed):
            found.setdefault((block.flow, block.branch, one.key), one)
    return found


def _answer(
    key: Key, before: nouns.Answered, after: nouns.Answered, names: dict[str, str], *, decided: bool
) -> Iterator[nouns.Change]:
    if before.given == after.given:
        return
    place = names.get(key[1], "")
    label: nouns.Words = after.label
    if place:
        label = nouns.Text("change.of_branch", {"what": after.label, "branch": place})
    values: dict[str, nouns.Value] = {"what": label, "before": _short(before), "after": _short(after)}
    topic = nouns.Topic.DECISIONS if decided else nouns.Topic.ANSWERS
    yield nouns.Change(topic, nouns.Text("change.answer", values), who=after.respondent)


def _short(answer: nouns.Answered) -> str:
    said = " ".join((answer.shown or answer.given).split())
    return said if len(said) <= LONGEST_ANSWER else said[: LONGEST_ANSWER - 1] + "…"


def _points(before: Sequence[nouns.OpenPoint], after: Sequence[nouns.OpenPoint]) -> Iterator[nouns.Change]:
    """What opened and closed; of a section that was owed as a whole on one side, only that it was begun."""
    whole = {_section(point) for point in (*before, *after) if not point.key}
    left = {_section(point) for point in after if point.key}
    for _, was, now in pairs.matched(pairs.by(before, "id"), pairs.by(after, "id")):
        point = now or was
        if point is None or (was is not None and now is not None):
            continue
        if point.key and _section(point) in whole:
            continue
        if was is None:
            yield _point("point_opened", point, OPENED)
        else:
            begun = not point.key and _section(point) in left
            yield _point("section_begun" if begun else "point_closed", point, CLOSED)


def _section(point: nouns.OpenPoint) -> tuple[str, str]:
    return point.flow, point.branch


def _point(code: str, point: nouns.OpenPoint, weight: float) -> nouns.Change:
    what: nouns.Words = point.question
    if point.branch_name:
        what = nouns.Text("change.of_branch", {"what": what, "branch": point.branch_name})
    return nouns.Change(nouns.Topic.OPEN_POINTS, nouns.Text(f"change.{code}", {"what": what}), weight)


def _parameter(before: nouns.Parameter | None, after: nouns.Parameter | None) -> Iterator[nouns.Change]:
    number = after or before
    if number is None or before is None or after is None:
        # a number that entered the plan, or left it, because of an answer: that is said already
        return
    if math.isclose(before.value, after.value, rel_tol=1e-9) and before.replaced == after.replaced:
        return
    values: dict[str, nouns.Value] = {
        "what": parameter_words.name(after.name),
        "before": nouns.Amount(before.value, before.unit),
        "after": nouns.Amount(after.value, after.unit),
    }
    who = after.origin if after.replaced else ""
    yield nouns.Change(nouns.Topic.PARAMETERS, nouns.Text("change.changed", values), who=who)
