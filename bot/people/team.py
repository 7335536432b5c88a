"""One assessment as the shell sees it: its people, seats and sections, read once a turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import markupsafe

from bot import library
from bot.people import access
from flows import nouns, shipped
from flows import words as wording
from storage import port, records

OPEN_STATES = frozenset({"not_started", "in_progress", "returned"})
"""States of a section in which its owner still owes something."""


@dataclasses.dataclass(frozen=True)
class Seat:
    """A role to be filled: once for the organisation, or once per branch."""

    role: nouns.Role
    branch: str = ""

    @property
    def code(self) -> str:
        """The seat in a button's action, and back by `Seat.read`."""
        return f"{self.role}:{self.branch}"

    @classmethod
    def read(cls, code: str) -> Seat:
        """A seat from its code."""
        role, _, branch = code.partition(":")
        return cls(nouns.Role(role), branch)


@dataclasses.dataclass(frozen=True)
class Team:
    """An assessment with everything that belongs to it but the answers."""

    assessment: records.Assessment
    people: dict[int, records.Person]
    memberships: Sequence[records.Membership]
    sections: Sequence[records.Section]
    library: library.Library
    delegations: Sequence[records.Delegation] = ()
    """What was handed to colleagues, oldest first; also what is over."""
    former: Mapping[int, records.Person] = dataclasses.field(default_factory=dict)
    """Who took part once: their names stay with what they answered and did."""

    @property
    def institution(self) -> str:
        """The MFI's name."""
        return self.assessment.institution.name

    def roles(self, person: int) -> frozenset[str]:
        """A person's roles here."""
        return frozenset(m.role for m in self.memberships if m.person == person)

    def may(self, person: int, deed: access.Deed) -> bool:
        """Whether a person may do this here."""
        return access.may(self.roles(person), deed)

    def holders(self, role: str) -> Sequence[records.Person]:
        """The people with a role."""
        return [self.people[m.person] for m in self.memberships if m.role == role and m.person in self.people]

    def reviewers(self) -> Sequence[records.Person]:
        """Who is told of what is handed in: the project manager, else the specialist, else the owner."""
        for role in (nouns.Role.PROJECT_MANAGER, nouns.Role.SPECIALIST, access.OWNER):
            if found := self.holders(role):
                return found
        return []

    def seats(self) -> Sequence[Seat]:
        """Every seat: leaders and head office first, then the branches in their order."""
        lead = (nouns.Role.PROJECT_MANAGER, nouns.Role.SPECIALIST)
        office = (nouns.Role.OPERATIONS, nouns.Role.IT, nouns.Role.FINANCE, nouns.Role.TRAINING)
        seats = [Seat(role) for role in (*lead, *office)]
        return seats + [Seat(nouns.Role.BRANCH_STAFF, branch.id) for branch in self.assessment.branches]

    def holder(self, seat: Seat) -> records.Person | None:
        """Who sits there."""
        for membership in self.memberships:
            if membership.role == seat.role and membership.branch == seat.branch:
                return self.people.get(membership.person)
        return None

    def seat_sections(self, seat: Seat) -> Sequence[records.Section]:
        """The sections that a seat answers, in the assessment's order."""
        return [
            section
            for section in self.ordered()
            if self.library.flow(section.flow).role == seat.role
            # a seat at the head office answers for every branch where a survey asks it to
            and seat.branch in ("", section.branch)
        ]

    def ordered(self) -> Sequence[records.Section]:
        """All sections: by branch (head office first), then in the assessment's order."""
        order = {flow.id: number for number, flow in enumerate(self.library.flows())}
        branches = {branch.id: number for number, branch in enumerate(self.assessment.branches, 1)}
        return sorted(self.sections, key=lambda s: (branches.get(s.branch, 0), order.get(s.flow, 0)))

    def owned(self, person: int) -> Sequence[records.Section]:
        """The sections that a person answers."""
        return [section for section in self.ordered() if section.owner == person]

    def owed(self, person: int) -> Sequence[records.Section]:
        """The sections that a person still has to hand in, without those that wait for colleagues only."""
        return [
            section
            for section in self.owned(person)
            if section.state in OPEN_STATES and not self.waits(section)
        ]

    def asked(self, person: int) -> Sequence[records.Delegation]:
        """What a person still has to answer for a colleague."""
        return [one for one in self._handed() if one.colleague == person]

    def owes(self, person: int) -> bool:
        """Whether anybody waits for this person."""
        return bool(self.owed(person) or self.asked(person))

    def waits(self, section: records.Section) -> bool:
        """Whether a section waits for colleagues only, all of whom took what they were asked."""
        if not section.waits:
            return False
        handed = [one for one in self._handed() if one.section == section.id]
        return bool(handed) and all(one.colleague in self.people for one in handed)

    def late(self) -> Sequence[records.Person]:
        """The people who still owe something, by name."""
        owing = {
            section.owner
            for section in self.sections
            if section.state in OPEN_STATES and not self.waits(section)
        }
        owing |= {one.colleague for one in self._handed()}
        return sorted((person for person in self.people.values() if person.id in owing), key=lambda p: p.name)

    def _handed(self) -> Sequence[records.Delegation]:
        """The delegations that are not over, in sections that are open."""
        open_ = {section.id for section in self.sections if section.state in OPEN_STATES}
        return [one for one in self.delegations if one.ended_at is None and one.section in open_]

    def branch(self, branch: str) -> nouns.Branch | None:
        """A branch by its id."""
        return next((found for found in self.assessment.branches if found.id == branch), None)

    def title(self, section: records.Section, words: wording.Catalogue) -> str:
        """A section's title."""
        return shipped.in_language(self.library.flow(section.flow), words.language).title

    def place(self, section: records.Section, words: wording.Catalogue) -> str:
        """` · Lodwar` behind a branch section's title; nothing for the organisation's."""
        branch = self.branch(section.branch)
        return words.say("tasks.place", branch=branch.name) if branch else ""

    def names(self, people: Iterable[str]) -> dict[str, str]:
        """The names of people by the ids that stand in answers, also of who left; without those who were erased."""
        ids = {str(person.id): person.name for person in (*self.people.values(), *self.former.values())}
        return {one: ids[one] for one in people if one in ids}

    def name(self, person: int) -> str:
        """The name of somebody who takes part or did; empty where they were erased."""
        known = self.people.get(person) or self.former.get(person)
        return known.name if known is not None else ""

    def named(self, section: records.Section, words: wording.Catalogue) -> str:
        """A section's title with its place."""
        return self.title(section, words) + self.place(section, words)

    def seat_name(self, seat: Seat, words: wording.Catalogue) -> str:
        """A seat in words."""
        role = words.say(f"role.{seat.role}")
        branch = self.branch(seat.branch)
        return words.say("seat.branch", role=role, branch=branch.name) if branch else role

    def state(self, section: records.Section, words: wording.Catalogue) -> str:
        """A section's state in words."""
        return words.say(f"state.{section.state}", answered=section.answered, total=section.total)

    def lines(self, sections: Iterable[records.Section], words: wording.Catalogue) -> markupsafe.Markup:
        """A line a section: its sign, title, place and state."""
        return markupsafe.Markup("\n").join(self.line(section, words) for section in sections)

    def line(self, section: records.Section, words: wording.Catalogue) -> markupsafe.Markup:
        """A section's sign, title, place and state."""
        return words.html(
            "tasks.line",
            sign=words.say(f"sign.{section.state}"),
            title=self.title(section, words),
            place=self.place(section, words),
            state=self.state(section, words),
        )


async def load(storage: port.Storage, books: library.Library, assessment: str) -> Team | None:
    """Read an assessment's team; None where there is no such assessment."""
    found = await storage.assessment(assessment)
    if found is None:
        return None
    memberships = current(await storage.memberships(assessment=assessment))
    there = {part.person for part in memberships}
    everybody = {person.id: person for person in await storage.people(assessment)}
    people = {id_: person for id_, person in everybody.items() if id_ in there}
    former = {id_: person for id_, person in everybody.items() if id_ not in there}
    sections = await storage.sections(assessment)
    delegations = await storage.delegations(assessment)
    flows = await books.of(storage, assessment)
    return seen(Team(found, people, memberships, sections, flows, delegations, former))


def current(parts: Iterable[records.Membership]) -> list[records.Membership]:
    """The parts that people have now, without those of who left."""
    return [part for part in parts if part.role != access.FORMER]


def seen(found: Team) -> Team:
    """The team without what belongs to branches that are closed: it is kept for the day they open again."""
    closed = {branch.id for branch in found.assessment.closed}
    if not closed:
        return found
    return dataclasses.replace(
        found,
        memberships=[part for part in found.memberships if part.branch not in closed],
        sections=[section for section in found.sections if section.branch not in closed],
    )
