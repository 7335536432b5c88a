"""/people: who takes part, as what; seats given, moved and taken back, each once more confirmed."""

from __future__ import annotations

from typing import NamedTuple

import markupsafe

from bot import views
from bot.handlers import common, lists, releasing
from bot.people import access, delegations, team
from bot.seats import seating
from bot.work import Work
from storage import records

TOPIC = "people"


class Asked(NamedTuple):
    """What a button asks for; each part is text, as buttons carry it."""

    deed: str
    """give (a seat to somebody else, or to nobody), move (a person to another seat), add (a seat besides), or
    remove (a person from all)."""
    person: str
    seat: str = ""
    other: str = ""
    """Whom or which seat it goes to; empty for nobody."""

    @property
    def code(self) -> str:
        """As a button's value, and back by `Asked.read`."""
        return "|".join(self)

    @classmethod
    def read(cls, code: str) -> Asked:
        """What a value asks for."""
        deed, person, seat, other, *_ = (*code.split("|"), "", "", "")
        return cls(deed, person, seat, other)


async def people(work: Work, argument: str = "") -> None:
    """Everybody who takes part; one of them where an id is given; `page 2` turns the list."""
    found = await common.allowed_team(work, access.Deed.PEOPLE)
    if found is None:
        return
    common.leave_topic(work)
    known = person_of(found, argument)
    if known is not None:
        await _one(work, found, known)
    else:
        word, _, page = argument.partition(" ")
        await _list(work, found, int(page) if word == "page" and page.isdecimal() else 0)


async def picked(work: Work, topic: str, value: str) -> None:
    """A step towards a change, or the word that it may be done."""
    found = await common.allowed_team(work, access.Deed.PEOPLE)
    if found is None:
        return
    asked = Asked.read(value)
    person = person_of(found, asked.person)
    if person is None or not _holds(found, asked, person):
        await _list(work, found, before=work.words.html("people.changed"))
        return
    match topic.partition(".")[2]:
        case "seat":
            _seat(work, found, person, asked)
        case "whom":
            _whom(work, found, person, asked)
        case "where":
            _where(work, found, person, asked)
        case "ask":
            _ask(work, found, person, asked)
        case _:
            await _do(work, found, person, asked)


def person_of(found: team.Team, value: str) -> records.Person | None:
    """The person with this id in the team."""
    return next((known for known in found.people.values() if str(known.id) == value), None)


def _holds(found: team.Team, asked: Asked, person: records.Person) -> bool:
    """Whether it can still be done: things change while somebody thinks."""
    if not asked.seat:
        return True
    seat = seating.is_seat(found, asked.seat)
    if seat is None:
        return False
    holder = found.holder(seat)
    return asked.deed == "add" or (holder is not None and holder.id == person.id)


# --- what is shown -------------------------------------------------------------------------------------


async def _list(work: Work, found: team.Team, page: int = 0, *, before: str = "") -> None:
    words = work.words
    buttons = [
        views.Button(_label(work, found, known), views.Go("people", str(known.id)))
        for known in sorted(found.people.values(), key=lambda one: one.name.casefold())
    ]
    text = views.text(
        before,
        words.html("people.title", institution=found.institution),
        markupsafe.Markup("\n").join(
            [
                words.html("people.joined", n=len(buttons)),
                words.html("people.empty", n=len(seating.empty(found))),
                words.html("people.links", n=len(await seating.open_links(work, found))),
            ]
        ),
    )
    ways = (
        (common.go(work, "lead.invite", "invite"), common.go(work, "links.button", "invite", "links")),
        (common.go(work, "lead.branches", "branches"), common.go(work, "button.tasks", "tasks")),
    )
    rows = lists.rows(work, buttons, page, lambda at: views.Go("people", f"page {at}"))
    work.show(views.View(text, (*rows, *ways)))


def _label(work: Work, found: team.Team, person: records.Person) -> str:
    """A name with what its bearer does: the seat, of several the first and how many more, or being asked."""
    seats = [found.seat_name(seat, work.words) for seat in seating.seats_of(found, person.id)]
    if access.OWNER in found.roles(person.id):
        seats.append(work.words.say("role.owner"))
    if not seats and found.asked(person.id):
        seats.append(work.words.say("people.asked.label"))
    if not seats:
        return person.name
    code = "people.label" if len(seats) == 1 else "people.label.more"
    return work.words.say(code, name=person.name, seat=seats[0], n=len(seats) - 1)


