"""Keyboards of calls, checked as Telegram checks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.practice import entities, errors, limits, state
from bot.practice.methods import calls

_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_STYLES = ("", "default", "primary", "success", "danger")


def reply_markup(call: calls.Call) -> state.JSON | None:
    """Any keyboard a new message may bring, without empty ones; None where there is none."""
    given: Any = call.value("reply_markup", "can't parse reply keyboard markup JSON object")
    if given is None or given == {}:
        return None
    if not isinstance(given, dict):
        raise errors.bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        rows = _rows(given["inline_keyboard"], "inline_keyboard", _inline_button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in given:
        rows = _rows(given["keyboard"], "keyboard", _keyboard_button)
        return {**given, "keyboard": rows} if rows else None
    if given.get("remove_keyboard") is True or given.get("force_reply") is True:
        return given
    return None


def inline_markup(call: calls.Call) -> state.JSON | None:
    """The keyboard of an edited message, which can only be an inline one."""
    markup = reply_markup(call)
    if markup is not None and "inline_keyboard" not in markup:
        raise errors.bad_request("inline keyboard expected")
    return markup


def _rows(given: Any, field: str, button: Callable[[Any], state.JSON]) -> list[list[state.JSON]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise errors.bad_request(f'field "{field}" must be an Array of Arrays')
    rows = [[button(item) for item in row] for row in given if row]
    if sum(map(len, rows)) > limits.KEYBOARD_BUTTONS or any(len(row) > limits.ROW_BUTTONS for row in rows):
        raise errors.bad_request("reply markup is too long")
    return rows


def _inline_button(given: Any) -> state.JSON:
    if not isinstance(given, dict):
        raise _bad_inline("InlineKeyboardButton must be an Object")
    _check_text(given, "inline keyboard button", _bad_inline)
    _check_style(given, _bad_inline)
    kind = next((kind for kind in _KINDS if kind in given), None)
    if kind is None:
        raise _bad_inline("Text buttons are unallowed in the inline keyboard")
    if kind == "callback_data":
        data = given["callback_data"]
        if not isinstance(data, str):
            raise _bad_inline('Field "callback_data" must be of type String')
        if not 1 <= len(data.encode()) <= limits.CALLBACK_DATA_BYTES:
            raise errors.bad_request("BUTTON_DATA_INVALID")
    if kind == "url":
        url = given["url"]
        if not isinstance(url, str):
            raise _bad_inline('Field "url" must be of type String')
        if not entities.checked_url(url):
            raise errors.bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return given


def _keyboard_button(given: Any) -> state.JSON:
    button = {"text": given} if isinstance(given, str) else given
    if not isinstance(button, dict):
        raise _bad_reply("KeyboardButton must be a String or an Object")
    _check_text(button, "keyboard button", _bad_reply)
    _check_style(button, _bad_reply)
    return button


def _check_text(button: state.JSON, noun: str, refuse: Callable[[str], errors.Refusal]) -> None:
    if "text" not in button:
        raise refuse('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise refuse('Field "text" must be of type String')
    if not button["text"].strip():
        raise errors.bad_request(f"{noun} text must be non-empty")


def _check_style(button: state.JSON, refuse: Callable[[str], errors.Refusal]) -> None:
    if button.get("style", "") not in _STYLES:
        raise refuse("invalid button style specified")


def _bad_inline(reason: str) -> errors.Refusal:
    return errors.bad_request(f"can't parse inline keyboard button: {reason}")


def _bad_reply(reason: str) -> errors.Refusal:
    return errors.bad_request(f"can't parse keyboard button: {reason}")
