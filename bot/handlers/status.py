"""/status: where everybody stands, as a picture, and by branch, person and section; and how it comes along."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import markupsafe

from bot import limits, views
from bot.handlers import common
from bot.people import access, team, working_hours
from bot.progress import status_grid
from bot.reminders import digests, notices
from bot.work import Work
from storage import records

STATES = ("not_started", "in_progress", "submitted", "returned", "approved")


async def status(work: Work, argument: str = "") -> None:
    """The picture of all sections; or a list by `places`, `people`, `sections`, one of them, or the `trend`."""
    found = await common.allowed_team(work, access.Deed.STATUS)
    if found is None:
        return
    common.leave_topic(work)
    kept = {row.id: row for row in await work.storage.reminders(found.assessment.id)}
    late = digests.late(found, kept)
    what, _, code = argument.partition(" ")
    match what:
        case "places" | "people" | "sections":
            _counts(work, found, late, what, code)
        case "place" | "person" | "section":
            _one(work, found, late, what, code)
        case "trend":
            line = digests.trend_of(found, await work.storage.sessions(found.assessment.id), work.now)
            picture = await asyncio.to_thread(digests.picture, found, line, work.words)
            text = views.text(digests.progress(line, work.words), digests.forecast(found, line, work.words))
            work.show_picture(views.View(text, (_back(work),)), picture)
        case _:
            await _picture(work, found, late)


async def _picture(work: Work, found: team.Team, late: list[records.Person]) -> None:
    words = work.words
    line = digests.trend_of(found, await work.storage.sessions(found.assessment.id), work.now)
    zone = working_hours.zone_of(found.assessment.institution, None)
    today = common.day(work, work.now.astimezone(zone).date())
    counts = {state: sum(s.state == state for s in found.sections) for state in STATES}
    counts["in_progress"] += counts["returned"]
    head = words.html("status.title", institution=found.institution, date=today)
    lines = [
        words.html("status.counts", **counts),
        digests.progress(line, words),
        digests.forecast(found, line, words),
    ]
    if late:
        lines.append(words.html("status.late", names=digests.named(late, words)))
    # few turns draw: the bot starts without waiting for what drawing needs
    from bot.progress import charts

    tables = status_grid.tables(found, {person.id for person in late}, words)
    title = f"{found.institution} · {today}"
    picture = await asyncio.to_thread(charts.status, title, tables, status_grid.legend(words))
    said = notices.view([notices.Part(head, tuple(lines), can_wait=False, picture=picture)], words, 0)
    rows = [
        (common.go(work, "status.by.place", "status", "places"), common.go(work, "status.by.person", "status", "people")),
        (common.go(work, "status.by.section", "status", "sections"), common.go(work, "status.by.time", "status", "trend")),
    ]  # fmt: skip
    lead = tuple(
        common.go(work, label, command)
        for deed, label, command in (
            (access.Deed.REMIND, "lead.remind", "remind"),
            (access.Deed.REVIEW, "lead.review", "review"),
        )
        if found.may(work.person.id, deed) and found.assessment.state != "archived"
    )
    work.show_picture(views.View(said.text, (*rows, *([lead] if lead else []))), picture)


def _counts(work: Work, found: team.Team, late: list[records.Person], what: str, code: str) -> None:
    words = work.words
    ids = {person.id for person in late}
    counts = {
        "places": lambda: status_grid.by_place(found, ids, words),
        "people": lambda: status_grid.by_person(found, ids),
        "sections": lambda: status_grid.by_section(found, ids, words),
    }[what]()
    size = limits.CHOICES_A_PAGE
    page = max(0, min(int(code) if code.isdecimal() and len(code) < size else 0, (len(counts) - 1) // size))
    shown = counts[page * size : (page + 1) * size]
    one = {"places": "place", "people": "person", "sections": "section"}[what]
    rows: list[tuple[views.Button, ...]] = [
        (
            views.Button(
                words.say(
                    "status.count.late" if count.late else "status.count",
                    name=count.name,
                    done=count.done,
                    total=count.total,
                ),
                views.Go("status", f"{one} {count.code}"),
            ),
        )
        for count in shown
    ]
    turn = [common.go(work, "button.earlier", "status", f"{what} {page - 1}")] if page else []
    if (page + 1) * size < len(counts):
        turn.append(common.go(work, "button.more", "status", f"{what} {page + 1}"))
    rows += [tuple(turn)] if turn else []
    rows.append(_back(work))
    title = words.html(f"status.{what}", institution=found.institution)
    work.show(views.View(title, tuple(rows)), in_place=True)


def _one(work: Work, found: team.Team, late: list[records.Person], what: str, code: str) -> None:
    words = work.words
    branch, person = found.branch(code), found.people.get(int(code)) if code.isdecimal() else None
    match what:
        case "place":
            name = branch.name if branch else words.say("status.head_office")
            sections = [one for one in found.ordered() if one.branch == (branch.id if branch else "")]
        case "person":
            name = person.name if person else ""
            sections = _of_person(found, person.id) if person else []
        case _:
            sections = [one for one in found.ordered() if one.flow == code]
            name = found.title(sections[0], words) if sections else ""
    if not sections:
        work.say(views.View(words.html("status.gone")))
        _counts(work, found, late, "places", "")
        return
    lines = [_line(work, found, section, what) for section in sections]
    text = markupsafe.Markup("\n").join([words.html("status.place", place=name), *lines])
    rows: list[tuple[views.Button, ...]] = []
    if person is not None and person in found.late() and found.may(work.person.id, access.Deed.REMIND):
        label = words.say("remind.one", name=person.name)
        rows.append((views.Button(label, views.Go("remind", str(person.id))),))
    rows += _to_review(work, found, sections)
    group = {"place": "places", "person": "people", "section": "sections"}[what]
    rows.append((common.go(work, "button.back", "status", group),))
    work.show(views.View(text, tuple(rows)), in_place=True)


def _of_person(found: team.Team, person: int) -> list[records.Section]:
    """The sections that a person answers, and those in which a colleague asked them something."""
    asked = {one.section for one in found.asked(person)}
    return [section for section in found.ordered() if section.owner == person or section.id in asked]


def _to_review(
    work: Work, found: team.Team, sections: Sequence[records.Section]
) -> list[tuple[views.Button, ...]]:
    if not found.may(work.person.id, access.Deed.REVIEW):
        return []
    waiting = [section for section in sections if section.state == "submitted"][: limits.CHOICES_A_PAGE]
    return [
        (
            views.Button(
                f"{work.words.say('lead.review')}: {found.title(section, work.words)}"
                f"{found.place(section, work.words)}",
                views.Go("review", section.id),
            ),
        )
        for section in waiting
    ]


def _line(work: Work, found: team.Team, section: records.Section, what: str) -> markupsafe.Markup:
    words = work.words
    if what == "person":
        return found.line(section, words)
    owner = found.people.get(section.owner) if section.owner is not None else None
    branch = found.branch(section.branch)
    place = branch.name if branch else words.say("status.head_office")
    return words.html(
        "status.line",
        sign=words.say(f"sign.{section.state}"),
        title=found.title(section, words) if what == "place" else place,
        state=found.state(section, words),
        owner=owner.name if owner else words.say("status.nobody"),
    )


def _back(work: Work) -> tuple[views.Button, ...]:
    return (common.go(work, "lead.status", "status"),)
