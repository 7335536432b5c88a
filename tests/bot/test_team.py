"""Who may do what, by every role and deed; and what a team says of its people, seats and sections, without a chat."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest

from bot import library
from bot.people import access, delegations, team
from flows import nouns
from flows import words as wording
from storage import records

NOW = dt.datetime(2031, 3, 4, 7, tzinfo=dt.UTC)
LEADER, OWNER, SPECIALIST, EKAI, MWENDE, GONE, COLLEAGUE = range(1, 8)

D = access.Deed
LED = {D.INVITE, D.PEOPLE, D.GROUP, D.ARCHIVE, D.REMIND, D.DECIDE, D.SIGNERS, D.TEMPLATE, D.FILL}
SEEN = {D.STATUS, D.PLAN, D.SURVEY, D.ASSUME, D.SIGN_OFF}
RIGHTS: dict[str, set[access.Deed]] = {
    "owner": LED | SEEN | {D.ERASE},
    "project_manager": LED | SEEN | {D.REVIEW},
    "specialist": SEEN | {D.REVIEW},
}
"""Everybody else may answer what they were asked, and nothing more."""

ROLES = sorted({*nouns.Role, access.OWNER, access.COLLEAGUE, access.FORMER, "", "OWNER"})


@pytest.mark.parametrize(("role", "deed"), [*itertools.product(ROLES, access.Deed)], ids=str)
def test_each_role_may_do_what_is_its_own(role: str, deed: access.Deed) -> None:
    assert access.may({role}, deed) == (deed in RIGHTS.get(role, ()))


@pytest.mark.parametrize("deed", access.Deed)
def test_who_may_not_is_told_who_may(deed: access.Deed) -> None:
    assert access.may({access.who_may(deed)}, deed)
    assert access.who_may(deed) == ("owner" if deed is D.ERASE else "project_manager")
    assert not access.may((), deed)


def test_of_several_roles_any_will_do() -> None:
    assert access.may({"branch_staff", "specialist"}, D.REVIEW)
    assert not access.may({"branch_staff", "colleague"}, D.REVIEW)


# --- a team ----------------------------------------------------------------------------------------

BRANCHES = (nouns.Branch("a", "Arua"), nouns.Branch("b", "Busia"))
BOOKS = library.Library.shipped()
WORDS = wording.catalogue("bot", "en")


def part(person: int, role: str, branch: str = "") -> records.Membership:
    return records.Membership("x", person, role, branch)


def section(
    flow: str, branch: str, owner: int | None, state: str = "not_started", *, waits: bool = False
) -> records.Section:
    return records.Section(f"{flow}:{branch}", "x", flow, "1", branch, state, owner, waits=waits)


def handed(number: int, of: str, colleague: int | None, *, ended: bool = False) -> records.Delegation:
    return records.Delegation(
        str(number), "x", of, asked_by=EKAI, asked_at=NOW, colleague=colleague,
        taken_at=NOW if colleague else None, ended_at=NOW if ended else None,
    )  # fmt: skip


PEOPLE = {
    number: records.Person(number, name)
    for number, name in enumerate(["Zuri", "Odo", "Sam", "Ekai", "Mwende"], 1)
}
PARTS = [
    part(LEADER, nouns.Role.PROJECT_MANAGER), part(OWNER, access.OWNER), part(SPECIALIST, nouns.Role.SPECIALIST),
    part(EKAI, nouns.Role.BRANCH_STAFF, "a"), part(MWENDE, nouns.Role.BRANCH_STAFF, "b"), part(MWENDE, nouns.Role.IT),
    part(GONE, nouns.Role.FINANCE),
]  # fmt: skip
SECTIONS = [
    section("branch_power", "b", MWENDE, "approved"), section("branch_power", "a", EKAI, "in_progress"),
    section("branch_office", "b", MWENDE, "returned"), section("branch_office", "a", EKAI, waits=True),
]  # fmt: skip


def made(**changes: object) -> team.Team:
    given = {
        "assessment": records.Assessment("x", nouns.Institution("Nuru", "KE", "KES", "Africa/Nairobi"), BRANCHES),
        "people": PEOPLE, "memberships": PARTS, "sections": SECTIONS, "library": BOOKS, **changes,
    }  # fmt: skip
    return team.Team(**given)  # type: ignore[arg-type]  # each is of its field's type


def test_roles_are_a_persons_own() -> None:
    assert made().institution == "Nuru"
    assert made().roles(MWENDE) == {"branch_staff", "it"}
    assert made().roles(99) == frozenset()
    assert made().may(LEADER, D.INVITE)
    assert not made().may(EKAI, D.INVITE)
    assert not made().may(99, D.STATUS)


def test_who_is_told_is_whoever_leads_closest_to_the_work() -> None:
    def told(*roles: str) -> list[int]:
        return [one.id for one in made(memberships=[one for one in PARTS if one.role in roles]).reviewers()]

    assert told("owner", "specialist", "project_manager") == [LEADER]
    assert told("owner", "specialist") == [SPECIALIST]
    assert told("owner") == [OWNER]
    assert told("branch_staff") == []


def test_a_seat_is_held_by_who_is_still_there() -> None:
    found = made()
    holders = {seat.code: found.holder(seat) for seat in found.seats()}
    assert list(holders) == [
        "project_manager:", "specialist:", "operations:", "it:", "finance:", "training:", "branch_staff:a", "branch_staff:b",
    ]  # fmt: skip
    assert [code for code, held in holders.items() if held is None] == [
        "operations:",
        "finance:",
        "training:",
    ]
    assert holders["branch_staff:b"] == PEOPLE[MWENDE]
    assert [team.Seat.read(seat.code) for seat in found.seats()] == found.seats()
    assert found.holders(nouns.Role.FINANCE) == []


def test_a_seat_answers_its_branchs_sections_in_their_order() -> None:
    found = made()
    assert [one.id for one in found.ordered()] == [
        "branch_office:a",
        "branch_power:a",
        "branch_office:b",
        "branch_power:b",
    ]
    assert [one.id for one in found.seat_sections(team.Seat(nouns.Role.BRANCH_STAFF, "b"))] == [
        "branch_office:b",
        "branch_power:b",
    ]
    assert found.seat_sections(team.Seat(nouns.Role.IT)) == []


def test_what_is_owed_is_open_and_does_not_wait_for_colleagues() -> None:
    given = handed(1, "branch_office:a", COLLEAGUE)
    there = {**PEOPLE, COLLEAGUE: records.Person(COLLEAGUE, "Amina")}
    waiting = made(people=there, delegations=[given])
    assert [one.id for one in waiting.owed(EKAI)] == ["branch_power:a"]
    assert waiting.asked(COLLEAGUE) == [given]
    assert [one.name for one in waiting.late()] == ["Amina", "Ekai", "Mwende"]
    for nobody_waits in (
        made(),
        made(people=there, delegations=[handed(1, "branch_office:a", COLLEAGUE, ended=True)]),
        made(people=there, delegations=[given, handed(2, "branch_office:a", None)]),
        made(delegations=[given]),
    ):
        assert [one.id for one in nobody_waits.owed(EKAI)] == ["branch_office:a", "branch_power:a"]
    assert waiting.owes(COLLEAGUE)
    assert waiting.owes(EKAI)
    assert not waiting.owes(LEADER)
    closed = made(people=there, delegations=[handed(1, "branch_power:b", COLLEAGUE)])
    assert closed.asked(COLLEAGUE) == [], "what is approved asks nobody any more"


def test_only_open_sections_make_somebody_late() -> None:
    done = [msgspec.structs.replace(one, state="submitted") for one in SECTIONS]
    assert made(sections=done).late() == []
    assert made(sections=done).owed(EKAI) == []


def test_names_of_who_left_stay_and_those_of_who_was_erased_do_not() -> None:
    found = made(former={GONE: records.Person(GONE, "Juma")})
    assert (found.name(EKAI), found.name(GONE), found.name(99)) == ("Ekai", "Juma", "")
    assert found.names([str(EKAI), str(GONE), "99", "somebody"]) == {str(EKAI): "Ekai", str(GONE): "Juma"}


def test_what_belongs_to_a_closed_branch_is_not_seen() -> None:
    assessment = msgspec.structs.replace(made().assessment, branches=BRANCHES[:1], closed=BRANCHES[1:])
    found = team.seen(made(assessment=assessment))
    assert {one.branch for one in found.sections} == {"a"}
    assert found.roles(MWENDE) == {"it"}
    assert team.seen(made()) == made()


def test_who_left_has_no_part() -> None:
    assert team.current([*PARTS, part(GONE, access.FORMER)]) == PARTS


def test_places_are_named() -> None:
    found = made()
    assert found.named(SECTIONS[1], WORDS) == "Power · Arua"
    assert found.seat_name(team.Seat(nouns.Role.BRANCH_STAFF, "b"), WORDS) == "Branch manager, Busia"
    assert found.seat_name(team.Seat(nouns.Role.IT), WORDS) == "IT"
    assert found.branch("nowhere") is None


def test_a_section_is_a_line_with_its_state() -> None:
    found = made()
    assert str(found.lines(SECTIONS[:2], WORDS)).splitlines() == [
        "✓ Power · Busia · approved",
        "◐ Power · Arua · in progress, 0 of 0",
    ]
    assert str(found.line(SECTIONS[2], WORDS)) == "↩ Your branch · Busia · came back with a remark"


# --- what was handed on ----------------------------------------------------------------------------

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"taken_at": NOW, "colleague": MWENDE}, "", id="taken by somebody who is there"),
        pytest.param({"taken_at": NOW, "colleague": GONE}, delegations.LEFT, id="by somebody who left"),
        pytest.param({"expires_at": NOW + HOUR}, "", id="its link is good"),
        pytest.param({"expires_at": NOW}, delegations.EXPIRED, id="its link is too old by a hair"),
        pytest.param({"expires_at": NOW - HOUR, "taken_at": NOW, "colleague": MWENDE}, "", id="taken before it was too old"),
        pytest.param({}, "", id="a link without an end"),
    ],
)  # fmt: skip
def test_who_answers_a_delegation_any_more(changes: dict[str, object], why: str) -> None:
    one = msgspec.structs.replace(handed(1, "branch_office:a", None), **changes)
    assert delegations.dead(made(), one, NOW) == why


def test_what_stands_of_a_section_is_not_over_and_its_own() -> None:
    mine, over, other = (
        handed(1, "branch_office:a", None),
        handed(2, "branch_office:a", None, ended=True),
        handed(3, "branch_power:a", None),
    )
    assert delegations.standing(made(delegations=[mine, over, other]), "branch_office:a") == [mine]
    ended = delegations.ended(mine, delegations.REFUSED, NOW)
    assert (ended.ended_at, ended.end, ended.place) == (NOW, "refused", None)


def test_whose_answer_it_is_in_the_end() -> None:
    one = handed(1, "branch_office:a", None)
    assert delegations.asker(made(), one, WORDS) == "Ekai"
    nobody = [msgspec.structs.replace(each, owner=None) for each in SECTIONS]
    asked = msgspec.structs.replace(one, asked_by=MWENDE)
    assert delegations.asker(made(sections=nobody), asked, WORDS) == "Mwende"
    assert (
        delegations.asker(made(sections=[]), msgspec.structs.replace(one, asked_by=GONE), WORDS)
        == "Project manager"
    )


def test_what_it_is_about() -> None:
    one = handed(1, "branch_office:a", None)
    whole = delegations.about(made(), one, None, "en", NOW)
    assert whole is not None
    assert (whole.label, whole.title, whole.where(WORDS)) == ("Your branch · Arua", "Your branch · Arua", "")
    question = delegations.about(made(), msgspec.structs.replace(one, key="clients"), None, "en", NOW)
    assert question is not None
    assert question.asks == 1
    assert "Your branch · Arua" in question.where(WORDS)
    assert question.label != question.title
    assert delegations.about(made(sections=[]), one, None, "en", NOW) is None
