"""Delivery: one committed message becomes Bot API calls."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import structlog
from telegram import (
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    constants,
    error,
)

from bot.documents import annexes, dates, plans, templates
from bot.people import access
from bot.sending import client, outbox
from flows import words as wording
from storage import port, records

log = structlog.get_logger()

GONE = (
    "message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in the message",
)  # fmt: skip
"""What Telegram says when a message can no longer be changed: the person deleted it, it is too old, or a picture."""

UNCHANGED = "message is not modified"

NO_PREVIEW = '{"is_disabled":true}'

Rows = list[list[dict[str, Any]]]
"""Buttons, as Telegram has them."""


class Delivery:
    """Knows how each kind of outgoing message is delivered."""

    def __init__(
        self,
        bot: client.Client,
        storage: port.Storage,
        plans: plans.PlanMaker,
        annexes: annexes.AnnexMaker,
        dates: dates.DatesMaker,
        templates: templates.TemplateMaker,
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._plans = plans
        self._annexes = annexes
        self._dates = dates
        self._templates = templates

    async def __call__(self, message: records.Outgoing) -> list[port.Change]:
        """Deliver; returns what to write down now that it is out."""
        try:
            return await self._delivered(message)
        except (error.TelegramError, port.StorageError):
            raise
        except Exception:
            # One message that cannot be made must not hold up for ever what stands behind it.
            log.exception("message not made", kind=message.kind, id=message.id)
            return await outbox.told(self._storage, message)

    async def _delivered(self, message: records.Outgoing) -> list[port.Change]:
        if not await self._may_still_have(message):
            log.info("no longer theirs", kind=message.kind, id=message.id)
            return []
        match message.kind:
            case "show":
                return await self._show(message)
            case "picture":
                return await self._picture(message)
            case "close":
                return await self._close(message)
            case "document":
                return await self._document(message)
            case "plan" | "changes":
                async with self._busy(message, constants.ChatAction.UPLOAD_DOCUMENT):
                    await self._say_how_many_before(message)
                    return await self._plans.make(message)
            case "preview":
                async with self._busy(message, constants.ChatAction.UPLOAD_DOCUMENT):
                    return await self._templates.preview(message)
            case "annex":
                async with self._busy(message, constants.ChatAction.UPLOAD_DOCUMENT):
                    return await self._annex(message)
            case "what_if" | "dates":
                async with self._busy(message, constants.ChatAction.TYPING):
                    return await self._dates.make(message)
            case "menu":
                commands = list(message.body["commands"].items())
                await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(message.person))
                return []
            case kind:
                raise ValueError(kind)

    async def _may_still_have(self, message: records.Outgoing) -> bool:
        """Whether what comes of an assessment may still go to who asked: making it takes a while."""
        assessment = message.body.get("assessment")
        if assessment is None:
            return True
        parts = await self._storage.memberships(assessment=assessment, person=message.person)
        return access.may({part.role for part in parts}, access.Deed.PLAN)

    @contextlib.asynccontextmanager
    async def _busy(self, message: records.Outgoing, doing: constants.ChatAction) -> AsyncIterator[None]:
        """Say under the chat's name what is done in the block: nothing waits for that, and whether it is said is nobody's business."""
        saying = asyncio.create_task(self._bot.send_chat_action(message.person, doing), name="busy")
        try:
            yield
        finally:
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)

    async def _say_how_many_before(self, message: records.Outgoing) -> None:
        """Tell who must wait for others' plans; nobody waits without knowing why."""
        if before := self._plans.before:
            words = wording.catalogue("bot", message.body["language"])
            await self._bot.send_message(
                message.person, words.html("plan.others", n=before), parse_mode=constants.ParseMode.HTML
            )

    async def _show(self, message: records.Outgoing) -> list[port.Change]:
        body = message.body
        screen = await self._storage.screen(body["token"]) if body["token"] else None
        before = await self._storage.screen(body["replaces"]) if body.get("replaces") else None
        if before is not None and before.message_id is not None:
            edited = await self._edit(message.person, before.message_id, body["text"], body["keyboard"])
            if edited:
                return _noted(screen, before.message_id)
        sent = await self._bot.call(
            "sendMessage",
            client.Sent,
            chat_id=message.person,
            **_topic(body),
            **_written(body["text"], body["keyboard"]),
        )
        return _noted(screen, sent.message_id)

    async def _picture(self, message: records.Outgoing) -> list[port.Change]:
        body = message.body
        screen = await self._storage.screen(body["token"])
        sent = await self._bot.send_photo(
            message.person,
            base64.b64decode(body["content"]),
            caption=body["text"],
            parse_mode=constants.ParseMode.HTML,
            reply_markup=_markup(body["keyboard"]),
        )
        return _noted(screen, sent.message_id)

    async def _close(self, message: records.Outgoing) -> list[port.Change]:
        screen = await self._storage.screen(message.body["token"])
        if screen is not None and screen.message_id is not None:
            await self._edit(message.person, screen.message_id, message.body["text"], [])
        return []

    async def _document(self, message: records.Outgoing) -> list[port.Change]:
        body = message.body
        if "plan" in body:
            issued = await self._storage.plan_file(body["assessment"], body["plan"])
            content = issued.body if issued is not None else b""
        else:
            content = base64.b64decode(body["content"])
        sent = await self._bot.send_document(
            message.person,
            content,
            filename=body["name"],
            caption=body["caption"],
            parse_mode=constants.ParseMode.HTML,
            reply_markup=_markup(body.get("keyboard", [])),
        )
        screen = await self._storage.screen(body["token"]) if body.get("token") else None
        return _noted(screen, sent.message_id)

    async def _annex(self, message: records.Outgoing) -> list[port.Change]:
        """Made while it is delivered: what can be made again from a version is not kept."""
        made = await self._annexes.make(message)
        if not await self._may_still_have(message):
            return []
        if made.content:
            await self._bot.send_document(
                message.person,
                made.content,
                filename=made.name,
                caption=made.said,
                parse_mode=constants.ParseMode.HTML,
            )
        else:
            await self._bot.send_message(message.person, made.said, parse_mode=constants.ParseMode.HTML)
        return []

    async def _edit(self, chat: int, message_id: int, text: str, rows: Rows) -> bool:
        try:
            await self._bot.call(
                "editMessageText", Any, chat_id=chat, message_id=message_id, **_written(text, rows)
            )
        except error.BadRequest as refusal:
            said = refusal.message.lower()
            if UNCHANGED in said:
                return True
            if any(words in said for words in GONE):
                return False
            raise
        return True


def _written(text: str, rows: Rows) -> dict[str, Any]:
    """A text with its buttons, as Telegram's parameters."""
    written = {"text": text, "parse_mode": constants.ParseMode.HTML.value, "link_preview_options": NO_PREVIEW}
    if rows:
        written["reply_markup"] = msgspec.json.encode({"inline_keyboard": rows}).decode()
    return written


def _topic(body: dict[str, Any]) -> dict[str, int]:
    """The topic of a forum that a message goes into; of another chat Telegram takes none."""
    return {"message_thread_id": body["topic"]} if body.get("topic") else {}


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(**face) for face in row] for row in rows])


def _noted(screen: records.Screen | None, message_id: int) -> list[port.Change]:
    return [] if screen is None else [port.Put(msgspec.structs.replace(screen, message_id=message_id))]
