"""Versions of the plan in chat: which there are, and the message that carries one with its buttons."""

from __future__ import annotations

from typing import Any

import msgspec

from bot import limits, views
from bot.people import team, working_hours
from document_templates import office
from flows import locales
from flows import words as wording
from storage import records

FORMS = (".xlsx", ".pdf", ".json")
"""What can be had beside the Word file; `plan.as.<form>` is on the button."""


class Wish(msgspec.Struct, frozen=True):
    """What is asked for behind /plan: a version, the newest where none is named, and in which form."""

    version: str = ""
    form: str = ""
    """Empty for Word."""


def read(argument: str) -> Wish:
    """The wish in words as `0.2 pdf`."""
    words = argument.casefold().split()
    forms = [word for word in words if f".{word.removeprefix('.')}" in FORMS]
    others = [word for word in words if word not in forms]
    return Wish(" ".join(others), f".{forms[0].removeprefix('.')}" if forms else "")


def day(found: team.Team, file: records.PlanFile, words: wording.Catalogue) -> str:
    """The day on which a version was issued, where the institution is."""
    zone = working_hours.zone_of(found.assessment.institution, None)
    return locales.date(file.made_at.astimezone(zone).date(), words.language)


def carrier(
    found: team.Team, file: records.PlanFile, words: wording.Catalogue, caption: str, *, since: str = ""
) -> tuple[views.View, dict[str, Any]]:
    """A version's Word file as a message: caption and buttons, and what the outbox needs to send it.

    `since` is the version whose difference to today's plan is offered.
    """
    version = file.version
    forms = [form for form in FORMS if form != ".pdf" or office.prints()]
    buttons = [
        views.Button(words.say(f"plan.as{form}"), views.Go("plan", f"{version} {form.removeprefix('.')}"))
        for form in forms
    ]
    rows = [tuple(buttons)]
    if since:
        rows.append(
            (views.Button(words.say("plan.what_changed", version=since), views.Go("changes", since)),)
        )
    return views.View(caption, tuple(rows)), {
        "plan": version,
        "assessment": file.assessment,
        "name": name(found, version, words) + ".docx",
    }


def name(found: team.Team, version: str, words: wording.Catalogue) -> str:
    """What the files of a version are called, without their ending."""
    return words.say("plan.file", institution=views.file_name(found.institution), version=version)


def listed(
    found: team.Team, issued: list[records.PlanFile], words: wording.Catalogue, page: int
) -> tuple[str, tuple[tuple[views.Button, ...], ...]]:
    """The versions, the newest first: a line and a button each, a page at a time."""
    size = limits.LINES_A_PAGE
    newest = issued[::-1]
    page = min(page, (len(newest) - 1) // size)
    shown = newest[page * size : (page + 1) * size]
    lines = [
        words.html(
            "plan.version",
            version=file.version,
            day=day(found, file, words),
            name=found.name(file.made_by) or words.say("status.nobody"),
        )
        for file in shown
    ]
    buttons = [views.Button(file.version, views.Go("plan", file.version)) for file in shown]
    rows = [
        tuple(buttons[place : place + limits.NUMBERS_A_ROW])
        for place in range(0, len(buttons), limits.NUMBERS_A_ROW)
    ]
    turn = []
    if page:
        turn.append(views.Button(words.say("button.earlier"), views.Go("plan", f"all@{page - 1}")))
    if (page + 1) * size < len(newest):
        turn.append(views.Button(words.say("button.more"), views.Go("plan", f"all@{page + 1}")))
    return "\n".join(lines), tuple(row for row in (*rows, tuple(turn)) if row)
