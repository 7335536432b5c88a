"""In a group: a word that the work is done in private, and the digest, as counts, of what a leader linked there."""

from __future__ import annotations

import dataclasses
import datetime as dt

from bot import library as library_
from bot import menu, views
from bot import work as works
from bot.handlers import common
from bot.people import access, groups, team
from bot.receiving import acts
from bot.reminders import digests
from bot.work import Work
from flows import words as wording
from storage import port, records

LINK, UNLINK, DIGEST = "link", "unlink", "digest"

OURS = menu.ALL | {LINK, UNLINK}
"""Commands that are for this bot where no bot is named: others in the group have commands of their own."""


async def take(work: Work, act: acts.OfGroup) -> None:
    """What happened in a group: nothing of it is kept but which group is linked."""
    match act:
        case acts.Moved(chat=chat, to=to):
            known = await work.storage.assessment_of_group(chat)
            if known is not None:
                work.change(known, groups.moved(known, chat, to))
        case acts.Left(chat=chat):
            work.changes += await lost(work.storage, work.library, chat, work.now)
        case acts.Joined():
            _say(work, act, work.words.html("group.hello"))
        case acts.InGroup() if act.addressed(work.bot_name) and (act.to or act.command in OURS):
            await _spoken(work, act)
        case _:
            pass


async def _spoken(work: Work, act: acts.InGroup) -> None:
    # Telegram's own button adds the bot to a group by sending /start with what the button asked for
    wanted = act.argument if act.command == "start" else act.command
    linked = await work.storage.assessment_of_group(act.chat)
    match wanted:
        case "digest" if linked is not None:
            await _digest(work, act, linked)
        case "digest":
            _say(work, act, work.words.html("group.unlinked"))
        case "link":
            await _link(work, act, linked)
        case "unlink" if linked is not None:
            await _unlink(work, act, linked)
        case _:
            _say(work, act, work.words.html("problem.group"))


def _say(work: Work, act: acts.OfGroup, text: str) -> None:
    """Say something in a group, in the topic that it is about, with the way to the private chat."""
    private = {"text": work.words.say("group.private"), "url": f"https://t.me/{work.bot_name}"}
    topic = {"topic": act.topic} if isinstance(act, acts.InGroup) and act.topic else {}
    work.send(act.chat, "show", token="", text=views.View(text).text, keyboard=[[private]], **topic)


async def _digest(work: Work, act: acts.InGroup, linked: records.Assessment) -> None:
    found = await team.load(work.storage, work.library, linked.id)
    if found is not None:
        _say(work, act, await counts(work, found, work.words))


async def counts(work: Work, found: team.Team, words: wording.Catalogue) -> str:
    """Where an assessment stands, in numbers: nobody's name and nothing that anybody answered."""
    sessions = await work.storage.sessions(found.assessment.id)
    kept = {row.id: row for row in await work.storage.reminders(found.assessment.id)}
    return digests.counts(found, digests.trend_of(found, sessions, work.now), kept, words)


# --- linking -----------------------------------------------------------------------------------------------


async def _link(work: Work, act: acts.InGroup, linked: records.Assessment | None) -> None:
    """Link the group to the assessment that the person leads and is at."""
    if act.anonymous:
        _say(work, act, work.words.html("group.anonymous"))
        return
    found = await _led(work)
    if found is None or (linked is not None and not await _leads(work, linked)):
        _say(work, act, work.words.html("group.not_yours"))
    elif len(found.assessment.groups) >= groups.MOST and found.assessment != linked:
        _say(work, act, work.words.html("group.too_many", limit=groups.MOST))
    else:
        if linked is not None and linked.id != found.assessment.id:
            work.change(linked, groups.unlinked(linked, act.chat))
        group = records.Group(act.chat, act.title, work.now)
        work.change(found.assessment, groups.linked(found.assessment, group))
        _say(work, act, work.words.html("group.linked", institution=found.institution))
        _tell(work, found, "group.linked.notice", act.title)


