"""The plan in chat: from the answers as they stand to a Word file on its way to who asked, a version each."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import markupsafe
import msgspec
import structlog

from bot import clock, library, limits, pieces, views
from bot import work as works
from bot.asking import books
from bot.documents import photos, signing, templates, versions
from bot.people import team, working_hours
from document_templates import apart, errors, places, rendering
from flows import expressions
from flows import nouns as flow_nouns
from flows import words as wording
from planning import asked, nouns
from planning import versions as numbering
from planning import words as plan_words
from planning.comparison import compare
from storage import port, records

log = structlog.get_logger()


class PlanMaker:
    """Makes plans outside of anybody's turn; each is kept as it was issued."""

    def __init__(
        self, storage: port.Storage, library: library.Library, clock: clock.Clock, fetch: photos.Fetch
    ) -> None:
        self._storage = storage
        self._library = library
        self._clock = clock
        self._fetch = fetch
        self._under_way = 0
        self._reading = asyncio.Lock()
        """Answers are read for one plan at a time: for ten at once they would hold up everybody's turns."""

    @property
    def before(self) -> int:
        """How many others' plans are to be ready before one that is asked for now; none while it can begin at once."""
        return self._under_way if self._under_way >= places.PLACES else 0

    async def make(self, message: records.Outgoing) -> list[port.Change]:
        """What an outgoing message asks for: the plan as a version, or what changed; returns what carries it."""
        self._under_way += 1
        try:
            return await self._made(message)
        finally:
            self._under_way -= 1

    async def _made(self, message: records.Outgoing) -> list[port.Change]:
        words = wording.catalogue("bot", message.body["language"])
        async with self._reading:
            found = await team.load(self._storage, self._library, message.body["assessment"])
            if found is None:
                return []
            book = await books.book(self._storage, found, made_at=self._clock.now())
            given = _answers(book, found, self._clock.now(), words.language)
            digest = signing.digest(book)
        try:
            if message.kind == "changes":
                return await self._compared(message, found, given, words)
            return await self._issued(message, found, given, digest)
        except errors.TemplateError as problem:
            # the code alone: a finding quotes the institution's own template
            log.error("plan not rendered", assessment=found.assessment.id, reason=problem.finding.code)
            code = "plan.failed" if await self._template(found) is None else "plan.failed_with_theirs"
            said = words.html(code, reason=problem.finding.say(words.language))
        except expressions.TooHeavyError as problem:
            said = words.html("plan.too_heavy", title=problem.form)
        return self._show(message, views.View(said))

    async def _issued(
        self, message: records.Outgoing, found: team.Team, given: asked.Answers, digest: str
    ) -> list[port.Change]:
        """The plan as a new version, or the last one again where it says the same; `digest` is that of its answers."""
        now, words = self._clock.now(), wording.catalogue("bot", given.language)
        issued = await self._storage.plan_files(found.assessment.id)
        template = await self._template(found)
        record = await self._storage.sign_offs(found.assessment.id)
        version = signing.version_of(record, digest, (file.version for file in issued))
        zone = working_hours.zone_of(found.assessment.institution, None)
        sign_off = signing.told(found, record, digest, zone)
        draft = msgspec.msgpack.decode(
            await apart.do(
                asked.Drafted(given, version, await self._before(issued)), order=message.id, kept=True
            ),
            type=asked.Draft,
        )
        content = _content(draft, sign_off, template)
        last = next((file for file in reversed(issued) if file.language == words.language), None)
        if numbering.is_signed(version):
            # what was signed is issued once: whoever asks again gets the same file
            same = next((file for file in issued if file.version == version), None)
        else:
            same = last if last is not None and last.content == content else None
        if same is not None:
            caption = words.html(
                "plan.same",
                institution=found.institution,
                version=same.version,
                day=versions.day(found, same, words),
            )
            return self._carry(message, versions.carrier(found, same, words, caption))
        people = {**{one.version: one.made_by for one in issued}, version: message.person}
        gathered = await photos.gather(draft.photos, self._fetch)
        body = await rendering.render(
            given,
            template=template,
            language=words.language,
            version=version,
            history=_history(found, draft, people),
            sign_off=sign_off,
            photos=gathered.contents,
            order=message.id,
        )
        file = records.PlanFile(
            found.assessment.id,
            version,
            now,
            message.person,
            hashlib.sha256(body).hexdigest(),
            body,
            words.language,
            # without a photo that may yet come it is like no other
            content if gathered.whole else "",
            draft.kept,
        )
        before = issued[-1].version if issued else ""
        carried = versions.carrier(found, file, words, _caption(found, draft, words, before), since=before)
        return [*_dropped(issued), port.PutNew(file), *self._carry(message, carried)]

    async def _template(self, found: team.Team) -> bytes | None:
        """The institution's own template; None where it has none."""
        own = await self._storage.template(found.assessment.id, templates.USED)
        return own.body if own is not None else None

    async def _before(self, issued: Sequence[records.PlanFile]) -> bytes:
        """The data of the last version; empty where there is none."""
        if not issued:
            return b""
        last = await self._storage.plan_file(issued[-1].assessment, issued[-1].version)
        return last.plan if last is not None else b""

    async def _compared(
        self, message: records.Outgoing, found: team.Team, given: asked.Answers, words: wording.Catalogue
    ) -> list[port.Change]:
        """What changed since a version, as a message."""
        version = message.body["version"]
        file = await self._storage.plan_file(found.assessment.id, version)
        question = asked.Compared(given, file.plan if file is not None else b"", limits.CHANGES_A_TOPIC)
        different = msgspec.msgpack.decode(await apart.do(question, kept=True), type=asked.Difference)
        buttons = (
            (views.Button(words.say("plan.version_again", version=version), views.Go("plan", version)),),
            (views.Button(words.say("plan.make"), views.Go("plan")),),
        )
        if file is None or different.groups is None:
            return self._show(message, views.View(words.html("changes.no_data", version=version), buttons))
        day = versions.day(found, file, words)
        if not different.changes:
            said = words.html("changes.none", version=version, day=day)
            return self._show(message, views.View(said, buttons[:1]))
        title = words.html("changes.title", version=version, day=day, n=different.changes)
        groups = [_group(group, words) for group in different.groups]
        return self._show(message, views.View(views.text(title, *groups), buttons))

    def _carry(
        self, message: records.Outgoing, carried: tuple[views.View, dict[str, Any]]
    ) -> list[port.Change]:
        """The message with a version's file."""
        view, body = carried
        now = self._clock.now()
        screen = works.screen_of(view, message.person, now)
        document = {**works.document(view, screen), **body}
        sent = records.Outgoing(f"{message.id}-a", message.person, "document", document, now)
        return [port.Put(screen), port.PutNew(sent)]

    def _show(self, message: records.Outgoing, view: views.View) -> list[port.Change]:
        """What is said in the place of a plan, in as many messages as it takes; the last has the buttons."""
        now = self._clock.now()
        screen = works.screen_of(view, message.person, now)
        *earlier, last = pieces.cut(view.text)
        bodies: list[dict[str, Any]] = [{"token": "", "text": text, "keyboard": []} for text in earlier]
        bodies.append({"token": screen.token, "text": last, "keyboard": views.keyboard(view, screen.token)})
        # by the assessment the delivery looks once more whether they may still have it
        of = message.body["assessment"]
        return [
            port.Put(screen),
            *(
                port.PutNew(
                    records.Outgoing(
                        f"{message.id}-{place:02}", message.person, "show", {**body, "assessment": of}, now
                    )
                )
                for place, body in enumerate(bodies)
            ),
        ]


