"""/why: where a figure of the plan comes from, as the plan numbers it; without a number, the way to each."""

from __future__ import annotations

import textwrap

import markupsafe

from bot import access, limits, pieces, plans, views
from bot.handlers import common, wondering
from bot.work import Work
from planning import figures, nouns, parameter_words, trace
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
    plan = await plans.standing(work.storage, found, work.now, work.person.language)
    entries = figures.below(plan, number)
    exact = [one for one in figures.find(plan, number) if one.number == number] if number else []
    if exact:
        work.show(_figure(work, plan, exact[0]), in_place=bool(page))
    elif entries:
        work.show(_list(work, number, entries, int(page) if page.isdecimal() else 0), in_place=bool(page))
    else:
        shown = textwrap.shorten(number, limits.LABEL_CHARACTERS, placeholder=" …")
        entries = figures.below(plan, "")
        nothing = work.words.html("why.no_such", number=shown)
        work.show(_list(work, "", entries, 0, before=nothing))


def _list(
    work: Work, number: str, entries: tuple[figures.Entry, ...], page: int, *, before: str = ""
) -> views.View:
    """What stands one level below a number, each with a button."""
    words = work.words
    size = limits.FIGURES_A_PAGE
    page = min(page, (len(entries) - 1) // size)
    shown = entries[page * size : (page + 1) * size]
    lines = []
    for entry in shown:
        title = _short(_say(work, entry.title))
        if entry.figure is None:
            lines.append(words.html("why.place", number=entry.number, title=title))
        else:
            value = _short(_say(work, trace.value(entry.figure)))
            lines.append(words.html("why.line", number=entry.number, title=title, value=value))
    buttons = [
        views.Button(
            entry.number, views.Go("why", f"{entry.number}@" if entry.figure else f"{entry.number}@0")
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


def _figure(work: Work, plan: nouns.Plan, found: figures.Numbered) -> views.View:
    """One figure's trace, with buttons to its neighbours, upwards, and to the numbers assumed."""
    words = work.words
    told = trace.of(plan, found)
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
    rows = (_neighbours(plan, found), _assumed(work, found.figure), tuple(_up(work, found.number)))
    return views.View(views.text(*parts), tuple(row for row in rows if row))


def _neighbours(plan: nouns.Plan, found: figures.Numbered) -> tuple[views.Button, ...]:
    numbers = [one.number for one in figures.numbered(plan)]
    place = numbers.index(found.number)
    made = []
    if place:
        made.append(views.Button(f"‹ {numbers[place - 1]}", views.Go("why", f"{numbers[place - 1]}@")))
    if place + 1 < len(numbers):
        made.append(views.Button(f"{numbers[place + 1]} ›", views.Go("why", f"{numbers[place + 1]}@")))
    return tuple(made)


def _assumed(work: Work, figure: nouns.Figure) -> tuple[views.Button, ...]:
    """Buttons to the numbers assumed of which the figure is made."""
    return tuple(
        views.Button(_say(work, parameter_words.name(one.name)), views.Go("assume", one.name))
        for one in figure.parameters[: limits.NUMBERS_ASSUMED]
    )


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
