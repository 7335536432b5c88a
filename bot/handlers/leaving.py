"""/leave: somebody gives up a seat of their own, and names who takes over what is open, or leaves that to whoever leads."""

from __future__ import annotations

from collections.abc import Sequence

from bot import views
from bot.handlers import common, lists, people, releasing, tasks
from bot.people import access, team
from bot.seats import seating
from bot.work import Work
from storage import records


async def leave(work: Work, argument: str = "") -> None:
    """The seats that the person has, to give one up; the one at once where it is the only one."""
    del argument
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    common.leave_topic(work)
    if not common.is_over(work, found):
        _choose(work, found)


async def picked(work: Work, topic: str, value: str) -> None:
    """A seat, who takes it over, or the word that it may be done."""
    found = await common.current_team(work)
    code, _, other = value.partition("|")
    seat = seating.is_seat(found, code) if found is not None else None
    if found is not None and topic == "leave.yes" and not code and _is_colleague(work, found):
        await _do(work, found, None, None)
        return
    if found is None or seat is None or seat not in seating.seats_of(found, work.person.id):
        await tasks.tasks(work)
        return
    if common.is_over(work, found):
        return
    match topic.partition(".")[2]:
        case "seat":
            _whom(work, found, seat, int(other) if other.isdecimal() else 0)
        case "whom":
            _ask(work, found, seat, _taker(work, found, seat, other))
        case _:
            await _do(work, found, seat, _taker(work, found, seat, other))


def _taker(work: Work, found: team.Team, seat: team.Seat, value: str) -> records.Person | None:
    """Who takes over; nobody where that is not theirs to say."""
    known = people.person_of(found, value)
    return known if known in _colleagues(work, found, seat) else None


def _colleagues(work: Work, found: team.Team, seat: team.Seat) -> Sequence[records.Person]:
    """Whom the seat may be handed to: those who lead name anybody, others nobody for a seat with a say over others."""
    if not (seating.may_be_passed_on(seat) or found.may(work.person.id, access.Deed.PEOPLE)):
        return []
    others = [one for one in found.people.values() if one.id != work.person.id and one.reachable]
    return sorted(others, key=lambda one: one.name.casefold())


def _choose(work: Work, found: team.Team) -> None:
    words = work.words
    seats = seating.seats_of(found, work.person.id)
    if not seats and _is_colleague(work, found):
        said = words.html("leave.ask.colleague", institution=found.institution)
        _confirm(work, views.text(said, _asked_of(work, found)), "|")
    elif not seats:
        rows: lists.Rows = ((common.go(work, "button.tasks", "tasks"),),)
        work.show(views.View(words.html("leave.nothing", institution=found.institution), rows))
    elif len(seats) == 1:
        _whom(work, found, seats[0])
    else:
        rows = tuple(
            (views.Button(found.seat_name(seat, words), views.Pick("leave.seat", f"{seat.code}|")),)
            for seat in seats
        )
        cancel = (common.go(work, "button.cancel", "cancel"),)
        work.show(views.View(words.html("leave.which", institution=found.institution), (*rows, cancel)))


def _whom(work: Work, found: team.Team, seat: team.Seat, page: int = 0) -> None:
    words = work.words
    buttons = [
        views.Button(one.name, views.Pick("leave.whom", f"{seat.code}|{one.id}"))
        for one in _colleagues(work, found, seat)
    ]
    rows = lists.rows(work, buttons, page, lambda at: views.Pick("leave.seat", f"{seat.code}|{at}"))
    nobody = views.Button(words.say("leave.leader"), views.Pick("leave.whom", f"{seat.code}|"))
    cancel = common.go(work, "button.cancel", "cancel")
    said = words.html("leave.whom", seat=found.seat_name(seat, words), n=seating.open_sections(found, seat))
    work.show(views.View(said, (*rows, (nobody,), (cancel,))))


def _ask(work: Work, found: team.Team, seat: team.Seat, taker: records.Person | None) -> None:
    words = work.words
    said = words.html(
        "leave.ask" if taker is not None else "leave.ask.leader",
        seat=found.seat_name(seat, words),
        institution=found.institution,
        other=taker.name if taker is not None else "",
        n=seating.open_sections(found, seat),
    )
    is_last = len(seating.seats_of(found, work.person.id)) == 1
    text = views.text(said, _asked_of(work, found) if is_last else "")
    _confirm(work, text, f"{seat.code}|{taker.id if taker is not None else ''}")


def _is_colleague(work: Work, found: team.Team) -> bool:
    """Whether the person has no seat, and was asked by a colleague."""
    return access.COLLEAGUE in found.roles(work.person.id) and not seating.seats_of(found, work.person.id)


def _asked_of(work: Work, found: team.Team) -> str:
    """What goes back to colleagues with the last seat; empty where nothing does."""
    asked = len(found.asked(work.person.id))
    return work.words.html("leave.ask.asked", n=asked) if asked else ""


def _confirm(work: Work, text: str, value: str) -> None:
    words = work.words
    yes = views.Button(words.say("leave.yes"), views.Pick("leave.yes", value), style="danger")
    work.show(views.View(text, ((yes,), (common.go(work, "button.keep", "tasks"),))))


async def _do(work: Work, found: team.Team, seat: team.Seat | None, taker: records.Person | None) -> None:
    """Give up a seat; with the last one, or where there was none, what colleagues asked goes back to them."""
    words, after = work.words, found
    if seat is None:
        done = words.html("leave.done.colleague", institution=found.institution)
    else:
        done = words.html("leave.done", seat=found.seat_name(seat, words))
        owed = seating.open_sections(found, seat)
        after = await seating.give(work, found, seat, taker)
        if taker is None:
            seating.tell_left(work, after, [seat], owed)
        else:
            seating.tell_given(work, after, seat, taker)
            _tell_leaders(work, after, seat, taker)
    if not seating.seats_of(after, work.person.id):
        after = await releasing.left(work, after, work.person.id)
    work.close(done)
    common.leave_topic(work)
    common.offer_menu(work, after.roles(work.person.id))
    if after.roles(work.person.id):
        await tasks.tasks_of(work, after, before=done)
    else:
        last = words.html("leave.last") if seat is not None else ""
        work.show(views.View(views.text(done, last)))


def _tell_leaders(work: Work, after: team.Team, seat: team.Seat, taker: records.Person) -> None:
    for leader in after.reviewers():
        if leader.id not in (work.person.id, taker.id):
            theirs = work.words_of(leader)
            text = theirs.html(
                "seat.handed.notice",
                name=work.person.name,
                other=taker.name,
                seat=after.seat_name(seat, theirs),
            )
            work.tell(leader.id, views.View(text))
