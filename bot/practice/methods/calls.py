"""One call of a method: who calls, with which parameters and files, and how to read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.practice import errors, state, world


class Upload(NamedTuple):
    """A file in the body of a request."""

    name: str
    mime_type: str
    content: bytes


class Call(NamedTuple):
    """A request as a method sees it; values are strings from forms, JSON values from JSON bodies."""

    world: world.World
    bot: state.Bot
    parameters: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """A string; empty where it was not given."""
        value = self.parameters.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """A whole number; None where it was not given or is none."""
        return _integer(self.parameters.get(name))

    def number(self, name: str) -> float | None:
        """A number; None where it was not given or is none."""
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """A yes or no; Telegram takes true, yes and 1."""
        return self.text(name).lower() in ("true", "yes", "1")

    def value(self, name: str, complaint: str) -> Any:
        """A JSON value, read from a string where the body was a form; None where it was not given."""
        given = self.parameters.get(name)
        if not isinstance(given, str):
            return given
        if not given:
            return None
        try:
            return json.loads(given)
        except ValueError:
            raise errors.bad_request(complaint) from None

    def chat(self) -> state.Chat:
        """The chat the bot may write into; refused as Telegram refuses strangers and blockers."""
        given = self.text("chat_id")
        if not given:
            raise errors.bad_request("chat_id is empty")
        person_id = _integer(given)
        group = self.world.state.groups.get(person_id or 0)
        if person_id is None or (group is None and self.world.person(person_id) is None):
            raise errors.bad_request("chat not found")
        if group is not None and group.moved_to:
            raise errors.migrated(group.moved_to)
        chat = self.world.chat(self.bot.id, person_id)
        if chat.blocked and group is not None:
            raise errors.forbidden("bot was kicked from the group chat")
        if chat.blocked:
            raise errors.forbidden("bot was blocked by the user")
        if not chat.started:
            raise errors.forbidden("bot can't initiate conversation with a user")
        return chat

    def topic(self, chat: state.Chat) -> state.JSON:
        """What a message says of the topic that it goes into; refused where there is none such, or it is closed."""
        topic = self.integer("message_thread_id") or 0
        group = self.world.state.groups.get(chat.person_id)
        # Telegram knows General by no number here
        if topic and (group is None or topic not in group.topics):
            raise errors.bad_request("message thread not found")
        if group is not None and topic in group.closed:
            raise errors.bad_request("TOPIC_CLOSED")
        return world.topic_json(topic)

    def message(self, chat: state.Chat, purpose: str) -> state.JSON:
        """The message named by `message_id`; `purpose` completes Telegram's "… not found"."""
        message_id = self.integer("message_id")
        if not message_id:
            raise errors.bad_request("message identifier is not specified")
        if message_id not in chat.messages:
            raise errors.bad_request(f"{purpose} not found")
        return chat.messages[message_id]

    def own_message(self, chat: state.Chat) -> state.JSON:
        """The message to edit, which must be the bot's own."""
        message = self.message(chat, "message to edit")
        if message["from"]["id"] != self.bot.id:
            raise errors.bad_request("message can't be edited")
        return message

    def keep_pace(self, chat: state.Chat) -> None:
        """Refuse what comes faster than Telegram takes it."""
        if not self.world.switches.rate_limits:
            return
        seconds = self.world.pace.retry_after(self.bot.id, chat.person_id, self.world.now())
        if seconds:
            raise errors.too_many_requests(seconds)


def _integer(value: Any) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
