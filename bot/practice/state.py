"""The nouns of the local Telegram, as they are kept in memory and in the snapshot."""

from __future__ import annotations

from typing import Any

import msgspec

JSON = dict[str, Any]
"""An object of the Bot API, in Telegram's own field names."""


class Person(msgspec.Struct, kw_only=True):
    """Someone who chats: what Telegram would tell a bot, and a word on who that is."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    phone_number: str = ""
    about: str = ""


class Group(msgspec.Struct, kw_only=True):
    """A group with the bot in it; its number is below zero."""

    id: int
    title: str
    kind: str = "group"
    moved_to: int = 0
    """The supergroup that it became."""
    topics: list[int] = []
    """Those beside General, of a forum."""
    closed: list[int] = []
    """Topics in which only administrators write; 0 is General."""


class Webhook(msgspec.Struct, kw_only=True):
    """Where a bot wants its updates delivered, and how the last delivery went."""

    url: str
    secret_token: str = ""
    max_connections: int
    last_error_date: int = 0
    last_error_message: str = ""


class Bot(msgspec.Struct, kw_only=True):
    """A bot, its profile, and the updates it has not confirmed yet."""

    id: int
    token: str
    first_name: str
    username: str
    names: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    short_descriptions: dict[str, str] = {}
    commands: dict[str, list[dict[str, str]]] = {}
    menu_buttons: dict[str, JSON] = {}
    allowed_updates: list[str] | None = None
    webhook: Webhook | None = None
    updates: list[JSON] = []
    update_dates: dict[int, float] = {}


class Chat(msgspec.Struct, kw_only=True):
    """One person's private chat with one bot, or a group with it, whose number then stands for the person's;
    `changed` is the number of the last event of a message."""

    bot_id: int
    person_id: int
    started: bool = False
    blocked: bool = False
    last_message_id: int = 0
    messages: dict[int, JSON] = {}
    changed: dict[int, int] = {}
    reply_keyboard: JSON | None = None
    action: str = ""
    action_until: float = 0.0


class CallbackQuery(msgspec.Struct, kw_only=True):
    """A tapped button that waits for the bot's answer."""

    id: str
    bot_id: int
    person_id: int
    message_id: int
    asked_at: float


class StoredFile(msgspec.Struct, kw_only=True):
    """A file somebody sent; `kind` is the field it travels in (document, photo, voice, audio)."""

    file_id: str
    file_unique_id: str
    bot_id: int
    kind: str
    path: str
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0


class State(msgspec.Struct, kw_only=True):
    """Everything a restarted server must still know."""

    people: dict[int, Person] = {}
    bots: dict[int, Bot] = {}
    groups: dict[int, Group] = {}
    chats: dict[str, Chat] = {}
    callbacks: dict[str, CallbackQuery] = {}
    files: dict[str, StoredFile] = {}
    last_update_id: int = 100_000_000
    last_event: int = 0
    clock_offset: float = 0.0
