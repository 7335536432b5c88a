"""The reminder policy: what becomes of a reminder that falls due; pure."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from bot.people import access, team, working_hours
from storage import records

FURTHER_DAYS = 2
"""Reminders that go unanswered come a working day further apart each time, up to so many."""

AT_REST = dt.timedelta(hours=20)
"""Who did something within this time is at work on it and is not reminded."""

ON_REQUEST = frozenset({"asked", "snoozed", "handed"})
"""Kinds that somebody asked for, or waits for: they come whatever the policy says."""

WHATEVER = ON_REQUEST | {"ending", "record"}
"""Kinds that come though reminders are off: asked for, too late afterwards, or what shows that nobody erased a deed."""

SOON = frozenset({"owed", "asked", "snoozed", "handed", "silent", "digest", "record"})
"""Kinds that never lie far ahead; the others hang on a day that somebody named."""

ONCE = frozenset({"agenda", "silent", "handed", "ending"})
"""Kinds that are said once."""

WEEKLY = frozenset({"digest", "record"})
"""Kinds that come at the opening of each week."""


FURTHEST = dt.timedelta(days=90)
"""Neither policy nor holidays put off so long what was not asked for a day: it was a wrong clock."""

AHEAD = dt.timedelta(days=1)
"""What was said so long after now was said by a wrong clock; less is how clocks are set right."""

BEGUN = frozenset({"in_progress", "submitted", "returned"})
"""States of a section whose last change was its owner's."""

# --- what becomes of it ----------------------------------------------------------------------------


class Drop(NamedTuple):
    """There is nothing left to say."""


class Wait(NamedTuple):
    """Not now: at night, on a holiday, or while the person is at work on it."""

    until: dt.datetime


class Say(NamedTuple):
    """Now; and when again."""

    again: records.Reminder | None
    silent: bool = False
    """Whether those who lead are to be told that no answer comes."""


Decision = Drop | Wait | Say


def decide(
    reminder: records.Reminder,
    policy: records.ReminderPolicy,
    calendar: working_hours.Calendar,
    now: dt.datetime,
    *,
    stands: bool,
    moved_at: dt.datetime | None = None,
) -> Decision:
    """What becomes of a reminder that is due.

    `stands` says whether there is still something to say; `moved_at` is when the person last did something about it.
    """
    wanted = reminder.kind in WHATEVER or (policy.on and (policy.digest or reminder.kind != "digest"))
    if reminder.kind == "record" and not stands:
        # nothing was done that is put on record: the next week may bring something
        return Wait(next_week(calendar, now))
    if not (stands and wanted):
        return Drop()
    opens = calendar.next(now)
    if opens > now:
        # a bot that was down, or a clock that jumped, may look at night: it waits for the morning
        return Wait(opens)
    if reminder.kind == "owed" and moved_at is not None and now - moved_at < AT_REST:
        return Wait(calendar.next(now, days=1))
    if reminder.kind in ONCE:
        return Say(None)
    if reminder.kind in WEEKLY:
        return Say(msgspec.structs.replace(reminder, due_at=next_week(calendar, now), sent_at=now))
    answered = reminder.sent_at is not None and moved_at is not None and moved_at > reminder.sent_at
    unanswered = 0 if answered else reminder.round
    days = policy.again + min(unanswered, FURTHER_DAYS)
    again = msgspec.structs.replace(
        reminder,
        due_at=calendar.next(now, days=days),
        kind="owed" if reminder.kind in ON_REQUEST else reminder.kind,
        round=unanswered + 1,
        sent_at=now,
    )
    return Say(again, silent=unanswered > 0 and policy.escalate > 0 and unanswered % policy.escalate == 0)


def is_late(reminder: records.Reminder | None, moved_at: dt.datetime | None) -> bool:
    """Whether somebody who owes something was told so and has done nothing since."""
    if reminder is None or reminder.sent_at is None:
        return False
    return moved_at is None or moved_at <= reminder.sent_at


# --- the rows --------------------------------------------------------------------------------------


def identity(assessment: str, person: int) -> str:
    """One reminder a person and assessment: whatever is owed goes into one message."""
    return f"{assessment}:{person}"


def first(assessment: records.Assessment, branch: str, person: int, now: dt.datetime) -> records.Reminder:
    """The first reminder after joining, or after something came back."""
    calendar = working_hours.Calendar.of(assessment, branch)
    due = calendar.next(now, days=assessment.reminders.first)
    return records.Reminder(identity(assessment.id, person), assessment.id, person, due)


def digest(assessment: records.Assessment, person: int, now: dt.datetime) -> records.Reminder:
    """The first weekly digest of somebody who leads."""
    due = next_week(working_hours.Calendar.of(assessment, ""), now)
    return records.Reminder(f"{assessment.id}:digest:{person}", assessment.id, person, due, "digest")


