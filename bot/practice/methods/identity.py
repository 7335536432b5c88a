"""Who the bot is: its profile, its commands, its menu button, and whom it talks with."""

from __future__ import annotations

import re
from typing import Any

from bot.practice import errors, limits, state, world
from bot.practice.methods import calls

_COMMAND = re.compile(r"[a-z0-9_]+")
_SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def get_me(call: calls.Call) -> state.JSON:
    """The bot itself."""
    return {
        **world.bot_json(call.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(_: calls.Call) -> bool:
    """Moving a bot to another server makes no sense here."""
    raise errors.bad_request(
        "this local Telegram is the only server of its bots; there is none to log out to"
    )


def close(_: calls.Call) -> bool:
    """Telegram refuses this too while a bot has hardly started."""
    raise errors.too_many_requests(600)


def get_chat(call: calls.Call) -> state.JSON:
    """What the bot may know of a chat."""
    person_id = call.integer("chat_id")
    if not call.text("chat_id"):
        raise errors.bad_request("chat_id is empty")
    person = call.world.person(person_id or 0)
    if person is None or not call.world.chat(call.bot.id, person.id).started:
        raise errors.bad_request("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **world.chat_json(person),
        "accent_color_id": person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def set_my_name(call: calls.Call) -> bool:
    """The name over the chat, per language."""
    return _set_profile(call, call.bot.names, "name", limits.BOT_NAME_LENGTH)


def get_my_name(call: calls.Call) -> state.JSON:
    """The name for a language, else the general one."""
    return {"name": _profile(call, call.bot.names) or call.bot.first_name}


def set_my_description(call: calls.Call) -> bool:
    """The text an empty chat shows, per language."""
    return _set_profile(call, call.bot.descriptions, "description", limits.BOT_DESCRIPTION_LENGTH)


def get_my_description(call: calls.Call) -> state.JSON:
    """The description for a language, else the general one."""
    return {"description": _profile(call, call.bot.descriptions)}


def set_my_short_description(call: calls.Call) -> bool:
    """The text the profile shows, per language."""
    length = limits.BOT_SHORT_DESCRIPTION_LENGTH
    return _set_profile(call, call.bot.short_descriptions, "short_description", length)


def get_my_short_description(call: calls.Call) -> state.JSON:
    """The short description for a language, else the general one."""
    return {"short_description": _profile(call, call.bot.short_descriptions)}


def set_my_commands(call: calls.Call) -> bool:
    """The list of commands for a scope and a language."""
    given: Any = call.value("commands", "can't parse commands JSON object")
    if given is None:
        given = []
    if not isinstance(given, list):
        raise errors.bad_request("expected an Array of BotCommand")
    if len(given) > limits.COMMANDS:
        raise errors.bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope_and_language(call)] = [_command(item) for item in given]
    call.world.announce("bot", bot_id=call.bot.id)
    return True


def get_my_commands(call: calls.Call) -> list[dict[str, str]]:
    """The list set for exactly this scope and language."""
    return call.bot.commands.get(_scope_and_language(call), [])


def delete_my_commands(call: calls.Call) -> bool:
    """Take the list for this scope and language away."""
    call.bot.commands.pop(_scope_and_language(call), None)
    call.world.announce("bot", bot_id=call.bot.id)
    return True


def set_chat_menu_button(call: calls.Call) -> bool:
    """The button beside the message box, for one chat or for all."""
    given: Any = call.value("menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(given, dict):
        raise errors.bad_request("can't parse menu button: MenuButton must be an Object")
    if given.get("type") not in ("default", "commands", "web_app"):
        raise errors.bad_request("can't parse menu button: MenuButton has unsupported type")
    call.bot.menu_buttons[call.text("chat_id")] = given
    call.world.announce("bot", bot_id=call.bot.id)
    return True


def get_chat_menu_button(call: calls.Call) -> state.JSON:
    """The button set for this chat, else the general one."""
    buttons = call.bot.menu_buttons
    return buttons.get(call.text("chat_id")) or buttons.get("") or {"type": "commands"}


def commands_for(bot: state.Bot, person: state.Person) -> list[dict[str, str]]:
    """The list a person sees: the narrowest scope that has one, in the person's language first."""
    scopes = (f"chat:{person.id}", "all_private_chats", "default")
    keys = [f"{scope}/{language}" for scope in scopes for language in (person.language_code, "")]
    return next((bot.commands[key] for key in keys if key in bot.commands), [])


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise errors.bad_request("can't parse BotCommand: expected an Object")
    command, description = given.get("command"), given.get("description")
    for field, value in (("command", command), ("description", description)):
        if value is None:
            raise errors.bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
        if not isinstance(value, str):
            raise errors.bad_request(f'can\'t parse BotCommand: Field "{field}" must be of type String')
    name = str(command).strip().removeprefix("/")
    words = str(description).strip()
    if not name:
        raise errors.bad_request("command must be non-empty")
    if len(name) > limits.COMMAND_LENGTH:
        raise errors.bad_request(f"command length must not exceed {limits.COMMAND_LENGTH}")
    if not _COMMAND.fullmatch(name):
        raise errors.bad_request("BOT_COMMAND_INVALID")
    if not words:
        raise errors.bad_request("command description must be non-empty")
    if len(words) > limits.COMMAND_DESCRIPTION_LENGTH:
        raise errors.bad_request(
            f"command description length must not exceed {limits.COMMAND_DESCRIPTION_LENGTH}"
        )
    return {"command": name, "description": words}


def _scope_and_language(call: calls.Call) -> str:
    scope: Any = call.value("scope", "can't parse BotCommandScope JSON object")
    if scope is None:
        scope = {"type": "default"}
    if not isinstance(scope, dict):
        raise errors.bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise errors.bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind in ("chat", "chat_administrators", "chat_member"):
        chat_id = scope.get("chat_id")
        if not chat_id:
            raise errors.bad_request("can't parse BotCommandScope: Empty chat_id specified")
        person_id = int(chat_id) if str(chat_id).isdecimal() else 0
        if call.world.person(person_id) is None:
            raise errors.bad_request("chat not found")
        kind = f"{kind}:{person_id}"
    return f"{kind}/{_language(call)}"


def _language(call: calls.Call) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise errors.bad_request("invalid language code specified")
    return language


def _set_profile(call: calls.Call, texts: dict[str, str], field: str, longest: int) -> bool:
    value = call.text(field).strip()
    if len(value) > longest:
        raise errors.bad_request(f"{field.replace('_', ' ')} is too long")
    language = _language(call)
    if value:
        texts[language] = value
    else:
        texts.pop(language, None)
    call.world.announce("bot", bot_id=call.bot.id)
    return True


def _profile(call: calls.Call, texts: dict[str, str]) -> str:
    return texts.get(_language(call)) or texts.get("", "")
