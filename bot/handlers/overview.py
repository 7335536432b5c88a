"""/status: where everybody stands."""

from __future__ import annotations

import markupsafe

from bot import access, digests, limits, team, views, working_hours
from bot.handlers import common
from bot.work import Work


async def status(work: Work, argument: str = "") -> None:
    """Every section by place, with sign, state and owner; a place a page where there are many."""
    found = await common.allowed_team(work, access.Deed.STATUS)
    if found is None:
        return
    common.leave_topic(work)
    words = work.words
    line = digests.trend_of(found, await work.storage.sessions(found.assessment.id), work.now)
    zone = working_hours.zone_of(found.assessment.institution, None)
    today = common.day(work, work.now.astimezone(zone).date())
    counts = {state: sum(s.state == state for s in found.sections) for state in _STATES}
    counts["in_progress"] += counts["returned"]
    head = markupsafe.Markup("\n").join(
        [
            words.html("status.title", institution=found.institution, date=today),
            words.html("status.counts", **counts),
            digests.progress(line, words),
            digests.forecast(line, words),
        ]
    )
    places = ["", *(branch.id for branch in found.assessment.branches)]
    pages = _pages([_place(work, found, place) for place in places])
    page = min(int(argument), len(pages) - 1) if argument.isdecimal() else 0
    rows: list[tuple[views.Button, ...]] = []
    if len(pages) > 1:
        turn = []
        if page:
            turn.append(common.go(work, "button.earlier", "status", str(page - 1)))
        if page < len(pages) - 1:
            turn.append(common.go(work, "button.more", "status", str(page + 1)))
        rows.append(tuple(turn))
    lead = [
        common.go(work, label, command)
        for deed, label, command in (
            (access.Deed.REMIND, "lead.remind", "remind"),
            (access.Deed.REVIEW, "lead.review", "review"),
        )
        if found.may(work.person.id, deed)
    ]
    rows.append((*lead,))
    work.show(
        views.View(views.text(head, *pages[page]), tuple(row for row in rows if row)), in_place=bool(argument)
    )


_STATES = ("not_started", "in_progress", "submitted", "returned", "approved")


def _place(work: Work, found: team.Team, place: str) -> str:
    words = work.words
    branch = found.branch(place)
    name = branch.name if branch else words.say("status.head_office")
    lines = [words.html("status.place", place=name)]
    for section in found.ordered():
        if section.branch != place:
            continue
        owner = found.people.get(section.owner) if section.owner is not None else None
        lines.append(
            words.html(
                "status.line",
                sign=words.say(f"sign.{section.state}"),
                title=found.title(section, words),
                state=found.state(section, words),
                owner=owner.name if owner else words.say("status.nobody"),
            )
        )
    return markupsafe.Markup("\n").join(lines)


def _pages(places: list[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    size = 0
    for place in places:
        if pages[-1] and size + len(place) > limits.SHORT_MESSAGE_UNITS:
            pages.append([])
            size = 0
        pages[-1].append(place)
        size += len(place)
    return pages
