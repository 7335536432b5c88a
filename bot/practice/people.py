"""A person at the phone, played over HTTP: what tests and recorded conversations use."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

import aiohttp
import msgspec

JSON = dict[str, Any]


_END_OF_CHAT = 12
"""Messages among which the one that is looked for nearly always is."""

PATIENCE = 60.0
"""Seconds to wait for the bot: it may be starting on a busy machine."""


class ActFailed(Exception):  # noqa: N818 - the name says what happened
    """The local Telegram would not let a person do that; the message is its description."""


class NothingCame(Exception):  # noqa: N818 - the name says what happened
    """What was waited for did not come in time; the message lists what the chat shows instead."""


class Telegram:
    """A connection to the local Telegram; use as an async context manager."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Telegram:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.close()

    def person(self, person_id: int) -> Person:
        """The person with this id."""
        return Person(self, person_id)

    async def people(self) -> dict[str, Person]:
        """Everyone by first name."""
        known = await self.get("/practice/people")
        return {entry["first_name"]: self.person(entry["id"]) for entry in known["people"]}

    async def add_person(self, first_name: str, **details: Any) -> Person:
        """One more person."""
        added = await self.post("/practice/people", {"first_name": first_name, **details})
        return self.person(added["id"])

    async def forward(self, seconds: float) -> None:
        """Move the clock on."""
        await self.post("/practice/clock", {"add_seconds": seconds})

    async def forward_to(self, time_of_day: str) -> None:
        """Move the clock on to the next HH:MM where the people live."""
        await self.post("/practice/clock", {"next": time_of_day})

    async def now(self) -> float:
        """Seconds since 1970 on the clock."""
        shown = await self.get("/practice/clock")
        return float(shown["now"])

    async def faults(self, *faults: JSON, **switches: Any) -> None:
        """Switch faults on; without any, off."""
        await self.post("/practice/faults", {"faults": list(faults), **switches})

    async def reset(self) -> None:
        """Start the world anew."""
        await self.post("/practice/reset", {})

    async def get(self, path: str, **query: Any) -> JSON:
        """The JSON at an address of the page's API."""
        content, _ = await self._ask("GET", path, params=query)
        return content

    async def post(self, path: str, content: JSON) -> JSON:
        """Do something through the page's API."""
        answered, _ = await self._ask("POST", path, json=content)
        return answered

    async def act(self, path: str, **body: Any) -> tuple[JSON, int]:
        """Do something as a person; also gives the event after which the bot's reaction will come."""
        content, headers = await self._ask("POST", path, **body)
        return content, int(headers["X-Practice-Event"])

    async def bytes_of(self, path: str) -> bytes:
        """The content of a file."""
        async with self._open.get(self.url + path) as response:
            if response.status != 200:
                raise ActFailed(f"{response.status} for {path}")
            return await response.read()

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("Use Telegram as an async context manager.")
        return self._session

    async def _ask(self, method: str, path: str, **options: Any) -> tuple[JSON, Mapping[str, str]]:
        async with self._open.request(method, self.url + path, **options) as response:
            content: JSON = msgspec.json.decode(await response.read())
            if response.status != 200:
                raise ActFailed(content["description"])
            return content, response.headers


