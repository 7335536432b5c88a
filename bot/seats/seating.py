"""Who sits where: a seat is given to somebody or left empty, and its sections, links and reminders go along."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

import msgspec

from bot import limits, menu, views
from bot.people import access, delegations, team
from bot.reminders import reminding
from bot.work import Work
from flows import handing
from storage import port, records, tables


def seats_of(found: team.Team, person: int) -> Sequence[team.Seat]:
    """The seats that a person has."""
    held = {(part.role, part.branch) for part in found.memberships if part.person == person}
    return [seat for seat in found.seats() if (seat.role, seat.branch) in held]


def empty(found: team.Team) -> Sequence[team.Seat]:
    """The seats that nobody has."""
    return [seat for seat in found.seats() if found.holder(seat) is None]


async def open_links(work: Work, found: team.Team) -> Sequence[records.Invitation]:
    """The links that somebody could still join by, those of this turn included, in the order of seats."""
    made = [
        change.record
        for change in work.changes
        if isinstance(change, port.Put) and isinstance(change.record, records.Invitation)
    ]
    kept = {each.token_hash: each for each in await work.storage.invitations(found.assessment.id)}
    kept |= {each.token_hash: each for each in made}
    order: dict[tuple[str, str], int] = {
        (seat.role, seat.branch): number for number, seat in enumerate(found.seats())
    }
    usable = [
        each for each in kept.values() if tables.usable(each, work.now) and (each.role, each.branch) in order
    ]
    return sorted(usable, key=lambda each: order[each.role, each.branch])


async def give(
    work: Work, found: team.Team, seat: team.Seat, person: records.Person | None, *, used: str = ""
) -> team.Team:
    """Give a seat to somebody, or leave it empty; the team as it is then.

    Who had it leaves it, its open sections are the new holder's, and other links to it are void;
    `used` is the hash of the link that led here.
    """
    taker = person.id if person is not None else None
    there = [part for part in found.memberships if (part.role, part.branch) == (seat.role, seat.branch)]
    gone = [part for part in there if part.person != taker]
    work.changes += [port.Remove(part) for part in gone]
    parts = [part for part in found.memberships if part not in gone]
    moved = {
        section.id: msgspec.structs.replace(section, owner=taker) for section in found.seat_sections(seat)
    }
    for section in found.sections:
        if section.id in moved and moved[section.id] != section:
            work.change(section, moved[section.id])
    people = dict(found.people)
    assessment = found.assessment
    if person is not None:
        people[person.id] = person
        mine = records.Membership(assessment.id, person.id, seat.role, seat.branch)
        work.put(mine)
        parts = [*(part for part in parts if part != mine), mine]
        for link in await open_links(work, found):
            if (link.role, link.branch) == (seat.role, seat.branch) and link.token_hash != used:
                work.change(link, msgspec.structs.replace(link, revoked=True))
        if assessment.state == "drafting":
            assessment = msgspec.structs.replace(assessment, state="collecting")
            work.change(found.assessment, assessment)
    after = dataclasses.replace(
        found,
        assessment=assessment,
        people=people,
        memberships=parts,
        sections=[moved.get(section.id, section) for section in found.sections],
    )
    if person is not None and not found.owed(person.id):
        work.put(reminding.first(after.assessment, seat.branch, person.id, work.now))
    lead_on(work, found, after)
    await _take_back_links(work, after, {part.person for part in gone})
    for part in gone:
        keep_name(work, after, part.person)
    return await _answered_as_own(work, after, moved.keys()) if person is not None else after


def keep_name(work: Work, after: team.Team, person: int) -> None:
    """Whoever has no part left took part: their name stays with what they answered, until they or all is erased."""
    if not after.roles(person):
        work.put(records.Membership(after.assessment.id, person, access.FORMER))


async def _answered_as_own(work: Work, after: team.Team, sections: Collection[str]) -> team.Team:
    """What the new holder was asked as a colleague, in sections that are theirs now, waits for nobody any more."""
    over: dict[str, records.Delegation] = {}
    freed: dict[str, records.Section] = {}
    for section in (each for each in after.sections if each.id in sections):
        theirs = [one for one in delegations.standing(after, section.id) if one.colleague == section.owner]
        session = await work.session(section.id) if theirs else None
        if session is None:
            continue
        keys = {one.key for one in theirs}
        for one in theirs:
            over[one.token_hash] = delegations.ended(one, delegations.OWN, work.now)
            work.change(one, over[one.token_hash])
        left = tuple(key for key in session.handed if key not in keys)
        theirs_now = msgspec.structs.replace(
            handing.taken_over(session), handed=left, revision=session.revision + 1
        )
        work.changes.append(port.PutSession(section.id, theirs_now, session.revision))
        freed[section.id] = msgspec.structs.replace(section, waits=False)
        work.put(freed[section.id])
    return dataclasses.replace(
        after,
        sections=[freed.get(each.id, each) for each in after.sections],
        delegations=[over.get(one.token_hash, one) for one in after.delegations],
    )


async def _take_back_links(work: Work, after: team.Team, gone: set[int]) -> None:
    """Who no longer invites leaves no way open to a seat with a say over others; links to the rest stay good."""
    for link in await open_links(work, after):
        seat = team.Seat.read(f"{link.role}:{link.branch}")
        invites = after.may(link.created_by, access.Deed.INVITE)
        if link.created_by in gone and not invites and not may_be_passed_on(seat):
            work.change(link, msgspec.structs.replace(link, revoked=True))


async def remind_all(work: Work, found: team.Team) -> None:
    """It goes on: whoever owes something is reminded, and whoever leads told of the others, where they are not."""
    known = {row.id for row in await work.storage.reminders(found.assessment.id)}
    for row in reminding.due_to(found, work.now):
        if row.id not in known:
            work.put(row)


def without(found: team.Team, person: int) -> team.Team:
    """The team when somebody has left it."""
    parts = [part for part in found.memberships if part.person != person]
    return dataclasses.replace(found, memberships=parts)


def lead_on(work: Work, before: team.Team, after: team.Team) -> None:
    """Who leads from now on is told every week how the others do."""
    known = {leader.id for leader in before.reviewers()}
    for leader in after.reviewers():
        if leader.id not in known:
            work.put(reminding.digest(after.assessment, leader.id, work.now))


# --- who is told ---------------------------------------------------------------------------------------


def tell_given(work: Work, after: team.Team, seat: team.Seat, person: records.Person) -> None:
    """Somebody got a seat by another's hand."""
    if person.id == work.person.id:
        return
    theirs = work.words_of(person)
    text = theirs.html(
        "seat.given.notice",
        name=work.person.name,
        seat=after.seat_name(seat, theirs),
        institution=after.institution,
        n=sum(section.state in team.OPEN_STATES for section in after.seat_sections(seat)),
    )
    tasks = views.Button(theirs.say("button.tasks"), views.Go("tasks"))
    work.tell(person.id, views.at(views.View(text, ((tasks,),)), after.assessment.id))
    offer_menu(work, after, person)


