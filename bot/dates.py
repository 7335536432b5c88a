"""The dates in chat: the plan with something changed beside the plan as it stands, and the dates as files."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
from typing import TYPE_CHECKING

from bot import books, clock, library, team, views, working_hours
from flows import expressions
from flows import nouns as answers
from flows import words as wording
from storage import port, records

if TYPE_CHECKING:
    # planning is needed by few turns: the bot starts without waiting for it
    from planning import what_if


class DatesMaker:
    """Answers outside of anybody's turn, because planning takes seconds."""

    def __init__(self, storage: port.Storage, library: library.Library, clock: clock.Clock) -> None:
        self._storage = storage
        self._library = library
        self._clock = clock

    async def make(self, message: records.Outgoing) -> list[port.Change]:
        """What an outgoing message asks for: a comparison or a file; returns the message that carries it."""
        found = await team.load(self._storage, self._library, message.body["assessment"])
        if found is None:
            return []
        make = self._compared if message.kind == "what_if" else self._written
        try:
            kind, body = await make(message, found)
        except expressions.TooHeavyError as problem:
            words = wording.catalogue("bot", message.body["language"])
            kind, body = _said(words.html("plan.too_heavy", title=problem.form))
        return [
            port.PutNew(records.Outgoing(f"{message.id}-a", message.person, kind, body, self._clock.now()))
        ]

    async def _compared(self, message: records.Outgoing, found: team.Team) -> tuple[str, dict[str, object]]:
        from planning import changes, plan, what_if
        from planning import words as plan_words

        language = message.body["language"]
        words = wording.catalogue("bot", language)
        book, today = await self._book(found)
        flows = found.library.flows()
        try:
            asked = changes.read(message.body["words"], book, today=today, language=language)
        except changes.ChangeError as problem:
            return _said(words.html("what_if.not_understood", reason=plan_words.say(problem.text, language)))
        both = []
        for one in (book, changes.changed(book, asked)):
            # in a thread: with forty branches it computes for seconds, and everybody else goes on chatting
            both.append(await asyncio.to_thread(plan.make_plan, one, flows, today=today))
        wish = ", ".join(plan_words.say(changes.said(change), language) for change in asked)
        rows = [_row(row, words, language) for row in what_if.compare(*both)]
        return _said(views.text(words.html("what_if.title", changes=wish), *rows))

    async def _written(self, message: records.Outgoing, found: team.Team) -> tuple[str, dict[str, object]]:
        from planning import plan
        from planning.exports import formats

        language, ending = message.body["language"], message.body["ending"]
        words = wording.catalogue("bot", language)
        book, today = await self._book(found)
        made = await asyncio.to_thread(plan.make_plan, book, found.library.flows(), today=today)
        try:
            content = formats.write(made, ending, language)
        except formats.NoDatesError as problem:
            return _said(words.html("plan.failed", reason=str(problem)))
        name = words.say("dates.file", institution=views.file_name(found.institution))
        caption = views.View(words.html(f"dates.caption{ending}", institution=found.institution)).text
        encoded = base64.b64encode(content).decode()
        return "document", {"content": encoded, "name": f"{name}{ending}", "caption": caption}

    async def _book(self, found: team.Team) -> tuple[answers.AnswerBook, dt.date]:
        now = self._clock.now()
        zone = working_hours.zone_of(found.assessment.institution, None)
        return await books.book(self._storage, found, made_at=now), now.astimezone(zone).date()


def _row(row: what_if.Row, words: wording.Catalogue, language: str) -> str:
    """One result: what it is, before and after, and the difference where there is one."""
    from planning import words as plan_words

    said = {
        name: plan_words.say(text, language) if text is not None else ""
        for name, text in (("what", row.what), ("before", row.before), ("after", row.after))
    }
    if row.difference is None:
        return words.html("what_if.same" if row.before == row.after else "what_if.row", **said)
    return words.html("what_if.differs", **said, difference=plan_words.say(row.difference, language))


def _said(text: str) -> tuple[str, dict[str, object]]:
    return "show", {"token": "", "text": views.View(text).text, "keyboard": []}