class Person:
    """One person's phone: acts, and waits for what the bot does.

    `wait_for` looks at what came after the person's own last act, so a conversation reads top to bottom.
    """

    def __init__(self, telegram: Telegram, person_id: int) -> None:
        self.id = person_id
        self._telegram = telegram
        self._seen = 0

    async def start(self, payload: str = "") -> JSON:
        """Press Start, or follow a link with a payload."""
        return await self._act("start", {"payload": payload})

    async def say(self, text: str, *, reply_to: JSON | None = None, forwarded_from: str = "") -> JSON:
        """Send a text, as a reply to a message or forwarded from somebody where that is said."""
        return await self._act("text", {"text": text, "forwarded_from": forwarded_from, **_reply(reply_to)})

    async def tap(self, button: str, *, message: JSON | None = None) -> JSON:
        """Tap a button by its text or data, on a given message or else the newest that has it."""
        target = message or await self._message_with(button)
        by_data = any(shown.get("callback_data") == button for shown in buttons(target))
        given = {"message_id": target["message_id"], "data" if by_data else "text": button}
        return await self._act("tap", given)

    async def forge(self, message: JSON, data: str) -> JSON:
        """Send button data that no button has, as a hostile app can."""
        return await self._act("tap", {"message_id": message["message_id"], "data": data, "forged": True})

    async def edit(self, message: JSON, text: str) -> JSON:
        """Change a text of one's own."""
        return await self._act("edit", {"message_id": message["message_id"], "text": text})

    async def block(self, blocked: bool = True) -> JSON:
        """Block the bot, or let it in again."""
        return await self._act("block", {"blocked": blocked})

    async def send_location(self, latitude: float, longitude: float, *, reply_to: JSON | None = None) -> JSON:
        """Send a place, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return await self._act("location", {**place, **_reply(reply_to)})

    async def send_sticker(self, emoji: str = "👍") -> JSON:
        """Send a sticker."""
        return await self._act("sticker", {"emoji": emoji})

    async def delete_chat(self) -> JSON:
        """Delete the whole chat."""
        return await self._act("delete", {})

    async def send_contact(self) -> JSON:
        """Send one's own phone number."""
        return await self._act("contact", {})

    async def send_file(
        self,
        name: str,
        content: bytes,
        *,
        kind: str = "document",
        mime_type: str = "application/octet-stream",
        caption: str = "",
        reply_to: JSON | None = None,
    ) -> JSON:
        """Send a document, photo, video or voice."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("caption", caption)
        for field, message_id in _reply(reply_to).items():
            form.add_field(field, str(message_id))
        form.add_field(kind, io.BytesIO(content), filename=name, content_type=mime_type)
        sent, self._seen = await self._telegram.act(f"/practice/people/{self.id}/file", data=form)
        return sent

    async def messages(self, *, newest: int = 0) -> list[JSON]:
        """The whole chat, or its newest so many messages."""
        shown = await self._telegram.get(f"/practice/people/{self.id}/messages", newest=newest)
        found: list[JSON] = shown["messages"]
        return found

    async def chat(self) -> JSON:
        """How the chat stands: started, blocked, action, reply_keyboard, commands."""
        shown = await self._telegram.get(f"/practice/people/{self.id}/messages", since=2**53)
        state: JSON = shown["chat"]
        return state

    async def last_message(self) -> JSON:
        """The newest message of the bot."""
        found = await self._newest(lambda message: bool(message["from"]["is_bot"]))
        if found is None:
            raise NothingCame("The bot has not written yet.")
        return found

    async def wait_for(self, wanted: Callable[[JSON], bool] | str, *, timeout: float = PATIENCE) -> JSON:  # noqa: ASYNC109 - told in the error
        """The first message the bot sent or edited since the last act that fits; a string is looked for in its text."""
        fits = wanted if callable(wanted) else _says(wanted)
        event = await self._event(
            lambda event: (
                event["kind"] in ("message", "edited")
                and event["message"]["from"]["is_bot"]
                and fits(event["message"])
            ),
            timeout,
        )
        message: JSON = event["message"]
        return message

    async def wait_for_answer(self, *, timeout: float = PATIENCE) -> JSON:  # noqa: ASYNC109 - told in the error
        """The bot's answer to the last tapped button: text, show_alert."""
        return await self._event(lambda event: event["kind"] == "answer", timeout)

    async def download(self, message: JSON) -> bytes:
        """The file in a message."""
        held = message.get("document") or message.get("voice") or message.get("audio") or message["photo"][-1]
        return await self._telegram.bytes_of(f"/practice/files/{held['file_unique_id']}")

    async def _act(self, act: str, given: JSON) -> JSON:
        done, self._seen = await self._telegram.act(f"/practice/people/{self.id}/{act}", json=given)
        return done

    async def _message_with(self, button: str) -> JSON:
        found = await self._newest(
            lambda message: any(
                button in (shown["text"], shown.get("callback_data")) for shown in buttons(message)
            )
        )
        if found is None:
            raise ActFailed(f"No message has a button {button!r}.")
        return found

    async def _newest(self, fits: Callable[[JSON], bool]) -> JSON | None:
        """The newest message that fits; a long chat is read whole only where its end has none."""
        for newest in (_END_OF_CHAT, 0):
            for message in reversed(await self.messages(newest=newest)):
                if fits(message):
                    return message
        return None

    async def _event(self, fits: Callable[[JSON], bool], seconds: float) -> JSON:
        since = self._seen
        try:
            async with asyncio.timeout(seconds):
                while True:
                    news = await self._telegram.get("/practice/wait", person=self.id, since=since)
                    for event in news["events"]:
                        if fits(event):
                            return dict(event)
                        since = event["number"]
        except TimeoutError:
            shown = [
                message.get("text") or message.get("caption") or "(file)" for message in await self.messages()
            ]
            raise NothingCame(f"Nothing fitting came in {seconds:g} s; the chat ends: {shown[-3:]}") from None