def tell_taken(
    work: Work, after: team.Team, seat: team.Seat, person: records.Person, taker: records.Person | None
) -> None:
    """Somebody lost a seat by another's hand."""
    if person.id == work.person.id:
        return
    theirs = work.words_of(person)
    text = theirs.html(
        "seat.taken.notice" if taker is not None else "seat.emptied.notice",
        name=work.person.name,
        taker=taker.name if taker is not None else "",
        seat=after.seat_name(seat, theirs),
        institution=after.institution,
    )
    work.tell(person.id, views.View(text))
    offer_menu(work, after, person)


def tell_left(work: Work, after: team.Team, seats: Sequence[team.Seat], owed: int) -> None:
    """Seats are empty now: those who lead are told, by seat, with a way to fill each."""
    for leader in after.reviewers():
        if leader.id == work.person.id or not seats:
            continue
        theirs = work.words_of(leader)
        names = ", ".join(after.seat_name(seat, theirs) for seat in seats)
        text = theirs.html("forget.left.notice", n=owed, seats=names, institution=after.institution)
        rows = tuple(
            (views.Button(after.seat_name(seat, theirs), views.Go("invite", seat.code)),)
            for seat in seats[: limits.SEATS_SHOWN]
        )
        view = views.View(text, rows if after.may(leader.id, access.Deed.INVITE) else ())
        work.tell(leader.id, views.at(view, after.assessment.id))


def offer_menu(work: Work, after: team.Team, person: records.Person) -> None:
    """Let Telegram's menu in somebody's chat name the commands that they may use now."""
    roles = after.roles(person.id)
    theirs = work.words_of(person)
    names = menu.commands(roles, owner=access.OWNER in roles)
    work.send(person.id, "menu", commands={name: theirs.say(f"command.{name}") for name in names})


def may_be_passed_on(seat: team.Seat) -> bool:
    """Whether whoever sits there may name the next by themselves: not where the seat gives a say over others."""
    return not any(seat.role in roles for roles in access.ALLOWED.values())


def is_seat(found: team.Team, code: str) -> team.Seat | None:
    """The seat with this code in this team; None where it has none such."""
    return next((seat for seat in found.seats() if seat.code == code), None)


def open_sections(found: team.Team, seat: team.Seat) -> int:
    """How many sections of a seat are still to be handed in."""
    return sum(section.state in team.OPEN_STATES for section in found.seat_sections(seat))
