"""What every storage does: one suite over memory and SQLite."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from flows import nouns
from storage import limits, port, records

NOON = dt.datetime(2027, 1, 4, 12, 0, 0, 123456, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MFI = nouns.Institution(
    name="Jitegemea", country="KE", currency="KES", timezone="Africa/Nairobi", target_date=dt.date(2027, 6, 1)
)

Ask = Callable[[port.Storage], Awaitable[object]]


def person(number: int, name: str = "Asha") -> records.Person:
    return records.Person(number, name, joined_at=NOON)


def assessment(name: str, at: dt.datetime | None = NOON) -> records.Assessment:
    branches = (nouns.Branch("thika", "Thika", weekend=(6,)),)
    return records.Assessment(name, MFI, branches, created_by=1, created_at=at)


def section(name: str, **fields: Any) -> records.Section:
    return records.Section(**{"id": name, "assessment": "a", "flow": "power", "version": "1", **fields})


def session(revision: int = 0, **fields: Any) -> nouns.Session:
    return nouns.Session("power", "1", revision=revision, **fields)


def screen(token: str, number: int = 1) -> records.Screen:
    return records.Screen(token, number, actions=({"event": "picked", "choice": "yes"},), made_at=NOON)


def outgoing(name: str, due_at: dt.datetime | None = None) -> records.Outgoing:
    return records.Outgoing(name, 1, "show", {"text": "Which power?"}, due_at=due_at)


def reminder(name: str, due_at: dt.datetime = NOON, number: int = 1, of: str = "a") -> records.Reminder:
    return records.Reminder(name, of, number, due_at)


def invitation(token: str, **fields: Any) -> records.Invitation:
    return records.Invitation(
        **{"token_hash": token, "assessment": "a", "role": "it", "name": "Asha", "created_at": NOON, **fields}
    )


def delegation(token: str, **fields: Any) -> records.Delegation:
    where = session(mode=nouns.Mode.CONFIRMING, cursor="site/hours", proposed=nouns.Answer(4))
    return records.Delegation(**{"token_hash": token, "assessment": "a", "section": "s", "key": "site",
                                 "asked_at": NOON, "place": where, **fields})  # fmt: skip


def plan(version: str, at: dt.datetime = NOON) -> records.PlanFile:
    return records.PlanFile("a", version, at, 1, "0" * 64, b"PK\x03\x04", "sw", "1" * 64, b"\x78\x9c")


def sign_off(number: int, **fields: Any) -> records.SignOff:
    given: dict[str, Any] = {"made_by": 1, "person": 2, "digest": "0" * 64, "reason": "A new branch"}
    return records.SignOff("a", number, "signed", NOON, **(given | fields))


def audit_line(number: int, by: int = 1) -> records.AuditLine:
    return records.AuditLine(
        "a", number, NOON, by, by, "joined", "it", "1f", "2e", "3d", "4c", before="0" * 64, digest="1" * 64
    )


def survey(version: str, at: dt.datetime = NOON, **fields: Any) -> records.Survey:
    asked = nouns.Question("select_one colour", "colour", "colour", choices=(nouns.Choice("red", "Red"),))
    again = nouns.Repeat("fridges", "fridges", (nouns.Group("g", "fridges/g", (asked,)),), label="Fridge")
    flow = nouns.Flow("survey_1", version, "Cooling", (asked, again), per=nouns.Per.BRANCH)
    return records.Survey(**{"assessment": "a", "flow": "survey_1", "version": version, "added_at": at,
                             "added_by": 1, "form": "cooling", "definition": flow, **fields})  # fmt: skip


def template(state: str, **fields: Any) -> records.Template:
    return records.Template(**{"assessment": "a", "state": state, "sent_at": NOON, "sent_by": 1, "sha256": "0" * 64,
                               "name": "ours.docx", "previewed": True, "body": b"PK\x03\x04", **fields})  # fmt: skip


FULL_ANSWERS = {
    "text": nouns.Answer("Grid \N{HIGH VOLTAGE SIGN} and solar", by="1", at=NOON),
    "integer": nouns.Answer(7, sure=nouns.Sure.ESTIMATE),
    "decimal": nouns.Answer(7.0),
    "several": nouns.Answer(["grid", "solar"], note="published"),
    "place": nouns.Answer(nouns.Point(-1.03, 37.07, 1631.0, 4.5)),
    "photo": nouns.Answer(nouns.Attachment("image", "AgAC", "meter.jpg", "image/jpeg", 81_000)),
    "unknown": nouns.Answer(None, sure=nouns.Sure.UNKNOWN),
    "proved": nouns.Answer("yes", evidence=(nouns.Attachment("audio", "AwAC"),)),
    "figures as text": nouns.Answer("0712"),
}


@pytest.mark.parametrize(
    ("record", "ask"),
    [
        pytest.param(person(7), lambda s: s.person(7), id="a person"),
        pytest.param(assessment("a"), lambda s: s.assessment("a"), id="an assessment with branches"),
        pytest.param(
            invitation("h", expires_at=NOON + HOUR, branch="thika"),
            lambda s: s.invitation("h"),
            id="an invitation",
        ),
        pytest.param(
            delegation("d", asked_by=1, colleague=7, expires_at=NOON + HOUR),
            lambda s: s.delegation("d"),
            id="a delegation with where the colleague stands",
        ),
        pytest.param(section("s", owner=7, comment="Which?"), lambda s: s.section("s"), id="a section"),
        pytest.param(
            records.Conversation(7, "a", "s", "new.name", {"name": "X", "branches": [1, None]}, "t"),
            lambda s: s.conversation(7),
            id="a conversation with a draft",
        ),
        pytest.param(screen("t"), lambda s: s.screen("t"), id="a screen"),
        pytest.param(plan("1"), lambda s: s.plan_file("a", "1"), id="a plan with its file"),
        pytest.param(survey("1"), lambda s: s.survey("a", "survey_1", "1"), id="a survey with all it asks"),
        pytest.param(template("used"), lambda s: s.template("a", "used"), id="a template with its file"),
        pytest.param(records.Alert("alert.disk", NOON), lambda s: s.alert("alert.disk"), id="an alert"),
    ],
)
async def test_what_was_put_comes_back(storage: port.Storage, record: records.Record, ask: Ask) -> None:
    assert await ask(storage) is None
    await storage.commit([port.Put(record)])
    assert await ask(storage) == record
    await storage.commit([port.Remove(record)])
    assert await ask(storage) is None
    await storage.commit([port.Remove(record)])


@pytest.mark.parametrize(
    ("kept", "ask", "expected"),
    [
        pytest.param(
            [
                person(1, "Zuri"),
                person(2, "Asha"),
                person(3, "Kamau"),
                records.Membership("a", 1, "it"),
                records.Membership("a", 1, "finance"),
                records.Membership("a", 2, "it"),
                records.Membership("b", 3, "it"),
            ],
            lambda s: s.people("a"),
            [person(2, "Asha"), person(1, "Zuri")],
            id="people of one assessment, once each, by name",
        ),
        pytest.param([], lambda s: s.correspondent(7), [None, None, None], id="a stranger writes"),
        pytest.param(
            [person(7), records.Conversation(7), screen("t")],
            lambda s: s.correspondent(7),
            [person(7), records.Conversation(7), None],
            id="somebody writes before whom nothing stands",
        ),
        pytest.param(
            [person(7), person(8), records.Conversation(7, "a", screen="t"), screen("t"), screen("u")],
            lambda s: s.correspondent(7),
            [person(7), records.Conversation(7, "a", screen="t"), screen("t")],
            id="somebody writes, and what stands before them",
        ),
        pytest.param(
            [assessment("a"), assessment("b", NOON - HOUR), assessment("c", None)],
            lambda s: s.assessments(),
            [assessment("c", None), assessment("b", NOON - HOUR), assessment("a")],
            id="assessments oldest first, those without a time before all",
        ),
        pytest.param(
            [
                records.Membership("a", 1, "it"),
                records.Membership("a", 2, "branch_staff", "thika"),
                records.Membership("a", 3, "branch_staff", "nyeri"),
                records.Membership("b", 1, "it"),
            ],
            lambda s: s.memberships(assessment="a"),
            [
                records.Membership("a", 3, "branch_staff", "nyeri"),
                records.Membership("a", 2, "branch_staff", "thika"),
                records.Membership("a", 1, "it"),
            ],
            id="parts in an assessment by role and branch",
        ),
        pytest.param(
            [
                records.Membership("b", 1, "it"),
                records.Membership("a", 1, "it"),
                records.Membership("a", 2, "it"),
            ],
            lambda s: s.memberships(person=1),
            [records.Membership("a", 1, "it"), records.Membership("b", 1, "it")],
            id="parts of a person",
        ),
        pytest.param(
            [
                records.Membership("b", 1, "it"),
                records.Membership("a", 1, "it"),
                records.Membership("a", 2, "it"),
            ],
            lambda s: s.memberships(person=1, assessment="a"),
            [records.Membership("a", 1, "it")],
            id="parts of a person in an assessment",
        ),
        pytest.param(
            [records.Membership("b", 1, "it"), records.Membership("a", 2, "it")],
            lambda s: s.memberships(),
            [records.Membership("a", 2, "it"), records.Membership("b", 1, "it")],
            id="all parts",
        ),
        pytest.param(
            [
                invitation("y"),
                invitation("z", created_at=NOON - HOUR),
                invitation("x"),
                invitation("w", assessment="b"),
            ],
            lambda s: s.invitations("a"),
            [invitation("z", created_at=NOON - HOUR), invitation("x"), invitation("y")],
            id="invitations oldest first",
        ),
        pytest.param(
            [
                delegation("y"),
                delegation("x", ended_at=NOON, end="given"),
                delegation("z", asked_at=NOON - HOUR),
                delegation("w", assessment="b"),
            ],
            lambda s: s.delegations("a"),
            [
                delegation("z", asked_at=NOON - HOUR),
                delegation("x", ended_at=NOON, end="given"),
                delegation("y"),
            ],
            id="delegations oldest first, those that are over too",
        ),
        pytest.param(
            [
                section("3", flow="site"),
                section("2", branch="thika"),
                section("1", branch="nyeri"),
                section("0", assessment="b"),
            ],
            lambda s: s.sections("a"),
            [section("1", branch="nyeri"), section("2", branch="thika"), section("3", flow="site")],
            id="sections by flow and branch",
        ),
        pytest.param(
            [records.Received(12, 1, b"{}", NOON), records.Received(9, 1, b"\xff")],
            lambda s: s.waiting(),
            [records.Received(9, 1, b"\xff"), records.Received(12, 1, b"{}", NOON)],
            id="updates in the order of their ids",
        ),
        pytest.param(
            [outgoing("3"), outgoing("1", NOON), outgoing("2", NOON + HOUR), outgoing("4")],
            lambda s: s.outgoing(due=NOON, limit=2),
            [outgoing("1", NOON), outgoing("3")],
            id="messages that are due, in the order of their ids, no more than asked for",
        ),
        pytest.param(
            [outgoing("1"), msgspec.structs.replace(outgoing("2"), person=2)],
            lambda s: s.outgoing(due=NOON, limit=9, person=2),
            [msgspec.structs.replace(outgoing("2"), person=2)],
            id="one person's messages",
        ),
        pytest.param(
            [reminder("x"), reminder("y", NOON - HOUR), reminder("z", of="b")],
            lambda s: s.reminders("a"),
            [reminder("y", NOON - HOUR), reminder("x")],
            id="reminders by due time",
        ),
        pytest.param(
            [reminder("x"), reminder("y", NOON - HOUR, of="b"), reminder("z", number=2)],
            lambda s: s.reminders_of(1),
            [reminder("y", NOON - HOUR, of="b"), reminder("x")],
            id="a person's reminders of all assessments by due time",
        ),
        pytest.param(
            [reminder("x"), reminder("y", NOON - HOUR)],
            lambda s: s.next_reminder(),
            NOON - HOUR,
            id="the next reminder's time",
        ),
        pytest.param([], lambda s: s.next_reminder(), None, id="no next reminder"),
        pytest.param(
            [sign_off(10), sign_off(9), msgspec.structs.replace(sign_off(1), assessment="b")],
            lambda s: s.sign_offs("a"),
            [sign_off(9), sign_off(10)],
            id="the record of sign-off in the order of its lines",
        ),
        pytest.param(
            [audit_line(10), audit_line(9), msgspec.structs.replace(audit_line(11), assessment="b")],
            lambda s: s.audit_lines("a"),
            [audit_line(9), audit_line(10)],
            id="the record of deeds in the order of its lines",
        ),
        pytest.param(
            [audit_line(10), audit_line(9), msgspec.structs.replace(audit_line(11), assessment="b")],
            lambda s: s.audit_head("a"),
            audit_line(10),
            id="the last line of the record of deeds",
        ),
        pytest.param([], lambda s: s.audit_head("a"), None, id="no record of deeds"),
        pytest.param(
            [plan("2"), plan("1", NOON - HOUR)],
            lambda s: s.plan_files("a"),
            [
                msgspec.structs.replace(plan("1", NOON - HOUR), body=b"", plan=b""),
                msgspec.structs.replace(plan("2"), body=b"", plan=b""),
            ],
            id="plans without files and data, oldest first",
        ),
        pytest.param(
            [survey("2"), survey("1", NOON - HOUR), survey("3", assessment="b")],
            lambda s: s.surveys("a"),
            [
                survey("1", NOON - HOUR, form="", definition=None),
                survey("2", form="", definition=None),
            ],
            id="surveys of an assessment in every version, without what they ask, oldest first",
        ),
        pytest.param(
            [survey("2"), survey("3", assessment="b")],
            lambda s: s.survey("b", "survey_1", "2"),
            None,
            id="no survey of another assessment",
        ),
    ],
)
async def test_questions(
    storage: port.Storage, kept: list[records.Record], ask: Ask, expected: object
) -> None:
    await storage.commit([port.Put(record) for record in kept])
    found = await ask(storage)
    assert (list(found) if isinstance(found, list | tuple) else found) == expected


async def test_put_replaces_the_whole_record(storage: port.Storage) -> None:
    await storage.commit([port.Put(section("s", owner=7, comment="Which?", changed_at=NOON))])
    await storage.commit([port.Put(section("s", state="submitted"))])
    assert await storage.section("s") == section("s", state="submitted")


async def test_a_time_comes_back_in_utc(storage: port.Storage) -> None:
    nairobi = dt.timezone(dt.timedelta(hours=3))
    await storage.commit([port.Put(reminder("r", NOON.astimezone(nairobi)))])
    (found,) = await storage.reminders("a")
    assert (found.due_at, found.due_at.utcoffset()) == (NOON, dt.timedelta(0))


# --- answers and sessions ---


async def test_a_session_comes_back_with_its_answers(storage: port.Storage) -> None:
    whole = session(
        revision=4,
        mode=nouns.Mode.CONFIRMING,
        cursor="several",
        entries={"servers": (2, 1)},
        ticked=("grid",),
        proposed=nouns.Answer(5, by="1"),
        comments={"text": "Which?"},
    )
    answers = [port.PutAnswer("s", key, answer) for key, answer in FULL_ANSWERS.items()]
    await storage.commit([*answers, port.PutSession("s", whole, -1), port.Put(section("s"))])
    found = await storage.session("s")
    expected = msgspec.structs.replace(whole, answers=FULL_ANSWERS)
    assert found == expected
    assert await storage.sessions("a") == {"s": expected}
    assert [type(found.answers[key].value) for key in ("integer", "decimal")] == [int, float]
    assert list(found.answers) == sorted(FULL_ANSWERS)


async def test_a_session_ignores_the_answers_it_carries(storage: port.Storage) -> None:
    await storage.commit([port.PutSession("s", session(answers=FULL_ANSWERS), -1)])
    assert await storage.session("s") == session()


async def test_only_begun_sessions_of_the_assessment_are_found(storage: port.Storage) -> None:
    sections = [section("s"), section("not begun"), section("other", assessment="b")]
    begun = [port.PutSession(name, session(), -1) for name in ("s", "other")]
    await storage.commit([*(port.Put(row) for row in sections), *begun])
    assert await storage.session("not begun") is None
    assert await storage.sessions("a") == {"s": session()}


async def test_an_answer_is_replaced_and_dropped(storage: port.Storage) -> None:
    await storage.commit([port.PutSession("s", session(), -1), port.PutAnswer("s", "k", nouns.Answer(1))])
    await storage.commit(
        [port.PutAnswer("s", "k", nouns.Answer(2)), port.PutAnswer("t", "k", nouns.Answer(3))]
    )
    assert await storage.session("s") == session(answers={"k": nouns.Answer(2)})
    await storage.commit([port.DropAnswer("s", "k"), port.DropAnswer("s", "never there")])
    assert await storage.session("s") == session()


# --- conflicts ---

USABLE = invitation("h", expires_at=NOON + HOUR)


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        pytest.param([port.Put(person(1))], [port.PutNew(person(1, "Zuri"))], id="a key is taken"),
        pytest.param([port.Put(screen("t"))], [port.PutNew(screen("t", 2))], id="a screen's token is taken"),
        pytest.param(
            [], [port.PutNew(person(1)), port.PutNew(person(1))], id="a key is taken in the same turn"
        ),
        pytest.param([port.Handled(5)], [port.Handled(5)], id="an update is handled twice"),
        pytest.param([], [port.Handled(5), port.Handled(5)], id="an update is handled twice in one turn"),
        pytest.param(
            [port.Handled(5)], [port.PutNew(records.Received(5, 1, b"{}"))], id="a handled update comes again"
        ),
        pytest.param([port.Handled(5)], [port.Put(records.Received(5, 1, b"{}"))], id="and is put"),
        pytest.param(
            [port.PutNew(records.Received(5, 1, b"{}"))],
            [port.PutNew(records.Received(5, 1, b"{}"))],
            id="a waiting update comes again",
        ),
        pytest.param([], [port.Unchanged(person(1))], id="a record is gone"),
        pytest.param(
            [port.Put(person(1, "Zuri"))], [port.Unchanged(person(1))], id="a record was changed meanwhile"
        ),
        pytest.param([], [port.PutSession("s", session(1), 0)], id="the session is gone"),
        pytest.param(
            [port.PutSession("s", session(), -1)], [port.PutSession("s", session(), -1)], id="begun twice"
        ),
        pytest.param(
            [port.PutSession("s", session(), -1), port.PutSession("s", session(1), 0)],
            [port.PutSession("s", session(1), 0)],
            id="the session moved on",
        ),
        pytest.param([], [port.UseInvitation("h", 1, NOON)], id="no such invitation"),
        pytest.param(
            [port.Put(USABLE), port.UseInvitation("h", 1, NOON)],
            [port.UseInvitation("h", 2, NOON)],
            id="an invitation is used twice",
        ),
        pytest.param(
            [port.Put(USABLE), port.UseInvitation("h", 1, NOON), port.Forget(1, "p")],
            [port.UseInvitation("h", 2, NOON)],
            id="used by somebody who was forgotten",
        ),
        pytest.param(
            [port.Put(msgspec.structs.replace(USABLE, revoked=True))],
            [port.UseInvitation("h", 1, NOON)],
            id="an invitation was withdrawn",
        ),
        pytest.param(
            [port.Put(USABLE)],
            [port.UseInvitation("h", 1, NOON + HOUR)],
            id="an invitation expires that moment",
        ),
    ],
)
async def test_a_conflict_leaves_nothing_of_its_turn(
    storage: port.Storage, before: list[port.Change], changes: list[port.Change]
) -> None:
    await storage.commit(before)
    with pytest.raises(port.Conflict):
        await storage.commit([port.Put(person(99)), *changes, port.Put(person(98))])
    assert (await storage.person(99), await storage.person(98)) == (None, None)
    await storage.commit([port.Put(person(99))])
    assert await storage.person(99) == person(99)


async def test_an_invitation_is_used_at_the_last_moment(storage: port.Storage) -> None:
    at = NOON + HOUR - dt.timedelta(microseconds=1)
    await storage.commit([port.Put(USABLE), port.UseInvitation("h", 7, at)])
    assert await storage.invitation("h") == msgspec.structs.replace(USABLE, used_by=7, used_at=at)


async def test_of_concurrent_turns_on_one_revision_one_wins(storage: port.Storage) -> None:
    await storage.commit([port.PutSession("s", session(), -1)])
    turns = [
        [port.PutSession("s", session(1), 0), port.PutAnswer("s", f"k{number}", nouns.Answer(number))]
        for number in range(10)
    ]
    outcomes = await asyncio.gather(*(storage.commit(turn) for turn in turns), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 9 + ["NoneType"]
    winner = outcomes.index(None)
    assert await storage.session("s") == session(1, answers={f"k{winner}": nouns.Answer(winner)})


async def test_a_handled_update_no_longer_waits(storage: port.Storage) -> None:
    await storage.commit([port.PutNew(records.Received(number, 1, b"{}")) for number in (5, 6)])
    await storage.commit([port.Handled(5)])
    assert [row.update_id for row in await storage.waiting()] == [6]


# --- what would grow for ever ---


async def test_the_oldest_handled_ids_are_let_go(
    storage: port.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HANDLED_KEPT", 3)
    monkeypatch.setattr(limits, "HANDLED_MORE", 1)
    for update in (1001, 1002, 7, 8):  # Telegram began its ids anew
        await storage.commit([port.Handled(update)])
    for update in (1002, 7, 8):
        with pytest.raises(port.Conflict):
            await storage.commit([port.Handled(update)])
    await storage.commit([port.Handled(1001)])


async def test_the_screens_of_a_person_come_oldest_first(storage: port.Storage) -> None:
    asked = records.Screen("b", 1, section="s", key="power", message_id=7, made_at=NOON)
    await storage.commit([port.Put(screen("a")), port.Put(asked), port.Put(screen("other", 2))])
    assert await storage.screens(1) == [screen("a"), asked]
    # what is put again is the newest
    await storage.commit([port.Put(screen("a"))])
    assert await storage.screens(1) == [asked, screen("a")]
    assert await storage.screens(9) == []


async def test_the_last_screens_of_each_person_stay(
    storage: port.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SCREENS_KEPT", 2)
    await storage.commit([port.Put(screen("other", 2)), port.Put(screen("a")), port.Put(screen("b"))])
    await storage.commit([port.Put(screen("a")), port.PutNew(screen("c"))])
    found = [token for token in ("other", "a", "b", "c") if await storage.screen(token)]
    assert found == ["other", "a", "c"]


# --- reminders ---


async def claimed(storage: port.Storage, due: dt.datetime, limit: int = 10) -> list[str]:
    return [row.id for row in await storage.claim_reminders(due=due, lease=HOUR, limit=limit)]


async def test_a_due_reminder_is_claimed_once_until_its_lease_ends(storage: port.Storage) -> None:
    await storage.commit([port.Put(reminder("late")), port.Put(reminder("early", NOON - HOUR))])
    await storage.commit([port.Put(reminder("not due", NOON + 3 * HOUR))])
    assert await claimed(storage, NOON, limit=1) == ["early"]
    assert await claimed(storage, NOON) == ["late"]
    assert await claimed(storage, NOON + HOUR - dt.timedelta(microseconds=1)) == []
    assert await storage.next_reminder() == NOON - HOUR
    assert await claimed(storage, NOON + HOUR) == ["early", "late"]


async def test_a_reminder_put_again_is_free(storage: port.Storage) -> None:
    await storage.commit([port.Put(reminder("r"))])
    assert await claimed(storage, NOON) == ["r"]
    await storage.commit([port.Put(msgspec.structs.replace(reminder("r"), round=1))])
    assert await claimed(storage, NOON) == ["r"]


async def test_a_reminder_that_was_removed_and_comes_again_is_free(storage: port.Storage) -> None:
    await storage.commit([port.Put(reminder("r"))])
    assert await claimed(storage, NOON) == ["r"]
    await storage.commit([port.Remove(reminder("r"))])
    await storage.commit([port.PutNew(reminder("r"))])
    assert await claimed(storage, NOON) == ["r"]


async def test_two_claims_at_once_share_nothing(storage: port.Storage) -> None:
    await storage.commit([port.Put(reminder(str(number))) for number in range(10)])
    both = await asyncio.gather(claimed(storage, NOON, 6), claimed(storage, NOON, 6))
    assert sorted(both[0] + both[1]) == [str(number) for number in range(10)]


# --- removing what others hang on ---


async def test_a_section_goes_with_its_answers(storage: port.Storage) -> None:
    begun = [port.PutSession("s", session(), -1), port.PutAnswer("s", "k", nouns.Answer(1))]
    await storage.commit([port.Put(section("s")), *begun])
    await storage.commit([port.Remove(section("s"))])
    assert await storage.session("s") is None
    await storage.commit([port.PutSession("s", session(), -1)])
    assert await storage.session("s") == session()


async def test_an_assessment_goes_with_all_that_is_in_it(storage: port.Storage) -> None:
    for name in ("a", "b"):
        inside = [
            records.Membership(name, 1, "it"),
            invitation(f"h{name}", assessment=name),
            delegation(f"d{name}", assessment=name),
            section(f"s{name}", assessment=name),
            reminder(f"r{name}", of=name),
            msgspec.structs.replace(sign_off(1), assessment=name),
            msgspec.structs.replace(audit_line(1), assessment=name),
            msgspec.structs.replace(plan("1"), assessment=name),
            survey("1", assessment=name),
            template("used", assessment=name),
        ]
        begun = [port.PutSession(f"s{name}", session(), -1), port.PutAnswer(f"s{name}", "k", nouns.Answer(1))]
        await storage.commit([port.Put(row) for row in [assessment(name), *inside]] + begun)
    await storage.commit([port.Remove(assessment("a"))])

    async def left(name: str) -> list[int]:
        found: list[Any] = [
            await storage.memberships(assessment=name),
            await storage.invitations(name),
            await storage.delegations(name),
            await storage.sections(name),
            await storage.reminders(name),
            await storage.sign_offs(name),
            await storage.audit_lines(name),
            await storage.plan_files(name),
            await storage.surveys(name),
            list(filter(None, [await storage.template(name, "used")])),
            await storage.sessions(name),
        ]
        return [len(rows) for rows in found]

    assert (await left("a"), await left("b")) == ([0] * 11, [1] * 11)
    assert (await storage.session("sa"), await storage.assessment("a")) == (None, None)


# --- forgetting ---


def everything_of(number: int) -> list[port.Change]:
    """A turn that leaves a person in every kind of record."""
    name = f"s{number}"
    rows: list[records.Record] = [
        person(number, f"Name{number}"),
        msgspec.structs.replace(assessment(f"a{number}"), created_by=number),
        records.Membership("a", number, "it"),
        invitation(f"used{number}", name=f"Name{number}", used_by=number, used_at=NOON),
        invitation(f"made{number}", created_by=number),
        delegation(f"asked{number}", asked_by=number),
        delegation(f"taken{number}", colleague=number),
        section(name, owner=number),
        records.Conversation(number, draft={"name": f"Name{number}"}),
        screen(f"t{number}", number),
        records.Received(number, number, f'{{"name": "Name{number}"}}'.encode()),
        msgspec.structs.replace(outgoing(f"o{number}"), person=number),
        reminder(f"r{number}", number=number),
        sign_off(number, made_by=number, person=number),
        audit_line(number, by=number),
        msgspec.structs.replace(plan(f"v{number}"), made_by=number),
        survey(f"v{number}", added_by=number),
        template(f"used{number}", sent_by=number),
    ]
    by = str(number)
    return [
        *(port.Put(row) for row in rows),
        port.PutSession(
            name,
            session(
                proposed=nouns.Answer("maybe", by=by),
                disputes={"k": nouns.Dispute(nouns.Answer("mains", by=by))},
            ),
            -1,
        ),
        port.PutAnswer(name, "k", nouns.Answer("solar", by=by)),
    ]


ALERTS = [port.Put(records.Alert(f"alert{number}", NOON)) for number in (1, 2)]

EVERY_KIND = {*records.KINDS, "answer", "proposed", "rival"} - {"alert"}
"""Of a person; an alert is about none."""


async def test_about_shows_every_kind_of_record_of_one_person_as_json(storage: port.Storage) -> None:
    await storage.commit(everything_of(1) + everything_of(2))
    about = await storage.about(1)
    assert set(about) == EVERY_KIND
    assert about["answer"] == [{"section": "s1", "key": "k", "value": "solar", "by": "1"}]
    assert about["received"] == [{"update_id": 1, "person": 1, "body": '{"name": "Name1"}'}]
    assert about["survey"] == [
        {"assessment": "a", "flow": "survey_1", "version": "v1", "added_at": "2027-01-04T12:00:00.123456Z",
         "added_by": 1, "form": "cooling"}
    ]  # fmt: skip
    assert about["template"] == [
        {"assessment": "a", "state": "used1", "sent_at": "2027-01-04T12:00:00.123456Z", "sent_by": 1,
         "sha256": "0" * 64, "name": "ours.docx", "previewed": True}
    ]  # fmt: skip
    words = msgspec.json.encode(about).decode()
    assert "Name1" in words
    assert "Name2" not in words


async def test_a_forgotten_person_is_in_nothing_and_others_are_untouched(storage: port.Storage) -> None:
    await storage.commit(everything_of(1) + everything_of(2))
    other = await storage.about(2)
    await storage.commit([port.Forget(1, "respondent 3")])
    assert await storage.about(1) == {}
    assert await storage.about(2) == other
    kept = session(
        proposed=nouns.Answer("maybe", by="respondent 3"),
        answers={"k": nouns.Answer("solar", by="respondent 3")},
        disputes={"k": nouns.Dispute(nouns.Answer("mains", by="respondent 3"))},
    )
    assert await storage.session("s1") == kept
    assert await storage.section("s1") == section("s1", owner=None)
    assert await storage.invitation("used1") == invitation("used1", name="", used_by=None, used_at=NOON)
    assert await storage.delegation("asked1") == delegation("asked1", asked_by=0)
    assert await storage.delegation("taken1") == delegation("taken1", colleague=None, place=None)
    assert (await storage.sign_offs("a"))[0] == sign_off(1, made_by=0, person=0)
    assert await storage.reminders("a") == [reminder("r2", number=2)]
    assert [row.person for row in await storage.waiting()] == [2]
    assert [row.person for row in await storage.outgoing(due=NOON, limit=9)] == [2]
    assert [row.person for row in await storage.memberships(assessment="a")] == [2]
    assert [await storage.screen(f"t{number}") is None for number in (1, 2)] == [True, False]
    assert (await storage.audit_lines("a"))[0] == msgspec.structs.replace(
        audit_line(1), made_by=0, person=0, maker_salt="", person_salt=""
    )
    assert await storage.plan_file("a", "v1") == msgspec.structs.replace(plan("v1"), made_by=0)
    assert await storage.survey("a", "survey_1", "v1") == survey("v1", added_by=0)
    assert await storage.template("a", "used1") == template("used1", sent_by=0)


# --- opening, closing, refusing ---


async def test_what_was_committed_is_there_after_reopening(storage: port.Storage) -> None:
    await storage.commit(everything_of(1))
    before = await storage.about(1)
    await storage.close()
    await storage.open()
    assert await storage.about(1) == before


async def test_what_waits_is_written_before_it_closes(
    storage: port.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRITES_TOGETHER", 1)
    turns = [asyncio.create_task(storage.commit([port.Put(person(number))])) for number in range(1, 6)]
    await asyncio.sleep(0)  # each of them has begun
    await storage.close()
    await asyncio.gather(*turns)
    await storage.open()
    assert [await storage.person(number) is not None for number in range(1, 6)] == [True] * 5


async def test_a_closed_storage_says_so(storage: port.Storage) -> None:
    await storage.close()
    with pytest.raises(port.StorageError, match="not open"):
        await storage.person(1)
    with pytest.raises(port.StorageError, match="not open"):
        await storage.commit([port.Put(person(1))])
    await storage.close()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(port.Put(person(1, "\ud83d")), id="half an emoji"),
        pytest.param(port.PutAnswer("s", "k", nouns.Answer(10**30)), id="a number over 64 bits"),
        pytest.param(port.Put(reminder("r", NOON.replace(tzinfo=None))), id="a due time without zone"),
        pytest.param(
            port.Put(msgspec.structs.replace(person(1), agreed_at=NOON.replace(tzinfo=None))), id="a time"
        ),
        pytest.param(port.Change(), id="a change nobody knows"),
    ],
)
async def test_what_cannot_be_kept_is_refused_whole(storage: port.Storage, change: port.Change) -> None:
    with pytest.raises(port.StorageError) as refused:
        await storage.commit([port.Put(person(99)), change])
    assert not isinstance(refused.value, port.Conflict)
    assert await storage.person(99) is None


@pytest.mark.parametrize(
    "asked", ["x' OR '1'='1", "x'; DROP TABLE screen; --", 'x" OR "1"="1', "%", ":token"]
)
async def test_what_is_asked_for_is_a_value_and_no_part_of_the_question(
    storage: port.Storage, asked: str
) -> None:
    await storage.commit([port.Put(screen("t")), port.Put(assessment("a")), port.Put(section("s"))])
    assert [await storage.screen(asked), await storage.assessment(asked), await storage.section(asked)] == [
        None,
        None,
        None,
    ]
    await storage.commit([port.Put(screen(asked))])
    assert [await storage.screen("t"), await storage.screen(asked)] == [screen("t"), screen(asked)]
