"""/leave: somebody gives up a seat of their own, and names who takes over what is open, or leaves that to whoever leads."""

from __future__ import annotations

from collections.abc import Sequence

from bot import views
from bot.handlers import common, lists, people, tasks
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
    if not seats:
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
    text = words.html(
        "leave.ask" if taker is not None else "leave.ask.leader",
        seat=found.seat_name(seat, words),
        institution=found.institution,
        other=taker.name if taker is not None else "",
        n=seating.open_sections(found, seat),
    )
    value = f"{seat.code}|{taker.id if taker is not None else ''}"
    yes = views.Button(words.say("leave.yes"), views.Pick("leave.yes", value), style="danger")
    work.show(views.View(text, ((yes,), (common.go(work, "button.keep", "tasks"),))))


async def _do(work: Work, found: team.Team, seat: team.Seat, taker: records.Person | None) -> None:
    owed = seating.open_sections(found, seat)
    after = await seating.give(work, found, seat, taker)
    if taker is None:
        seating.tell_left(work, after, [seat], owed)
    else:
        seating.tell_given(work, after, seat, taker)
        _tell_leaders(work, after, seat, taker)
    done = work.words.html("leave.done", seat=found.seat_name(seat, work.words))
    if work.standing is not None:
        work.close(done)
    common.leave_topic(work)
    common.offer_menu(work, after.roles(work.person.id))
    if after.roles(work.person.id):
        await tasks.tasks_of(work, after, before=done)
    else:
        work.show(views.View(views.text(done, work.words.html("leave.last"))))


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
