"""People as an Excel list: one row for each seat without anybody, taken back with names, judged row by row; pure.

It is a questionnaire of one list, so that its sheet is written and read like that of any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from bot import limits
from bot.people import team
from bot.seats import seating
from flows import engine, instance, keys, nouns, reading
from flows import words as wording
from flows.worksheets import files, tables

FLOW = "people"
LIST = "people"


class Wanted(msgspec.Struct, frozen=True):
    """Somebody to be invited."""

    name: str
    seat: str
    """Its code."""


class Taken(msgspec.Struct, frozen=True):
    """What a list says; where something is wrong, nothing of it counts."""

    wanted: tuple[Wanted, ...]
    faults: tuple[tables.Fault, ...]
    nameless: int
    """Rows without a name: nobody is invited by them."""

    @property
    def faulty_rows(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})


def write(found: team.Team, words: wording.Catalogue, now: dt.datetime) -> bytes:
    """The list as an .xlsx with a row for every seat without anybody."""
    return files.write(_series(found, words, now), words)


def read(
    found: team.Team, words: wording.Catalogue, content: bytes, now: dt.datetime
) -> Taken | nouns.Problem:
    """What a list that came back says; a problem where the file as a whole is none."""
    table = files.read(_series(found, words, now), content, now=now)
    if isinstance(table, nouns.Problem):
        return table
    empty = dict(enumerate(seating.empty(found), 1))
    faults = list(table.faults)
    wanted: dict[str, Wanted] = {}
    nameless = 0
    for row, one in zip(table.at, table.rows, strict=True):
        name = " ".join(_given(one.answers, "name").split())
        seat = _seat(one, empty)
        if not name:
            nameless += 1
            continue
        problem = _wrong(found, seat, words, wanted)
        if problem is not None or seat is None:
            faults.append(tables.Fault(row, problem or reading.refused("people_no_seat")))
        else:
            wanted[seat.code] = Wanted(name, seat.code)
    faults.sort(key=lambda fault: fault.row)
    return Taken(tuple(wanted.values()), tuple(faults), nameless)


def _wrong(
    found: team.Team, seat: team.Seat | None, words: wording.Catalogue, wanted: Mapping[str, Wanted]
) -> nouns.Problem | None:
    if seat is None:
        return None
    place = found.seat_name(seat, words)
    if (holder := found.holder(seat)) is not None:
        return reading.refused("people_taken", seat=place, name=holder.name)
    if (before := wanted.get(seat.code)) is not None:
        return reading.refused("people_twice", seat=place, name=before.name)
    return None


def _seat(one: nouns.TableRow, empty: Mapping[int, team.Seat]) -> team.Seat | None:
    """The seat of a row: what it says, or with those cells empty what it was made for."""
    made_for = empty.get(one.number)
    role = _given(one.answers, "role") or (made_for.role if made_for else "")
    if not role:
        return None
    branch = _given(one.answers, "branch") or (made_for.branch if made_for else "")
    return team.Seat(nouns.Role(role), branch if role == nouns.Role.BRANCH_STAFF else "")


def _given(answers: Mapping[str, nouns.Answer], field: str) -> str:
    value = answers[field].value if field in answers else ""
    return value if isinstance(value, str) else ""


# --- the list as a questionnaire -----------------------------------------------------------------------


def _series(found: team.Team, words: wording.Catalogue, now: dt.datetime) -> instance.Series:
    """The list with its entries: the seats that nobody has."""
    seats = seating.empty(found)[: instance.MAX_ENTRIES]
    flow = _flow(found, words)
    session = engine.start(flow)
    answers: dict[str, nouns.Answer] = {}
    for number, seat in enumerate(seats, 1):
        entry = keys.entry(LIST, number)
        answers[f"{entry}/role"] = nouns.Answer(seat.role)
        if seat.branch:
            answers[f"{entry}/branch"] = nouns.Answer(seat.branch)
    numbers = tuple(range(1, len(seats) + 1))
    session = msgspec.structs.replace(session, answers=answers, entries={LIST: numbers})
    series = engine.standing_list(
        flow, engine.advance(flow, session, nouns.Changed(LIST), now=now).session, now=now
    )
    assert series is not None  # noqa: S101  # the questionnaire has nothing else
    return series


def _flow(found: team.Team, words: wording.Catalogue) -> nouns.Flow:
    roles = [
        nouns.Choice(role, words.say(f"role.{role}"))
        for role in dict.fromkeys(seat.role for seat in found.seats())
    ]
    places = [nouns.Choice(branch.id, branch.name) for branch in found.assessment.branches]
    longest = limits.NAME_CHARACTERS
    too_long = words.say("problem.people_name", limit=longest)
    columns = (
        nouns.Question(
            "text",
            "name",
            f"{LIST}/name",
            label=words.say("list.name"),
            hint=words.say("list.name.hint"),
            constraint=f"string-length(.) <= {longest}",
            constraint_message=too_long,
        ),
        _choice("role", roles, words),
        _choice("branch", places, words, relevant=f"${{role}} = '{nouns.Role.BRANCH_STAFF}'"),
    )
    title = words.say("list.title", institution=found.institution)
    people = nouns.Repeat(LIST, LIST, columns, label=title)
    return nouns.Flow(FLOW, found.assessment.id, title, (people,), language=words.language)


def _choice(
    name: str, choices: Sequence[nouns.Choice], words: wording.Catalogue, *, relevant: str = ""
) -> nouns.Question:
    return nouns.Question(
        f"select_one {name}",
        name,
        f"{LIST}/{name}",
        label=words.say(f"list.{name}"),
        hint=words.say(f"list.{name}.hint"),
        choices=tuple(choices),
        required="true()",
        relevant=relevant,
    )
