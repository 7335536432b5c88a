"""The dates in chat: the plan with something changed beside the plan as it stands, and the dates as files."""

from __future__ import annotations

import base64
from typing import Any

import msgspec

from bot import clock, library, views
from bot.documents import plans
from bot.people import team
from document_templates import apart, errors
from flows import expressions
from flows import words as wording
from planning import asked, what_if
from planning import words as plan_words
from storage import port, records

_Made = tuple[str, dict[str, Any]]
"""A message's kind and body."""


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
        words = wording.catalogue("bot", message.body["language"])
        make = self._compared if message.kind == "what_if" else self._written
        try:
            given = await plans.standing(self._storage, found, self._clock.now(), words.language)
            kind, body = await make(message, given, found.institution)
        except expressions.TooHeavyError as problem:
            kind, body = _said(words.html("plan.too_heavy", title=problem.form))
        except errors.TemplateError as problem:
            kind, body = _said(words.html("plan.failed", reason=problem.finding.say(words.language)))
        # by this the delivery looks once more whether they may still have it
        body = {**body, "assessment": found.assessment.id}
        return [
            port.PutNew(records.Outgoing(f"{message.id}-a", message.person, kind, body, self._clock.now()))
        ]

    async def _compared(self, message: records.Outgoing, given: asked.Answers, name: str) -> _Made:
        del name
        words = wording.catalogue("bot", given.language)
        made = await apart.do(asked.Wished(given, message.body["words"]), kept=True)
        outcome = msgspec.msgpack.decode(made, type=asked.Outcome)
        if outcome.misunderstood is not None:
            reason = plan_words.say(outcome.misunderstood, given.language)
            return _said(words.html("what_if.not_understood", reason=reason))
        wish = ", ".join(plan_words.say(one, given.language) for one in outcome.wish)
        rows = [_row(row, words, given.language) for row in outcome.rows]
        if any(one.code == "what_if.without" for one in outcome.wish):
            rows.append(words.html("what_if.totals"))
        return _said(views.text(words.html("what_if.title", changes=wish), *rows))

    async def _written(self, message: records.Outgoing, given: asked.Answers, name: str) -> _Made:
        words, ending = wording.catalogue("bot", given.language), message.body["ending"]
        made = await apart.do(asked.Dated(given, ending), kept=True)
        dates = msgspec.msgpack.decode(made, type=asked.Dates)
        if dates.reason:
            return _said(words.html("plan.failed", reason=dates.reason))
        return "document", {
            "content": base64.b64encode(dates.content).decode(),
            "name": words.say("dates.file", institution=views.file_name(name)) + ending,
            "caption": views.View(words.html(f"dates.caption{ending}", institution=name)).text,
        }


def _row(row: what_if.Row, words: wording.Catalogue, language: str) -> str:
    """One result: what it is, before and after, and the difference where there is one."""
    said = {
        name: plan_words.say(text, language) if text is not None else ""
        for name, text in (("what", row.what), ("before", row.before), ("after", row.after))
    }
    if row.difference is None:
        return words.html("what_if.same" if row.before == row.after else "what_if.row", **said)
    return words.html("what_if.differs", **said, difference=plan_words.say(row.difference, language))


def _said(text: str) -> _Made:
    return "show", {"token": "", "text": views.View(text).text, "keyboard": []}
