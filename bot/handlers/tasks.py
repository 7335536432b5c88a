"""The task list: a person's sections with their states in words, at every return."""

from __future__ import annotations

from collections.abc import Sequence

import markupsafe
import msgspec

from bot import views
from bot.handlers import common, releasing
from bot.people import access, delegations, team
from bot.work import Work
from flows import words as wording

ON_THE_WAY = frozenset({"status", "review", "people", "sign", "plan", "survey"})
AT_THE_END = frozenset({"status", "plan", "archive"})
"""Ways on for those who lead, while an assessment is open and once it is closed."""


async def tasks(work: Work) -> None:
    """Show the person's sections in the assessment they are at."""
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    await tasks_of(work, found)


async def tasks_of(work: Work, found: team.Team, *, before: str = "") -> None:
    """Show the person's sections, and what a colleague asked of them; `before` is said above the list."""
    common.leave_topic(work)
    before = views.text(before, await releasing.tell_of_the_dead(work, found))
    asked = await common.handed(work, found, found.asked(work.person.id))
    mine = [one for section in found.owned(work.person.id) for one in delegations.standing(found, section.id)]
    view = _list(work, found, before, asked, await common.handed(work, found, mine))
    if len(await common.assessments(work)) > 1:
        view = views.View(view.text, (*view.rows, (common.go(work, "button.switch", "switch"),)))
    work.show(view)


def _list(
    work: Work,
    found: team.Team,
    before: str,
    asked: Sequence[delegations.About],
    handed: Sequence[delegations.About],
) -> views.View:
    """The person's sections: those to be answered have a button, the others just a line."""
    words = work.words
    mine = found.owned(work.person.id)
    over = found.assessment.state == "archived"
    open_sections = [section for section in mine if section.state in team.OPEN_STATES and not over]
    buttons = [
        views.Button(
            words.say("tasks.asked.button", label=one.label),
            views.Open(one.delegation.token_hash),
        )
        for one in asked
    ]
    buttons += [
        views.Button(
            words.say("tasks.button", title=found.title(section, words), place=found.place(section, words)),
            views.Open(section.id),
        )
        for section in open_sections
    ]
    rows = tuple(
        (msgspec.structs.replace(button, style="" if number else "primary"),)
        for number, button in enumerate(buttons)
    )
    if handed:
        rows = (*rows, (common.go(work, "asked.open", "asked"),))
    parts = [_asked(found, asked, words)] if asked else []
    if mine:
        title = words.html("tasks.title", institution=found.institution)
        parts.append(markupsafe.Markup("\n").join([title, found.lines(mine, words)]))
        parts.append(_handed(found, handed, words))
        parts.append("" if buttons or over else words.html("tasks.done"))
    elif not asked:
        parts.append(words.html("tasks.none", institution=found.institution))
    if over:
        parts.append(words.html("archive.over", institution=found.institution))
    return views.View(views.text(before, *parts), rows + _leading(work, found))


def _asked(found: team.Team, asked: Sequence[delegations.About], words: wording.Catalogue) -> str:
    title = words.html("tasks.asked", institution=found.institution)
    lines = [
        words.html("tasks.asked.line", label=one.label, name=delegations.asker(found, one.delegation, words))
        for one in asked
    ]
    return markupsafe.Markup("\n").join([title, *lines])


def _handed(found: team.Team, handed: Sequence[delegations.About], words: wording.Catalogue) -> str:
    lines = [
        words.html("tasks.handed", label=one.label, waits=delegations.waits(found, one.delegation, words))
        for one in handed
    ]
    return markupsafe.Markup("\n").join(lines)


def _leading(work: Work, found: team.Team) -> tuple[tuple[views.Button, ...], ...]:
    # Those who lead see their own ways on as well.
    words = work.words
    deeds = (
        (access.Deed.STATUS, "status"),
        (access.Deed.REVIEW, "review"),
        (access.Deed.PEOPLE, "people"),
        (access.Deed.SIGN_OFF, "sign"),
        (access.Deed.PLAN, "plan"),
        (access.Deed.SURVEY, "survey"),
        (access.Deed.ARCHIVE, "archive"),
    )
    buttons = [
        views.Button(words.say(f"lead.{command}"), views.Go(command))
        for deed, command in deeds
        if found.may(work.person.id, deed)
        and command in (AT_THE_END if found.assessment.state == "archived" else ON_THE_WAY)
    ]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
