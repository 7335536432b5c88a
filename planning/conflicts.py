"""Answers of several people that cannot all be true: each pair is named, with the answers that it is about.

What one question takes, and what follows within one section, is said in the flow itself (`constraint`,
`plausible`); here stand the pairs between branches, between a branch and head office, and between sections.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from flows import nouns as flow_nouns
from planning import computers, facts, hosting, migration, nouns, power, profile

TRAINING, PROJECT = "training_needs", "project_team"

COUNTED_LATER = 0.05
"""Part by which clients and the records of them may differ: they are counted on different days."""

SAME_PLACE_METRES = 50
"""Two branches nearer to each other than this sent the same place: phones are exact to some 20 m."""

EARTH_METRES = 6_371_000
"""Radius of the earth."""

TRAINED = {"trainees_loan_officers": "loan_officers", "trainees_tellers": "tellers"}
"""Whom head office trains -> how many of them a branch has."""


class Place(NamedTuple):
    """Where an answer stands."""

    flow: str
    branch: str
    key: str


class Conflict(msgspec.Struct, frozen=True):
    """Answers that cannot all be true."""

    said: nouns.Text
    places: tuple[Place, ...]


def of_branch(known: facts.Facts, branch: str, *, too_many: float) -> Iterator[Conflict]:
    """Conflicts within one branch; so many computers more than people are a slip (`too_many`)."""
    grid, opening = (
        known.one(power.FLOW, "grid_hours", branch),
        known.one(profile.FLOW, "opening_hours", branch),
    )
    if grid.number is not None and opening.number is not None and grid.number > opening.number:
        yield _conflict("more_grid", [grid, opening], grid=grid.number, open=opening.number)
    staff = known.one(profile.FLOW, "staff_total", branch)
    if staff.number is None:
        return
    counts = [
        entry.one("how_many")
        for entry in known.entries(computers.FLOW, "computers", branch)
        if entry.one("kind").text in computers.AT_A_DESK
    ]
    counted = sum(fact.number or 0.0 for fact in counts)
    if counted > staff.number + too_many:
        yield _conflict("many_computers", [staff, *counts], computers=counted, staff=staff.number)
    work = [known.one(profile.FLOW, name, branch) for name in ("loan_officers", "tellers")]
    some = sum(fact.number or 0.0 for fact in work)
    if some > staff.number:
        yield _conflict("more_than_staff", [staff, *work], some=some, staff=staff.number)


def of_institution(known: facts.Facts) -> Iterator[Conflict]:
    """Conflicts between branches, between a branch and head office, and between head office's own sections."""
    yield from _clients(known)
    yield from _trainees(known)
    yield from _servers(known)
    yield from _places(known)
    yield from _records(known)
    first = known.one(TRAINING, "training_not_before")
    target = known.one(PROJECT, "target_date")
    if first.date is not None and target.date is not None and first.date > target.date:
        days = {"first": nouns.Day(first.date), "target": nouns.Day(target.date)}
        yield Conflict(nouns.Text("warning.training_after_target", days), _where([first, target]))


def _clients(known: facts.Facts) -> Iterator[Conflict]:
    """Head office's count of clients against the branches' and against the records that move.

    Accounts say nothing: a group of many clients may have one.
    """
    total = known.one(hosting.FLOW, "clients_total")
    if total.number is None:
        return
    of_branches = _of_all(known, "clients")
    counted = _sum(of_branches)
    # what is still missing could only add to it
    least = sum(fact.number or 0.0 for fact in of_branches)
    if least > total.number:
        yield _conflict("more_clients", [total, *of_branches], branches=least, total=total.number)
    if counted is not None and counted < total.number:
        yield _conflict("fewer_clients", [total, *of_branches], branches=counted, total=total.number)
    clients = [
        entry.one("records")
        for entry in known.entries(migration.FLOW, "entities")
        if entry.one("entity").text == "clients"
    ]
    moved = _sum(clients)
    if moved is not None and moved < total.number * (1 - COUNTED_LATER):
        yield _conflict("fewer_client_records", [total, *clients], records=moved, total=total.number)


