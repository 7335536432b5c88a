"""What hangs on the day that somebody answered: a question asked again when it has come, an agenda before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from bot.people import team, working_hours
from flows import form, instance, keys, nouns, review, shown, stops
from storage import port, records

BEFORE_THE_DAY_BEGINS = dt.timedelta(hours=1)
"""Whom a meeting's agenda goes to is found out before the morning's reminders, so that it comes with them."""

KINDS = ("follow_up", "meeting")


class FollowUp(NamedTuple):
    """A day that has come, with what is to be asked now."""

    said: nouns.ReviewLine
    """The question with the day, as it was answered."""
    question: str
    """What is asked now."""
    key: str
    """Where it is answered."""


class Meeting(NamedTuple):
    """A meeting to come."""

    day: dt.date
    about: str
    """What its entry says of it."""
    who: str
    """The names of those who take part, as they were typed."""
    left_open: tuple[str, ...]
    """What earlier meetings about the same left open."""


def has(flow: nouns.Flow, effects: Iterable[nouns.AnyEffect]) -> bool:
    """Whether a turn stored or erased a day on which something hangs."""
    return any(_hanging(flow, effect) is not None for effect in effects)


def rows(
    assessment: records.Assessment,
    section: records.Section,
    flow: nouns.Flow,
    effects: Iterable[nouns.AnyEffect],
    now: dt.datetime,
) -> list[port.Change]:
    """The reminders that come of what a turn stored or erased; those of an earlier day go."""
    made: list[port.Change] = []
    for effect in effects:
        item = _hanging(flow, effect)
        if item is None or not isinstance(effect, nouns.Stored | nouns.Erased):
            continue
        value = effect.answer.value if isinstance(effect, nouns.Stored) else None
        calendar = working_hours.Calendar.of(assessment, section.branch)
        due = _due(item, value, calendar, now)
        for kind in KINDS:
            row = records.Reminder(
                f"{section.id}:{effect.key}:{kind}",
                assessment.id,
                section.owner or 0,
                due.get(kind, now),
                kind,
                section=section.id,
                key=effect.key,
            )
            made.append(port.Put(row) if kind in due else port.Remove(row))
    return made


def follow_up(
    flow: nouns.Flow, session: nouns.Session, key: str, zone: dt.tzinfo, now: dt.datetime
) -> FollowUp | None:
    """What is to be asked about a day that has come; None where it no longer stands, or was answered since."""
    way = stops.Way(instance.Instance(form.of(flow), session, now))
    stop, item = way.at(key), _question(flow, key)
    day = _day(session, key)
    if stop is None or item is None or day is None or day > now.astimezone(zone).date():
        return None
    target = way.at(_beside(flow, item, key, item.follow_up)) or stop
    answer = session.answers.get(target.key)
    is_said = target is not stop and answer is not None and answer.value is not None
    if is_said and answer is not None and answer.at is not None and answer.at.astimezone(zone).date() >= day:
        # said on the day or later: nobody is asked twice
        return None
    return FollowUp(review.of(stop), shown.title(target.node), target.key)


def meeting(
    flow: nouns.Flow, session: nouns.Session, key: str, zone: dt.tzinfo, now: dt.datetime
) -> Meeting | None:
    """The meeting of a day to come; None where it is not to come any more."""
    way = stops.Way(instance.Instance(form.of(flow), session, now))
    stop, item = way.at(key), _question(flow, key)
    day = _day(session, key)
    if stop is None or item is None or day is None or day <= now.astimezone(zone).date():
        return None
    who = way.at(_beside(flow, item, key, item.agenda))
    around = next(iter(instance.entries_around(stop.node)), None)
    about = review.entry_line(around).shown if around is not None else ""
    return Meeting(day, about, review.of(who).shown if who is not None else "", _left_open(way, flow, stop))


def named(found: team.Team, names: str) -> list[records.Person]:
    """The people of an assessment whose first or whole name stands among those names."""
    typed = [" ".join(name.split()).casefold() for name in names.split(",")]
    return [
        person
        for person in found.people.values()
        if {person.name.casefold(), person.name.partition(" ")[0].casefold()} & set(typed)
        or any(name.startswith(person.name.casefold() + " ") for name in typed)
    ]


def _left_open(way: stops.Way, flow: nouns.Flow, stop: stops.Stop) -> tuple[str, ...]:
    """What other entries put on the agenda of the meetings about the same."""
    found = []
    for other in way.stops:
        item = _question(flow, other.key)
        if item is None or item.type != "text" or not item.agenda or other.scope == stop.scope:
            continue
        same = {_said(way, _beside(flow, item, key, item.agenda)).casefold() for key in (other.key, stop.key)}
        if len(same) == 1 and (words := _said(way, other.key)):
            found.append(words)
    return tuple(found)


def _said(way: stops.Way, key: str) -> str:
    stop = way.at(key)
    return review.of(stop).shown if stop is not None else ""


def _due(
    item: nouns.Question, value: nouns.Value, calendar: working_hours.Calendar, now: dt.datetime
) -> dict[str, dt.datetime]:
    """When each kind of reminder of a day is due; nothing for a day that is past."""
    today = now.astimezone(calendar.zone).date()
    day = dt.date.fromisoformat(value) if isinstance(value, str) else dt.date.min
    due = {}
    if item.follow_up and day >= today:
        due["follow_up"] = calendar.next(calendar.opening(day), days=1)
    if item.agenda and day > today:
        due["meeting"] = max(now, calendar.before(day) - BEFORE_THE_DAY_BEGINS)
    return due


def _hanging(flow: nouns.Flow, effect: nouns.AnyEffect) -> nouns.Question | None:
    """The question whose day an effect stored or erased, where something hangs on it."""
    if not isinstance(effect, nouns.Stored | nouns.Erased):
        return None
    item = _question(flow, effect.key)
    hangs = item is not None and item.type == "date" and bool(item.follow_up or item.agenda)
    return item if hangs else None


def _question(flow: nouns.Flow, key: str) -> nouns.Question | None:
    place = form.of(flow).by_path.get(keys.path(key))
    return place.item if place is not None and isinstance(place.item, nouns.Question) else None


def _beside(flow: nouns.Flow, item: nouns.Question, key: str, name: str) -> str:
    """The key of the question of this name that is nearest to another's."""
    made = form.of(flow)
    place = made.place(name, made.by_path[item.path])
    if place is None:
        return ""
    numbers = {"/".join(key.split("/")[: depth + 1]) for depth in range(key.count("/"))}
    known = {keys.path(holder): holder for holder in numbers}
    holder, _, last = place.path.rpartition("/")
    return keys.inside(known.get(holder, holder), last)


def _day(session: nouns.Session, key: str) -> dt.date | None:
    answer = session.answers.get(key)
    value = answer.value if answer is not None else None
    return dt.date.fromisoformat(value) if isinstance(value, str) else None