def _content(draft: asked.Draft, sign_off: nouns.SignOff, template: bytes | None) -> str:
    """What a version says, who has signed it and in which template: another of these is another version."""
    said = [draft.content.encode()]
    if sign_off.opened or any(one.day is not None for one in sign_off.signatures):
        said.append(msgspec.json.encode(sign_off))
    if template is not None:
        said.append(template)
    return hashlib.sha256(b"".join(said)).hexdigest() if len(said) > 1 else draft.content


def _history(found: team.Team, draft: asked.Draft, people: Mapping[str, int]) -> tuple[nouns.Issue, ...]:
    """The change history with the names of who asked, looked up anew: whoever was forgotten has none."""
    return tuple(
        msgspec.structs.replace(line, who=found.name(people.get(line.version, 0))) for line in draft.history
    )


def _dropped(issued: Sequence[records.PlanFile]) -> list[port.Change]:
    """The oldest drafts go when there are too many; what was signed off stays."""
    drafts = [file for file in issued if not numbering.is_signed(file.version)]
    return [port.Remove(file) for file in drafts[: max(0, len(drafts) + 1 - numbering.VERSIONS_KEPT)]]


def _caption(found: team.Team, draft: asked.Draft, words: wording.Catalogue, before: str) -> str:
    """What a new version is, what is open in it, the day to promise, and how much it differs from the one before."""
    line = draft.history[-1]
    count = draft.open_points
    points = words.say("plan.points", n=count) if count else words.say("plan.points.none")
    promise = [plan_words.say(draft.promise, words.language)] if draft.promise is not None else []
    caption = views.text(
        words.html("plan.caption", institution=found.institution, version=line.version, points=points),
        *map(markupsafe.escape, promise),
    )
    if line.first:
        return caption
    differs = len(line.changes) + line.more
    code = "plan.changes" if differs else "plan.changes.none"
    return views.text(caption, words.html(code, n=differs, version=before))


def _group(group: compare.Group, words: wording.Catalogue) -> str:
    """The changes of a topic under its heading."""
    language = words.language
    lines = [words.html("changes.topic", topic=plan_words.say(group.heading, language))]
    for change in group.changes:
        said = compare.say(change, language)
        if len(said) > limits.CHANGE_CHARACTERS:
            said = said[: limits.CHANGE_CHARACTERS - 1] + "…"
        lines.append(words.html("changes.line", change=said))
    if group.more:
        lines.append(words.html("changes.more", n=group.more))
    return markupsafe.Markup("\n").join(lines)


async def standing(storage: port.Storage, found: team.Team, now: dt.datetime, language: str) -> asked.Answers:
    """The answers as they stand, to be asked about where the institution is."""
    return _answers(await books.book(storage, found, made_at=now), found, now, language)


def _answers(book: flow_nouns.AnswerBook, found: team.Team, now: dt.datetime, language: str) -> asked.Answers:
    zone = working_hours.zone_of(found.assessment.institution, None)
    return asked.Answers.of(book, language, now.astimezone(zone).date())