async def _one(work: Work, found: team.Team, person: records.Person) -> None:
    words = work.words
    seats = seating.seats_of(found, person.id)
    lines = [
        words.html("people.line", seat=found.seat_name(seat, words), n=seating.open_sections(found, seat))
        for seat in seats
    ]
    if access.OWNER in found.roles(person.id):
        lines.append(words.html("people.owner"))
    lines += [
        words.html(
            "people.asked",
            label=one.label,
            where=one.where(words),
            name=delegations.asker(found, one.delegation, words),
        )
        for one in await common.handed(work, found, found.asked(person.id))
    ]
    if not lines:
        lines.append(words.html("people.no_seat"))
    text = views.text(
        words.html("people.one", name=person.name, institution=found.institution),
        markupsafe.Markup("\n").join(lines),
        "" if person.reachable else words.html("people.unreachable"),
    )
    who = str(person.id)
    rows = [
        (
            views.Button(
                words.say("people.change", seat=found.seat_name(seat, words)),
                views.Pick("people.seat", Asked("give", who, seat.code).code),
            ),
        )
        for seat in seats
    ]
    rows.append((views.Button(words.say("people.add"), views.Pick("people.where", Asked("add", who).code)),))
    if seats or access.COLLEAGUE in found.roles(person.id):
        # who has no seat leaves nothing that somebody must take over
        remove = views.Pick("people.whom" if seats else "people.ask", Asked("remove", who).code)
        rows.append((views.Button(words.say("people.remove"), remove, style="danger"),))
    rows.append((common.go(work, "button.back", "people"),))
    work.show(views.View(text, tuple(rows)))


def _seat(work: Work, found: team.Team, person: records.Person, asked: Asked) -> None:
    """What may be done with one seat of somebody's."""
    words = work.words
    seat = team.Seat.read(asked.seat)
    ways = (
        ("people.give", "whom", asked),
        ("people.move", "where", asked._replace(deed="move")),
        ("people.free", "ask", asked),
    )
    rows = [
        (views.Button(words.say(code), views.Pick(f"people.{step}", way.code)),) for code, step, way in ways
    ]
    text = words.html("people.seat", seat=found.seat_name(seat, words), name=person.name)
    back = views.Button(words.say("button.back"), views.Go("people", asked.person))
    work.show(views.View(text, (*rows, (back,))))


def _whom(work: Work, found: team.Team, person: records.Person, asked: Asked) -> None:
    """Choose who takes over; `other` is the page meanwhile."""
    words = work.words
    others = [one for one in found.people.values() if one.id != person.id]
    buttons = [
        views.Button(
            _label(work, found, one), views.Pick("people.ask", asked._replace(other=str(one.id)).code)
        )
        for one in sorted(others, key=lambda one: one.name.casefold())
    ]
    rows = lists.rows(
        work, buttons, _page(asked), lambda at: views.Pick("people.whom", asked._replace(other=str(at)).code)
    )
    nobody = views.Button(words.say("people.nobody"), views.Pick("people.ask", asked._replace(other="").code))
    back = views.Button(words.say("button.back"), views.Go("people", asked.person))
    code = "people.whom.all" if asked.deed == "remove" else "people.whom"
    seat = seating.is_seat(found, asked.seat)
    said = words.html(code, name=person.name, seat=found.seat_name(seat, words) if seat else "")
    work.show(views.View(said, (*rows, (nobody,), (back,))))


def _where(work: Work, found: team.Team, person: records.Person, asked: Asked) -> None:
    """Choose a seat for somebody; `other` is the page meanwhile."""
    words = work.words
    buttons = []
    for seat in found.seats():
        holder = found.holder(seat)
        if holder is not None and holder.id == person.id:
            continue
        code = "invite.empty" if holder is None else "invite.joined"
        label = words.say(
            code, seat=found.seat_name(seat, words), name=holder.name if holder is not None else ""
        )
        chosen = asked._replace(seat=seat.code) if asked.deed == "add" else asked._replace(other=seat.code)
        buttons.append(views.Button(label, views.Pick("people.ask", chosen.code)))
    rows = lists.rows(
        work, buttons, _page(asked), lambda at: views.Pick("people.where", asked._replace(other=str(at)).code)
    )
    back = views.Button(words.say("button.back"), views.Go("people", asked.person))
    work.show(views.View(words.html("people.where", name=person.name), (*rows, (back,))))


def _page(asked: Asked) -> int:
    return int(asked.other) if asked.other.isdecimal() else 0