class Group:
    """A group with the bot in it, as those who speak there see it."""

    def __init__(self, telegram: Telegram, group_id: int) -> None:
        self.id = group_id
        self._telegram = telegram
        self._seen = 0

    @classmethod
    async def made(cls, telegram: Telegram, title: str) -> Group:
        """A new one."""
        answered = await telegram.post("/practice/groups", {"title": title})
        return cls(telegram, answered["id"])

    async def add_bot(self, person: Person, payload: str = "") -> JSON:
        """Somebody adds the bot, by its button where there is a payload."""
        return await self._act("add", person, payload=payload)

    async def say(self, person: Person, text: str, topic: int = 0) -> JSON:
        """Somebody speaks, in a topic of a forum."""
        return await self._act("text", person, text=text, topic=str(topic))

    async def open_topic(self, person: Person, topic: int) -> JSON:
        """Somebody opens a topic: the group is a forum from then on."""
        return await self._act("open_topic", person, topic=str(topic))

    async def close_topic(self, person: Person, topic: int) -> JSON:
        """Somebody closes a topic; 0 is General."""
        return await self._act("close_topic", person, topic=str(topic))

    async def promote(self, person: Person) -> JSON:
        """Somebody makes the bot an administrator."""
        return await self._act("promote", person)

    async def throw_out(self, person: Person) -> JSON:
        """Somebody removes the bot."""
        return await self._act("throw_out", person)

    async def migrate(self, person: Person) -> Group:
        """Somebody makes it a supergroup; the group at its new number."""
        done = await self._act("migrate", person)
        return Group(self._telegram, done["group"])

    async def said(self) -> list[str]:
        """What the bot said here, in order."""
        return [message.get("text", "") for message in await self.messages()]

    async def messages(self) -> list[JSON]:
        """The bot's messages here, in order."""
        shown = await self._telegram.get(f"/practice/groups/{self.id}/messages")
        return [message for message in shown["messages"] if message["from"]["is_bot"]]

    async def wait_for(self, words: str, *, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - told in the error
        """Wait until the bot says these words after the last act."""
        try:
            async with asyncio.timeout(timeout):
                while not any(words in said for said in await self.said()):
                    await self._telegram.get("/practice/wait", person=self.id, since=self._seen, timeout=1)
        except TimeoutError:
            raise NothingCame(f"{words!r} was not said; the group ends: {(await self.said())[-3:]}") from None

    async def _act(self, act: str, person: Person, **given: str) -> JSON:
        body = {"person": str(person.id), **given}
        done, self._seen = await self._telegram.act(f"/practice/groups/{self.id}/{act}", json=body)
        return done


def buttons(message: JSON) -> list[JSON]:
    """The inline buttons of a message, row by row."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def has_button(message: JSON, label: str) -> bool:
    """Whether an inline button of a message reads so."""
    return any(button["text"] == label for button in buttons(message))


def _reply(message: JSON | None) -> JSON:
    return {"reply_to": message["message_id"]} if message is not None else {}


def _says(words: str) -> Callable[[JSON], bool]:
    return lambda message: words in message.get("text", "") or words in message.get("caption", "")
