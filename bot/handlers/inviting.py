"""/invite: seats, who sits there, and one-use links for the rest."""

from __future__ import annotations

import secrets

import markupsafe
import msgspec

from bot import access, limits, team, views
from bot.handlers import common, joining, tasks
from bot.work import Work
from storage import port, records

TOKEN_BYTES = 16
"""128 random bits: a link cannot be guessed."""


async def invite(work: Work, argument: str = "") -> None:
    """The seats, or the one whose code is given; with `all`, a link for every empty one."""
    found = await common.allowed_team(work, access.Deed.INVITE)
    if found is None:
        return
    common.leave_topic(work)
    asked = next((seat for seat in found.seats() if seat.code == argument), None)
    if asked is not None:
        _seat(work, found, asked)
        return
    if argument == "all":
        for seat in found.seats():
            if found.holder(seat) is None:
                _forward(work, found, seat)
    await _seats(work, found)


async def picked(work: Work, topic: str, value: str) -> None:
    """A seat, or what to do with it."""
    found = await common.allowed_team(work, access.Deed.INVITE)
    if found is None:
        return
    seat = team.Seat.read(value)
    if seat not in found.seats():
        await _seats(work, found)
    elif topic == "invite.link":
        _forward(work, found, seat)
        await _seats(work, found)
    else:
        await _take(work, found, seat)


async def _seats(work: Work, found: team.Team) -> None:
    words = work.words
    made = [
        c.record for c in work.changes if isinstance(c, port.Put) and isinstance(c.record, records.Invitation)
    ]
    sent = {
        (invitation.role, invitation.branch)
        for invitation in (*await work.storage.invitations(found.assessment.id), *made)
        if invitation.used_by is None and not invitation.revoked
        and (invitation.expires_at is None or invitation.expires_at > work.now)
    }  # fmt: skip
    rows = []
    for seat in found.seats():
        holder = found.holder(seat)
        name = found.seat_name(seat, words)
        if holder is not None:
            label = words.say("invite.joined", seat=name, name=holder.name)
        elif (seat.role, seat.branch) in sent:
            label = words.say("invite.sent", seat=name)
        else:
            label = words.say("invite.empty", seat=name)
        rows.append((views.Button(label, views.Go("invite", seat.code)),))
    # Telegram takes 100 buttons; the leaders and head office are six of these.
    rows = rows[: limits.SEATS_SHOWN]
    rows.append((common.go(work, "invite.all", "invite", "all"),))
    rows.append((common.go(work, "button.tasks", "tasks"),))
    work.show(views.View(words.html("invite.title", institution=found.institution), tuple(rows)))


def _seat(work: Work, found: team.Team, seat: team.Seat) -> None:
    words = work.words
    sections = found.seat_sections(seat)
    text = words.html(
        "invite.seat",
        seat=found.seat_name(seat, words),
        institution=found.institution,
        sections=words.say("invite.sections", n=len(sections)),
    )
    listing = markupsafe.Markup("\n").join(markupsafe.escape(found.title(s, work.words)) for s in sections)
    rows = (
        (views.Button(words.say("invite.link"), views.Pick("invite.link", seat.code), style="primary"),),
        (views.Button(words.say("invite.self"), views.Pick("invite.self", seat.code)),),
        (common.go(work, "button.back", "invite"),),
    )
    work.show(views.View(views.text(text, listing), rows))


def _forward(work: Work, found: team.Team, seat: team.Seat) -> None:
    words = work.words
    token = secrets.token_urlsafe(TOKEN_BYTES)
    until = work.now + limits.INVITATION_LIFE
    work.put(
        records.Invitation(
            token_hash=joining.token_hash(token),
            assessment=found.assessment.id,
            role=seat.role,
            branch=seat.branch,
            created_by=work.person.id,
            created_at=work.now,
            expires_at=until,
        )
    )
    text = words.html(
        "invite.forward",
        seat=found.seat_name(seat, words),
        institution=found.institution,
        until=common.day(work, until.date()),
        link=f"https://t.me/{work.bot_name}?start={token}",
    )
    work.tell(work.person.id, views.View(text))


async def _take(work: Work, found: team.Team, seat: team.Seat) -> None:
    sections = found.seat_sections(seat)
    await joining.sit_down(work, found, seat)
    taken = {section.id for section in sections}
    mine = [
        msgspec.structs.replace(section, owner=work.person.id) if section.id in taken else section
        for section in found.sections
    ]
    after = team.Team(found.assessment, found.people, found.memberships, mine, found.library)
    said = work.words.html("invite.taken", seat=found.seat_name(seat, work.words))
    await tasks.tasks_of(work, after, before=said)
