"""The dates as an iCalendar file (RFC 5545): each task, and the days promised and wished, as whole-day events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import icalendar

from planning import nouns, promises, words

DAY = dt.timedelta(days=1)

_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write(
    schedule: nouns.Schedule, *, name: str, identity: str, made_on: dt.date, language: str = "en"
) -> bytes:
    """The calendar; `identity` keeps its events apart from those of another institution, and the same over versions."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Groundwork//deployment plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _text(name))
    stamp = dt.datetime.combine(made_on, dt.time.min, dt.UTC)
    for key, day, told in _goals(schedule):
        about = "\n".join(words.say(text, language) for text in promises.said(schedule))
        calendar.add_component(_event(f"{key}@{identity}", stamp, day, day, words.say(told, language), about))
    for task in schedule.tasks:
        who = ", ".join(words.say(one, language) for one in task.who)
        why = words.say(task.why, language) if task.why is not None else ""
        about = "\n".join(part for part in (who, why) if part)
        name = words.say(task.name, language)
        event = _event(f"{task.id}@{identity}", stamp, task.start, task.end, name, about)
        event.add("categories", [words.say(task.phase, language)])
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _goals(schedule: nouns.Schedule) -> Iterator[tuple[str, dt.date, nouns.Text]]:
    """The day to promise and the wished one: identity, day, and what is said of it."""
    goal = {"goal": promises.goal(schedule)}
    yield "promise", schedule.promise, nouns.Text("event.promise", goal)
    if schedule.target is not None:
        yield "target", schedule.target, nouns.Text("event.target", goal)


def _event(
    identity: str, stamp: dt.datetime, first: dt.date, last: dt.date, name: str, about: str
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", identity)
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    # the day behind the last one, as the standard counts
    event.add("dtend", last + DAY)
    event.add("summary", _text(name))
    event.add("description", _text(about))
    # a plan blocks nobody's calendar
    event.add("transp", "TRANSPARENT")
    return event


def _text(written: str) -> icalendar.vText:
    """What somebody wrote, as the standard's text: escaped, without what it has no place for."""
    return icalendar.vText(_NOT_IN_TEXT.sub("", written))
