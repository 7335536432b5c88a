"""The dates as an iCalendar file (RFC 5545): each task a whole-day event that any phone or mail program takes."""

from __future__ import annotations

import datetime as dt
import re

import icalendar

from planning import nouns, words

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
    for task in schedule.tasks:
        event = icalendar.Event()
        event.add("uid", f"{task.id}@{identity}")
        event.add("dtstamp", stamp)
        event.add("dtstart", task.start)
        # the day behind the last one, as the standard counts
        event.add("dtend", task.end + DAY)
        event.add("summary", _text(words.say(task.name, language)))
        who = ", ".join(words.say(one, language) for one in task.who)
        why = words.say(task.why, language) if task.why is not None else ""
        event.add("description", _text("\n".join(part for part in (who, why) if part)))
        event.add("categories", [words.say(task.phase, language)])
        # a plan blocks nobody's calendar
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _text(written: str) -> icalendar.vText:
    """What somebody wrote, as the standard's text: escaped, without what it has no place for."""
    return icalendar.vText(_NOT_IN_TEXT.sub("", written))
