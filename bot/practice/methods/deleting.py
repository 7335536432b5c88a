"""Methods that take messages away for both sides."""

from __future__ import annotations

from typing import Any

from bot.practice import errors, limits
from bot.practice.methods import calls


def delete_message(call: calls.Call) -> bool:
    """One message, the bot's or the person's, not older than two days."""
    chat = call.chat()
    message = call.message(chat, "message to delete")
    if call.world.now() - message["date"] > limits.DELETE_SECONDS:
        raise errors.bad_request("message can't be deleted for everyone")
    call.world.remove(chat, message["message_id"])
    return True


def delete_messages(call: calls.Call) -> bool:
    """Several messages; those that are gone or too old are passed over."""
    chat = call.chat()
    given: Any = call.value("message_ids", "can't parse message_ids JSON object")
    if given is None:
        raise errors.bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise errors.bad_request("expected an Array of message identifiers")
    if len(given) > limits.DELETE_AT_ONCE:
        raise errors.bad_request("too many message identifiers specified")
    for message_id in given:
        message = chat.messages.get(message_id)
        if message and call.world.now() - message["date"] <= limits.DELETE_SECONDS:
            call.world.remove(chat, message_id)
    return True
