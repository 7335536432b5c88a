"""Word templates of an institution's own: what is in use, and what one that was sent makes of the sample's answers."""

from __future__ import annotations

import base64
import secrets
from typing import Any

import msgspec

from bot import clock, sample, views
from bot import work as turn
from document_templates import apart, errors, rendering
from flows import words as wording
from planning import asked
from storage import port, records

USED = "used"
PROPOSED = "proposed"

PREVIEW = apart.Limits(15, 1_000_000_000)
"""For the first rendering of a template; one of the standard template's size takes a third of it."""


class TemplateMaker:
    """Makes previews outside of anybody's turn."""

    def __init__(self, storage: port.Storage, clock: clock.Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def preview(self, message: records.Outgoing) -> list[port.Change]:
        """What the proposed template makes of the sample, with the buttons to take it or leave it."""
        assessment, language = message.body["assessment"], message.body["language"]
        proposed = await self._storage.template(assessment, PROPOSED)
        if proposed is None or proposed.sha256 != message.body["sha256"]:
            return []
        words = wording.catalogue("bot", language)
        now = self._clock.now()
        try:
            content = await rendering.render(
                asked.Answers.of(sample.answers(), language, now.date()),
                template=proposed.body,
                language=language,
                page_numbers=False,
                limits=PREVIEW,
                order=message.id,
            )
        except errors.TemplateError as problem:
            said = words.html("template.no_preview", reason=problem.finding.say(language))
            body: dict[str, Any] = {"token": "", "text": views.View(said).text, "keyboard": []}
            refusal = records.Outgoing(f"{message.id}-a", message.person, "show", body, now)
            return [port.Unchanged(proposed), port.Remove(proposed), port.PutNew(refusal)]
        choose = views.Button(
            words.say("template.use"), views.Go("template", f"use {proposed.sha256}"), style="success"
        )
        leave = views.Button(words.say("template.leave"), views.Go("template", f"leave {proposed.sha256}"))
        view = views.View(words.html("template.preview", name=proposed.name), ((choose,), (leave,)))
        screen = records.Screen(
            secrets.token_urlsafe(turn.TOKEN_BYTES), message.person, view.actions(), made_at=now
        )
        body = {
            "content": base64.b64encode(content).decode(),
            "name": words.say("template.preview_file"),
            "caption": view.text,
            "keyboard": views.keyboard(view, screen.token),
        }
        return [
            port.Unchanged(proposed),
            port.Put(msgspec.structs.replace(proposed, previewed=True)),
            port.Put(screen),
            port.PutNew(records.Outgoing(f"{message.id}-a", message.person, "document", body, now)),
        ]
