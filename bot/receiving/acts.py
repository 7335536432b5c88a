"""What a person did in Telegram, read off an update: the only place that knows how updates look."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
import structlog

from bot.people import groups
from flows import nouns
from flows.reading import text as reading_text

log = structlog.get_logger()

LARGEST = 2**63 - 1
"""What a database keeps as a number; Telegram's have 52 bits."""

Number = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
"""Of a person, a chat or a message."""

COMMAND = re.compile(r"/([a-z_]{1,32})(?:@(?P<to>\w+))?(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)

MENTION = re.compile(r"@(\w{5,32})")

OUTSIDE = frozenset({"left", "kicked"})
"""States of somebody who is in a group no more."""

FILES = {"voice": "audio", "audio": "audio", "video": "video", "video_note": "video", "document": "file"}
"""Telegram's kinds of files -> those of answers."""

UNREADABLE = {"sticker": "sticker", "animation": "sticker", "dice": "sticker", "contact": "contact"}
"""Telegram's kinds of messages that are no answer -> what the person is told of them."""

NOTICES = frozenset({
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set",
})  # fmt: skip
"""What Telegram notes in a chat by itself: nobody said anything."""


class Sender(msgspec.Struct, frozen=True):
    """Who did it, as Telegram describes them."""

    id: Number
    name: str
    language: str = ""


class Act(msgspec.Struct, frozen=True, tag_field="act"):
    """Something a person did in the private chat with the bot."""

    sender: Sender


class Command(Act, frozen=True, tag="command"):
    """Sent `/name argument`."""

    name: str
    argument: str = ""


class Sent(Act, frozen=True, kw_only=True):
    """Sent a message that may be an answer."""

    message_id: Number = 0
    reply_to: Number = 0
    """The message that it was sent as a reply to; 0 for none."""


class Words(Sent, frozen=True, tag="words"):
    """Sent text that is no command."""

    text: str
    forwarded: bool = False


class Press(Act, frozen=True, tag="press"):
    """Pressed a button under one of the bot's messages."""

    query: str
    data: str
    message_id: Number = 0


class Place(Sent, frozen=True, tag="place"):
    """Sent a location."""

    point: nouns.Point


class Thing(Sent, frozen=True, tag="thing"):
    """Sent a photo, document, video, voice note or sound."""

    attachment: nouns.Attachment
    caption: str = ""


class Blocked(Act, frozen=True, tag="blocked"):
    """Blocked the bot, or let it in again."""

    blocked: bool


class Edited(Act, frozen=True, tag="edited"):
    """Changed an earlier message of theirs."""

    message_id: Number = 0
    text: str = ""
    """What it says now; empty where it holds no text."""


class Unreadable(Act, frozen=True, tag="unreadable"):
    """Sent something that is no answer."""

    what: str = "other"
    """sticker, contact or other: what the person is told depends on it."""


class OfGroup(Act, frozen=True):
    """Something in a group, where the bot gives nothing away; the sender may be nobody whom it knows."""

    chat: Number


class InGroup(OfGroup, frozen=True, tag="in_group"):
    """Spoke to the bot in a group."""

    title: str = ""
    command: str = ""
    """Empty where it was only named, or answered."""
    argument: str = ""
    to: tuple[str, ...] = ()
    """The names of the bots that are meant; a command without one is for all."""
    anonymous: bool = False
    """Whether an administrator spoke who does not say who they are."""
    topic: Number = 0
    """Of a forum, in which it was said; 0 elsewhere."""

    def addressed(self, bot: str) -> bool:
        """Whether the bot of this name is meant."""
        named = {name.casefold() for name in self.to}
        return bot.casefold() in named if named else bool(self.command)


class Joined(OfGroup, frozen=True, tag="joined"):
    """Added the bot to a group."""


class Left(OfGroup, frozen=True, tag="left"):
    """Took the bot out of a group."""


class Moved(OfGroup, frozen=True, tag="moved"):
    """Made a group a supergroup, which has another number."""

    to: Number


def read(update: dict[str, Any]) -> Act | None:
    """The act in an update (Telegram's JSON), or None where there is nothing to react to."""
    try:
        act = _read(update)
        # what is read off was taken as it came: a list for a number would be met much later, and again and again
        return act and msgspec.convert(msgspec.to_builtins(act), type(act))
    except (AttributeError, KeyError, TypeError, ValueError, msgspec.ValidationError) as problem:
        # Of another shape than Telegram's: left alone, it would come back for ever.
        log.warning("update not understood", problem=type(problem).__name__)
        return None


def _read(update: dict[str, Any]) -> Act | None:
    if query := update.get("callback_query"):
        message = query.get("message") or {}
        if message.get("chat", {}).get("type", "private") != "private":
            return None
        return Press(_sender(query["from"]), query["id"], query.get("data", ""), message.get("message_id", 0))
    if change := update.get("my_chat_member"):
        if change["chat"]["type"] != "private":
            return _membership(change)
        return Blocked(_sender(change["from"]), change["new_chat_member"]["status"] == "kicked")
    if edited := update.get("edited_message"):
        return _edited(edited)
    message = update.get("message")
    if not message or "from" not in message:
        return None
    if not _private(message):
        return _in_group(message)
    if message["from"].get("is_bot"):
        return None
    if any(field in message for field in NOTICES):
        return None
    return _message(_sender(message["from"]), message)


def answer(act: Act) -> nouns.Typed | nouns.Located | nouns.Attached | None:
    """The act as an answer to a question; None where it can be none."""
    match act:
        case Words(text=text):
            return nouns.Typed(text)
        case Place(point=point):
            return nouns.Located(point)
        case Thing(attachment=attachment):
            return nouns.Attached(attachment)
        case _:
            return None


def _message(sender: Sender, message: dict[str, Any]) -> Act:
    sent = {
        "message_id": message.get("message_id", 0),
        "reply_to": message.get("reply_to_message", {}).get("message_id", 0),
    }
    if text := message.get("text"):
        command = COMMAND.fullmatch(text.strip())
        if command:
            return Command(sender, command[1].lower(), (command["rest"] or "").strip())
        return Words(sender, text, "forward_origin" in message, **sent)
    if location := message.get("location"):
        point = nouns.Point(
            latitude=location["latitude"],
            longitude=location["longitude"],
            accuracy=location.get("horizontal_accuracy", 0.0),
        )
        return Place(sender, point, **sent)
    # before files: Telegram sends an animation as a document too
    if what := next((what for field, what in UNREADABLE.items() if field in message), ""):
        return Unreadable(sender, what)
    attachment = _attachment(message)
    return Thing(sender, attachment, message.get("caption", ""), **sent) if attachment else Unreadable(sender)


def _edited(message: dict[str, Any]) -> Edited | None:
    # a live location moves by edits, once every few seconds: nobody changed what they said
    if not _private(message) or "location" in message:
        return None
    return Edited(_sender(message["from"]), message.get("message_id", 0), message.get("text", ""))


def _attachment(message: dict[str, Any]) -> nouns.Attachment | None:
    if sizes := message.get("photo"):
        largest = max(sizes, key=lambda size: size.get("width", 0) * size.get("height", 0))
        return nouns.Attachment("image", largest["file_id"], "", "image/jpeg", largest.get("file_size", 0))
    for field, kind in FILES.items():
        if found := message.get(field):
            mime = found.get("mime_type", "")
            really = "image" if field == "document" and mime.startswith("image/") else kind
            name = _name(found.get("file_name", ""))
            return nouns.Attachment(really, found["file_id"], name, mime, found.get("file_size", 0))
    return None


def _in_group(message: dict[str, Any]) -> OfGroup | None:
    """What was said in a group, where it is for a bot; what channels and bots post is for nobody."""
    sender, chat = _sender(message["from"]), message["chat"]["id"]
    if moved := message.get("migrate_to_chat_id"):
        return Moved(sender, chat, moved)
    anonymous = sender.id == groups.ANONYMOUS_ADMIN
    if message["chat"]["type"] == "channel" or message.get("is_automatic_forward"):
        return None
    if message["from"].get("is_bot") and not anonymous:
        return None
    text = message.get("text", "").strip()
    title = _name(message["chat"].get("title", ""))
    # a reply outside a forum has the number of a thread too, into which nobody can write
    topic = message.get("message_thread_id", 0) if message.get("is_topic_message") else 0
    if command := COMMAND.fullmatch(text):
        to = (command["to"],) if command["to"] else ()
        argument = (command["rest"] or "").strip()
        return InGroup(sender, chat, title, command[1].lower(), argument, to, anonymous, topic)
    answered = message.get("reply_to_message", {}).get("from", {})
    named = [answered["username"]] if answered.get("is_bot") and "username" in answered else []
    named += MENTION.findall(text)
    if not named:
        return None
    return InGroup(sender, chat, title, to=tuple(named), anonymous=anonymous, topic=topic)


def _membership(change: dict[str, Any]) -> OfGroup | None:
    """Whether the bot came into a group or went; what it is allowed there makes no difference."""
    if change["chat"]["type"] == "channel":
        return None
    before, after = (_is_outside(change[key]) for key in ("old_chat_member", "new_chat_member"))
    if before == after:
        return None
    kind = Left if after else Joined
    return kind(_sender(change["from"]), change["chat"]["id"])


def _is_outside(member: dict[str, Any]) -> bool:
    # who is restricted may have gone meanwhile
    return member["status"] in OUTSIDE or (member["status"] == "restricted" and not member["is_member"])


def _private(message: dict[str, Any]) -> bool:
    return message.get("chat", {}).get("type") == "private" and "from" in message


def _sender(person: dict[str, Any]) -> Sender:
    name = _name(" ".join(filter(None, (person.get("first_name"), person.get("last_name")))))
    return Sender(person["id"], name or str(person["id"]), person.get("language_code", ""))


def _name(given: str) -> str:
    """A name as it may stand among words: on one line, and without marks that turn round what stands behind it."""
    return " ".join(reading_text.clean(given).split())
