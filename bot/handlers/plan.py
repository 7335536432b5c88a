"""/plan and /changes: the Word plan of the answers as they stand, its earlier versions, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence

from bot import views
from bot.documents import versions
from bot.handlers import common
from bot.people import access, team
from bot.work import Work
from document_templates import office
from storage import records

ALL = "all"
"""Behind /plan: every version, a page at a time as `all@1`."""


async def plan(work: Work, argument: str = "") -> None:
    """Put the making of the plan into the outbox; with a version's number send that one again, with a form beside it."""
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    issued = list(await work.storage.plan_files(found.assessment.id))
    if argument.strip():
        _earlier(work, found, issued, argument)
        return
    row = [common.go(work, "plan.dates", "dates")]
    if issued:
        row.append(common.go(work, "plan.earlier", "plan", ALL))
    work.show(views.View(work.words.html("plan.making"), tuple((button,) for button in row)))
    work.send(work.person.id, "plan", assessment=found.assessment.id, language=work.person.language)


async def changes(work: Work, argument: str = "") -> None:
    """Put the comparison of the answers as they stand with the last version, or the one named, into the outbox."""
    found = await common.allowed_team(work, access.Deed.PLAN)
    if found is None:
        return
    common.leave_topic(work)
    issued = list(await work.storage.plan_files(found.assessment.id))
    file = _named(issued, argument.strip())
    if file is None:
        _all(work, found, issued, argument.strip())
        return
    work.show(views.View(work.words.html("changes.making", version=file.version)))
    work.send(
        work.person.id,
        "changes",
        assessment=found.assessment.id,
        language=work.person.language,
        version=file.version,
    )


def _earlier(work: Work, found: team.Team, issued: list[records.PlanFile], argument: str) -> None:
    """A version that was issued: its file, what can be had beside it, or the list of all."""
    words = work.words
    name, _, page = argument.strip().partition("@")
    if name == ALL:
        _all(work, found, issued, page=int(page) if page.isdecimal() else 0)
        return
    wish = versions.read(argument)
    file = _named(issued, wish.version)
    if file is None:
        _all(work, found, issued, wish.version)
        return
    if not wish.form:
        caption = words.html(
            "plan.again",
            institution=found.institution,
            version=file.version,
            day=versions.day(found, file, words),
        )
        view, body = versions.carrier(found, file, words, caption, since=file.version)
        work.deliver(view, **body)
    elif wish.form == ".pdf" and not office.prints():
        work.show(views.View(words.html("plan.no_pdf")))
    else:
        work.show(views.View(words.html("plan.making_file", version=file.version)))
        body = {"assessment": file.assessment, "version": file.version, "form": wish.form}
        work.send(work.person.id, "annex", language=work.person.language, **body)


def _named(issued: Sequence[records.PlanFile], version: str) -> records.PlanFile | None:
    """The version of a number, the newest without one; None where there is no such."""
    if not version:
        return issued[-1] if issued else None
    return next((file for file in issued if file.version == version), None)


def _all(
    work: Work, found: team.Team, issued: list[records.PlanFile], wanted: str = "", *, page: int = 0
) -> None:
    """The list of versions, after the word that there is none of that number."""
    words = work.words
    if not issued:
        work.show(views.View(words.html("plan.none_yet"), ((common.go(work, "plan.make", "plan"),),)))
        return
    before = words.html("plan.no_such", version=wanted) if wanted else ""
    lines, rows = versions.listed(found, issued, words, page)
    work.show(views.View(views.text(before, words.html("plan.versions"), lines), rows), in_place=page > 0)
