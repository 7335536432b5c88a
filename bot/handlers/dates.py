"""/whatif and /dates: what a change would do to the plan, and the dates for other programs."""

from __future__ import annotations

from bot import views
from bot.handlers import common
from bot.people import access
from bot.work import Work

ENDINGS = (".xml", ".ics", ".xlsx")
"""The formats offered, as `planning.exports.formats` writes them."""


async def what_if(work: Work, argument: str = "") -> None:
    """Put the comparison into the outbox; without words, say what can be asked."""
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    if not argument:
        work.show(views.View(work.words.html("what_if.how")))
        return
    work.show(views.View(work.words.html("what_if.making")))
    work.send(
        work.person.id,
        "what_if",
        assessment=found.assessment.id,
        language=work.person.language,
        words=argument,
    )


async def dates(work: Work, argument: str = "") -> None:
    """Offer the formats; with one, put the file into the outbox."""
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    if argument not in ENDINGS:
        rows = tuple((common.go(work, f"dates.as{ending}", "dates", ending),) for ending in ENDINGS)
        work.show(views.View(work.words.html("dates.which"), rows))
        return
    work.show(views.View(work.words.html("dates.making")))
    work.send(
        work.person.id,
        "dates",
        assessment=found.assessment.id,
        language=work.person.language,
        ending=argument,
    )
