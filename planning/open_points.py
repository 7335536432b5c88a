"""What nobody has said yet: every question that applies and has no value, with who owes it and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from flows import instance, keys, nouns
from planning import facts, parameters
from planning import nouns as plan_nouns

_replace = msgspec.structs.replace


def find(known: facts.Facts, numbers: parameters.Parameters) -> tuple[plan_nouns.OpenPoint, ...]:
    """Every open point, in the order of the sections and their questions."""
    due = _due(known, numbers)
    return tuple(
        _waiting(section, point) for section in known.sections for point in _of_section(known, section, due)
    )


def _waiting(section: facts.Section, point: plan_nouns.OpenPoint) -> plan_nouns.OpenPoint:
    """The point with the colleague whom its owner has asked; as it is where there is none."""
    waits = section.answers.waits
    part = next((key for key in waits if keys.is_in(point.key, key)), None)
    if part is None:
        return point
    return _replace(point, reason=plan_nouns.Reason.ASKED, asked=waits[part].name, asked_on=waits[part].since)


def of_list(
    known: facts.Facts, numbers: parameters.Parameters, section: facts.Section, point: str, question: str
) -> plan_nouns.OpenPoint:
    """The open point of a list that lacks something, worded as a question of its own."""
    owner, role = owner_of(known, section)
    return plan_nouns.OpenPoint(
        id=point,
        question=question,
        flow=section.flow.id,
        reason=plan_nouns.Reason.UNANSWERED,
        section=section.flow.title,
        key=point.rpartition(":")[2],
        owner=owner,
        owner_role=role,
        due=_due(known, numbers),
    )


def _due(known: facts.Facts, numbers: parameters.Parameters) -> dt.date:
    found = known.today + dt.timedelta(days=int(numbers["open_point_days"].value))
    return _working_day(found, known.book.institution.weekend)


def completeness(known: facts.Facts) -> plan_nouns.Completeness:
    """How many of the questions that apply have a value."""
    return completeness_of(known.sections)


def completeness_of(sections: Iterable[facts.Section]) -> plan_nouns.Completeness:
    """The same of some sections."""
    answered = applicable = 0
    for section in sections:
        for _, node in _questions(section):
            if facts.owed(node):
                applicable += 1
                answered += facts.said(node)
    return plan_nouns.Completeness(answered, applicable)


def _of_section(known: facts.Facts, section: facts.Section, due: dt.date) -> Iterator[plan_nouns.OpenPoint]:
    owner, role = owner_of(known, section)
    whole = plan_nouns.OpenPoint(
        id=section.point(""),
        question=section.flow.title,
        flow=section.flow.id,
        reason=plan_nouns.Reason.NOT_HANDED_IN,
        section=section.flow.title,
        branch=section.branch_id,
        branch_name=section.branch.name if section.branch is not None else "",
        owner=owner,
        owner_role=role,
        due=due,
    )
    if not section.begun:
        asked = [node for _, node in _questions(section) if facts.owed(node)]
        seeds = tuple(seed for _, part in section.parts() for seed in _seeds(part))
        yield _replace(whole, questions=max(1, len(asked)), seeds=tuple(dict.fromkeys(seeds)))
        return
    for _, part in section.parts():
        nodes: list[instance.Part] = [part]
        if isinstance(part, instance.Series):
            nodes = [node for entry in part.entries for _, node in facts.walk(entry.parts, "")]
            if not part.entries and not section.stated(part):
                yield _replace(
                    whole,
                    id=section.point(part.key),
                    question=part.place.item.label,
                    reason=_reason(section, section.answers.answers.get(part.key)),
                    key=part.key,
                    seeds=_seeds(part),
                )
        for node in nodes:
            if isinstance(node, instance.Question) and facts.owed(node) and _is_open(section, node):
                yield _replace(
                    whole,
                    id=section.point(node.key),
                    question=known.fact(section, node).label,
                    reason=_reason_of(section, node),
                    key=node.key,
                    remark=_remark(known, section, node),
                    seeds=_seeds(node),
                )


def _seeds(part: instance.Part) -> tuple[str, ...]:
    return part.place.item.seed if isinstance(part.place.item, nouns.Question | nouns.Repeat) else ()


def owner_of(known: facts.Facts, section: facts.Section) -> tuple[str, str]:
    """Who owes a section: its owner, else whoever has its role, else the project manager; with the role."""
    manager = nouns.Role.PROJECT_MANAGER
    if section.answers.owner:
        return known.name(section.answers.owner), section.flow.role
    if name := known.with_role(section.flow.role, section.branch_id):
        return name, section.flow.role
    return known.with_role(manager), manager


REASONS = {
    nouns.Sure.UNKNOWN: plan_nouns.Reason.UNKNOWN,
    nouns.Sure.ASKED: plan_nouns.Reason.ASKED,
    nouns.Sure.SKIPPED: plan_nouns.Reason.SKIPPED,
}
"""What a respondent said in the place of an answer -> why it is open."""


def _is_open(section: facts.Section, node: instance.Question) -> bool:
    """Whether nothing usable was answered, or two answers stand."""
    return not facts.said(node) or node.key in section.answers.disputes


def _remark(known: facts.Facts, section: facts.Section, node: instance.Question) -> str:
    """What was noted beside the answer; of two answers that stand both, the other one and who proposes it."""
    proposed = section.answers.disputes.get(node.key)
    if proposed is not None:
        other = facts.in_words(node.item, proposed.value, section.flow.language)
        return f"{known.name(proposed.by)}: {other}"
    return node.answer.note if node.answer is not None else ""


def _reason_of(section: facts.Section, node: instance.Question) -> plan_nouns.Reason:
    if node.key in section.answers.disputes:
        return plan_nouns.Reason.DISPUTED
    return plan_nouns.Reason.REFUSED if facts.refused(node) else _reason(section, node.answer)


def _reason(section: facts.Section, said: nouns.Answer | None) -> plan_nouns.Reason:
    if said is not None and said.sure in REASONS:
        return REASONS[said.sure]
    return plan_nouns.Reason.RETURNED if section.answers.state == "returned" else plan_nouns.Reason.UNANSWERED


def _questions(section: facts.Section) -> Iterator[tuple[str, instance.Question]]:
    """Every question that applies, those of entries included."""
    for heading, part in section.parts():
        if isinstance(part, instance.Question):
            yield heading, part
            continue
        for entry in part.entries:
            for inner, node in facts.walk(entry.parts, heading):
                if isinstance(node, instance.Question):
                    yield inner, node


def _working_day(day: dt.date, weekend: tuple[int, ...]) -> dt.date:
    """The day itself, or the next one outside the weekend."""
    while day.weekday() in weekend and len(weekend) < 7:
        day += dt.timedelta(days=1)
    return day
