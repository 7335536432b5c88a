"""What becomes of a reminder that falls due, as a table of cases."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from bot.people import working_hours
from bot.reminders import reminding
from flows import nouns
from storage import records

KENYA = nouns.Institution("Upya", "KE", "KES", "Africa/Nairobi")
POLICY = records.ReminderPolicy()


def at(text: str) -> dt.datetime:
    """A moment in Nairobi."""
    return dt.datetime.fromisoformat(f"{text}+03:00").astimezone(dt.UTC)


NOW = at("2027-03-03T09:00")
"""A Wednesday."""

BEFORE = at("2027-02-26T09:00")


def row(**fields: object) -> records.Reminder:
    return msgspec.structs.replace(records.Reminder("a:1", "a", 1, NOW), **fields)


def said(kind: str, due: str, round_: int, *, silent: bool = False) -> reminding.Say:
    return reminding.Say(row(kind=kind, due_at=at(due), round=round_, sent_at=NOW), silent)


DROP = reminding.Drop()


@pytest.mark.parametrize(
    ("reminder", "policy", "now", "state", "expected"),
    [
        pytest.param(
            row(), {}, NOW, {}, said("owed", "2027-03-08T09:00", 1), id="the first: again in three days"
        ),
        pytest.param(row(), {}, NOW, {"stands": False}, DROP, id="nothing is owed any more"),
        pytest.param(row(kind="asked"), {}, NOW, {"stands": False}, DROP, id="asked for, but done meanwhile"),
        pytest.param(
            row(),
            {},
            at("2027-03-03T22:00"),
            {},
            reminding.Wait(at("2027-03-04T09:00")),
            id="night: the morning",
        ),
        pytest.param(
            row(),
            {},
            at("2027-03-06T11:00"),
            {},
            reminding.Wait(at("2027-03-08T09:00")),
            id="Saturday: Monday",
        ),
        pytest.param(
            row(kind="asked"),
            {},
            at("2027-03-26T11:00"),
            {},
            reminding.Wait(at("2027-03-30T09:00")),
            id="asked for on Good Friday: after Easter",
        ),
        pytest.param(
            row(),
            {"opens": 10},
            NOW,
            {},
            reminding.Wait(at("2027-03-03T10:00")),
            id="the institution's own quiet hours",
        ),
        pytest.param(
            row(),
            {},
            NOW,
            {"moved_at": at("2027-03-02T16:00")},
            reminding.Wait(at("2027-03-04T09:00")),
            id="at work on it yesterday afternoon: tomorrow",
        ),
        pytest.param(
            row(kind="asked"),
            {},
            NOW,
            {"moved_at": at("2027-03-02T16:00")},
            said("owed", "2027-03-08T09:00", 1),
            id="at work on it, but the project manager asks",
        ),
        pytest.param(
            row(round=1, sent_at=BEFORE),
            {},
            NOW,
            {},
            said("owed", "2027-03-10T09:00", 2),
            id="the second: a day more, over Idd-ul-Fitr",
        ),
        pytest.param(
            row(round=2, sent_at=BEFORE),
            {},
            NOW,
            {},
            said("owed", "2027-03-11T09:00", 3),
            id="the third: two more",
        ),
        pytest.param(
            row(round=3, sent_at=BEFORE),
            {},
            NOW,
            {},
            said("owed", "2027-03-11T09:00", 4, silent=True),
            id="three without an answer: the project manager hears of it",
        ),
        pytest.param(
            row(round=4, sent_at=BEFORE),
            {},
            NOW,
            {},
            said("owed", "2027-03-11T09:00", 5),
            id="and not each time",
        ),
        pytest.param(
            row(round=3, sent_at=BEFORE),
            {"escalate": 0},
            NOW,
            {},
            said("owed", "2027-03-11T09:00", 4),
            id="never, where the policy says so",
        ),
        pytest.param(
            row(round=3, sent_at=BEFORE),
            {},
            NOW,
            {"moved_at": BEFORE + dt.timedelta(hours=1)},
            said("owed", "2027-03-08T09:00", 1),
            id="an answer since begins the count anew",
        ),
        pytest.param(row(), {"on": False}, NOW, {}, DROP, id="switched off"),
        pytest.param(
            row(kind="asked"),
            {"on": False},
            NOW,
            {},
            said("owed", "2027-03-08T09:00", 1),
            id="switched off, but the project manager asks",
        ),
        pytest.param(
            row(kind="snoozed", round=2, sent_at=BEFORE),
            {"on": False},
            NOW,
            {},
            said("owed", "2027-03-11T09:00", 3),
            id="switched off, but the person asked to be told",
        ),
        pytest.param(row(kind="silent"), {}, NOW, {}, reminding.Say(None), id="silence is told once"),
        pytest.param(row(kind="agenda"), {}, NOW, {}, reminding.Say(None), id="an agenda comes once"),
        pytest.param(
            row(kind="follow_up"),
            {},
            NOW,
            {},
            said("follow_up", "2027-03-08T09:00", 1),
            id="a day that has come",
        ),
        pytest.param(
            row(kind="digest"),
            {},
            NOW,
            {},
            said("digest", "2027-03-08T09:00", 0),
            id="the digest: next Monday",
        ),
        pytest.param(row(kind="digest"), {"digest": False}, NOW, {}, DROP, id="no digest wanted"),
        pytest.param(
            row(kind="record"),
            {"on": False, "digest": False},
            NOW,
            {},
            said("record", "2027-03-08T09:00", 0),
            id="the end of the record of deeds: next Monday too, whatever is switched off",
        ),
        pytest.param(
            row(kind="record"),
            {},
            NOW,
            {"stands": False},
            reminding.Wait(at("2027-03-08T09:00")),
            id="a week without a deed: the next may have one",
        ),
    ],
)
def test_what_becomes_of_a_reminder(
    reminder: records.Reminder,
    policy: dict[str, object],
    now: dt.datetime,
    state: dict[str, object],
    expected: reminding.Decision,
) -> None:
    given = msgspec.structs.replace(POLICY, **policy)
    calendar = working_hours.Calendar(KENYA, None, dt.time(given.opens), dt.time(given.closes))
    found = reminding.decide(reminder, given, calendar, now, **{"stands": True, **state})
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize(
    ("week", "due"),
    [
        pytest.param(False, "2027-03-04T09:00", id="tomorrow"),
        pytest.param(True, "2027-03-08T09:00", id="next week"),
    ],
)
def test_a_reminder_is_put_off(week: bool, due: str) -> None:
    off = reminding.put_off(row(round=2, sent_at=BEFORE), working_hours.Calendar(KENYA), NOW, week=week)
    assert (off.due_at, off.kind, off.round) == (at(due), "snoozed", 2)


@pytest.mark.parametrize(
    ("sent", "moved", "late"),
    [
        pytest.param(None, None, False, id="nobody told them yet"),
        pytest.param(BEFORE, None, True, id="told, and nothing since"),
        pytest.param(BEFORE, BEFORE - dt.timedelta(days=1), True, id="told, and last at work before that"),
        pytest.param(BEFORE, NOW, False, id="told, and at work since"),
    ],
)
def test_late_is_who_was_told_and_did_nothing(
    sent: dt.datetime | None, moved: dt.datetime | None, late: bool
) -> None:
    assert reminding.is_late(row(sent_at=sent), moved) is late
