"""/asked, and "Ask a colleague": the owner of a section hands a part of it on, sees it wait, and takes it back."""

from __future__ import annotations

import secrets
import urllib.parse

import markupsafe

from bot import limits, views
from bot.asking import places
from bot.handlers import answering, common
from bot.people import delegations, team
from bot.seats import invitations
from bot.work import Work
from flows import handing, nouns
from storage import port, records

TOPIC = "hand"

SHARE = "https://t.me/share/url"
"""Where Telegram asks whom to send words to."""


async def asked(work: Work, argument: str = "") -> None:
    """What waits for colleagues in the person's sections, each with the way to take it back."""
    del argument
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    common.leave_topic(work)
    lines, rows = [], []
    for one in await of_owner(work, found):
        waits = delegations.waits(found, one.delegation, work.words)
        where = one.where(work.words)
        lines.append(work.words.html("asked.line", label=one.label, where=where, waits=waits))
        back = views.Pick(f"{TOPIC}.back", one.delegation.token_hash)
        rows.append((views.Button(work.words.say("asked.take_back", label=one.label), back),))
    rows = rows[: limits.SEATS_SHOWN]
    rows.append((common.go(work, "button.tasks", "tasks"),))
    title = work.words.html("asked.title" if lines else "asked.none", institution=found.institution)
    work.show(views.View(views.text(title, markupsafe.Markup("\n").join(lines)), tuple(rows)))


async def of_owner(work: Work, found: team.Team) -> list[delegations.About]:
    """What is handed on in the person's own sections and still stands."""
    mine = {section.id for section in found.owned(work.person.id) if section.state in team.OPEN_STATES}
    made = []
    for one in found.delegations:
        if one.section in mine and one.ended_at is None:
            session = await work.storage.session(one.section)
            about = delegations.about(found, one, session, work.person.language, work.now)
            made += [about] if about is not None else []
    return made


async def picked(work: Work, topic: str, value: str) -> None:
    """What to hand on, and taking it back."""
    match topic.partition(".")[2]:
        case "to":
            await _hand(work, value)
        case "back":
            await _take_back(work, value)
        case _:
            await _which(work, value)


async def _which(work: Work, key: str) -> None:
    """Ask what the colleague is to answer: the question, what it stands in, or all that is open."""
    here = await places.standing(work)
    if here is None or here.place.delegation is not None:
        await answering.give(work, nouns.Begin())
        return
    words = work.words
    parts = handing.parts(here.flow, here.session, key or here.session.cursor, now=work.now)
    rows = [
        (
            views.Button(
                words.say(f"hand.{part.kind}", n=part.asks, label=part.label),
                views.Pick(f"{TOPIC}.to", part.key),
            ),
        )
        for part in parts
    ]
    rows.append((views.Button(words.say("button.back"), views.Answer(nouns.Begin())),))
    until = common.day(work, (work.now + limits.INVITATION_LIFE).date())
    text = words.html("hand.which" if parts else "hand.nothing", until=until)
    asked = next((part.label for part in parts if part.kind in ("question", "list")), "")
    heading = views.bold(delegations.short(asked)) if asked else ""
    work.show(
        views.View(views.text(heading, text), tuple(rows)),
        section=here.place.id,
        revision=here.session.revision,
    )


async def _hand(work: Work, key: str) -> None:
    """Make the link for a part, offer it to be sent on, and go on behind what was handed on."""
    here = await places.standing(work)
    found = await common.current_team(work)
    part = handing.part(here.flow, here.session, key, now=work.now) if here is not None else None
    if here is None or found is None or part is None or not _may_hand(work, here, key):
        await answering.give(work, nouns.Begin())
        return
    token = secrets.token_urlsafe(invitations.TOKEN_BYTES)
    until = work.now + limits.INVITATION_LIFE
    made = records.Delegation(
        invitations.token_hash(token),
        here.place.section.assessment,
        here.place.section.id,
        key,
        asked_by=work.person.id,
        asked_at=work.now,
        expires_at=until,
    )
    work.changes.append(port.PutNew(made))
    words = work.words
    link = f"https://t.me/{work.bot_name}?start={token}"
    label = delegations.short(part.label)
    address = address_of(link, words.say("hand.shared", label=label, institution=found.institution))
    text = words.html("hand.link", label=label, until=common.day(work, until.date()), link=link)
    rows = (
        (views.Button(words.say("button.forward"), url=address, style="primary"),),
        (common.go(work, "asked.open", "asked"),),
    )
    work.close(views.text(views.bold(label), words.html("hand.answered")))
    work.tell(work.person.id, views.View(text, rows))
    await answering.give(work, nouns.Handed(key))


def _may_hand(work: Work, here: places.Standing, key: str) -> bool:
    """Whether a part of what stands may be handed on by the person now."""
    is_owner = here.place.delegation is None and here.place.section.state in team.OPEN_STATES
    return is_owner and handing.is_open(here.flow, here.session, key, now=work.now)


def address_of(link: str, words: str) -> str:
    """Where Telegram asks whom to send a link and words to."""
    url, text = (urllib.parse.quote(each, safe="") for each in (link, words[: limits.SHARED_CHARACTERS]))
    return f"{SHARE}?url={url}&text={text}"


async def _take_back(work: Work, token_hash: str) -> None:
    """The owner answers it after all: the link dies, the colleague is told, and the question stands."""
    one = await work.storage.delegation(token_hash)
    section = await work.storage.section(one.section) if one is not None else None
    if one is None or section is None or section.owner != work.person.id or one.ended_at is not None:
        await asked(work)
        return
    work.now_talking(assessment=section.assessment, section=section.id, topic="", draft={})
    await answering.give(work, nouns.TakenBack(one.key))
