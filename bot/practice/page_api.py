"""What the chat page and the tests use, under `/practice/`: people who act, and news of what happens."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import web

from bot.practice import acts, bodies, errors, faults, limits, previews, state, world
from bot.practice.bot_api import refused
from bot.practice.methods import identity

_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")
EVENT_HEADER = "X-Practice-Event"
"""On the answer to an act: the number of the event it caused."""

_QUIET_SECONDS = 15
"""A comment goes down an idle stream this often, so that a dead page is noticed."""


class PageApi:
    """Answers the page and the player of recorded conversations."""

    def __init__(self, here: world.World) -> None:
        self._world = here

    def routes(self) -> list[web.RouteDef]:
        """All addresses of the page's API."""
        person = "/practice/people/{person:[0-9]+}"
        return [
            web.get("/practice/people", self.people),
            web.post("/practice/people", self.add_person),
            web.get(f"{person}/messages", self.messages),
            web.post(f"{person}/start", self.start),
            web.post(f"{person}/text", self.text),
            web.post(f"{person}/tap", self.tap),
            web.post(f"{person}/file", self.file),
            web.post(f"{person}/location", self.location),
            web.post(f"{person}/contact", self.contact),
            web.post(f"{person}/sticker", self.sticker),
            web.post(f"{person}/delete", self.delete),
            web.post(f"{person}/edit", self.edit),
            web.post(f"{person}/block", self.block),
            web.get("/practice/files/{unique_id}", self.download),
            web.get("/practice/files/{unique_id}/preview", self.preview),
            web.get("/practice/wait", self.wait),
            web.get("/practice/events", self.events),
            web.get("/practice/clock", self.clock),
            web.post("/practice/clock", self.set_clock),
            web.get("/practice/faults", self.faults),
            web.post("/practice/faults", self.set_faults),
            web.post("/practice/reset", self.reset),
        ]

    # People

    async def people(self, request: web.Request) -> web.Response:
        """Everyone, the bot they talk to, and how each chat stands; `?bot=` picks one of several bots."""
        bot = self._bot(request, required=False)
        return _json(
            {
                "last": self._world.state.last_event,
                "timezone": self._world.cast.timezone,
                "bot": self._bot_shown(bot) if bot else None,
                "people": [self._person_shown(bot, person) for person in self._world.state.people.values()],
                "clock": self._clock(),
            }
        )

    async def add_person(self, request: web.Request) -> web.Response:
        """One more person: `first_name`, and if wanted last_name, username, language_code, about, id."""
        given = await _body(request)
        given.setdefault("id", max(self._world.state.people, default=710_000_000) + 1)
        try:
            person = msgspec.convert(given, state.Person)
        except msgspec.ValidationError as problem:
            raise errors.bad_request(str(problem)) from None
        if not person.first_name.strip() or person.id in self._world.state.people or person.id <= 0:
            raise errors.bad_request("a person needs a first name and an id of their own")
        self._world.add_person(person)
        return _json(msgspec.to_builtins(person))

    async def messages(self, request: web.Request) -> web.Response:
        """Messages of a person's chat that are newer or changed since event `since`; `newest` narrows to the last few."""
        bot, person = self._bot(request, required=False), self._person(request)
        since, newest = _number(request, "since"), _number(request, "newest")
        found: list[state.JSON] = []
        if bot is not None:
            chat = self._world.chat(bot.id, person.id)
            found = [
                {**chat.messages[message_id], "changed": chat.changed[message_id]}
                for message_id in list(chat.messages)[-newest:]
                if chat.changed[message_id] > since
            ]
        return _json(
            {
                "last": self._world.state.last_event,
                "messages": found,
                "chat": self._person_shown(bot, person),
            }
        )

    # Acts

    async def start(self, request: web.Request) -> web.Response:
        """Press Start: `payload` of a deep link, or nothing."""
        given = await _body(request)
        return self._acted(self._hand(request).start(str(given.get("payload", ""))))

    async def text(self, request: web.Request) -> web.Response:
        """Send `text`, as a reply to message `reply_to`, or as `forwarded_from` somebody."""
        given = await _body(request)
        said = self._hand(request).say(
            str(given.get("text", "")),
            reply_to=_reply_to(given),
            forwarded_from=str(given.get("forwarded_from", "")),
        )
        return self._acted(said)

    async def tap(self, request: web.Request) -> web.Response:
        """Tap a button of message `message_id`, by `data` or by `text`; `forged` data need no button."""
        given = await _body(request)
        hand = self._hand(request)
        data, text = str(given.get("data", "")), str(given.get("text", ""))
        forged = given.get("forged") is True
        return self._acted(hand.tap(_whole(given, "message_id"), data=data, text=text, forged=forged))

    async def file(self, request: web.Request) -> web.Response:
        """Send the uploaded `document`, `photo`, `video` or `voice`, with `caption` and `reply_to` if wanted."""
        fields, uploads = await bodies.read(request)
        hand = self._hand(request)
        caption, reply_to = str(fields.get("caption", "")), _reply_to(fields)
        for kind in ("document", "photo", "video", "voice"):
            if kind in uploads:
                return self._acted(hand.send_file(kind, uploads[kind], caption, reply_to=reply_to))
        raise errors.bad_request("there is no document, photo, video or voice in the request")

    async def location(self, request: web.Request) -> web.Response:
        """Send a place: `latitude` and `longitude` in degrees, and `reply_to` if wanted."""
        given = await _body(request)
        place = _degrees(given, "latitude"), _degrees(given, "longitude")
        return self._acted(self._hand(request).send_location(*place, reply_to=_reply_to(given)))

    async def contact(self, request: web.Request) -> web.Response:
        """Send one's own phone number, as a request_contact button does."""
        return self._acted(self._hand(request).send_contact())

    async def sticker(self, request: web.Request) -> web.Response:
        """Send a sticker that shows an `emoji`."""
        given = await _body(request)
        return self._acted(self._hand(request).send_sticker(str(given.get("emoji", "👍"))))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete the whole chat."""
        self._hand(request).delete_chat()
        return self._acted({})

    async def edit(self, request: web.Request) -> web.Response:
        """Change one's own message `message_id` to `text`."""
        given = await _body(request)
        return self._acted(self._hand(request).edit(_whole(given, "message_id"), str(given.get("text", ""))))

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot, or with `blocked` false let it in again."""
        given = await _body(request)
        return self._acted(self._hand(request).block(given.get("blocked", True) is True))

    async def download(self, request: web.Request) -> web.Response:
        """A file of any chat; only pictures are shown in the page, all else is saved."""
        file = self._file(request)
        inline = file.kind == "photo" and file.mime_type in _SHOWN_INLINE
        response = web.Response(
            body=self._world.store.get(file.file_unique_id),
            content_type=file.mime_type if inline else "application/octet-stream",
        )
        response.headers["Content-Disposition"] = _disposition("inline" if inline else "attachment", file)
        return response

    async def preview(self, request: web.Request) -> web.Response:
        """The first lines of a Word or Excel file; nothing of other files."""
        file = self._file(request)
        content = self._world.store.get(file.file_unique_id)
        return _json(await asyncio.to_thread(previews.of, file, content))

    def _file(self, request: web.Request) -> state.StoredFile:
        unique_id = request.match_info["unique_id"]
        for file in self._world.state.files.values():
            if file.file_unique_id == unique_id:
                return file
        raise errors.Refusal(404, "Not Found")

    # News

    async def wait(self, request: web.Request) -> web.Response:
        """Events after `since`, as soon as there are any; `person` and `kind` narrow, `timeout` in seconds."""
        since = _number(request, "since")
        person_id = int(request.query["person"]) if "person" in request.query else None
        kinds = request.query["kind"].split(",") if "kind" in request.query else None
        loop = asyncio.get_running_loop()
        until = loop.time() + min(float(_number(request, "timeout", default=25)), limits.POLL_SECONDS)
        while True:
            found = self._world.events_after(since, person_id=person_id)
            found = [event for event in found if kinds is None or event["kind"] in kinds]
            left = until - loop.time()
            if found or left <= 0 or self._world.closing:
                return _json({"last": self._world.state.last_event, "events": found})
            await self._world.news(left)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, live; begins after `since` or the browser's Last-Event-ID."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        resumed = request.headers.get("Last-Event-ID", "")
        last = (
            int(resumed) if resumed.isdecimal() else _number(request, "since", self._world.state.last_event)
        )
        try:
            await response.write(b": welcome\n\n")
            while not self._world.closing:
                found = self._world.events_after(last)
                for event in found:
                    last = event["number"]
                    await response.write(f"id: {last}\ndata: {json.dumps(event)}\n\n".encode())
                if not found:
                    await self._world.news(_QUIET_SECONDS)
                    await response.write(b": still here\n\n")
        except ConnectionError:
            pass  # the page was closed
        return response

    # The world

    async def clock(self, _: web.Request) -> web.Response:
        """What the clock shows."""
        return _json(self._clock())

    async def set_clock(self, request: web.Request) -> web.Response:
        """Move the clock on by `add_seconds`, or to the `next` HH:MM of the people's time zone."""
        given = await _body(request)
        try:
            if "next" in given:
                moment = dt.time.fromisoformat(str(given["next"]))
                seconds = self._world.clock.until_next(moment, self._world.timezone)
            else:
                seconds = float(given.get("add_seconds", "?"))
            self._world.clock.forward(seconds)
        except (TypeError, ValueError):
            raise errors.bad_request("the clock takes add_seconds (not negative) or next (HH:MM)") from None
        self._world.announce("clock", **self._clock())
        return _json(self._clock())

    async def faults(self, _: web.Request) -> web.Response:
        """What is switched on."""
        return _json(msgspec.to_builtins(self._world.switches))

    async def set_faults(self, request: web.Request) -> web.Response:
        """Set some switches; those not named stay as they are."""
        given = {**msgspec.to_builtins(self._world.switches), **await _body(request)}
        try:
            self._world.switch(msgspec.convert(given, faults.Switches))
        except msgspec.ValidationError as problem:
            raise errors.bad_request(str(problem)) from None
        return _json(msgspec.to_builtins(self._world.switches))

    async def reset(self, _: web.Request) -> web.Response:
        """A new world: no chats, no files, the first people, the machine's time."""
        self._world.reset()
        return _json({"last": self._world.state.last_event})

    # Reading requests and showing the world

    def _bot(self, request: web.Request, *, required: bool = True) -> state.Bot | None:
        """The bot named in the address, else the one that came first."""
        bots = self._world.state.bots
        wanted = request.query.get("bot", "")
        bot = bots.get(int(wanted)) if wanted.isdecimal() else next(iter(bots.values()), None)
        if bot is None and required:
            raise errors.Refusal(409, "Conflict: no bot has connected yet")
        return bot

    def _person(self, request: web.Request) -> state.Person:
        person = self._world.person(int(request.match_info["person"]))
        if person is None:
            raise errors.Refusal(404, "Not Found: no such person")
        return person

    def _hand(self, request: web.Request) -> acts.Hand:
        bot = self._bot(request)
        assert bot is not None  # noqa: S101 - the line above refuses when there is none
        return acts.Hand(self._world, bot, self._person(request))

    def _acted(self, result: state.JSON) -> web.Response:
        """What an act led to; the header tells after which event the bot's reaction will come."""
        response = _json(result)
        response.headers[EVENT_HEADER] = str(self._world.state.last_event)
        return response

    def _bot_shown(self, bot: state.Bot) -> state.JSON:
        return {
            **world.bot_json(bot),
            "descriptions": bot.descriptions,
            "short_descriptions": bot.short_descriptions,
        }

    def _person_shown(self, bot: state.Bot | None, person: state.Person) -> state.JSON:
        shown: state.JSON = msgspec.to_builtins(person)
        if bot is None:
            return {
                **shown,
                "started": False,
                "blocked": False,
                "action": "",
                "reply_keyboard": None,
                "commands": [],
            }
        chat = self._world.chat(bot.id, person.id)
        return {
            **shown,
            "started": chat.started,
            "blocked": chat.blocked,
            "action": chat.action if chat.action_until > self._world.now() else "",
            "reply_keyboard": chat.reply_keyboard,
            "commands": identity.commands_for(bot, person),
        }

    def _clock(self) -> state.JSON:
        return {"now": self._world.now(), "offset": self._world.clock.offset}


@web.middleware
async def answer_refusals(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refusals of the page's API as JSON, and everything saved before it is answered."""
    try:
        response: web.StreamResponse = await handler(request)
    except errors.Refusal as refusal:
        return refused(refusal)
    return response


async def _body(request: web.Request) -> dict[str, Any]:
    parameters, _ = await bodies.read(request)
    return parameters


def _number(request: web.Request, name: str, default: int = 0) -> int:
    given = request.query.get(name, "")
    return int(given) if given.isdecimal() else default


def _whole(given: dict[str, Any], name: str) -> int:
    try:
        return int(given[name])
    except (KeyError, TypeError, ValueError):
        raise errors.bad_request(f"{name} must be a whole number") from None


def _reply_to(given: dict[str, Any]) -> int:
    return _whole(given, "reply_to") if given.get("reply_to") else 0


def _degrees(given: dict[str, Any], name: str) -> float:
    try:
        return float(given[name])
    except (KeyError, TypeError, ValueError):
        raise errors.bad_request(f"{name} must be a number") from None


def _disposition(kind: str, file: state.StoredFile) -> str:
    return f"{kind}; filename*=UTF-8''{quote(file.name or file.path.rpartition('/')[2], safe='')}"


def _json(value: object) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json", charset="utf-8")
