"""Texts and captions of calls: their markup, their entities, their length."""

from __future__ import annotations

from typing import Any

from bot.practice import detection, entities, errors, limits, state
from bot.practice.methods import calls


def message_text(call: calls.Call) -> entities.Formatted:
    """The text of a message; refused where empty or longer than a message."""
    formatted = formatted_text(call.text("text"), call.text("parse_mode"), _given_entities(call, "entities"))
    if not formatted.text:
        raise errors.bad_request("message text is empty")
    if entities.utf16_length(formatted.text) > limits.TEXT_LENGTH:
        raise errors.bad_request("message is too long")
    return formatted


def caption(call: calls.Call) -> entities.Formatted:
    """The caption of a document or photo, which may be empty."""
    given = _given_entities(call, "caption_entities")
    return checked_caption(formatted_text(call.text("caption"), call.text("parse_mode"), given))


def checked_caption(formatted: entities.Formatted) -> entities.Formatted:
    """The same caption; refused where longer than captions may be."""
    if entities.utf16_length(formatted.text) > limits.CAPTION_LENGTH:
        raise errors.bad_request("message caption is too long")
    return formatted


def formatted_text(source: str, parse_mode: str, given: list[state.JSON]) -> entities.Formatted:
    """Text and entities as they will stand in the message, links and commands found, white space trimmed."""
    match parse_mode.lower():
        case "html":
            formatted = entities.parse_html(source)
        case "":
            formatted = entities.Formatted(source, entities.ordered(given))
        case "markdown" | "markdownv2":
            raise errors.bad_request("this local Telegram reads parse_mode HTML only")
        case _:
            raise errors.bad_request("unsupported parse_mode")
    return detection.with_detected(detection.trimmed(formatted))


def fields(formatted: entities.Formatted, text: str, marks: str) -> state.JSON:
    """The two fields of a message that hold a text, left out where there is nothing in them."""
    shown: state.JSON = {}
    if formatted.text:
        shown[text] = formatted.text
    if formatted.entities:
        shown[marks] = formatted.entities
    return shown


def _given_entities(call: calls.Call, name: str) -> list[state.JSON]:
    given: Any = call.value(name, "can't parse MessageEntity JSON object")
    if given is None:
        return []
    if not isinstance(given, list):
        raise errors.bad_request("expected an Array of MessageEntity")
    for entity in given:
        if not isinstance(entity, dict):
            raise errors.bad_request("can't parse MessageEntity: expected an Object")
        for field, kind in (("type", str), ("offset", int), ("length", int)):
            if field not in entity:
                raise errors.bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
            if not isinstance(entity[field], kind):
                expected = "String" if kind is str else "Number"
                raise errors.bad_request(
                    f'can\'t parse MessageEntity: Field "{field}" must be of type {expected}'
                )
    return given
