"""What a person is to be told when reminders of theirs fall due, and what becomes of each."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt

import markupsafe
import msgspec

from bot import library, limits, views
from bot.operations import retention
from bot.people import access, delegations, team, working_hours
from bot.reminders import agendas, digests, follow_ups, notices, reminding
from flows import locales, nouns, shipped
from flows import words as wording
from storage import chain, port, records

DONE = frozenset({"signed_off", "archived"})
"""States of an assessment in which nobody is reminded of anything."""

LIVES_ON = frozenset({"ending", "record"})
"""Kinds that are no reminders: they come in these states too."""

ORDER = ("ending", "asked", "snoozed", "owed", "handed", "follow_up", "agenda", "silent", "digest", "record")
"""Kinds of reminders as they follow each other in a message."""


@dataclasses.dataclass
class Found:
    """What a look at one person's reminders found."""

    person: records.Person | None
    parts: list[notices.Part] = dataclasses.field(default_factory=list)
    changes: list[port.Change] = dataclasses.field(default_factory=list)
    opens: int = working_hours.OPENS.hour
    """The hour at which reminders may come tomorrow."""


@dataclasses.dataclass(frozen=True)
class Told:
    """What one reminder has to say; without a part, nothing."""

    part: notices.Part | None = None
    moved_at: dt.datetime | None = None
    stands_on: tuple[records.Record, ...] = ()
    """What must be unchanged when it is said: an answer that came meanwhile silences it."""
    passed_on: tuple[records.Reminder, ...] = ()
    """Reminders of others that take its place."""
    recorded: int = 0
    """How many lines of the record of deeds are told with it."""


