"""Small answer books: one branch, sections given as plain dicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from flows import nouns, shipped
from planning import (
    branches,
    connectivity,
    costs,
    facts,
    hosting,
    options,
    parameters,
    power,
    server_ways,
    workbook,
)
from planning import nouns as nouns_of_plans

TODAY = dt.date(2027, 1, 4)
"""A Monday."""

INSTITUTION = nouns.Institution(name="Upya", country="KE", currency="KES", timezone="Africa/Nairobi")

AT = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)


def paths() -> dict[tuple[str, str], str]:
    """(flow, name) -> path of every item of the assessment."""
    found: dict[tuple[str, str], str] = {}

    def walk(flow: str, items: tuple[nouns.Item, ...]) -> None:
        for item in items:
            found[flow, item.name] = item.path
            if not isinstance(item, nouns.Question):
                walk(flow, item.children)

    for flow in shipped.assessment():
        walk(flow.id, flow.children)
    return found


PATHS = paths()


def section(flow: str, branch: str = "", /, *, state: str = "approved", **given: Any) -> nouns.SectionAnswers:
    """One section's answers: a value, an `Answer`, or for a repeat a list of dicts, by the question's name."""
    answers: dict[str, nouns.Answer] = {}
    entries: dict[str, tuple[int, ...]] = {}
    for name, value in given.items():
        path = PATHS[flow, name]
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            entries[path] = tuple(range(1, len(value) + 1))
            for number, one in enumerate(value, 1):
                for inner, inner_value in one.items():
                    below = PATHS[flow, inner][len(path) :]
                    answers[f"{path}:{number}{below}"] = answer(inner_value)
        else:
            answers[path] = answer(value)
    return nouns.SectionAnswers(flow, branch=branch, state=state, answers=answers, entries=entries)


def answer(value: Any) -> nouns.Answer:
    """An answer by Ann, who knows."""
    return value if isinstance(value, nouns.Answer) else nouns.Answer(value, by="ann", at=AT)


def estimate(value: Any) -> nouns.Answer:
    """An answer that is a guess."""
    return nouns.Answer(value, by="ann", at=AT, sure=nouns.Sure.ESTIMATE)


def book(*sections: nouns.SectionAnswers, **changes: Any) -> nouns.AnswerBook:
    """A book of one branch `b`."""
    given: dict[str, Any] = {
        "institution": INSTITUTION,
        "branches": (nouns.Branch("b", "Busia"),),
        "people": (
            nouns.Respondent("ann", "Ann Achieng", (nouns.Role.BRANCH_STAFF,), ("b",)),
            nouns.Respondent("pam", "Pam Mwangi", (nouns.Role.PROJECT_MANAGER,)),
        ),
        "sections": sections,
    }
    return nouns.AnswerBook(**(given | changes))


def work(*sections: nouns.SectionAnswers, language: str = "en", **changes: Any) -> workbook.Workbook:
    """A workbook over such a book, whose questions are worded in a language."""
    given = book(*sections, **changes)
    flows = [shipped.in_language(flow, language) for flow in shipped.assessment()]
    return workbook.Workbook(facts.Facts(given, flows, TODAY), parameters.of(given)[0])


def lines(at: workbook.Workbook) -> nouns_of_plans.Connectivity:
    """The branch's lines, with the power that they hang on."""
    return connectivity.plan(at, "b", power.plan(at, "b"))


def budget(at: workbook.Workbook, specialist: Sequence[nouns_of_plans.Figure] = ()) -> nouns_of_plans.Costs:
    """The money of a workbook: branches and servers with the ways taken for their gaps, and a specialist's days."""
    pages = options.of_branches(at, [branches.plan(at, branch) for branch in at.facts.book.branches])
    found = hosting.plan(at)
    found = msgspec.structs.replace(found, ways=(server_ways.of(at, found),))
    return costs.plan(at, pages, found, specialist, hosting.clients_now(at))


def office(**changes: Any) -> nouns.SectionAnswers:
    """A branch of 9 people: 4 loan officers, 2 tellers, 5 at a computer, 8 hours, Monday to Friday."""
    usual: dict[str, Any] = {
        "clients": 1000, "staff_total": 9, "loan_officers": 4, "tellers": 2, "users_at_once": 5,
        "opening_hours": 8, "working_days": ["mon", "tue", "wed", "thu", "fri"],
    }  # fmt: skip
    return section("branch_office", "b", **(usual | changes))