def _trainees(known: facts.Facts) -> Iterator[Conflict]:
    """Head office trains more of a kind than the branches have."""
    for trained, there in TRAINED.items():
        wanted = known.one(TRAINING, trained)
        of_branches = _of_all(known, there)
        counted = _sum(of_branches)
        if wanted.number is not None and counted is not None and wanted.number > counted:
            places = [wanted, *of_branches]
            yield _conflict(f"more_{trained}", places, trained=wanted.number, there=counted)


def _servers(known: facts.Facts) -> Iterator[Conflict]:
    """Branches claim more servers than head office's list has, or the list has one twice."""
    listed = known.entries(hosting.FLOW, "servers")
    claims = [
        entry.one("how_many")
        for branch in known.book.branches
        for entry in known.entries(computers.FLOW, "computers", branch.id)
        if entry.one("kind").text == "server" and entry.one("works").text != "no"
    ]
    claimed = sum(fact.number or 0.0 for fact in claims)
    names = [entry.one("name") for entry in listed]
    if listed.stated and claimed > len(listed):
        claimants = {fact.branch: fact for fact in claims}
        who = tuple(branch.name for branch in known.book.branches if branch.id in claimants)
        values = {"claimed": claimed, "listed": len(listed), "branches": who[: nouns.MOST_NAMED]}
        yield Conflict(nouns.Text("warning.servers_claimed", values), _where([*claims, *names]))
    by_name: dict[str, list[facts.Fact]] = {}
    for name in names:
        if name.text:
            by_name.setdefault(" ".join(name.text.casefold().split()), []).append(name)
    for same in by_name.values():
        if len(same) > 1:
            yield _conflict("server_twice", same, name=same[0].text)


def _places(known: facts.Facts) -> Iterator[Conflict]:
    """Two branches that sent the same place."""
    located = [
        (branch.name, fact, fact.value)
        for branch in known.book.branches
        if isinstance((fact := known.one(profile.FLOW, "location", branch.id)).value, flow_nouns.Point)
    ]
    for (one, first, here), (other, second, there) in itertools.combinations(located, 2):
        if (
            isinstance(here, flow_nouns.Point)
            and isinstance(there, flow_nouns.Point)
            and metres(here, there) < SAME_PLACE_METRES
        ):
            yield _conflict("same_place", [first, second], one=one, other=other)


def _records(known: facts.Facts) -> Iterator[Conflict]:
    """More records to correct than there are to move."""
    dirty = known.one(migration.FLOW, "dirty_records")
    records = [entry.one("records") for entry in known.entries(migration.FLOW, "entities")]
    there = _sum(records)
    if dirty.number is not None and there is not None and dirty.number > there:
        yield _conflict("more_dirty", [dirty, *records], dirty=dirty.number, records=there)


def metres(one: flow_nouns.Point, other: flow_nouns.Point) -> float:
    """How far two places lie from each other, on a globe."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    up = math.sin((north - south) / 2) ** 2
    along = math.sin(math.radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, up + math.cos(north) * math.cos(south) * along)))


def _of_all(known: facts.Facts, name: str) -> list[facts.Fact]:
    """What every branch answered to a question of its profile."""
    return [known.one(profile.FLOW, name, branch.id) for branch in known.book.branches]


def _sum(parts: Sequence[facts.Fact]) -> float | None:
    """The sum, where there are parts and all are known: what is missing could still make it right."""
    numbers = [fact.number for fact in parts]
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _conflict(code: str, about: Iterable[facts.Fact], **values: float | str) -> Conflict:
    return Conflict(nouns.Text(f"warning.{code}", values), _where(about))


def _where(about: Iterable[facts.Fact]) -> tuple[Place, ...]:
    """The places of the answers that have a value."""
    return tuple(Place(fact.flow, fact.branch, fact.key) for fact in about if fact.known)
