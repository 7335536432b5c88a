"""An institution to be reminded: 40 branches in 30 time zones, 300 people, two assessments."""

from __future__ import annotations

import datetime as dt
import random

from bot import library
from bot.reminders import reminding
from flows import nouns
from storage import port, records

PLACES = (
    ("Africa/Nairobi", "KE", ""), ("Africa/Cairo", "EG", ""), ("Africa/Casablanca", "MA", ""),
    ("Africa/Lagos", "NG", ""), ("Africa/Johannesburg", "ZA", ""), ("Africa/Dakar", "SN", ""),
    ("Europe/London", "GB", "SCT"), ("Europe/Lisbon", "PT", ""), ("Europe/Paris", "FR", ""),
    ("Europe/Athens", "GR", ""), ("Europe/Chisinau", "MD", ""), ("Europe/Istanbul", "TR", ""),
    ("Asia/Beirut", "LB", ""), ("Asia/Jerusalem", "IL", ""), ("Asia/Tehran", "IR", ""),
    ("Asia/Kabul", "AF", ""), ("Asia/Karachi", "PK", ""), ("Asia/Kolkata", "IN", "KA"),
    ("Asia/Kathmandu", "NP", ""), ("Asia/Dhaka", "BD", ""), ("Asia/Manila", "PH", ""),
    ("Australia/Lord_Howe", "AU", "NSW"), ("Pacific/Auckland", "NZ", ""), ("Pacific/Chatham", "NZ", ""),
    ("Pacific/Apia", "WS", ""), ("America/St_Johns", "CA", "NL"), ("America/New_York", "US", "NY"),
    ("America/Asuncion", "PY", ""), ("America/Santiago", "CL", ""), ("America/Havana", "CU", ""),
)  # fmt: skip
"""Thirty time zones; 18 of them change their clocks within the half-year, at midnight, by half an hour, or twice."""

WEEKENDS = {"EG": (4, 5), "IR": (3, 4), "AF": (3, 4), "BD": (4, 5), "IL": (4, 5), "NP": (5,)}

BRANCHES, PEOPLE = 40, 300

LEADER, OWNER = 1, 2

ASSESSMENTS = ("south", "north")


def branch(number: int) -> nouns.Branch:
    """A branch with its own clock, holidays and weekend."""
    timezone, country, region = PLACES[number % len(PLACES)]
    weekend = WEEKENDS.get(country)
    return nouns.Branch(f"b{number}", f"Branch {number}", country, region, timezone, weekend)


def place_of(person: int, *, branches: int, people: int) -> nouns.Branch:
    """Where a person works, as the world below seats them; the head office is in Nairobi."""
    if 3 <= person < people - people // 10:
        return branch((person - 3) % branches)
    return nouns.Branch("", "", "KE", "", "Africa/Nairobi")


def colleague(person: int, chance: random.Random, *, branches: int, people: int) -> int:
    """Somebody else who works where a person does."""
    staff = people - people // 10
    first, step = (staff, 1) if person >= staff else (3 + (person - 3) % branches, branches)
    end = people if person >= staff else staff
    return chance.choice([other for other in range(first, end, step) if other != person])


def changes(now: dt.datetime, chance: random.Random, *, branches: int, people: int) -> list[port.Change]:
    """The two assessments as they stand on the first day: everybody has joined, nobody has answered."""
    flows = library.Library.shipped()
    shared, made = [], []
    # the last tenth of the people answer for the head offices of both
    staff = people - people // 10
    office = list(range(staff, people))
    for number, name in enumerate(ASSESSMENTS):
        places = tuple(branch(n) for n in range(branches) if n % len(ASSESSMENTS) == number)
        institution = nouns.Institution(name.title(), "KE", "KES", "Africa/Nairobi")
        assessment = records.Assessment(name, institution, places, "collecting", OWNER, now)
        made.append(port.Put(assessment))
        made += [port.Put(records.Membership(name, LEADER, nouns.Role.PROJECT_MANAGER))]
        made += [port.Put(records.Membership(name, OWNER, "owner"))]
        made.append(port.Put(reminding.digest(assessment, LEADER, now)))
        for flow in flows.flows():
            for place in places if flow.per is nouns.Per.BRANCH else (None,):
                if place is None:
                    owner = chance.choice(office)
                else:
                    # each branch has people of its own
                    at = int(place.id[1:])
                    owner = 3 + at + branches * chance.randrange((staff - 3) // branches)
                section = records.Section(
                    f"{name}:{flow.id}:{place.id if place else ''}",
                    name,
                    flow.id,
                    flow.version,
                    place.id if place else "",
                    owner=owner,
                    total=10,
                )
                made.append(port.Put(section))
                # one person leads; who answers the project manager's sections for them does not
                role = nouns.Role.OPERATIONS if place is None else nouns.Role.BRANCH_STAFF
                made.append(port.Put(records.Membership(name, owner, role, section.branch)))
                made.append(port.Put(reminding.first(assessment, section.branch, owner, now)))
    shared += [port.Put(records.Person(number, f"P{number}", joined_at=now)) for number in range(1, people)]
    return [*shared, *made]
