"""/status and /remind: where everybody stands, and a word to those who still owe something."""

from __future__ import annotations

import markupsafe
from babel import numbers

from bot import access, limits, reminding, team, views, working_hours
from bot.handlers import common
from bot.work import Work
from flows import locales
from storage import records


async def status(work: Work, argument: str = "") -> None:
    """Every section by place, with sign, state and owner; a place a page where there are many."""
    found = await common.allowed_team(work, access.Deed.STATUS)
    if found is None:
        return
    common.leave_topic(work)
    words = work.words
    locale = locales.of(work.person.language)
    zone = working_hours.zone_of(found.assessment.institution, None)
    today = common.day(work, work.now.astimezone(zone).date())
    counts = {state: sum(s.state == state for s in found.sections) for state in _STATES}
    counts["in_progress"] += counts["returned"]
    answered = sum(section.answered for section in found.sections)
    total = sum(max(section.total, 1) for section in found.sections)
    head = markupsafe.Markup("\n").join(
        [
            words.html("status.title", institution=found.institution, date=today),
            words.html("status.counts", **counts),
            words.html("status.percent", percent=numbers.format_percent(answered / total, locale=locale)),
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


async def remind(work: Work, argument: str = "") -> None:
    """Who still owes something, each with a button; with `all` or a person's id, they are reminded."""
    found = await common.allowed_team(work, access.Deed.REMIND)
    if found is None:
        return
    common.leave_topic(work)
    words = work.words
    late = found.late()
    if argument:
        chosen = [person for person in late if argument in ("all", str(person.id))]
        said = [_set(work, found, person) for person in chosen]
        if len(said) == 1:
            work.show(views.View(said[0]))
            return
        if said:
            work.show(views.View(words.html("remind.all.done", n=len(said))))
            return
    if not late:
        work.show(views.View(words.html("remind.nobody")))
        return
    lines = [
        words.html("remind.line", name=person.name, sections=", ".join(_titles(work, found, person.id)))
        for person in late
    ]
    text = markupsafe.Markup("\n").join([words.html("remind.title"), *lines])
    rows = [
        (views.Button(words.say("remind.one", name=person.name), views.Go("remind", str(person.id))),)
        for person in late[: limits.SEATS_SHOWN]
    ]
    if len(late) > 1:
        rows.append((common.go(work, "remind.all", "remind", "all"),))
    work.show(views.View(text, tuple(rows)))


def _set(work: Work, found: team.Team, person: records.Person) -> str:
    branch = reminding.branch_of(found, person.id)
    reminder = reminding.soon(found.assessment, branch, person.id, work.now)
    work.put(reminder)
    if reminder.due_at <= work.now:
        return work.words.html("remind.now", name=person.name)
    when = moment(work, found, branch, reminder)
    return work.words.html("remind.later", name=person.name, when=when)


async def tomorrow(work: Work, assessment: str) -> None:
    """The person asked to be reminded tomorrow."""
    found = await team.load(work.storage, work.library, assessment)
    if found is None or not found.roles(work.person.id):
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    branch = reminding.branch_of(found, work.person.id)
    reminder = reminding.tomorrow(found.assessment, branch, work.person.id, work.now)
    work.put(reminder)
    when = moment(work, found, branch, reminder)
    work.show(views.View(work.words.html("reminder.tomorrow.done", when=when)))


def moment(work: Work, found: team.Team, branch: str, reminder: records.Reminder) -> str:
    """A reminder's time in words, by the clock of the place it is for."""
    zone = working_hours.zone_of(found.assessment.institution, found.branch(branch))
    return locales.moment(reminder.due_at, zone, work.person.language)


def _titles(work: Work, found: team.Team, person: int) -> list[str]:
    return [
        found.title(section, work.words) + found.place(section, work.words) for section in found.owed(person)
    ]