async def _unlink(work: Work, act: acts.InGroup, linked: records.Assessment) -> None:
    if act.anonymous:
        _say(work, act, work.words.html("group.anonymous"))
    elif not await _leads(work, linked):
        _say(work, act, work.words.html("group.not_yours"))
    else:
        work.change(linked, groups.unlinked(linked, act.chat))
        _say(work, act, work.words.html("group.unlinked.done"))


async def lost(
    storage: port.Storage, library: library_.Library, chat: int, now: dt.datetime
) -> list[port.Change]:
    """What to write once the bot is in a group no more, however it learns of it: the link goes, and those who
    lead hear of it; nothing where no link is left."""
    linked = await storage.assessment_of_group(chat)
    found = await team.load(storage, library, linked.id) if linked is not None else None
    if linked is None or found is None:
        return []
    title = next(group.title for group in linked.groups if group.chat == chat)
    changes: list[port.Change] = [port.Unchanged(linked), port.Put(groups.unlinked(linked, chat))]
    for number, leader in enumerate(_leaders(found)):
        words = wording.catalogue("bot", leader.language)
        said = words.html("group.left.notice", group=title, institution=found.institution)
        changes.append(port.PutNew(works.plain(leader.id, views.View(said).text, now, number)))
    return changes


async def _leads(work: Work, assessment: records.Assessment) -> bool:
    found = await team.load(work.storage, work.library, assessment.id)
    return found is not None and found.may(work.person.id, access.Deed.GROUP)


async def _led(work: Work) -> team.Team | None:
    """The assessment that the person is at, if they lead it; else the only one that they lead."""
    mine = await common.assessments(work)
    teams = [await team.load(work.storage, work.library, one) for one in mine]
    led = [one for one in teams if one is not None and one.may(work.person.id, access.Deed.GROUP)]
    here = [one for one in led if one.assessment.id == work.conversation.assessment]
    return here[0] if here else (led[0] if len(led) == 1 else None)


def _tell(work: Work, found: team.Team, code: str, title: str) -> None:
    """Those who lead hear of it in private, as a group's members may see the counts."""
    for leader in _leaders(found):
        theirs = work.words_of(leader)
        text = theirs.html(code, name=work.person.name, group=title, institution=found.institution)
        work.tell(leader.id, views.View(text))


def _leaders(found: team.Team) -> list[records.Person]:
    return list({one.id: one for role in access.LEADERS for one in found.holders(role)}.values())


# --- in private ------------------------------------------------------------------------------------------------


async def digest(work: Work, argument: str = "") -> None:
    """The digest now, the groups that may ask for it, and the way to one more."""
    found = await common.allowed_team(work, access.Deed.GROUP)
    if found is None:
        return
    common.leave_topic(work)
    word, _, chat = argument.partition(" ")
    if word == UNLINK:
        found = _without(work, found, chat)
    words = work.words
    linked = found.assessment.groups
    rows: list[tuple[views.Button, ...]] = [
        (
            views.Button(
                words.say("group.unlink", group=group.title), views.Go(DIGEST, f"{UNLINK} {group.chat}")
            ),
        )
        for group in linked
    ]
    if len(linked) < groups.MOST:
        url = f"https://t.me/{work.bot_name}?startgroup={LINK}"
        rows.append((views.Button(words.say("group.add"), url=url),))
    rows.append((common.go(work, "lead.status", "status"), common.go(work, "button.tasks", "tasks")))
    shown = words.html("group.shown", n=len(linked), groups=", ".join(group.title for group in linked))
    text = views.text(await counts(work, found, words), shown if linked else words.html("group.none"))
    work.show(views.View(text, tuple(rows)))


def _without(work: Work, found: team.Team, chat: str) -> team.Team:
    known = next((group for group in found.assessment.groups if str(group.chat) == chat), None)
    if known is None:
        return found
    after = groups.unlinked(found.assessment, known.chat)
    work.change(found.assessment, after)
    return dataclasses.replace(found, assessment=after)
