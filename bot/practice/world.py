"""The world of the local Telegram: who is there, what was said, and who hears of it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import json
import mimetypes
import re
import time
import zoneinfo
from collections import deque
from collections.abc import Callable, Collection
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from bot.practice import clock, errors, faults, limits, pace, state, storing

_TOKEN = re.compile(r"[1-9][0-9]{5,14}:[A-Za-z0-9_-]{30,60}")
_EVENTS_KEPT = 5000
_FOLDER_OF_KIND = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
}


class Cast(msgspec.Struct, kw_only=True):
    """The people and the bot a new world starts with, from people.json."""

    timezone: str
    bot: dict[str, str]
    people: list[state.Person]


def default_cast() -> Cast:
    """The cast that ships with the server."""
    source = resources.files("bot.practice").joinpath("people.json").read_bytes()
    return msgspec.json.decode(source, type=Cast)


class World:
    """All chats of all people with all bots; every change goes through here and becomes an event."""

    def __init__(
        self,
        *,
        store: storing.Store | None = None,
        tokens: Collection[str] | None = None,
        cast: Cast | None = None,
        clock_file: Path | None = None,
        time_source: Callable[[], float] = time.time,
    ) -> None:
        self.store = store or storing.Memory()
        self.cast = cast or default_cast()
        self.timezone = zoneinfo.ZoneInfo(self.cast.timezone)
        self._tokens = None if tokens is None else frozenset(tokens)
        self.state = self.store.load() or self._new_state()
        self.clock = clock.Clock(source=time_source, offset=self.state.clock_offset, file=clock_file)
        self.switches = faults.Switches()
        self.switched = asyncio.Event()
        """Set as soon as other faults are switched on than now: who waits for a slow call waits no longer."""
        self.pace = pace.Pace()
        self.pollers: dict[int, int] = {}
        self.events: deque[state.JSON] = deque(maxlen=_EVENTS_KEPT)
        self.closing = False
        self._bell = asyncio.Event()
        self._dirty = False
        for token in tokens or ():
            self.bot_of_token(token)

    # Faults, time and news

    def switch(self, switches: faults.Switches) -> None:
        """Switch other faults on; a call that was slow by the ones before is answered now."""
        self.switches = switches
        self.switched.set()
        self.switched = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970 on this world's clock."""
        return self.clock.now()

    def date(self) -> int:
        """The whole second that goes into messages."""
        return int(self.now())

    def announce(self, kind: str, *, bot_id: int = 0, person_id: int = 0, **content: Any) -> int:
        """Tell the page and the tests what happened; returns the event's number."""
        self.state.last_event += 1
        event = {"number": self.state.last_event, "kind": kind, "bot": bot_id, "person": person_id, **content}
        self.events.append(event)
        self.changed()
        return self.state.last_event

    def changed(self) -> None:
        """Something worth saving and worth a look happened: wake everyone who waits."""
        self._dirty = True
        self._bell.set()
        self._bell = asyncio.Event()

    async def news(self, seconds: float) -> None:
        """Wait until anything happens, but no longer than so many seconds."""
        bell = self._bell
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await bell.wait()

    def events_after(self, number: int, *, person_id: int | None = None) -> list[state.JSON]:
        """What is newer than an event, for everyone or for one person."""
        newer = itertools.takewhile(lambda event: event["number"] > number, reversed(self.events))
        found = [event for event in newer if person_id is None or event["person"] in (0, person_id)]
        return found[::-1]

    def close(self) -> None:
        """End every wait, so that the server can stop."""
        self.closing = True
        self.changed()
        self.save()

    def save(self) -> None:
        """Write what changed, before anyone is told that it was done."""
        if self._dirty:
            self.state.clock_offset = self.clock.offset
            self.store.save(self.state)
            self._dirty = False

    def reset(self) -> None:
        """Start the world anew; bots keep their names, since they are still out there."""
        bots = self.state.bots
        last_event = self.state.last_event
        last_update_id = self.state.last_update_id
        self.state = self._new_state()
        self.state.last_event, self.state.last_update_id = last_event, last_update_id
        for bot in bots.values():
            bot.updates.clear()
            bot.update_dates.clear()
            self.state.bots[bot.id] = bot
        self.switch(faults.Switches())
        self.pace = pace.Pace()
        self.clock.reset()
        self.store.clear()
        self.events.clear()
        self.announce("reset")

    def _new_state(self) -> state.State:
        return state.State(people={person.id: msgspec.structs.replace(person) for person in self.cast.people})

    # Bots and people

    def bot_of_token(self, token: str) -> state.Bot:
        """The bot with this token; any well-formed token makes one unless tokens were given."""
        known = next((bot for bot in self.state.bots.values() if bot.token == token), None)
        if known is not None and (self._tokens is None or token in self._tokens):
            return known
        if not _TOKEN.fullmatch(token) or (self._tokens is not None and token not in self._tokens):
            raise errors.unauthorized()
        bot_id = int(token.partition(":")[0])
        if bot_id in self.state.bots:
            raise errors.unauthorized()  # the same bot with another secret
        first = not self.state.bots
        bot = state.Bot(
            id=bot_id,
            token=token,
            first_name=self.cast.bot["first_name"] if first else f"Practice {bot_id}",
            username=self.cast.bot["username"] if first else f"practice_{bot_id}_bot",
        )
        self.state.bots[bot_id] = bot
        self.announce("bot", bot_id=bot_id)
        return bot

    def person(self, person_id: int) -> state.Person | None:
        """Someone by id."""
        return self.state.people.get(person_id)

    def add_person(self, person: state.Person) -> None:
        """One more person in this world."""
        self.state.people[person.id] = person
        self.announce("people")

    def chat(self, bot_id: int, person_id: int) -> state.Chat:
        """The private chat of a person with a bot; empty until the person starts it."""
        key = f"{bot_id}:{person_id}"
        if key not in self.state.chats:
            self.state.chats[key] = state.Chat(bot_id=bot_id, person_id=person_id)
        return self.state.chats[key]

    # Messages

    def post(self, chat: state.Chat, sender: state.JSON, content: state.JSON) -> state.JSON:
        """Put a message into a chat; returns it as the Bot API shows it."""
        chat.last_message_id += 1
        message = {
            "message_id": chat.last_message_id,
            "from": sender,
            "chat": self.shown(chat),
            "date": self.date(),
            **content,
        }
        chat.messages[chat.last_message_id] = message
        if sender["is_bot"]:
            chat.action = ""
        self._tell(chat, "message", message)
        return message

    def shown(self, chat: state.Chat) -> state.JSON:
        """A chat as messages name it."""
        group = self.state.groups.get(chat.person_id)
        return group_json(group) if group is not None else chat_json(self.state.people[chat.person_id])

    def revise(self, chat: state.Chat, message: state.JSON) -> state.JSON:
        """Replace a message by its edited form."""
        chat.messages[message["message_id"]] = message
        self._tell(chat, "edited", message)
        return message

    def remove(self, chat: state.Chat, message_id: int) -> None:
        """Delete a message for both sides."""
        del chat.messages[message_id]
        del chat.changed[message_id]
        self.announce("deleted", bot_id=chat.bot_id, person_id=chat.person_id, message_id=message_id)

    def _tell(self, chat: state.Chat, kind: str, message: state.JSON) -> None:
        number = self.announce(kind, bot_id=chat.bot_id, person_id=chat.person_id, message=message)
        chat.changed[message["message_id"]] = number

    # Updates

    def queue(self, bot: state.Bot, kind: str, content: state.JSON) -> None:
        """Keep an update for the bot until it confirms it."""
        if bot.allowed_updates and kind not in bot.allowed_updates:
            return
        self.state.last_update_id += 1
        bot.updates.append({"update_id": self.state.last_update_id, kind: content})
        bot.update_dates[self.state.last_update_id] = self.now()
        self.changed()

    def confirm(self, bot: state.Bot, before: int) -> None:
        """Forget the updates below this id."""
        self._keep(bot, [update for update in bot.updates if update["update_id"] >= before])

    def drop_stale(self, bot: state.Bot) -> None:
        """Forget what nobody fetched for a day."""
        oldest = self.now() - limits.UPDATE_LIFE_SECONDS
        self._keep(bot, [u for u in bot.updates if bot.update_dates[u["update_id"]] >= oldest])

    def _keep(self, bot: state.Bot, kept: list[state.JSON]) -> None:
        if len(kept) != len(bot.updates):
            bot.updates = kept
            bot.update_dates = {u["update_id"]: bot.update_dates[u["update_id"]] for u in kept}
            self.changed()

    def expect_answer(self, query: state.CallbackQuery) -> None:
        """Remember a tapped button; those too old to be answered are forgotten."""
        oldest = self.now() - self.switches.callback_life_seconds
        kept = {known.id: known for known in self.state.callbacks.values() if known.asked_at >= oldest}
        self.state.callbacks = {**kept, query.id: query}

    # Files

    def keep_file(
        self, bot_id: int, kind: str, name: str, content: bytes, mime_type: str
    ) -> state.StoredFile:
        """Store a file that was sent; photos must have been measured by the caller."""
        number = len(self.state.files) + 1
        digest = hashlib.sha256(f"{bot_id}/{kind}/{number}".encode()).hexdigest()
        suffix = "." + name.rpartition(".")[2] if "." in name else mimetypes.guess_extension(mime_type) or ""
        safe_suffix = suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ""
        kept = state.StoredFile(
            file_id=f"BQACAgQAAx{digest[:48]}",
            file_unique_id=f"AgAD{digest[48:]}",
            bot_id=bot_id,
            kind=kind,
            path=f"{_FOLDER_OF_KIND[kind]}/file_{number}{safe_suffix}",
            name=name,
            mime_type=mime_type,
            size=len(content),
        )
        self.store.put(kept.file_unique_id, content)
        self.state.files[kept.file_id] = kept
        self.changed()
        return kept


def user_json(person: state.Person) -> state.JSON:
    """A person as the `from` of a message."""
    shown: state.JSON = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    for field in ("last_name", "username", "language_code"):
        if value := getattr(person, field):
            shown[field] = value
    return shown


def chat_json(person: state.Person) -> state.JSON:
    """A person's private chat, as the `chat` of a message."""
    shown: state.JSON = {"id": person.id, "first_name": person.first_name}
    for field in ("last_name", "username"):
        if value := getattr(person, field):
            shown[field] = value
    return {**shown, "type": "private"}


def group_json(group: state.Group) -> state.JSON:
    """A group, as the `chat` of a message."""
    forum = {"is_forum": True} if group.topics else {}
    return {"id": group.id, "title": group.title, "type": group.kind, **forum}


def topic_json(topic: int) -> state.JSON:
    """The topic of a message, as the message says it; nothing for General."""
    return {"message_thread_id": topic, "is_topic_message": True} if topic else {}


def bot_json(bot: state.Bot) -> state.JSON:
    """A bot as the `from` of a message."""
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": bot.names.get("") or bot.first_name,
        "username": bot.username,
    }


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal whatever the order of their fields."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
