"""/archive: an assessment comes to its end: nothing more is asked, what was answered is kept for a while, then erased."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import views
from bot.documents import signing
from bot.handlers import common
from bot.operations import retention
from bot.people import access, team
from bot.seats import seating
from bot.work import Work
from flows import lifecycles
from storage import port

TOPIC = "archive"


async def archive(work: Work, argument: str = "") -> None:
    """What closing means, or of a closed assessment how long it is kept."""
    del argument
    found = await common.allowed_team(work, access.Deed.ARCHIVE)
    if found is None:
        return
    common.leave_topic(work)
    _show(work, found)


async def picked(work: Work, topic: str, value: str) -> None:
    """Close it, open it again, keep it longer, or erase it at once; each was asked once more before."""
    found = await common.allowed_team(work, access.Deed.ARCHIVE)
    if found is None:
        return
    closed = found.assessment.state == "archived"
    owns = found.may(work.person.id, access.Deed.ERASE)
    match topic.partition(".")[2]:
        case "close" if not closed:
            await _close(work, found)
        case "open" if closed:
            await _open(work, found)
        case "keep" if closed:
            _keep(work, found)
        case "erase" if closed and owns and value != "yes":
            _ask(work, found)
        case "erase" if closed and owns:
            await _erase(work, found)
        case _:
            _show(work, found)


def _show(work: Work, found: team.Team, before: str = "") -> None:
    words = work.words
    back = (common.go(work, "button.tasks", "tasks"),)
    until = found.assessment.keep_until
    if found.assessment.state != "archived" or until is None:
        open_sections = sum(section.state in team.OPEN_STATES for section in found.sections)
        text = words.html(
            "archive.ask" if open_sections else "archive.ask.done",
            institution=found.institution,
            n=open_sections,
            until=common.day(work, (work.now + retention.KEPT).date()),
        )
        yes = views.Button(words.say("archive.close"), views.Pick("archive.close"), style="danger")
        work.show(views.View(views.text(before, text), ((yes,), back)))
        return
    text = words.html("archive.kept", institution=found.institution, until=common.day(work, until.date()))
    rows = [
        (common.go(work, "lead.plan", "plan"),),
        (views.Button(words.say("archive.open"), views.Pick("archive.open")),),
        (views.Button(words.say("archive.keep"), views.Pick("archive.keep")),),
    ]
    if found.may(work.person.id, access.Deed.ERASE):
        rows.append((views.Button(words.say("archive.erase"), views.Pick("archive.erase"), style="danger"),))
    work.show(views.View(views.text(before, text), (*rows, back)))


async def _close(work: Work, found: team.Team) -> None:
    """Links end, groups are unlinked, and everybody hears that nothing more is asked and how long all is kept."""
    assessment = retention.archived(found.assessment, work.now)
    work.change(found.assessment, assessment)
    for link in await seating.open_links(work, found):
        work.change(link, msgspec.structs.replace(link, revoked=True))
    owners = [owner.id for owner in found.holders(access.OWNER)]
    work.changes += [port.Put(row) for row in retention.warnings(assessment, owners)]
    until = assessment.keep_until or work.now
    for person in (*found.people.values(), *found.former.values()):
        if person.id != work.person.id:
            theirs = work.words_of(person)
            day = common.day_of(person, until.date())
            text = theirs.html(
                "archive.notice", name=work.person.name, institution=found.institution, until=day
            )
            work.tell(person.id, views.View(text))
    after = dataclasses.replace(found, assessment=assessment)
    _show(work, after, before=work.words.html("archive.done", institution=found.institution))


async def _open(work: Work, found: team.Team) -> None:
    """It collects again; whoever had signed signs anew."""
    bare = msgspec.structs.replace(found.assessment, keep_until=None)
    reason = work.words.say("archive.reason")
    again = await signing.opened(work, found, reason)
    state = lifecycles.next_state("assessment", "archived", "reopen")
    after = msgspec.structs.replace(bare, state=state)
    work.change(again, after)
    _tell(work, found)
    rows = ((common.go(work, "lead.status", "status"), common.go(work, "lead.people", "people")),)
    work.show(views.View(work.words.html("archive.opened", institution=found.institution), rows))


def _tell(work: Work, found: team.Team) -> None:
    """Who heard that nothing more is asked hears that it goes on; whoever is to sign anew was told already."""
    told = {message.person for message in work.outgoing()} | {work.person.id}
    for person in found.people.values():
        if person.id not in told:
            text = work.words_of(person).html(
                "archive.opened.notice", name=work.person.name, institution=found.institution
            )
            work.tell(person.id, views.View(text))


def _keep(work: Work, found: team.Team) -> None:
    assessment = retention.kept_longer(found.assessment)
    work.change(found.assessment, assessment)
    owners = [owner.id for owner in found.holders(access.OWNER)]
    work.changes += [port.Put(row) for row in retention.warnings(assessment, owners)]
    _show(work, dataclasses.replace(found, assessment=assessment))


def _ask(work: Work, found: team.Team) -> None:
    words = work.words
    yes = views.Button(words.say("archive.erase"), views.Pick("archive.erase", "yes"), style="danger")
    keep = views.Button(words.say("button.keep"), views.Go("archive"))
    work.show(views.View(words.html("archive.erase.ask", institution=found.institution), ((yes,), (keep,))))


async def _erase(work: Work, found: team.Team) -> None:
    """Everything of it goes; whoever takes part in nothing else is forgotten as well."""
    work.now_talking(assessment="", section="", topic="", draft={})
    work.close(work.words.html("archive.erased", institution=found.institution))
    gone = await retention.erasure(work.storage, found.assessment, work.now)
    work.changes += [port.Unchanged(found.assessment), *gone]
    work.show(views.View(work.words.html("archive.erased", institution=found.institution)))
