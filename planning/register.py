"""The book as the plan takes it: what stands twice, or belongs to nothing, is named and left aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from flows import book as books
from flows import errors, form, nouns
from planning import nouns as plan_nouns
from planning import task_list

OURS = frozenset({"", task_list.HEAD_OFFICE})
"""Ids that mean the institution itself."""


def of(
    book: nouns.AnswerBook, flows: Sequence[nouns.Flow]
) -> tuple[nouns.AnswerBook, tuple[plan_nouns.Text, ...]]:
    """The book without them, and a sentence about each."""
    named: list[plan_nouns.Text] = []
    branches = tuple(_once(book.branches, named))
    surveys = tuple(_usable(book.surveys, named))
    sound = msgspec.structs.replace(book, branches=branches, surveys=surveys)
    sections = tuple(_placed(sound, flows, named))
    _owners(sound, named)
    return msgspec.structs.replace(sound, sections=sections), tuple(named)


def _once(branches: Sequence[nouns.Branch], named: list[plan_nouns.Text]) -> Iterator[nouns.Branch]:
    seen: set[str] = set()
    for branch in branches:
        if branch.id in OURS:
            named.append(plan_nouns.Text("warning.branch_id", {"branch": branch.name, "id": branch.id}))
            continue
        if branch.id in seen:
            named.append(plan_nouns.Text("warning.branch_twice", {"branch": branch.name, "id": branch.id}))
            continue
        seen.add(branch.id)
        yield branch


def _usable(surveys: Sequence[nouns.Flow], named: list[plan_nouns.Text]) -> Iterator[nouns.Flow]:
    for survey in surveys:
        try:
            form.of(survey)
        except errors.FlowErrors as problem:
            first = str(problem).partition("\n")[0]
            named.append(
                plan_nouns.Text(
                    "warning.survey_broken", {"survey": survey.title or survey.id, "reason": first}
                )
            )
            continue
        yield survey


def _placed(
    book: nouns.AnswerBook, flows: Sequence[nouns.Flow], named: list[plan_nouns.Text]
) -> Iterator[nouns.SectionAnswers]:
    known = {flow.id: flow for flow in books.flows_of(book, flows)}
    branches = {branch.id for branch in book.branches}
    seen: set[tuple[str, str]] = set()
    for section in book.sections:
        flow, place = known.get(section.flow), (section.flow, section.branch)
        values: dict[str, plan_nouns.Value] = {
            "section": flow.title if flow is not None else section.flow,
            "branch": section.branch,
            "n": len(section.answers),
        }
        if flow is None:
            named.append(plan_nouns.Text("warning.no_such_section", values))
        elif flow.per is nouns.Per.BRANCH and section.branch not in branches:
            named.append(plan_nouns.Text("warning.no_such_branch", values))
        elif flow.per is nouns.Per.ORGANISATION and section.branch:
            named.append(plan_nouns.Text("warning.not_per_branch", values))
        elif place in seen:
            named.append(plan_nouns.Text("warning.section_twice", values))
        else:
            seen.add(place)
            yield section


def _owners(book: nouns.AnswerBook, named: list[plan_nouns.Text]) -> None:
    people = {person.id for person in book.people}
    for owner in dict.fromkeys(section.owner for section in book.sections):
        if owner and owner not in people:
            named.append(plan_nouns.Text("warning.no_such_person", {"name": owner}))
