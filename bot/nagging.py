"""Reminders that fall due: claimed, looked at once more, sent as one message a person."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets

import structlog

from bot import clock, library, limits, outbox, reminding, team, views, work, working_hours
from flows import words as wording
from storage import port, records

log = structlog.get_logger()


class Reminders:
    """One tick looks for what is due; run by the scheduler, safe to run anywhere and at any time."""

    def __init__(
        self,
        storage: port.Storage,
        library: library.Library,
        clock: clock.Clock,
        outbox: outbox.Outbox,
    ) -> None:
        self._storage = storage
        self._library = library
        self._clock = clock
        self._outbox = outbox
        self._at_work = asyncio.Lock()
        self._resting = False

    async def tick(self) -> int:
        """Send what is due; returns how many reminders were looked at."""
        async with self._at_work:
            return 0 if self._resting else await self._look()

    async def rest(self) -> None:
        """Let the look that is under way come to its end, and begin no other."""
        async with self._at_work:
            self._resting = True

    async def _look(self) -> int:
        now = self._clock.now()
        try:
            due = await self._storage.claim_reminders(
                due=now, lease=limits.REMINDER_LEASE, limit=limits.REMINDERS_A_TICK
            )
            for reminder in due:
                await self._take(reminder, now)
        except port.StorageError as problem:
            log.error("reminders put off", reason=str(problem))
            return 0
        return len(due)

    async def _take(self, reminder: records.Reminder, now: dt.datetime) -> None:
        found = await team.load(self._storage, self._library, reminder.assessment)
        person = found.people.get(reminder.person) if found else None
        owed = found.owed(reminder.person) if found else []
        if found is None or person is None or not owed or not person.reachable:
            await self._storage.commit([port.DropReminders(reminder.assessment, reminder.person)])
            return
        branch = reminding.branch_of(found, person.id)
        later = self._later(found, branch, reminder, now)
        if later is not None:
            await self._storage.commit([port.Put(later)])
            return
        messages, changes = _message(found, person, now)
        following = reminding.following(found.assessment, branch, reminder, now)
        await self._storage.commit([*changes, port.Put(following)])
        self._outbox.accept(messages)

    def _later(
        self, found: team.Team, branch: str, reminder: records.Reminder, now: dt.datetime
    ) -> records.Reminder | None:
        # A bot that was down, or a clock that jumped, may look at it at night: it waits for the morning.
        assessment = found.assessment
        soon = reminding.soon(assessment, branch, reminder.person, now)
        if soon.due_at > now:
            return records.Reminder(
                reminder.id, assessment.id, reminder.person, soon.due_at, reminder.kind, reminder.round
            )
        if reminder.kind == "owed":
            changed = [s.changed_at for s in found.owned(reminder.person) if s.state == "in_progress"]
            if any(at is not None and now - at < reminding.AT_REST for at in changed):
                place = found.branch(branch)
                due = working_hours.next_working_time(assessment.institution, place, now, days=1)
                return records.Reminder(
                    reminder.id, assessment.id, reminder.person, due, reminder.kind, reminder.round
                )
        return None


def _message(
    found: team.Team, person: records.Person, now: dt.datetime
) -> tuple[list[records.Outgoing], list[port.Change]]:
    words = wording.catalogue("bot", person.language)
    owed = found.owed(person.id)
    begun = [section for section in owed if section.state != "not_started"]
    first = (begun or list(owed))[0]
    text = words.html("reminder.owed", institution=found.institution, sections=found.lines(owed, words))
    view = views.View(
        text,
        (
            (views.Button(words.say("reminder.go"), views.Open(first.id), style="primary"),),
            (views.Button(words.say("reminder.tomorrow"), views.Go("later", found.assessment.id)),),
        ),
    )
    screen = records.Screen(secrets.token_urlsafe(work.TOKEN_BYTES), person.id, view.actions(), made_at=now)
    body = {"token": screen.token, "text": view.text, "keyboard": views.keyboard(view, screen.token)}
    message = records.Outgoing(work.stamp(now, 0), person.id, "show", body, now)
    return [message], [port.Put(screen), port.PutNew(message)]
