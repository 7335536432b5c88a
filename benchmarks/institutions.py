"""Made institutions to fill databases with: others that only are there, and one of so many branches that has answered."""

from __future__ import annotations

import datetime as dt
import importlib.resources
from collections.abc import Iterator

import msgspec

from flows import book, nouns
from storage import port, records

SAMPLE = "savings_cooperative"
"""Whose branches are repeated: it has forty."""

FIRST_PERSON = 2_000_000
"""Telegram's numbers of those who take part in the others."""

FLOW = "branch_office"
"""What the others are asked."""

OTHERS_ANSWERS = 5

TOGETHER = 100
"""Institutions written in one commit while a database is filled."""

DUE_IN = dt.timedelta(days=1)
"""After which the first of the others is reminded; each next a second later."""


def other(number: int, now: dt.datetime) -> list[port.Change]:
    """An institution with a person who has answered a little and is to be reminded."""
    name, section, person = f"other{number}", f"other{number}-s", FIRST_PERSON + number
    institution = nouns.Institution(
        f"Umoja {number}", country="KE", currency="KES", timezone="Africa/Nairobi"
    )
    branch = nouns.Branch("b", f"Branch {number}")
    session = nouns.Session(FLOW, "1", cursor=f"q{OTHERS_ANSWERS}", revision=OTHERS_ANSWERS)
    answer = nouns.Answer(1_000 + number, by=str(person), at=now)
    due = now + DUE_IN + dt.timedelta(seconds=number)
    return [
        # a database grows over months: whatever was missing at a start has long been mended
        port.Put(records.Assessment(name, institution, (branch,), "collecting", created_at=now, mended=True)),
        port.Put(records.Person(person, f"Respondent {person}", joined_at=now, agreed_at=now)),
        port.Put(records.Membership(name, person, nouns.Role.BRANCH_STAFF, "b")),
        port.Put(records.Section(section, name, FLOW, "1", "b", "in_progress", person)),
        port.PutSession(section, session, -1),
        *(port.PutAnswer(section, f"question_{key}", answer) for key in range(OTHERS_ANSWERS)),
        port.Put(records.Reminder(f"{name}:{person}", name, person, due)),
    ]


def grown(branches: int) -> nouns.AnswerBook:
    """The sample's answers with so many branches, each answered as one of the sample's."""
    file = importlib.resources.files("flows") / "samples" / f"{SAMPLE}.answers.json"
    given = book.decode(file.read_bytes())
    of_branch: dict[str, list[nouns.SectionAnswers]] = {}
    for section in given.sections:
        of_branch.setdefault(section.branch, []).append(section)
    places: list[nouns.Branch] = []
    sections = list(of_branch[""])
    for number in range(branches):
        like = given.branches[number % len(given.branches)]
        place = msgspec.structs.replace(like, id=f"branch{number}", name=f"{like.name} {number}")
        places.append(place)
        sections += [msgspec.structs.replace(one, branch=place.id) for one in of_branch[like.id]]
    return msgspec.structs.replace(given, branches=tuple(places), sections=tuple(sections))


def kept(
    given: nouns.AnswerBook, name: str, now: dt.datetime, *, leader: int, group: int = 0
) -> Iterator[port.Change]:
    """An answer book as the bot keeps it, led by one person who sits everywhere, with a group linked to it."""
    groups = (records.Group(group, "Field team", now),) if group else ()
    yield port.Put(
        records.Assessment(
            name, given.institution, given.branches, "collecting", leader, now, groups=groups, mended=True
        )
    )
    yield port.Put(records.Person(leader, "Achieng", joined_at=now, agreed_at=now))
    yield port.Put(records.Membership(name, leader, nouns.Role.PROJECT_MANAGER))
    yield port.Put(records.Conversation(leader, name))
    for branch in given.branches:
        yield port.Put(records.Membership(name, leader, nouns.Role.BRANCH_STAFF, branch.id))
    for number, answered in enumerate(given.sections):
        section = records.Section(
            f"{name}-{number}",
            name,
            answered.flow,
            answered.version,
            answered.branch,
            "submitted",
            leader,
            changed_at=now,
            answered=len(answered.answers),
            total=len(answered.answers),
        )
        yield port.Put(section)
        yield port.PutSession(section.id, book.session(answered), -1)
        for key, answer in answered.answers.items():
            yield port.PutAnswer(section.id, key, msgspec.structs.replace(answer, by=str(leader)))