class Look:
    """One look at what is due, with the assessments read once."""

    def __init__(self, storage: port.Storage, library: library.Library, now: dt.datetime) -> None:
        self.now = now
        self._storage = storage
        self._library = library
        self._teams: dict[str, team.Team | None] = {}

    def forget(self) -> None:
        """Read the assessments anew: one was changed meanwhile."""
        self._teams.clear()

    async def at(self, person: int) -> Found:
        """All that a person is to be told now; every reminder must be as it was read, so that none is said twice."""
        found = Found(await self._storage.person(person))
        soon = self.now + limits.REMINDERS_GATHERED
        rows = [row for row in await self._storage.reminders_of(person) if row.due_at <= soon]
        rows.sort(key=lambda row: ORDER.index(row.kind) if row.kind in ORDER else len(ORDER))
        looked = [(row, *await self._decided(row, found.person)) for row in rows]
        speaks = any(isinstance(what, reminding.Say) for row, _, what in looked if row.due_at <= self.now)
        for row, told, what in looked:
            if row.due_at > self.now and not (speaks and isinstance(what, reminding.Say)):
                continue
            found.changes.append(port.Unchanged(row))
            found.changes += [port.Put(other) for other in told.passed_on]
            if isinstance(what, reminding.Say):
                await self._say(found, row, told, what)
            elif isinstance(what, reminding.Wait):
                found.changes.append(port.Put(msgspec.structs.replace(row, due_at=what.until)))
            else:
                found.changes.append(port.Remove(row))
        found.parts = notices.merged(found.parts)
        return found

    async def _say(self, found: Found, row: records.Reminder, told: Told, what: reminding.Say) -> None:
        """Put what a reminder says, and what becomes of it, with the rest that the person is told."""
        known = await self._team(row.assessment)
        assert told.part is not None  # noqa: S101  # who says something has looked: only what stands is said
        assert known is not None  # noqa: S101  # the same
        again = what.again
        if again is not None and told.recorded:
            again = msgspec.structs.replace(again, round=told.recorded)
        found.changes.append(port.Put(again) if again is not None else port.Remove(row))
        found.changes += [port.Unchanged(record) for record in told.stands_on]
        found.opens = known.assessment.reminders.opens
        led = tuple(views.led(button, row.assessment) for button in told.part.buttons)
        found.parts.append(told.part._replace(buttons=led))
        if row.kind == "ending":
            found.changes.append(port.Put(retention.announced(known.assessment, self.now)))
        if what.silent:
            found.changes += _silent(known, row, self.now)

    async def _decided(
        self, row: records.Reminder, person: records.Person | None
    ) -> tuple[Told, reminding.Decision]:
        found = await self._team(row.assessment)
        if found is None or person is None or (found.assessment.state in DONE and row.kind not in LIVES_ON):
            return Told(), reminding.Drop()
        if not person.reachable:
            # kept for the day they let the bot in again: it is said at the next opening
            return Told(), reminding.Wait(reminding.calendar_of(found, person.id).next(self.now, days=1))
        told = await self._told(found, row, person)
        decided = reminding.decide(
            row,
            found.assessment.reminders,
            reminding.calendar_of(found, person.id),
            self.now,
            stands=told.part is not None,
            moved_at=told.moved_at,
        )
        return told, decided

    async def _told(self, found: team.Team, row: records.Reminder, person: records.Person) -> Told:
        words = wording.catalogue("bot", person.language)
        match row.kind:
            case "follow_up":
                return await self._follow_up(found, row, person, words)
            case "meeting":
                return await self._meeting(found, row)
            case "agenda":
                return await self._agenda(found, row, person, words)
            case "handed":
                return await self._came_back(found, row, person, words)
            case "silent":
                return await self._does_not_answer(found, row, words)
            case "digest":
                return await self._digest(found, person, words)
            case "record":
                return await self._record(found, row, person, words)
            case "ending":
                return _ending(found, person, words, self.now)
            case _:
                return await self._owed(found, person, words)

    async def _owed(self, found: team.Team, person: records.Person, words: wording.Catalogue) -> Told:
        owed, asked = found.owed(person.id), await self._asked(found, person)
        if not (owed or asked):
            return Told()
        begun = [section for section in owed if section.state != "not_started"]
        first = (begun or list(owed))[0].id if owed else asked[0].delegation.token_hash
        head = words.html("reminder.owed", institution=found.institution)
        go = views.Button(words.say("reminder.go"), views.Open(first), style="primary")
        lines = [found.line(section, words) for section in owed]
        lines += [
            words.html(
                "tasks.asked.line", label=one.label, name=delegations.asker(found, one.delegation, words)
            )
            for one in asked
        ]
        stands_on = (*owed, *(one.delegation for one in asked))
        return Told(notices.Part(head, tuple(lines), (go,)), reminding.moved_at(found, person.id), stands_on)

    async def _asked(self, found: team.Team, person: records.Person) -> list[delegations.About]:
        """What was asked of a person by colleagues and is asked now."""
        made = []
        for one in found.asked(person.id):
            session = await self._storage.session(one.section)
            about = delegations.about(found, one, session, person.language, self.now)
            if about is not None and about.asks is not None:
                made.append(about)
        return made

    async def _came_back(
        self, found: team.Team, row: records.Reminder, person: records.Person, words: wording.Catalogue
    ) -> Told:
        """What became of a part that its owner had handed on."""
        one = await self._storage.delegation(row.key)
        session = await self._storage.session(row.section)
        about = delegations.about(found, one, session, person.language, self.now) if one is not None else None
        if one is None or about is None or about.section.owner != person.id:
            return Told()
        reason = one.end or delegations.dead(found, one, self.now)
        if reason not in delegations.TOLD:
            return Told()
        view = delegations.notice(found, about, reason, words)
        buttons = tuple(button for row in view.rows for button in row)
        return Told(notices.Part(markupsafe.Markup(view.text), buttons=buttons, can_wait=False))  # noqa: S704  # catalogue HTML

    async def _follow_up(
        self, found: team.Team, row: records.Reminder, person: records.Person, words: wording.Catalogue
    ) -> Told:
        section, session, flow = await self._at(found, row, person)
        if section is None or session is None or flow is None:
            return Told()
        zone = reminding.calendar_of(found, person.id).zone
        asked = follow_ups.follow_up(flow, session, row.key, zone, self.now)
        if asked is None:
            return Told()
        is_open = section.state in team.OPEN_STATES
        theirs = _addressed(found, section) if is_open else [leader.id for leader in found.reviewers()]
        if person.id not in theirs:
            # the section is another's now, or closed to them: whoever can see to it is asked
            return Told(passed_on=tuple(_readdressed(row, other, self.now) for other in theirs))
        head = words.html(
            "reminder.follow_up",
            title=found.title(section, words),
            place=found.place(section, words),
            label=asked.said.label,
            answer=asked.said.shown,
            question=asked.question,
        )
        if is_open:
            go = views.Button(words.say("reminder.answer"), views.Open(section.id, asked.key))
        else:
            go = views.Button(words.say("review.look"), views.Go("review", section.id))
        return Told(notices.Part(head, buttons=(go,)), stands_on=(section,))

    async def _meeting(self, found: team.Team, row: records.Reminder) -> Told:
        section, session, flow = await self._at(found, row, None)
        zone = reminding.calendar_of(found, row.person).zone
        meeting = None
        if section is not None and session is not None and flow is not None:
            meeting = follow_ups.meeting(flow, session, row.key, zone, self.now)
        if section is None or meeting is None:
            return Told()
        people = {person.id for person in follow_ups.named(found, meeting.who)} | set(
            _addressed(found, section)
        )
        made = []
        for person in sorted(people):
            due = reminding.calendar_of(found, person).next(self.now)
            id_ = f"{row.section}:{row.key}:agenda:{person}"
            made.append(msgspec.structs.replace(row, id=id_, person=person, kind="agenda", due_at=due))
        return Told(passed_on=tuple(made))

    async def _agenda(
        self, found: team.Team, row: records.Reminder, person: records.Person, words: wording.Catalogue
    ) -> Told:
        section, session, flow = await self._at(found, row, person)
        zone = reminding.calendar_of(found, person.id).zone
        if section is None or session is None or flow is None:
            return Told()
        meeting = follow_ups.meeting(flow, session, row.key, zone, self.now)
        if meeting is None:
            return Told()
        sessions = await self._storage.sessions(found.assessment.id)
        mine = agendas.still_open(found, sessions, person, words, self.now)
        lines = [words.html("agenda.line", what=what) for what in (*meeting.left_open, *mine)]
        if person.id == section.owner:
            others = [one for one in follow_ups.named(found, meeting.who) if one.id != person.id]
            lines += [
                words.html(
                    "agenda.of",
                    name=one.name,
                    n=len(agendas.still_open(found, sessions, one, words, self.now)),
                )
                for one in others
            ]
        if not lines:
            return Told()
        head = words.html("agenda.head", meeting=meeting.about, institution=found.institution)
        owed = found.owed(person.id)
        go = (views.Button(words.say("reminder.go"), views.Open(owed[0].id)),) if owed else ()
        part = notices.Part(head, tuple(lines[: limits.AGENDA_LINES]), go, can_wait=False)
        return Told(part, stands_on=(section,))

    async def _does_not_answer(
        self, found: team.Team, row: records.Reminder, words: wording.Catalogue
    ) -> Told:
        about = found.people.get(row.about)
        owed, asked = found.owed(row.about), found.asked(row.about)
        rows = {each.id: each for each in await self._storage.reminders_of(row.about)}
        theirs = rows.get(reminding.identity(found.assessment.id, row.about))
        if (
            about is None
            or not (owed or asked)
            or not reminding.is_late(theirs, reminding.moved_at(found, row.about))
        ):
            return Told()
        late = {section.id for section in owed} | {one.section for one in asked}
        titles = [found.named(section, words) for section in found.ordered() if section.id in late]
        line = words.html("reminder.silent.line", name=about.name, sections=", ".join(titles))
        look = views.Button(
            words.say("reminder.silent.look", name=about.name), views.Go("status", f"person {about.id}")
        )
        head = words.html("reminder.silent", institution=found.institution)
        return Told(notices.Part(head, (line,), (look,), can_wait=False), stands_on=(*owed, *asked))

    async def _digest(self, found: team.Team, person: records.Person, words: wording.Catalogue) -> Told:
        if not _overseen(found, person):
            return Told()
        sessions = await self._storage.sessions(found.assessment.id)
        kept = {row.id: row for row in await self._storage.reminders(found.assessment.id)}
        line = digests.trend_of(found, sessions, self.now)
        picture = await asyncio.to_thread(digests.picture, found, line, words)
        record = await self._storage.audit_head(found.assessment.id)
        return Told(digests.part(found, line, digests.late(found, kept), words, picture, record))

    async def _record(
        self, found: team.Team, row: records.Reminder, person: records.Person, words: wording.Catalogue
    ) -> Told:
        last = await self._storage.audit_head(found.assessment.id)
        if last is None or last.number == row.round or await self._has_overview(found, person):
            return Told()
        head = words.html("record.head", institution=found.institution)
        line = words.html("record.end", head=chain.head(last))
        return Told(notices.Part(head, (line,), can_wait=False), recorded=last.number)

    async def _has_overview(self, found: team.Team, person: records.Person) -> bool:
        """Whether a person is told every week how the others do, and with it how the record of deeds ends."""
        policy = found.assessment.reminders
        if found.assessment.state in DONE or not (policy.on and policy.digest and _overseen(found, person)):
            return False
        rows = await self._storage.reminders_of(person.id)
        return any(row.kind == "digest" and row.assessment == found.assessment.id for row in rows)

    async def _team(self, assessment: str) -> team.Team | None:
        if assessment not in self._teams:
            self._teams[assessment] = await team.load(self._storage, self._library, assessment)
        return self._teams[assessment]

    async def _at(
        self, found: team.Team, row: records.Reminder, person: records.Person | None
    ) -> tuple[records.Section | None, nouns.Session | None, nouns.Flow | None]:
        """The section that a reminder hangs on, with its answers and its questions in the person's language."""
        section = next((each for each in found.sections if each.id == row.section), None)
        session = await self._storage.session(row.section) if section is not None else None
        if section is None or session is None:
            return None, None, None
        flow = found.library.flow(section.flow, session.version)
        return section, session, shipped.in_language(flow, person.language if person else flow.language)


