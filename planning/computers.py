"""Branch computers: how many its people need, how many of those there are good enough."""

from __future__ import annotations

import math
from collections.abc import Iterable

from planning import facts, nouns, profile, workbook

FLOW = "branch_equipment"

AT_A_DESK = frozenset({"desktop", "laptop"})
"""Kinds on which the web screens are worked with all day."""

USABLE, WORN = "yes", "partly"


def in_use(work: workbook.Workbook, branch: str) -> nouns.Figure:
    """Computers at work in the busiest hour, without spares."""
    one = work.facts.one
    return work.computed(
        "computers_in_use",
        lambda users, tellers, officers, sharing: max(users, tellers + math.ceil(officers / sharing) + 1),
        one(profile.FLOW, "users_at_once", branch),
        one(profile.FLOW, "tellers", branch),
        one(profile.FLOW, "loan_officers", branch),
        uses=("officers_per_computer",),
    )


def plan(work: workbook.Workbook, branch: str) -> nouns.Devices:
    """Computers of a branch: need, usable, missing."""
    need = work.computed(
        "computers_need",
        lambda used, spare: math.ceil(used) + math.ceil(math.ceil(used) * spare / 100),
        in_use(work, branch),
        uses=("spare_percent",),
    )
    entries = work.facts.entries(FLOW, "computers", branch)
    have = usable(work, entries, AT_A_DESK)
    return nouns.Devices(
        need=need,
        have=have,
        gap=missing(work, "computers_gap", need, have),
        severity=severity(need, have),
        measures=_measures(work, entries),
    )


def usable(work: workbook.Workbook, entries: facts.Entries, kinds: Iterable[str]) -> nouns.Figure:
    """Computers of some kinds that work well, are young enough and have the memory."""
    wanted = frozenset(kinds)
    parts = [usable_of(work, entry) for entry in entries if entry.one("kind").text in wanted]
    parts += [
        work.unknown("computers_usable", entry.one("kind").point)
        for entry in entries
        if not entry.one("kind").known
    ]
    return work.total("computers_usable", parts, missing=() if entries.stated else (entries.point,))


def usable_of(work: workbook.Workbook, entry: facts.Entry) -> nouns.Figure:
    """How many of one entry may be counted: none where any one thing rules them out, unknown while one may."""
    works, age, memory, many = (entry.one(name) for name in ("works", "age_years", "memory_gb", "how_many"))
    oldest, least = work.parameter("computer_age"), work.parameter("computer_memory")
    ruled_out = (
        (works.known and works.text != USABLE)
        or (age.number is not None and age.number > oldest)
        or (memory.number is not None and memory.number < least)
    )
    uses = ("computer_age", "computer_memory")
    if ruled_out:
        return work.computed("computers_ruled_out", lambda *_: 0.0, many, uses=uses)
    waiting = [fact for fact in (works, age, memory) if fact.applies and not fact.known]
    if waiting:
        return work.unknown("computers_usable_of", *(fact.point for fact in waiting))
    return work.computed("computers_usable_of", lambda count, *_: count, many, uses=uses)


def missing(work: workbook.Workbook, name: str, need: nouns.Figure, have: nouns.Figure) -> nouns.Figure:
    """Need less what is usable, never below nothing."""
    return work.computed(name, lambda wanted, there: max(0.0, wanted - there), need, have)


def severity(need: nouns.Figure, have: nouns.Figure) -> nouns.Severity:
    """Red where less than half is there, amber where some is missing or nobody knows, green otherwise."""
    if need.value is None or have.value is None:
        return nouns.Severity.AMBER
    if have.value >= need.value:
        return nouns.Severity.GREEN
    return nouns.Severity.RED if have.value < need.value / 2 else nouns.Severity.AMBER


def _measures(work: workbook.Workbook, entries: facts.Entries) -> tuple[nouns.Text, ...]:
    """What can be done with the ones that are not good enough."""
    made = []
    oldest, least = work.parameter("computer_age"), work.parameter("computer_memory")
    for entry in entries:
        if entry.one("kind").text not in AT_A_DESK:
            continue
        count, kind = entry.one("how_many").number, entry.one("kind").shown
        if count is None:
            continue
        age, memory = entry.one("age_years").number, entry.one("memory_gb").number
        values: dict[str, nouns.Value] = {"n": int(count), "kind": kind}
        if age is not None and age > oldest:
            made.append(nouns.Text("measure.replace_old", values | {"age": age}))
        elif memory is not None and memory < least:
            made.append(nouns.Text("measure.add_memory", values | {"memory": memory}))
        elif entry.one("works").text == WORN:
            made.append(nouns.Text("measure.repair", values))
        elif entry.one("works").known and entry.one("works").text != USABLE:
            made.append(nouns.Text("measure.replace_broken", values))
    return tuple(made)
