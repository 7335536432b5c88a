"""What turns touch: those that may meet wait for each other, no others do."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from flows import nouns
from storage import port, records, tables
from storage.postgresql import writing
from storage.sql import touching

NOON = dt.datetime(2027, 1, 4, 12, 0, tzinfo=dt.UTC)
HERE = nouns.Institution("Jitegemea", "KE", "KES", "Africa/Nairobi")
SECTION = records.Section("s", "a", "power", "1", owner=1)
REMINDER = records.Reminder("r", "a", 1, NOON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            port.PutNew(records.Received(7, 1, b"{}")),
            port.Handled(7),
            id="an update that comes again while its turn is written",
        ),
        pytest.param(
            port.Put(records.Screen("t", 1)),
            port.Put(records.Screen("u", 1)),
            id="a person's screens, of which the oldest go",
        ),
        pytest.param(
            port.Unchanged(records.Outgoing("m", 1, "show")),
            port.Remove(records.Outgoing("m", 1, "show")),
            id="a message as it is noted",
        ),
        pytest.param(
            port.Put(records.Reminder("r", "a", 2, NOON)),
            port.Remove(REMINDER),
            id="a reminder that passes to somebody else",
        ),
        pytest.param(
            port.PutSession("s", nouns.Session("power", "1"), -1),
            port.DropAnswer("s", "source"),
            id="a section's session and its answers",
        ),
        pytest.param(port.Unchanged(SECTION), port.Put(SECTION), id="a section that another turn stands on"),
        pytest.param(
            port.UseInvitation("h", 1, NOON),
            port.Put(records.Invitation("h", "a", "it", revoked=True)),
            id="a link that is used while it is withdrawn",
        ),
        pytest.param(
            port.PutNew(records.AuditLine("a", 1, NOON, 1, 0)),
            port.PutNew(records.AuditLine("a", 2, NOON, 1, 0)),
            id="lines of one record of deeds",
        ),
        pytest.param(
            port.Remove(records.Membership("a", 1, "it")),
            port.Unchanged(records.Assessment("a", HERE)),
            id="seats of an assessment and itself",
        ),
    ],
)
def test_what_may_meet_is_one_thing(one: port.Change, other: port.Change) -> None:
    first, second = touching.touched([one]), touching.touched([other])
    assert first is not None
    assert second is not None
    assert first & second


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(port.Forget(1, "nobody"), id="somebody is forgotten"),
        pytest.param(
            port.Remove(records.Assessment("a", HERE)), id="an assessment goes with all that it has"
        ),
    ],
)
def test_what_may_be_anywhere_touches_everything(change: port.Change) -> None:
    assert touching.touched([port.Handled(1), change]) is None


def test_answers_of_two_people_touch_nothing_in_common() -> None:
    def turn(person: int) -> touching.Touched:
        section = records.Section(f"s{person}", "a", "power", "1", owner=person)
        return touching.touched(
            [
                port.Handled(person),
                port.Unchanged(section),
                port.PutSession(section.id, nouns.Session("power", "1"), 0),
                port.PutAnswer(section.id, "source", nouns.Answer("grid", at=NOON, by=str(person))),
                port.Put(section),
                port.Put(records.Conversation(person, "a", section.id)),
                port.PutNew(records.Screen(f"t{person}", person)),
                port.PutNew(records.Outgoing(f"m{person}", person, "show")),
                port.Put(records.Reminder(f"r{person}", "a", person, NOON)),
            ]
        )

    first, second = turn(1), turn(2)
    assert first is not None
    assert second is not None
    assert len(first) == 4, "an update, a section, a person and a reminder"
    assert not first & second


def test_no_two_things_share_a_lock_by_their_names() -> None:
    names = [
        f"{table.name} {number}" for table, number in itertools.product(tables.TABLES.values(), range(999))
    ]
    assert len(writing.numbers(names)) == len(names)
