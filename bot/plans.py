"""The plan in chat: from the answers as they stand to a Word file on its way to who asked."""

from __future__ import annotations

import asyncio
import hashlib

import structlog

from bot import books, clock, library, team, views, working_hours
from document_templates import errors, rendering
from flows import words as wording
from storage import port, records

log = structlog.get_logger()


class PlanMaker:
    """Makes plans outside of anybody's turn; each is kept as it was issued."""

    def __init__(self, storage: port.Storage, library: library.Library, clock: clock.Clock) -> None:
        self._storage = storage
        self._library = library
        self._clock = clock

    async def make(self, message: records.Outgoing) -> list[port.Change]:
        """Make the plan that an outgoing message asks for; returns its file and the message that carries it."""
        # Planning is needed by few turns: the bot starts without waiting for it.
        from planning import plan as planning

        found = await team.load(self._storage, self._library, message.body["assessment"])
        if found is None:
            return []
        words = wording.catalogue("bot", message.body["language"])
        now = self._clock.now()
        book = await books.book(self._storage, found, made_at=now)
        zone = working_hours.zone_of(found.assessment.institution, None)
        # In a thread: with forty branches it computes for seconds, and everybody else goes on chatting.
        plan = await asyncio.to_thread(
            planning.make_plan, book, self._library.flows(), today=now.astimezone(zone).date()
        )
        issued = await self._storage.plan_files(found.assessment.id)
        version = f"0.{len(issued) + 1}"
        try:
            content = await rendering.render(plan, language=message.body["language"], version=version)
        except errors.TemplateError as problem:
            log.error("plan not rendered", assessment=found.assessment.id, reason=str(problem))
            said = views.View(words.html("plan.failed", reason=str(problem)))
            body = {"token": "", "text": said.text, "keyboard": []}
            return [port.PutNew(records.Outgoing(f"{message.id}-a", message.person, "show", body, now))]
        digest = hashlib.sha256(content).hexdigest()
        file = records.PlanFile(found.assessment.id, version, now, message.person, digest, content)
        count = len(plan.open_points)
        points = words.say("plan.points", n=count) if count else words.say("plan.points.none")
        caption = words.html("plan.caption", institution=found.institution, version=version, points=points)
        name = words.say("plan.file", institution=views.file_name(found.institution), version=version)
        body = {
            "plan": version,
            "assessment": found.assessment.id,
            "name": name,
            "caption": views.View(caption).text,
        }
        carrier = records.Outgoing(f"{message.id}-a", message.person, "document", body, now)
        return [port.PutNew(file), port.PutNew(carrier)]
