"""The links that somebody could still join by: how old each is, until when it is good, and taking one back."""

from __future__ import annotations

import markupsafe
import msgspec

from bot import limits, views
from bot.handlers import common, lists
from bot.people import team
from bot.seats import invitations, seating
from bot.work import Work
from storage import records, tables


def forward(work: Work, found: team.Team, link: invitations.Link) -> None:
    """A message that the inviter sends on as it is."""
    words = work.words
    until = link.invitation.expires_at
    seat = found.seat_name(link.seat, words)
    name = link.invitation.name
    text = words.html(
        "invite.forward.named" if name else "invite.forward",
        name=name,
        seat=seat,
        institution=found.institution,
        until=common.day(work, until.date()) if until is not None else "",
        link=link.url,
    )
    work.tell(work.person.id, views.View(text))


async def show(work: Work, found: team.Team, page: int = 0, *, before: str = "") -> None:
    """Every open link with its age, and the seats that have neither a link nor anybody."""
    words = work.words
    links = await seating.open_links(work, found)
    size = limits.LINES_A_PAGE
    page = max(0, min(page, (len(links) - 1) // size))
    lines = [_line(work, found, link) for link in links[page * size : (page + 1) * size]]
    buttons = [
        views.Button(
            words.say("links.revoke", seat=_name(work, found, link)),
            views.Pick("invite.revoke", link.token_hash),
        )
        for link in links
    ]
    linked = {(link.role, link.branch) for link in links}
    without = [seat for seat in seating.empty(found) if (seat.role, seat.branch) not in linked]
    text = views.text(
        before,
        words.html("links.title" if links else "links.none", institution=found.institution, n=len(links)),
        markupsafe.Markup("\n").join(lines),
        words.html("links.without", n=len(without), seats=_some(work, found, without)) if without else "",
    )
    rows = lists.rows(work, buttons, page, lambda at: views.Go("invite", f"links {at}"), size=size)
    work.show(views.View(text, (*rows, (common.go(work, "button.back", "invite"),))))


async def revoke(work: Work, found: team.Team, token_hash: str) -> None:
    """Take one link back; who opened it already is told that it does not work."""
    link = await work.storage.invitation(token_hash)
    if link is None or link.assessment != found.assessment.id or not tables.usable(link, work.now):
        await show(work, found, before=work.words.html("links.gone"))
        return
    work.change(link, msgspec.structs.replace(link, revoked=True))
    after = work.words.html("links.revoked", seat=_name(work, found, link))
    await show(work, found, before=after)


def _line(work: Work, found: team.Team, link: records.Invitation) -> markupsafe.Markup:
    made = link.created_at or work.now
    until = link.expires_at or work.now
    return work.words.html(
        "links.line",
        seat=_name(work, found, link),
        n=max(0, (work.now - made).days),
        until=common.day(work, until.date()),
    )


def _name(work: Work, found: team.Team, link: records.Invitation) -> str:
    """The seat, with the name of who is meant where the inviter wrote one."""
    seat = found.seat_name(team.Seat.read(f"{link.role}:{link.branch}"), work.words)
    return work.words.say("people.label", name=link.name, seat=seat) if link.name else seat


def _some(work: Work, found: team.Team, seats: list[team.Seat]) -> str:
    names = ", ".join(found.seat_name(seat, work.words) for seat in seats[: limits.BRANCHES_NAMED])
    rest = len(seats) - limits.BRANCHES_NAMED
    return work.words.say("branches.more", names=names, n=rest) if rest > 0 else names
