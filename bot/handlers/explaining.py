"""/why: where a figure of the plan comes from, as the plan numbers it; without a number, the way to each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import markupsafe
import msgspec

from bot import limits, pieces, views
from bot.documents import plans
from bot.handlers import common, wondering
from bot.people import access
from bot.work import Work
from document_templates import apart, errors
from planning import asked, nouns
from planning import words as plan_words


async def why(work: Work, argument: str = "") -> None:
    """The figure of a number, or what stands below a chapter's or a branch's; a page behind `@`."""
    if not argument and await wondering.why_asked(work):
        return
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    number, _, page = argument.partition("@")
    number = number.strip().rstrip(".")
    given = await plans.standing(work.storage, found, work.now, work.person.language)
    try:
        answer = await _asked(given, number)
        if answer.figure is not None:
            work.show(_figure(work, answer.figure), in_place=bool(page))
        elif answer.below:
            place = int(page) if page.isdecimal() else 0
            work.show(_list(work, number, answer.below, place), in_place=bool(page))
        else:
            shown = textwrap.shorten(number, limits.LABEL_CHARACTERS, placeholder=" …")
            nothing = work.words.html("why.no_such", number=shown)
            work.show(_list(work, "", (await _asked(given, "")).below, 0, before=nothing))
    except errors.TemplateError as problem:
        reason = problem.finding.say(work.person.language)
        work.show(views.View(work.words.html("plan.failed", reason=reason)))


async def _asked(given: asked.Answers, number: str) -> asked.Found:
    return msgspec.msgpack.decode(await apart.do(asked.Why(given, number), kept=True), type=asked.Found)


def _list(
    work: Work, number: str, entries: Sequence[asked.Line], page: int, *, before: str = ""
) -> views.View:
    """What stands one level below a number, each with a button."""
    words = work.words
    size = limits.FIGURES_A_PAGE
    page = min(page, (len(entries) - 1) // size)
    shown = entries[page * size : (page + 1) * size]
    lines = []
    for entry in shown:
        title = _short(_say(work, entry.title))
        if entry.value is None:
            lines.append(words.html("why.place", number=entry.number, title=title))
        else:
            value = _short(_say(work, entry.value))
            lines.append(words.html("why.line", number=entry.number, title=title, value=value))
    buttons = [
        views.Button(
            entry.number, views.Go("why", f"{entry.number}@0" if entry.value is None else f"{entry.number}@")
        )
        for entry in shown
    ]
    rows = [
        tuple(buttons[start : start + limits.NUMBERS_A_ROW])
        for start in range(0, len(buttons), limits.NUMBERS_A_ROW)
    ]
    turn = []
    if page:
        turn.append(common.go(work, "button.earlier", "why", f"{number}@{page - 1}"))
    if (page + 1) * size < len(entries):
        turn.append(common.go(work, "button.more", "why", f"{number}@{page + 1}"))
    rows += [tuple(turn), tuple(_up(work, number))]
    title = words.html("why.below", number=number) if number else words.html("why.title")
    text = views.text(before, title, markupsafe.Markup("\n").join(lines))
    return views.View(text, tuple(row for row in rows if row))


def _figure(work: Work, found: asked.Figure) -> views.View:
    """One figure's trace, with buttons to its neighbours, upwards, and to the numbers assumed."""
    words = work.words
    told = found.trace
    head = words.html(
        "why.figure",
        number=told.number,
        place=_short(_say(work, told.place)),
        label=_say(work, told.label),
        value=_say(work, told.value),
    )
    parts = [head]
    left = limits.SHORT_MESSAGE_UNITS - pieces.units(head)
    for part in told.parts:
        lines: list[str] = []
        for number, line in enumerate(part.lines):
            said = words.html("why.item", line=_short(_say(work, line), limits.TRACE_CHARACTERS))
            if pieces.units(said) > left:
                lines.append(words.html("why.more", n=len(part.lines) - number))
                break
            lines.append(said)
            left -= pieces.units(said) + 1
        title = words.html("why.part", title=_say(work, part.title))
        left -= pieces.units(title) + 2
        parts.append(markupsafe.Markup("\n").join([title, *lines]))
    rows = (_neighbours(found), *_assumed(work, found), tuple(_up(work, told.number)))
    return views.View(views.text(*parts), tuple(row for row in rows if row))


def _neighbours(found: asked.Figure) -> tuple[views.Button, ...]:
    made = []
    if found.earlier:
        made.append(views.Button(f"‹ {found.earlier}", views.Go("why", f"{found.earlier}@")))
    if found.later:
        made.append(views.Button(f"{found.later} ›", views.Go("why", f"{found.later}@")))
    return tuple(made)


def _assumed(work: Work, found: asked.Figure) -> list[tuple[views.Button, ...]]:
    """Buttons to the numbers assumed of which the figure is made, two in a row: their names are words."""
    made = [
        views.Button(_say(work, name), views.Go("assume", code))
        for code, name in found.assumed[: limits.NUMBERS_ASSUMED]
    ]
    return [tuple(made[first : first + 2]) for first in range(0, len(made), 2)]


def _up(work: Work, number: str) -> list[views.Button]:
    """The way to the list that a number stands in, and to that of the chapters."""
    above = number.rpartition(".")[0]
    made = []
    if above:
        made.append(views.Button(work.words.say("why.up", number=above), views.Go("why", f"{above}@0")))
    if number:
        made.append(common.go(work, "why.all", "why", "@0"))
    return made


def _say(work: Work, words: nouns.Words) -> str:
    return plan_words.say(words, work.person.language)


def _short(words: str, most: int = limits.LABEL_CHARACTERS) -> str:
    return textwrap.shorten(words, most, placeholder=" …") or words[:most]
