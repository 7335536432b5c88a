"""Methods that change a message of the bot's own."""

from __future__ import annotations

from bot.practice import errors, state, world
from bot.practice.methods import calls, markup, texts

_CAPTIONED = ("document", "photo", "voice", "audio")


def edit_message_text(call: calls.Call) -> state.JSON:
    """Another text; a keyboard that is not sent along again goes away."""
    chat = call.chat()
    formatted = texts.message_text(call)
    keyboard = _keyboard(call)
    message = call.own_message(chat)
    if "text" not in message:
        raise errors.bad_request("there is no text in the message to edit")
    content = texts.fields(formatted, "text", "entities")
    return _replace(call, chat, message, ("text", "entities"), {**content, **keyboard})


def edit_message_caption(call: calls.Call) -> state.JSON:
    """Another caption."""
    chat = call.chat()
    formatted = texts.caption(call)
    keyboard = _keyboard(call)
    message = call.own_message(chat)
    if not any(field in message for field in _CAPTIONED):
        raise errors.bad_request("there is no caption in the message to edit")
    content = texts.fields(formatted, "caption", "caption_entities")
    return _replace(call, chat, message, ("caption", "caption_entities"), {**content, **keyboard})


def edit_message_reply_markup(call: calls.Call) -> state.JSON:
    """Another inline keyboard, or none."""
    chat = call.chat()
    keyboard = _keyboard(call)
    return _replace(call, chat, call.own_message(chat), (), keyboard)


def _keyboard(call: calls.Call) -> state.JSON:
    keyboard = markup.inline_markup(call)
    return {"reply_markup": keyboard} if keyboard else {}


def _replace(
    call: calls.Call,
    chat: state.Chat,
    message: state.JSON,
    replaced: tuple[str, ...],
    content: state.JSON,
) -> state.JSON:
    kept = {key: value for key, value in message.items() if key not in (*replaced, "reply_markup")}
    edited = {**kept, **content}
    if world.same(edited, message):
        raise errors.bad_request(errors.NOT_MODIFIED)
    call.keep_pace(chat)
    return call.world.revise(chat, {**edited, "edit_date": call.world.date()})