def _ask(work: Work, found: team.Team, person: records.Person, asked: Asked) -> None:
    """Say what will happen, once more."""
    words = work.words
    seat = seating.is_seat(found, asked.seat)
    other = person_of(found, asked.other)
    target = seating.is_seat(found, asked.other)
    goal = target or (seat if asked.deed == "add" else None)
    taken = found.holder(goal) if goal is not None else None
    seats = [seat] if seat is not None else list(seating.seats_of(found, person.id))
    asked_of = len(found.asked(person.id)) if asked.deed == "remove" else 0
    code = {
        "give": "give" if other else "free",
        "remove": "remove.colleague" if not seats else "remove" if other else "remove.free",
    }
    text = views.text(
        words.html(
            f"people.ask.{code.get(asked.deed, asked.deed)}",
            name=person.name,
            other=other.name if other is not None else "",
            seat=", ".join(found.seat_name(each, words) for each in seats),
            target=found.seat_name(target, words) if target is not None else "",
            institution=found.institution,
            n=sum(seating.open_sections(found, each) for each in seats),
        ),
        words.html("people.ask.asked", name=person.name, n=asked_of) if asked_of else "",
        words.html("people.ask.taken", name=taken.name) if taken is not None else "",
        words.html("people.ask.yourself") if _loses_the_lead(work, seats, person, asked) else "",
    )
    style = "danger" if asked.deed == "remove" else "primary"
    yes = views.Button(words.say("people.yes"), views.Pick("people.yes", asked.code), style=style)
    keep = views.Button(words.say("button.cancel"), views.Go("people", asked.person))
    work.show(views.View(text, ((yes,), (keep,))))


def _loses_the_lead(work: Work, seats: list[team.Seat], person: records.Person, asked: Asked) -> bool:
    leaving = any(access.may({seat.role}, access.Deed.PEOPLE) for seat in seats)
    return person.id == work.person.id and leaving and asked.deed != "add"


# --- what is done --------------------------------------------------------------------------------------


async def _do(work: Work, found: team.Team, person: records.Person, asked: Asked) -> None:
    other = person_of(found, asked.other)
    seat = seating.is_seat(found, asked.seat)
    target = seating.is_seat(found, asked.other)
    words = work.words
    if asked.deed == "remove":
        code = "remove" if seating.seats_of(found, person.id) else "colleague"
        done = words.html(f"people.done.{code}", name=person.name, institution=found.institution)
        await _remove(work, found, person, other)
    elif asked.deed == "move" and seat is not None and target is not None:
        done = words.html("people.done", seat=found.seat_name(target, words), name=person.name)
        after = await _put(work, found, target, person)
        await _free(work, after, seat, person)
    elif asked.deed == "give" and seat is not None and other is not None:
        done = words.html("people.done", seat=found.seat_name(seat, words), name=other.name)
        await _put(work, found, seat, other)
    elif asked.deed == "give" and seat is not None:
        done = words.html("people.done.free", seat=found.seat_name(seat, words))
        await _free(work, found, seat, person)
    elif asked.deed == "add" and seat is not None:
        done = words.html("people.done", seat=found.seat_name(seat, words), name=person.name)
        await _put(work, found, seat, person)
    else:
        await _list(work, found, before=words.html("people.changed"))
        return
    work.close(done)
    rows = ((common.go(work, "lead.people", "people"), common.go(work, "button.tasks", "tasks")),)
    work.show(views.View(done, rows))


async def _put(work: Work, found: team.Team, seat: team.Seat, person: records.Person) -> team.Team:
    """Somebody gets a seat; who had it until now is told."""
    before = found.holder(seat)
    after = await seating.give(work, found, seat, person)
    seating.tell_given(work, after, seat, person)
    if before is not None and before.id != person.id:
        seating.tell_taken(work, after, seat, before, person)
    return after


async def _free(work: Work, found: team.Team, seat: team.Seat, person: records.Person) -> None:
    """A seat is empty from now on."""
    owed = seating.open_sections(found, seat)
    after = await seating.give(work, found, seat, None)
    seating.tell_taken(work, after, seat, person, None)
    seating.tell_left(work, after, [seat], owed)


async def _remove(work: Work, found: team.Team, person: records.Person, other: records.Person | None) -> None:
    """Somebody leaves all their seats; what was open goes to somebody named, or waits, and colleagues' back to them."""
    seats = seating.seats_of(found, person.id)
    owed = sum(seating.open_sections(found, seat) for seat in seats)
    after = found
    for seat in seats:
        after = await seating.give(work, after, seat, other)
        if other is not None:
            seating.tell_given(work, after, seat, other)
    if other is None:
        seating.tell_left(work, after, seats, owed)
    after = await releasing.left(work, after, person.id)
    if person.id != work.person.id:
        theirs = work.words_of(person)
        text = theirs.html("people.removed.notice", name=work.person.name, institution=found.institution)
        work.tell(person.id, views.View(text))
        seating.offer_menu(work, after, person)