def record(assessment: records.Assessment, owner: int, now: dt.datetime) -> records.Reminder:
    """The first time that an owner is told how the record of deeds ends."""
    due = next_week(working_hours.Calendar.of(assessment, ""), now)
    return records.Reminder(f"{assessment.id}:record:{owner}", assessment.id, owner, due, "record")


def silent(
    assessment: records.Assessment, leader: int, branch: str, about: int, now: dt.datetime
) -> records.Reminder:
    """A word to somebody who leads that a person does not answer: with what else comes the next morning."""
    due = working_hours.Calendar.of(assessment, branch).next(now, days=1)
    id_ = f"{assessment.id}:silent:{about}:{leader}"
    return records.Reminder(id_, assessment.id, leader, due, "silent", about=about)


def put_off(
    reminder: records.Reminder, calendar: working_hours.Calendar, now: dt.datetime, *, week: bool
) -> records.Reminder:
    """A reminder at the opening of the next working day, or of the next week's first, as the person asked."""
    due = next_week(calendar, now) if week else calendar.next(now, days=1)
    kind = reminder.kind if reminder.kind == "follow_up" else "snoozed"
    return msgspec.structs.replace(reminder, due_at=due, kind=kind)


def soon(reminder: records.Reminder, calendar: working_hours.Calendar, now: dt.datetime) -> records.Reminder:
    """A reminder now if it is working time there, else at the next opening; asked for by the project manager."""
    return msgspec.structs.replace(reminder, due_at=calendar.next(now), kind="asked")


def owed(known: records.Reminder | None, assessment: str, person: int, now: dt.datetime) -> records.Reminder:
    """The reminder of what a person owes, as it stands or as it begins."""
    return known or records.Reminder(identity(assessment, person), assessment, person, now)


def due_to(found: team.Team, now: dt.datetime) -> list[records.Reminder]:
    """The first reminders of everybody who owes something, of those who lead their first overview, and of the owners."""
    owing = [first(found.assessment, branch_of(found, person.id), person.id, now) for person in found.late()]
    leading = found.reviewers() if found.assessment.reminders.digest else []
    overviews = [digest(found.assessment, leader.id, now) for leader in leading]
    return [*owing, *overviews, *to_owners(found, now)]


def to_owners(found: team.Team, now: dt.datetime) -> list[records.Reminder]:
    """What tells the owners how the record of deeds ends, for the first time."""
    return [record(found.assessment, owner.id, now) for owner in found.holders(access.OWNER)]


def next_week(calendar: working_hours.Calendar, now: dt.datetime) -> dt.datetime:
    """The opening of the next week's first working day."""
    today = now.astimezone(calendar.zone).date()
    monday = today + dt.timedelta(days=7 - today.weekday())
    return calendar.next(calendar.opening(monday))


def out_of_reach(reminder: records.Reminder, now: dt.datetime) -> bool:
    """Whether a clock that went wrong, and is right again, has put a reminder where nobody would hear of it."""
    if reminder.sent_at is not None and reminder.sent_at - now > AHEAD:
        return True
    return reminder.kind in SOON and reminder.due_at - now > FURTHEST


def brought_back(
    reminder: records.Reminder, calendar: working_hours.Calendar, now: dt.datetime
) -> records.Reminder:
    """Such a reminder at the next working day's opening, as if it had not been said."""
    return msgspec.structs.replace(reminder, due_at=calendar.next(now, days=1), sent_at=None)


# --- whose ----------------------------------------------------------------------------------------


def branch_of(found: team.Team, person: int) -> str:
    """The branch whose working hours hold for a person: of what they owe, else of their seat."""
    asked = {one.section for one in found.asked(person)}
    helped = [section for section in found.sections if section.id in asked]
    for section in (*found.owed(person), *found.owned(person), *helped):
        if section.branch:
            return section.branch
    return ""


def calendar_of(found: team.Team, person: int) -> working_hours.Calendar:
    """When a person may be written to."""
    return working_hours.Calendar.of(found.assessment, branch_of(found, person))


def moved_at(found: team.Team, person: int) -> dt.datetime | None:
    """When a person last did something about what they owe."""
    # an approval is somebody else's act; what came back began its reminders anew
    times = [section.changed_at for section in found.owned(person) if section.state in BEGUN]
    times += [one.moved_at for one in found.asked(person)]
    return max((at for at in times if at is not None), default=None)


def late(found: team.Team, rows: dict[int, records.Reminder]) -> list[records.Person]:
    """Who was told that they owe something and has done nothing since, by name; `rows` are theirs by person."""
    return [person for person in found.late() if is_late(rows.get(person.id), moved_at(found, person.id))]
