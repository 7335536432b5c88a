"""Risks that the answers raise by themselves, scored, with who answers for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from flows import nouns as flow_nouns
from flows.reading import nothing
from planning import branch_risks, nouns, workbook

_BETWEEN = re.compile(r"[;\n]+|(?<=[.!?])\s+(?=\S)")
"""Where one risk that was typed ends and the next begins."""

MOST_STATED = 20
"""More than these in one answer are no list of risks."""

Raised = branch_risks.Raised


def plan(
    work: workbook.Workbook,
    branches: Sequence[nouns.BranchPlan],
    people: nouns.People,
    training: nouns.Training,
    completeness: nouns.Completeness,
) -> tuple[nouns.Risk, ...]:
    """Every risk, the worst first."""
    raised = (
        *_of_people(work, people, training),
        *branch_risks.of(work, branches),
        *_of_data(work),
        *_of_hosting(work),
        *_stated(work),
    )
    found = [_risk(work, one, people) for one in raised]
    found += _listed(work, people)
    if completeness.percent < 100:
        likelihood = 4 if completeness.percent < 80 else 2
        incomplete = Raised("incomplete", likelihood, 4, (), {"percent": completeness.percent})
        found.append(_risk(work, incomplete, people))
    return tuple(sorted(found, key=lambda risk: (-risk.score, risk.id)))


def _risk(work: workbook.Workbook, raised: Raised, people: nouns.People) -> nouns.Risk:
    score = raised.likelihood * raised.impact
    red, amber = work.parameter("risk_red"), work.parameter("risk_amber")
    return nouns.Risk(
        id=raised.id,
        what=nouns.Text(f"risk.{raised.kind}", raised.values),
        response=nouns.Text(f"risk_response.{raised.kind}", raised.values),
        likelihood=raised.likelihood,
        impact=raised.impact,
        severity=nouns.Severity.RED
        if score >= red
        else nouns.Severity.AMBER
        if score >= amber
        else nouns.Severity.GREEN,
        owner=_owner(work, raised) or people.manager,
        because=tuple(fact.input for fact in raised.because if fact.known),
    )


def _owner(work: workbook.Workbook, raised: Raised) -> str:
    """Who can do something about it: of one branch's risk its staff, else whoever answers for what raised it."""
    if len(raised.branches) == 1:
        return work.facts.with_role(flow_nouns.Role.BRANCH_STAFF, raised.branches[0])
    flows = {fact.flow for fact in raised.because}
    asked = next((section for section in work.facts.sections if section.flow.id in flows), None)
    if asked is None or asked.flow.role not in flow_nouns.PROCESS_OWNERS:
        return ""
    return work.facts.with_role(asked.flow.role)


def _of_people(work: workbook.Workbook, people: nouns.People, training: nouns.Training) -> Iterator[Raised]:
    one = work.facts.one
    if not people.manager or people.dedicated is False:
        asked = [
            one("project_team", name) for name in ("manager_name", "manager_dedicated", "manager_percent")
        ]
        yield Raised("no_dedicated_manager", 4, 5, asked)
    if people.specialist.code in {"specialist.none", "specialist.nobody"}:
        yield Raised("weak_specialist", 3, 5, [one("project_team", "specialist_manager_experience")])
    if training.first_round.code in {"first_round.lacks", "first_round.not_listed", "first_round.nobody"}:
        yield Raised("first_trainer", 4, 4, [one("training_needs", "first_round_by")])
    if training.warnings:
        yield Raised("trainer_days", 3, 3)
    holders = {row.responsible.strip().casefold() for row in people.raci if row.responsible}
    if len(holders) == 1 and len([row for row in people.raci if row.responsible]) > 1:
        name = next(row.responsible for row in people.raci if row.responsible)
        yield Raised("single_holder", 3, 4, (), {"name": name})
    defects = sum(bool(row.defects) for row in people.raci)
    if defects:
        yield Raised("duties_unclear", 3, 3, (), {"n": defects})


def _of_data(work: workbook.Workbook) -> Iterator[Raised]:
    one = work.facts.one
    challenges = one("migration", "challenges")
    if "ledger_mismatch" in challenges.chosen:
        yield Raised("ledger_mismatch", 4, 4, [challenges])
    if "vendor_refuses" in challenges.chosen:
        yield Raised("vendor_refuses", 3, 5, [challenges])
    poor = [
        entry.one("quality")
        for entry in work.facts.entries("migration", "entities")
        if entry.one("quality").text == "poor"
    ]
    if poor:
        yield Raised("poor_data", 4, 4, poor, {"n": len(poor)})
    if one("migration", "strategy").text == "full_history":
        yield Raised("full_history", 4, 4, [one("migration", "strategy")])


def _of_hosting(work: workbook.Workbook) -> Iterator[Raised]:
    one = work.facts.one
    for item, likelihood, impact in (
        ("restore_test", 3, 5),
        ("nightly_backup", 3, 5),
        ("default_users", 4, 5),
    ):
        state = one("it_security", item)
        if state.text in {"not_met", "partly"}:
            yield Raised(item, likelihood, impact, [state])
    law = one("it_hosting", "data_must_stay")
    if law.text == "unknown":
        yield Raised("law_unknown", 3, 4, [law])


LIKELIHOODS = {"rare": 1, "unlikely": 2, "possible": 3, "likely": 4, "certain": 5}
IMPACTS = {"small": 1, "minor": 2, "moderate": 3, "major": 4, "severe": 5}
"""The choices of the flow on the scales of the register."""


def _listed(work: workbook.Workbook, people: nouns.People) -> Iterator[nouns.Risk]:
    """What the project manager lists, with the own response and owner."""
    for number, entry in enumerate(work.facts.entries("project_team", "dangers"), 1):
        words, likely, bad = (entry.one(f"danger{part}") for part in ("", "_likelihood", "_impact"))
        if not words.text:
            continue
        raised = Raised(
            "stated",
            LIKELIHOODS.get(likely.text, int(work.parameter("stated_likelihood"))),
            IMPACTS.get(bad.text, int(work.parameter("stated_impact"))),
            [fact for fact in (words, likely, bad) if fact.known],
            {"words": words.text},
            number=number,
        )
        risk = _risk(work, raised, people)
        response, owner = entry.one("danger_response").text, entry.one("danger_owner").text
        yield msgspec.structs.replace(risk, response=response or risk.response, owner=owner or risk.owner)


def _stated(work: workbook.Workbook) -> Iterator[Raised]:
    """What was feared in one text, as older answers have it, one risk a line or sentence."""
    if not work.facts.asks("project_team", "risks"):
        return
    stated = work.facts.one("project_team", "risks")
    likelihood, impact = (int(work.parameter(f"stated_{part}")) for part in ("likelihood", "impact"))
    for number, words in enumerate(_named(stated.text), 1):
        yield Raised("stated", likelihood, impact, [stated], {"words": words}, number=number)


def _named(text: str) -> list[str]:
    parts = (part.strip(" .;-•*\t") for part in _BETWEEN.split(text))
    return [part for part in parts if part and not nothing.is_nothing(part)][:MOST_STATED]
