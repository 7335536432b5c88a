"""The task list: a person's sections with their states in words, at every return."""

from __future__ import annotations

import markupsafe

from bot import access, team, views
from bot.handlers import common
from bot.work import Work


async def tasks(work: Work) -> None:
    """Show the person's sections in the assessment they are at."""
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    await tasks_of(work, found)


async def tasks_of(work: Work, found: team.Team, *, before: str = "") -> None:
    """Show the person's sections; `before` is said above the list."""
    common.leave_topic(work)
    view = task_list(work, found, before=before)
    if len(await common.assessments(work)) > 1:
        view = views.View(view.text, (*view.rows, (common.go(work, "button.switch", "switch"),)))
    work.show(view)


def task_list(work: Work, found: team.Team, *, before: str = "") -> views.View:
    """The person's sections: those to be answered have a button, the others just a line."""
    words = work.words
    mine = found.owned(work.person.id)
    if not mine:
        nothing = words.html("tasks.none", institution=found.institution)
        return views.View(views.text(before, nothing), _leading(work, found))
    open_sections = [section for section in mine if section.state in team.OPEN_STATES]
    rows = tuple(
        (
            views.Button(
                words.say(
                    "tasks.button", title=found.title(section, words), place=found.place(section, words)
                ),
                views.Open(section.id),
                style="primary" if number == 0 else "",
            ),
        )
        for number, section in enumerate(open_sections)
    )
    title = words.html("tasks.title", institution=found.institution)
    done = "" if open_sections else words.html("tasks.done")
    listing = markupsafe.Markup("\n").join([title, found.lines(mine, words)])
    return views.View(views.text(before, listing, done), rows + _leading(work, found))


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
    )
    buttons = [
        views.Button(words.say(f"lead.{command}"), views.Go(command))
        for deed, command in deeds
        if found.may(work.person.id, deed)
    ]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
