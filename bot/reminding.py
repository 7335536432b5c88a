"""The reminder policy: when somebody who still owes something is told so; pure."""

from __future__ import annotations

import datetime as dt

from bot import team, working_hours
from flows import nouns
from storage import records

FIRST_AFTER_DAYS = 2
"""Working days of peace after joining."""

AGAIN_AFTER_DAYS = (3, 5, 5)
"""Working days between a reminder and the next: further apart as they go unanswered."""

AT_REST = dt.timedelta(hours=20)
"""Who did something within this time is at work on it and is not reminded."""


def identity(assessment: str, person: int) -> str:
    """One reminder a person and assessment: whatever is owed goes into one message."""
    return f"{assessment}:{person}"


def first(assessment: records.Assessment, branch: str, person: int, now: dt.datetime) -> records.Reminder:
    """The first reminder after joining, or after something came back."""
    place = _branch(assessment, branch)
    due = working_hours.next_working_time(assessment.institution, place, now, days=FIRST_AFTER_DAYS)
    return records.Reminder(identity(assessment.id, person), assessment.id, person, due)


def following(
    assessment: records.Assessment, branch: str, reminder: records.Reminder, now: dt.datetime
) -> records.Reminder:
    """The reminder after this one."""
    days = AGAIN_AFTER_DAYS[min(reminder.round, len(AGAIN_AFTER_DAYS) - 1)]
    due = working_hours.next_working_time(assessment.institution, _branch(assessment, branch), now, days=days)
    return records.Reminder(
        reminder.id, reminder.assessment, reminder.person, due, "owed", reminder.round + 1
    )


def tomorrow(assessment: records.Assessment, branch: str, person: int, now: dt.datetime) -> records.Reminder:
    """A reminder at the opening of the next working day, as the person asked."""
    due = working_hours.next_working_time(assessment.institution, _branch(assessment, branch), now, days=1)
    return records.Reminder(identity(assessment.id, person), assessment.id, person, due, "snoozed")


def soon(assessment: records.Assessment, branch: str, person: int, now: dt.datetime) -> records.Reminder:
    """A reminder now if it is working time there, else at the next opening; asked for by the project manager."""
    due = working_hours.next_working_time(assessment.institution, _branch(assessment, branch), now)
    return records.Reminder(identity(assessment.id, person), assessment.id, person, due, "asked")


def branch_of(found: team.Team, person: int) -> str:
    """The branch whose working hours hold for a person: of what they owe, else of their seat."""
    for section in (*found.owed(person), *found.owned(person)):
        if section.branch:
            return section.branch
    return ""


def _branch(assessment: records.Assessment, branch: str) -> nouns.Branch | None:
    return next((found for found in assessment.branches if found.id == branch), None)
