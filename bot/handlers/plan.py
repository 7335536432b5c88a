"""/plan: ask for the Word plan of the answers as they stand."""

from __future__ import annotations

from bot import access, views
from bot.handlers import common
from bot.work import Work


async def plan(work: Work, argument: str = "") -> None:
    """Say that the plan is being made, and put its making into the outbox."""
    del argument
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    row = (common.go(work, "plan.dates", "dates"),)
    work.show(views.View(work.words.html("plan.making"), (row,)))
    work.send(work.person.id, "plan", assessment=found.assessment.id, language=work.person.language)