def _overseen(found: team.Team, person: records.Person) -> bool:
    """Whether a person is told every week how the others do: who leads, until all is approved."""
    return person in found.reviewers() and any(one.state != "approved" for one in found.sections)


def _ending(found: team.Team, person: records.Person, words: wording.Catalogue, now: dt.datetime) -> Told:
    until = retention.announced(found.assessment, now).keep_until
    if until is None or not found.may(person.id, access.Deed.ERASE):
        return Told()
    day = locales.date(until.date(), person.language)
    head = words.html("archive.ending", institution=found.institution, until=day)
    look = views.Button(words.say("lead.archive"), views.Go("archive"))
    return Told(notices.Part(head, buttons=(look,), can_wait=False), stands_on=(found.assessment,))


def _silent(found: team.Team, row: records.Reminder, now: dt.datetime) -> list[port.Change]:
    """Tell those who lead; who leads and does not answer themselves is the owner's to ask."""
    leaders = [leader for leader in found.reviewers() if leader.id != row.person]
    leaders = leaders or [owner for owner in found.holders("owner") if owner.id != row.person]
    made = (
        reminding.silent(found.assessment, leader.id, reminding.branch_of(found, leader.id), row.person, now)
        for leader in leaders
    )
    return [port.Put(other) for other in made]


def _addressed(found: team.Team, section: records.Section) -> list[int]:
    return [section.owner] if section.owner in found.people and section.owner is not None else []


def _readdressed(row: records.Reminder, person: int, now: dt.datetime) -> records.Reminder:
    id_ = f"{row.section}:{row.key}:{row.kind}:{person}"
    return msgspec.structs.replace(row, id=id_, person=person, due_at=now, round=0, sent_at=None)
