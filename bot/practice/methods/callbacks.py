"""The answer to a tapped button."""

from __future__ import annotations

from bot.practice import errors, limits
from bot.practice.methods import calls


def answer_callback_query(call: calls.Call) -> bool:
    """End the spinner on a button, with a toast, an alert or nothing; too late is refused."""
    query = call.world.state.callbacks.get(call.text("callback_query_id"))
    life = call.world.switches.callback_life_seconds
    if query is None or query.bot_id != call.bot.id or call.world.now() - query.asked_at > life:
        raise errors.bad_request(errors.QUERY_TOO_OLD)
    text = call.text("text")
    if len(text) > limits.ANSWER_LENGTH:
        raise errors.bad_request("MESSAGE_TOO_LONG")
    call.world.announce(
        "answer",
        bot_id=query.bot_id,
        person_id=query.person_id,
        callback_query_id=query.id,
        message_id=query.message_id,
        text=text,
        show_alert=call.flag("show_alert"),
        url=call.text("url"),
    )
    return True
