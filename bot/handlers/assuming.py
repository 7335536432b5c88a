"""/assume: the numbers that the formulas assume, by group; the institution puts its own in their place."""

from __future__ import annotations

import dataclasses

import markupsafe
import msgspec

from bot import limits, views
from bot.handlers import common
from bot.people import access, team
from bot.work import Work
from planning import assumptions, nouns, parameter_words, parameters, trace
from planning import words as plan_words


async def assume(work: Work, argument: str = "") -> None:
    """The groups; with a group, its numbers; with a name, that number; with a value or `ours`, it is replaced."""
    found = await common.allowed_team(work, access.Deed.ASSUME)
    if found is None:
        return
    common.leave_topic(work)
    group, _, page = argument.strip().partition("@")
    if group.casefold() in assumptions.groups():
        work.show(_group(work, found, group.casefold(), int(page) if page.isdecimal() else 0))
        return
    if not argument.strip():
        work.show(_groups(work, found))
        return
    try:
        wish = assumptions.read(argument, work.person.language)
    except assumptions.AssumptionError as problem:
        work.show(
            _groups(work, found, before=work.words.html("assume.problem", problem=_say(work, problem.text)))
        )
        return
    before = _standing(found)[wish.name]
    if wish.value is not None or wish.back:
        if not common.is_open_to_change(work, found):
            return
        own = assumptions.changed(found.assessment.assumptions, wish, by=str(work.person.id), now=work.now)
        assessment = msgspec.structs.replace(found.assessment, assumptions=own)
        work.change(found.assessment, assessment)
        found = dataclasses.replace(found, assessment=assessment)
    after = _standing(found)[wish.name]
    code = "assume.now" if before.value == after.value else "assume.changed"
    work.show(_one(work, after, work.words.html(code, before=_amount(work, before))))


def _groups(work: Work, found: team.Team, *, before: str = "") -> views.View:
    """The groups as buttons, and the numbers that are the institution's own."""
    own = [one for one in _standing(found) if one.replaced]
    lines = [work.words.html("assume.own", line=_say(work, trace.parameter(one))) for one in own]
    text = views.text(
        before, work.words.html("assume.title"), *_cut(work, lines), work.words.html("assume.how")
    )
    buttons = [
        views.Button(_say(work, nouns.Text(f"group.{group}")), views.Go("assume", group))
        for group in assumptions.groups()
    ]
    return views.View(text, tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)))


def _group(work: Work, found: team.Team, group: str, page: int) -> views.View:
    """The numbers of a group with unit and source."""
    words = work.words
    known = assumptions.of_group(_standing(found), group)
    size = limits.LINES_A_PAGE
    page = min(page, (len(known) - 1) // size)
    shown = known[page * size : (page + 1) * size]
    lines = [
        words.html(
            "assume.line",
            name=_say(work, parameter_words.name(one.name)),
            value=_amount(work, one),
            origin=_say(work, trace.found(one)),
        )
        for one in shown
    ]
    rows: list[tuple[views.Button, ...]] = [
        (views.Button(_say(work, parameter_words.name(one.name)), views.Go("assume", one.name)),)
        for one in shown
    ]
    turn = []
    if page:
        turn.append(common.go(work, "button.earlier", "assume", f"{group}@{page - 1}"))
    if (page + 1) * size < len(known):
        turn.append(common.go(work, "button.more", "assume", f"{group}@{page + 1}"))
    rows += [tuple(turn), (common.go(work, "assume.all", "assume"),)]
    title = words.html("assume.group", title=_say(work, nouns.Text(f"group.{group}")))
    text = views.text(title, markupsafe.Markup("\n").join(lines), words.html("assume.how"))
    return views.View(text, tuple(row for row in rows if row))


def _one(work: Work, one: nouns.Parameter, before: str) -> views.View:
    """A number with where it comes from, and how to replace it."""
    words = work.words
    name = _say(work, parameter_words.name(one.name))
    line = words.html("assume.line", name=name, value=_amount(work, one), origin=_say(work, trace.found(one)))
    least, most = parameters.default()[one.name].bounds
    bounds = words.html(
        "assume.bounds",
        name=name,
        least=plan_words.number(least, work.person.language),
        most=plan_words.number(most, work.person.language),
    )
    row = [views.Button(_say(work, nouns.Text(f"group.{one.group}")), views.Go("assume", one.group))]
    if one.replaced:
        row.insert(0, common.go(work, "assume.back", "assume", f"{one.name} {assumptions.OURS}"))
    return views.View(views.text(before, line, bounds), (tuple(row),))


def _standing(found: team.Team) -> parameters.Parameters:
    """The numbers as this institution's plan uses them."""
    own = found.assessment.assumptions
    return parameters.with_own(own, found.names(one.by for one in own))[0]


def _amount(work: Work, one: nouns.Parameter) -> str:
    return _say(work, trace.amount(one.value, one.unit))


def _cut(work: Work, lines: list[markupsafe.Markup]) -> list[str]:
    """As many lines as a page holds, and how many more there are."""
    shown = lines[: limits.LINES_A_PAGE]
    if len(lines) > len(shown):
        shown.append(work.words.html("why.more", n=len(lines) - len(shown)))
    return [markupsafe.Markup("\n").join(shown)]


def _say(work: Work, words: nouns.Words) -> str:
    return plan_words.say(words, work.person.language)
