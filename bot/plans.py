"""The plan in chat: from the answers as they stand to a Word file on its way to who asked."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import functools
import hashlib
from collections.abc import Sequence

import markupsafe
import msgspec
import structlog

from bot import books, clock, library, signing, team, templates, views, working_hours
from document_templates import errors, rendering
from flows import expressions, shipped
from flows import nouns as answers
from flows import words as wording
from planning import nouns
from storage import port, records

PLANS_KEPT = 4
"""Plans kept in memory: whoever goes from figure to figure asks for the same one again and again."""

log = structlog.get_logger()


class PlanMaker:
    """Makes plans outside of anybody's turn; each is kept as it was issued."""

    def __init__(self, storage: port.Storage, library: library.Library, clock: clock.Clock) -> None:
        self._storage = storage
        self._library = library
        self._clock = clock

    async def make(self, message: records.Outgoing) -> list[port.Change]:
        """Make the plan that an outgoing message asks for; returns its file and the message that carries it."""
        found = await team.load(self._storage, self._library, message.body["assessment"])
        if found is None:
            return []
        words = wording.catalogue("bot", message.body["language"])
        now = self._clock.now()
        issued = await self._storage.plan_files(found.assessment.id)
        book = await books.book(self._storage, found, made_at=now)
        signed = await self._storage.sign_offs(found.assessment.id)
        version = signing.version_of(signed, signing.digest(book), (file.version for file in issued))
        own = await self._storage.template(found.assessment.id, templates.USED)
        try:
            plan = await standing(self._storage, found, now, message.body["language"])
            content = await rendering.render(
                plan,
                template=own.body if own is not None else None,
                language=message.body["language"],
                version=version,
            )
        except errors.TemplateError as problem:
            log.error("plan not rendered", assessment=found.assessment.id, reason=str(problem))
            reason = problem.finding.say(message.body["language"])
            code = "plan.failed" if own is None else "plan.failed_with_theirs"
            return _instead(message, now, words.html(code, reason=reason))
        except expressions.TooHeavyError as problem:
            return _instead(message, now, words.html("plan.too_heavy", title=problem.form))
        digest = hashlib.sha256(content).hexdigest()
        file = records.PlanFile(found.assessment.id, version, now, message.person, digest, content)
        count = len(plan.open_points)
        points = words.say("plan.points", n=count) if count else words.say("plan.points.none")
        caption = views.text(
            words.html("plan.caption", institution=found.institution, version=version, points=points),
            *_promise(plan, message.body["language"]),
        )
        name = words.say("plan.file", institution=views.file_name(found.institution), version=version)
        body = {
            "plan": version,
            "assessment": found.assessment.id,
            "name": name,
            "caption": views.View(caption).text,
        }
        carrier = records.Outgoing(f"{message.id}-a", message.person, "document", body, now)
        # what was signed is issued once: whoever asks again gets the same file
        known = any(one.version == version for one in issued)
        return [*([] if known else [port.PutNew(file)]), port.PutNew(carrier)]


def _promise(plan: nouns.Plan, language: str) -> list[markupsafe.Markup]:
    """The day to promise, for those who read no further; nothing where there are no dates."""
    from planning import promises
    from planning import words as plan_words

    if plan.schedule is None:
        return []
    first = promises.said(plan.schedule)[0]
    return [markupsafe.escape(plan_words.say(first, language))]


def _instead(message: records.Outgoing, now: dt.datetime, said: str) -> list[port.Change]:
    """What is said in the place of a plan."""
    body = {"token": "", "text": views.View(said).text, "keyboard": []}
    return [port.PutNew(records.Outgoing(f"{message.id}-a", message.person, "show", body, now))]


async def standing(storage: port.Storage, found: team.Team, now: dt.datetime, language: str) -> nouns.Plan:
    """The plan of the answers as they stand, its questions worded in that language."""
    book = await books.book(storage, found, made_at=now)
    zone = working_hours.zone_of(found.assessment.institution, None)
    # when the book was written changes nothing in the plan but its day
    same = msgspec.json.encode(msgspec.structs.replace(book, made_at=None))
    # in a thread: with forty branches it computes for seconds, and everybody else goes on chatting
    flows = found.library.flows()
    asked = _Asked(language, tuple((flow.id, flow.version) for flow in flows), flows)
    return await asyncio.to_thread(_planned, same, asked, now.astimezone(zone).date())


@dataclasses.dataclass(frozen=True)
class _Asked:
    """The flows of an assessment in a language; their versions tell them apart."""

    language: str
    versions: tuple[library.Version, ...]
    flows: Sequence[answers.Flow] = dataclasses.field(compare=False)


@functools.lru_cache(maxsize=PLANS_KEPT)
def _planned(book: bytes, asked: _Asked, today: dt.date) -> nouns.Plan:
    # planning is needed by few turns: the bot starts without waiting for it
    from planning import plan as planning

    read = msgspec.json.decode(book, type=answers.AnswerBook)
    told = [shipped.in_language(flow, asked.language) for flow in asked.flows]
    return planning.make_plan(shipped.book_in_language(read, asked.language), told, today=today)
