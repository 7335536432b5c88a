"""/switch: to another of the institutions that the person has to do with."""

from __future__ import annotations

from bot import views
from bot.handlers import common, tasks
from bot.work import Work


async def switch(work: Work, argument: str = "") -> None:
    """Go to the assessment of this id; without one, offer those that the person is part of."""
    mine = await common.assessments(work)
    if argument in mine:
        work.now_talking(assessment=argument, section="", topic="", draft={})
        found = await common.current_team(work)
        if found is not None:
            common.offer_menu(work, found.roles(work.person.id), several=len(mine) > 1)
        await tasks.tasks(work)
        return
    known = [one for each in mine if (one := await work.storage.assessment(each)) is not None]
    rows = [
        (views.Button(each.institution.name, views.Go("switch", each.id)),)
        for each in sorted(known, key=lambda each: (each.institution.name, each.id))
    ]
    code = "switch.which" if rows else "problem.no_assessment"
    work.show(views.View(work.words.html(code), tuple(rows)))
