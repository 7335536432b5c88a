"""Reminders that fall due: claimed, looked at once more, sent as one message a person."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import secrets

import msgspec
import structlog

from bot import clock, library, limits, views, work
from bot.operations import health, metrics
from bot.people import team
from bot.reminders import notices, reminders_due, reminding
from bot.sending import outbox
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
        seen: metrics.Metrics,
    ) -> None:
        self._seen = seen
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

    async def mend(self) -> int:
        """Make the reminders that are missing, of people who joined before there were any; returns how many.

        Whoever owes something has one, and whoever leads has a weekly overview, while reminders are on. An assessment
        is looked through once: from then on reminders come and go with what is owed. Only what tells an owner how the
        record of deeds ends never goes, and is made whenever it is missing.
        """
        count = 0
        for assessment in await self._storage.assessments():
            with contextlib.suppress(
                port.Conflict
            ):  # another worker does the same, or somebody changes it: next time
                count += await self._mend(assessment)
        return count

    async def _mend(self, assessment: records.Assessment) -> int:
        rows = await self._storage.reminders(assessment.id)
        rests = not assessment.reminders.on or assessment.state in reminders_due.DONE
        looked_through = assessment.mended or rests
        if looked_through and any(row.kind == "record" for row in rows):
            return 0
        found = await team.load(self._storage, self._library, assessment.id)
        if found is None:
            return 0
        known, now = {row.id for row in rows}, self._clock.now()
        wanted = reminding.to_owners(found, now) if looked_through else reminding.due_to(found, now)
        missing = [row for row in wanted if row.id not in known]
        mended = msgspec.structs.replace(assessment, mended=assessment.mended or not rests)
        await self._storage.commit([port.Unchanged(assessment), port.Put(mended), *map(port.Put, missing)])
        return len(missing)

    async def bring_back(self) -> int:
        """Bring near what a clock gone wrong has put out of reach; returns how many."""
        brought = 0
        try:
            for assessment in await self._storage.assessments():
                brought += await self._bring_back(assessment.id)
        except port.StorageError as problem:
            log.error("reminders put off", reason=str(problem))
        if brought:
            log.warning("reminders brought back: the clock was ahead, or is behind", count=brought)
        return brought

    async def _bring_back(self, assessment: str) -> int:
        now = self._clock.now()
        rows = [row for row in await self._storage.reminders(assessment) if reminding.out_of_reach(row, now)]
        found = await team.load(self._storage, self._library, assessment) if rows else None
        if found is None:
            return 0
        for row in rows:
            again = reminding.brought_back(row, reminding.calendar_of(found, row.person), now)
            # said or changed meanwhile: the next look sees to it
            with contextlib.suppress(port.Conflict):
                await self._storage.commit([port.Unchanged(row), port.Put(again)])
        return len(rows)

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
            looked = reminders_due.Look(self._storage, self._library, now)
            for person in dict.fromkeys(reminder.person for reminder in due):
                await self._remind(looked, person)
        except port.StorageError as problem:
            log.error("reminders put off", reason=str(problem))
            return 0
        self._seen.reminded(len(due))
        self._seen.well(health.REMINDERS)
        return len(due)

    async def _remind(self, looked: reminders_due.Look, person: int) -> None:
        found = await looked.at(person)
        messages: list[records.Outgoing] = []
        changes = list(found.changes)
        if found.person is not None and found.parts:
            messages, written = _message(found.person, found, looked.now)
            changes += written
        try:
            await self._storage.commit(changes)
        except port.Conflict:
            # answered meanwhile, or told by another worker: what is left of it comes with the next look
            log.info("reminder looked at again", person=person)
            looked.forget()
            return
        self._outbox.accept(messages)


def _message(
    person: records.Person, found: reminders_due.Found, now: dt.datetime
) -> tuple[list[records.Outgoing], list[port.Change]]:
    words = wording.catalogue("bot", person.language)
    view = notices.view(found.parts, words, found.opens)
    screen = records.Screen(secrets.token_urlsafe(work.TOKEN_BYTES), person.id, view.actions(), made_at=now)
    body = {"token": screen.token, "text": view.text, "keyboard": views.keyboard(view, screen.token)}
    message = records.Outgoing(work.stamp(now, 0), person.id, "show", body, now)
    if picture := next((part.picture for part in found.parts if part.picture), b""):
        pictured = work.pictured(view, screen, picture)
        message = msgspec.structs.replace(message, kind="picture", body=pictured)
    return [message], [port.Put(screen), port.PutNew(message)]
