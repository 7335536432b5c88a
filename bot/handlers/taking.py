"""Taking what a colleague asks: the link's invitation, the yes to it, and giving it back."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import views
from bot.asking import places
from bot.handlers import answering, colleagues, common, releasing
from bot.people import access, delegations, team
from bot.reminders import reminding
from bot.work import Work
from flows import nouns
from storage import records

MINUTES_A_QUESTION = 0.4
"""For the estimate: 25 seconds to read, think and tap."""


async def invited(work: Work, one: records.Delegation) -> None:
    """Who followed the link is told who asks what, and what is kept; or why the link opens nothing."""
    known = await colleagues.seen(work, one)
    if known is None or known[0].assessment.state == "archived":
        work.show(views.View(work.words.html("hello.wrong")))
        return
    found, about = known
    words = work.words
    if one.colleague == work.person.id and one.ended_at is None:
        await answering.open_section(work, one.token_hash)
        return
    refusal = _refusal(work, found, about)
    if refusal:
        work.show(views.View(refusal))
        return
    work.now_talking(topic=colleagues.TOPIC, draft={"token_hash": one.token_hash}, section="")
    asks = about.asks or 0
    text = words.html(
        "hand.invited",
        name=delegations.asker(found, one, words),
        institution=found.institution,
        label=about.label,
        where=about.where(words),
        length=words.say("hand.length", n=asks, minutes=max(1, round(asks * MINUTES_A_QUESTION))),
    )
    rows = (
        (views.Button(words.say("hello.start"), views.Pick(f"{colleagues.TOPIC}.take"), style="primary"),),
        (views.Button(words.say("button.refuse"), views.Pick(f"{colleagues.TOPIC}.refuse")),),
        (common.go(work, "button.why", "privacy"),),
    )
    work.show(views.View(text, rows))


async def picked(work: Work, topic: str, value: str) -> None:
    """Taking the part, or giving it back, which is asked once more."""
    hashed = value or work.conversation.draft.get("token_hash", "")
    one = await work.storage.delegation(hashed)
    known = await colleagues.seen(work, one) if one is not None else None
    if one is None or known is None:
        common.leave_topic(work)
        work.show(views.View(work.words.html("hello.wrong")))
        return
    found, about = known
    if common.is_over(work, found):
        return
    what = topic.partition(".")[2]
    if one.colleague == work.person.id and one.ended_at is None:
        if what == "really":
            await _give_back(work, found, about)
        elif what == "refuse":
            _ask_whether(work, found, about)
        else:
            await answering.open_section(work, hashed)
        return
    refusal = _refusal(work, found, about)
    if refusal:
        common.leave_topic(work)
        work.show(views.View(refusal))
    elif what == "take":
        await _take(work, found, about)
    else:
        await _give_back(work, found, about)


async def _take(work: Work, found: team.Team, about: delegations.About) -> None:
    """The link is used up and the part is theirs: nothing else of the institution's is."""
    one = about.delegation
    taken = msgspec.structs.replace(one, colleague=work.person.id, taken_at=work.now, moved_at=work.now)
    work.change(one, taken)
    work.put(records.Membership(one.assessment, work.person.id, access.COLLEAGUE))
    if not found.owes(work.person.id):
        work.put(reminding.first(found.assessment, about.section.branch, work.person.id, work.now))
    if work.person.agreed_at is None:
        work.person = msgspec.structs.replace(work.person, agreed_at=work.now)
    name = delegations.asker(found, one, work.words)
    work.close(work.words.html("hand.taken", label=about.label, name=name))
    common.offer_menu(work, found.roles(work.person.id))
    owner = found.people.get(about.section.owner or 0)
    if owner is not None:
        theirs = work.words_of(owner)
        told = await colleagues.told(work, found, one, owner)
        text = theirs.html(
            "hand.taken.notice", name=work.person.name, label=told.label, where=told.where(theirs)
        )
        button = views.Button(theirs.say("asked.open"), views.Go("asked"))
        work.tell(owner.id, views.View(text, ((button,),)))
    await answering.enter(work, places.Place(about.section, taken), nouns.Begin())


async def _give_back(work: Work, found: team.Team, about: delegations.About) -> None:
    """The part is its owner's again, with what was answered of it."""
    one, section = about.delegation, about.section
    over = delegations.ended(one, delegations.REFUSED, work.now)
    if one.colleague is None:
        # who declines at once is named all the same: the owner sees whom the link has reached
        over = msgspec.structs.replace(over, colleague=work.person.id)
    known = dataclasses.replace(found, people={**found.people, work.person.id: work.person})
    await releasing.given_back(work, known, section, one, over)
    name = delegations.asker(found, one, work.words)
    work.close(views.bold(about.label))
    await colleagues.home(work, work.words.html("hand.refused.done", name=name))


def _ask_whether(work: Work, found: team.Team, about: delegations.About) -> None:
    one, words = about.delegation, work.words
    name = delegations.asker(found, one, words)
    rows = (
        (
            views.Button(
                words.say("button.give_back"), views.Pick(f"{colleagues.TOPIC}.really", one.token_hash)
            ),
        ),
        (views.Button(words.say("button.keep"), views.Open(one.token_hash)),),
    )
    work.show(views.View(words.html("hand.refuse.ask", label=about.label, name=name), rows))


def _refusal(work: Work, found: team.Team, about: delegations.About) -> str:
    """Why the link lets this person in no more; empty where it does."""
    one, words = about.delegation, work.words
    name = delegations.asker(found, one, words)
    mine = one.colleague == work.person.id
    if one.ended_at is not None and mine:
        return words.html(f"hand.over.{one.end}", label=about.label, name=name)
    if one.end == delegations.EXPIRED or delegations.dead(found, one, work.now) == delegations.EXPIRED:
        return words.html("hello.expired", who=name)
    if one.taken_at is not None:
        return words.html("hello.used", who=name)
    if one.ended_at is not None:
        return words.html("hello.wrong")
    if work.person.id in (about.section.owner, one.asked_by):
        return words.html("hand.own")
    if about.section.state not in team.OPEN_STATES:
        return words.html(f"hand.over.{delegations.CLOSED}", label=about.label, name=name)
    if about.asks is None:
        return words.html("hand.not_asked", label=about.label, name=name)
    return ""
