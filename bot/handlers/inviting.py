"""/invite: seats, who sits there, and one-use links for the rest: to forward, on paper, or by an Excel list."""

from __future__ import annotations

import markupsafe

from bot import limits, views
from bot.handlers import common, joining, links, listing, sheets, tasks
from bot.people import access, team
from bot.seats import invitations, seating
from bot.work import Work


async def invite(work: Work, argument: str = "") -> None:
    """The seats, or the one whose code is given; `all` makes a link for every empty one, `links` shows the open ones."""
    found = await common.allowed_team(work, access.Deed.INVITE)
    if found is None:
        return
    common.leave_topic(work)
    word, _, rest = argument.partition(" ")
    asked = seating.is_seat(found, argument)
    if asked is not None:
        _seat(work, found, asked)
    elif word == "links":
        await links.show(work, found, int(rest) if rest.isdecimal() else 0)
    elif word == "sheet":
        sheets.ask(work, found, rest or sheets.BRANCHES)
    elif word == "list":
        await listing.send(work, found)
    else:
        if argument == "all":
            for seat in seating.empty(found):
                links.forward(work, found, invitations.make(work, found, seat))
        await _seats(work, found)


async def picked(work: Work, topic: str, value: str) -> None:
    """A seat, or what to do with it."""
    found = await common.allowed_team(work, access.Deed.INVITE)
    if found is None:
        return
    if topic == "invite.revoke":
        await links.revoke(work, found, value)
        return
    if topic == "invite.sheet":
        if await sheets.send(work, found, value):
            await _seats(work, found)
        else:
            sheets.ask(work, found, sheets.BRANCHES)
        return
    if topic == "invite.list":
        await listing.invited(work, found, value)
        return
    seat = seating.is_seat(found, value)
    if seat is None:
        await _seats(work, found)
    elif topic == "invite.link":
        links.forward(work, found, invitations.make(work, found, seat))
        await _seats(work, found)
    else:
        await _take(work, found, seat)


async def _seats(work: Work, found: team.Team) -> None:
    words = work.words
    sent = {(link.role, link.branch) for link in await seating.open_links(work, found)}
    rows: list[tuple[views.Button, ...]] = []
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
    rows.append((common.go(work, "sheet.button", "invite", "sheet"),))
    rows.append((common.go(work, "list.button", "invite", "list"),))
    rows.append((common.go(work, "links.button", "invite", "links"),))
    rows.append((common.go(work, "lead.people", "people"), common.go(work, "button.tasks", "tasks")))
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
    listing_ = markupsafe.Markup("\n").join(markupsafe.escape(found.title(s, work.words)) for s in sections)
    rows = (
        (views.Button(words.say("invite.link"), views.Pick("invite.link", seat.code), style="primary"),),
        (common.go(work, "invite.paper", "invite", f"sheet {seat.code}"),),
        (views.Button(words.say("invite.self"), views.Pick("invite.self", seat.code)),),
        (common.go(work, "button.back", "invite"),),
    )
    work.show(views.View(views.text(text, listing_), rows))


async def _take(work: Work, found: team.Team, seat: team.Seat) -> None:
    after = await joining.sit_down(work, found, seat)
    said = work.words.html("invite.taken", seat=found.seat_name(seat, work.words))
    await tasks.tasks_of(work, after, before=said)
