"""Methods that put a new message into a chat, and the frame they share."""

from __future__ import annotations

from typing import Any

from bot.practice import errors, limits, state, world
from bot.practice.methods import calls, markup, texts

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(call: calls.Call) -> state.JSON:
    """A text message."""
    chat = call.chat()
    content = texts.fields(texts.message_text(call), "text", "entities")
    options = call.value("link_preview_options", "can't parse link preview options JSON object")
    if options is not None:
        if not isinstance(options, dict):
            raise errors.bad_request("object expected as link preview options")
        content["link_preview_options"] = options
    return deliver(call, chat, content)


def send_location(call: calls.Call) -> state.JSON:
    """A point on the map."""
    chat = call.chat()
    place: state.JSON = {}
    for field, limit in (("latitude", 90), ("longitude", 180)):
        if not call.text(field):
            raise errors.bad_request(f"{field} is empty")
        number = call.number(field)
        if number is None or not -limit <= number <= limit:
            raise errors.bad_request("wrong coordinates specified")
        place[field] = number
    return deliver(call, chat, {"location": place})


def send_chat_action(call: calls.Call) -> bool:
    """ "typing" and its like, shown for a few seconds or until the next message."""
    chat = call.chat()
    action = call.text("action").lower()
    if action not in _ACTIONS:
        raise errors.bad_request("wrong parameter action in request")
    chat.action, chat.action_until = action, call.world.now() + limits.ACTION_SECONDS
    call.world.announce(
        "action", bot_id=chat.bot_id, person_id=chat.person_id, action=action, seconds=limits.ACTION_SECONDS
    )
    return True


def deliver(call: calls.Call, chat: state.Chat, content: state.JSON) -> state.JSON:
    """Send what a method has made, with the keyboard and the reply every such call may ask for."""
    topic, replied = call.topic(chat), _replied(call, chat)
    keyboard = markup.reply_markup(call)
    call.keep_pace(chat)
    return put(call, chat, {**topic, **replied, **content}, keyboard)


def put(call: calls.Call, chat: state.Chat, content: state.JSON, keyboard: state.JSON | None) -> state.JSON:
    """Add the bot's message to the chat; an inline keyboard stays with it, other keyboards with the chat."""
    if keyboard and "inline_keyboard" in keyboard:
        content = {**content, "reply_markup": keyboard}
    elif keyboard:
        chat.reply_keyboard = None if keyboard.get("remove_keyboard") else keyboard
    if call.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    if keyboard and "inline_keyboard" not in keyboard:
        call.world.announce(
            "keyboard", bot_id=chat.bot_id, person_id=chat.person_id, reply_keyboard=chat.reply_keyboard
        )
    return call.world.post(chat, world.bot_json(call.bot), content)


def _replied(call: calls.Call, chat: state.Chat) -> state.JSON:
    options: Any = call.value("reply_parameters", "can't parse reply parameters JSON object")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise errors.bad_request("object expected as reply parameters")
    original = chat.messages.get(options.get("message_id", 0))
    if original is None:
        if options.get("allow_sending_without_reply") is True:
            return {}
        raise errors.bad_request("message to be replied not found")
    return {"reply_to_message": {key: original[key] for key in original if key != "reply_to_message"}}
