"""Joining: /start, alone or with an invitation's token."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
import structlog

from bot import limits, views
from bot.handlers import common, taking, tasks
from bot.people import team
from bot.seats import invitations, seating
from bot.work import Work
from flows import nouns
from flows import words as wording
from storage import port, records

log = structlog.get_logger()

MINUTES_A_QUESTION = 0.4
"""For the invitation's estimate: 25 seconds to read, think and tap."""

HOUR = dt.timedelta(hours=1)


def consent(language: str) -> str:
    """What somebody agrees to who joins in this language: what the invitation and /privacy say."""
    words = wording.catalogue("bot", language)
    read = words.say("privacy.text")
    return f"{language} {hashlib.sha256(read.encode()).hexdigest()}"


async def start(work: Work, token: str) -> None:
    """Begin: an invitation where a token came, the person's sections where they are known, else who I am."""
    if token:
        await _invited(work, token)
        return
    found = await common.current_team(work)
    common.offer_menu(work, found.roles(work.person.id) if found is not None else ())
    if found is not None:
        await tasks.tasks_of(work, found)
        return
    words = work.words
    if work.owner:
        rows = ((common.go(work, "button.new", "new"),),)
        work.show(views.View(words.html("hello.owner"), rows))
    else:
        work.show(views.View(words.html("hello.stranger")))


async def _invited(work: Work, token: str) -> None:
    words = work.words
    tried = tuple(at for at in work.conversation.wrong_links if work.now - at <= HOUR)
    if len(tried) >= limits.INVITATION_TRIES_AN_HOUR:
        work.show(views.View(words.html("hello.toomany")))
        return
    hashed = invitations.token_hash(token)
    invitation = await work.storage.invitation(hashed)
    delegation = await work.storage.delegation(hashed) if invitation is None else None
    if delegation is not None:
        await taking.invited(work, delegation)
        return
    found = await team.load(work.storage, work.library, invitation.assessment) if invitation else None
    if invitation is None or found is None:
        work.now_talking(wrong_links=(*tried, work.now))
        log.warning("link refused", person=work.person.id)
        work.show(views.View(words.html("hello.wrong")))
        return
    if invitation.used_by == work.person.id:
        work.now_talking(assessment=invitation.assessment)
        await tasks.tasks(work)
        return
    refusal = _refusal(work, found, invitation)
    if refusal:
        work.show(views.View(refusal))
        return
    seat = team.Seat(nouns.Role(invitation.role), invitation.branch)
    if _sits(found, work.person.id, seat):
        work.now_talking(assessment=invitation.assessment)
        await tasks.tasks_of(work, found, before=words.html("hello.already"))
        return
    who = _inviter(work, found, invitation)
    work.now_talking(topic="join", draft={"token_hash": invitation.token_hash}, section="")
    sections = found.seat_sections(seat)
    text = words.html(
        "hello.invited",
        inviter=who,
        place=found.seat_name(seat, words),
        institution=found.institution,
        sections=words.html("hello.invited.sections", n=len(sections), minutes=minutes(found, seat)),
    )
    rows = (
        (views.Button(words.say("hello.start"), views.Pick("join", "yes"), style="primary"),),
        (common.go(work, "button.why", "privacy"),),
    )
    work.show(views.View(text, rows))


async def agreed(work: Work) -> None:
    """The person read what is kept and pressed Start: the invitation is used up and the seat is theirs."""
    hashed = work.conversation.draft.get("token_hash", "")
    invitation = await work.storage.invitation(hashed)
    found = await team.load(work.storage, work.library, invitation.assessment) if invitation else None
    refusal = _refusal(work, found, invitation) if invitation and found else work.words.html("hello.wrong")
    if invitation is None or found is None or refusal:
        common.leave_topic(work)
        work.show(views.View(refusal))
        return
    work.changes.append(port.UseInvitation(hashed, work.person.id, work.now))
    seat = team.Seat(nouns.Role(invitation.role), invitation.branch)
    place = found.seat_name(seat, work.words)
    work.close(views.text(views.bold(found.institution), work.words.html("invite.taken", seat=place)))
    after = await sit_down(work, found, seat, used=hashed)
    inviter = found.people.get(invitation.created_by)
    if inviter is not None and inviter.id != work.person.id:
        theirs = work.words_of(inviter)
        notice = theirs.html(
            "invite.joined.notice", name=work.person.name, seat=found.seat_name(seat, theirs)
        )
        work.tell(inviter.id, views.View(notice))
    await tasks.tasks_of(work, after)


def _refusal(work: Work, found: team.Team, invitation: records.Invitation) -> str:
    """Why the invitation lets nobody in any more; empty where it does."""
    who = _inviter(work, found, invitation)
    if invitation.revoked or found.assessment.state == "archived":
        return work.words.html("hello.wrong")
    if invitation.used_at is not None:
        return work.words.html("hello.used", who=who)
    if invitation.expires_at is not None and invitation.expires_at <= work.now:
        return work.words.html("hello.expired", who=who)
    return ""


def _inviter(work: Work, found: team.Team, invitation: records.Invitation) -> str:
    inviter = found.people.get(invitation.created_by)
    return inviter.name if inviter else work.words.say("role.project_manager")


def _sits(found: team.Team, person: int, seat: team.Seat) -> bool:
    return any(
        (part.person, part.role, part.branch) == (person, seat.role, seat.branch)
        for part in found.memberships
    )


async def sit_down(work: Work, found: team.Team, seat: team.Seat, *, used: str = "") -> team.Team:
    """Give the person a seat; who had it is told. The team as it is then."""
    before = found.holder(seat)
    after = await seating.give(work, found, seat, work.person, used=used)
    if work.person.agreed_at is None:
        work.person = msgspec.structs.replace(
            work.person, agreed_at=work.now, agreed_to=consent(work.person.language)
        )
    work.now_talking(assessment=found.assessment.id, topic="", draft={}, section="")
    if before is not None and before.id != work.person.id:
        seating.tell_taken(work, after, seat, before, work.person)
    others = set(await common.assessments(work)) - {found.assessment.id}
    common.offer_menu(work, after.roles(work.person.id), several=bool(others))
    return after


def minutes(found: team.Team, seat: team.Seat) -> int:
    """About how long a seat's sections take."""
    questions = sum(
        _questions(found.library.flow(section.flow).children) for section in found.seat_sections(seat)
    )
    return max(5, round(questions * MINUTES_A_QUESTION))


def _questions(items: tuple[nouns.Item, ...]) -> int:
    return sum(
        _questions(item.children)
        if isinstance(item, nouns.Group | nouns.Repeat)
        else item.type != "calculate"
        for item in items
    )
