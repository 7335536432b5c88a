"""What a person sees, as a value: text, buttons and perhaps a document. Nothing here sends anything."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import markupsafe
import msgspec

from bot import callback_data, limits
from flows import nouns

_NOT_IN_FILE_NAMES = re.compile(r"[^\w .-]")


class Action(msgspec.Struct, frozen=True, tag_field="do"):
    """What a button does; kept by the bot, never told to the phone."""


class Answer(Action, frozen=True, tag="answer"):
    """Give this event to the section that is being answered."""

    event: nouns.AnyEvent


class Amend(Action, frozen=True, tag="amend"):
    """Give this answer to a question, whichever stands."""

    section: str
    key: str
    answer: nouns.Typed


class Open(Action, frozen=True, tag="open"):
    """Open a section, at one question where a key is given."""

    section: str
    key: str = ""


class Go(Action, frozen=True, tag="go"):
    """Do what a command does."""

    command: str
    argument: str = ""
    assessment: str = ""
    """Where it is meant: somebody who takes part in several may be at another meanwhile."""


class Pick(Action, frozen=True, tag="pick"):
    """Choose a value within the topic that the conversation is at."""

    topic: str
    value: str = ""


class Button(msgspec.Struct, frozen=True):
    """A button: its words, what it does, and its colour where that helps."""

    label: str
    action: AnyAction | None = None
    url: str = ""
    style: str = ""
    """primary, success or danger; never the only carrier of a meaning."""


class View(msgspec.Struct, frozen=True):
    """A message as it should appear: HTML text and rows of buttons."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()

    def __post_init__(self) -> None:
        # Escaped already: from here on it is plain text that goes into JSON.
        msgspec.structs.force_setattr(self, "text", "".join(self.text))

    def actions(self) -> tuple[dict[str, Any], ...]:
        """Every button's action in reading order, as plain JSON values."""
        return tuple(
            msgspec.to_builtins(button.action)
            for row in self.rows
            for button in row
            if button.action is not None
        )

    def digest(self) -> str:
        """Equal for views that look and act the same."""
        shown = msgspec.json.encode((self.text, self.rows))
        return hashlib.sha256(shown).hexdigest()[:16]


AnyAction = Answer | Amend | Open | Go | Pick


def short(label: str) -> str:
    """A label as it goes on a button: a long one ends with a whole word and dots."""
    if len(label) <= limits.BUTTON_TEXT:
        return label
    whole, _, rest = label[: limits.BUTTON_TEXT].rpartition(" ")
    # a single long word, or writing without spaces, ends where it must
    return f"{whole if len(rest) < len(whole) else label[: limits.BUTTON_TEXT - 1]}…"


def keyboard(view: View, token: str) -> list[list[dict[str, str]]]:
    """The view's buttons as Telegram's inline keyboard; each carries only its screen's token and its number."""
    number = 0
    rows: list[list[dict[str, str]]] = []
    for row in view.rows:
        shown: list[dict[str, str]] = []
        for button in row:
            face = {"text": short(button.label)}
            if button.style:
                face["style"] = button.style
            if button.action is None:
                face["url"] = button.url
            else:
                face["callback_data"] = callback_data.write(token, number)
                number += 1
            shown.append(face)
        rows.append(shown)
    return rows


def action(values: dict[str, Any]) -> AnyAction:
    """An action back from its plain JSON values."""
    found: AnyAction = msgspec.convert(values, AnyAction)
    return found


def at(view: View, assessment: str) -> View:
    """The view with buttons that lead to this assessment, but for those that lead to one already."""
    rows = tuple(tuple(led(button, assessment) for button in row) for row in view.rows)
    return View(view.text, rows)


def led(button: Button, assessment: str) -> Button:
    """A button that leads to this assessment, unless it leads to one already."""
    action = button.action
    if not isinstance(action, Go) or action.assessment:
        return button
    return msgspec.structs.replace(button, action=msgspec.structs.replace(action, assessment=assessment))


def text(*parts: str) -> str:
    """Join parts into one message: an empty line between them, nothing for empty ones."""
    return str(markupsafe.Markup("\n\n").join(markupsafe.Markup(part) for part in parts if part))  # noqa: S704  # parts are catalogue HTML


def bold(words: str) -> markupsafe.Markup:
    """Words in bold, escaped."""
    return markupsafe.Markup("<b>{}</b>").format(words)


def file_name(words: str) -> str:
    """Words as a part of a file's name that every system takes."""
    return _NOT_IN_FILE_NAMES.sub("", words).strip() or "Groundwork"
