"""What the lines of the record of sign-off come to, and the number that a plan gets by them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import library
from bot.documents import signing
from bot.people import team
from flows import nouns
from planning import nouns as plan_nouns
from storage import records

NOW = dt.datetime(2031, 3, 4, tzinfo=dt.UTC)
ANN, BO = 7, 8
OLD, NEW = "old answers", "new answers"


def lines(*said: str) -> list[records.SignOff]:
    """The record in short: what was done, by or to whom, under which answers."""
    made = []
    for number, line in enumerate(said, 1):
        kind, _, rest = line.partition(" ")
        who, _, digest = rest.partition(" ")
        person = {"ann": ANN, "bo": BO}.get(who, 0)
        made.append(records.SignOff("a", number, kind, NOW, person, person, digest or NEW, "why"))
    return made


BOTH = ("named ann", "named bo")
DONE = (*BOTH, "signed ann", "signed bo", "complete bo")

CASES = {
    "nothing yet": ((), (), "1.0", False),
    "named": (BOTH, (ANN, BO), "1.0", False),
    "one has signed": ((*BOTH, "signed ann"), (BO,), "1.0", False),
    "all have": (DONE, (), "1.0", True),
    "answers changed between two signatures": ((*BOTH, f"signed ann {OLD}", "signed bo"), (ANN,), "1.0", False),
    "one took it back": ((*DONE, "withdrawn ann"), (ANN,), "2.0", False),
    "opened again": ((*DONE, "opened bo"), (ANN, BO), "2.0", False),
    "opened and signed by one": ((*DONE, "opened bo", "signed bo"), (ANN,), "2.0", False),
    "signed by all once more": ((*DONE, "opened bo", "signed bo", "signed ann", "complete ann"), (), "2.0", True),
    "no longer to sign": ((*BOTH, "signed ann", "unnamed bo"), (), "1.0", False),
    "a line that only a newer program knows": ((*DONE, "praised ann"), (), "1.0", True),
    "somebody who was erased owes no signature": (("named x", "named ann", "signed ann"), (), "1.0", False),
}  # fmt: skip


@pytest.mark.parametrize(("said", "missing", "version", "complete"), CASES.values(), ids=CASES)
def test_standing(said: tuple[str, ...], missing: tuple[int, ...], version: str, complete: bool) -> None:
    stands = signing.standing(lines(*said), NEW)
    assert (stands.missing, stands.version, stands.complete is not None) == (missing, version, complete)


NUMBERS = {
    "the first draft": ((), NEW, [], "0.1"),
    "the next": ((), NEW, ["0.1", "0.2"], "0.3"),
    "signed": (DONE, NEW, ["0.1"], "1.0"),
    "signed, asked for again": (DONE, NEW, ["0.1", "1.0"], "1.0"),
    "what was signed is not what stands now": (DONE, OLD, ["0.1", "1.0"], "1.1"),
    "opened again": ((*DONE, "opened bo"), NEW, ["0.1", "1.0", "1.1"], "1.2"),
    "signed twice": (
        (*DONE, "opened bo", "signed ann", "signed bo", "complete bo"),
        NEW,
        ["1.0", "1.1"],
        "2.0",
    ),
}


@pytest.mark.parametrize(("said", "digest", "issued", "number"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_plans(said: tuple[str, ...], digest: str, issued: list[str], number: str) -> None:
    assert signing.version_of(lines(*said), digest, issued) == number


TEAM = team.Team(
    records.Assessment(
        "a", nouns.Institution(name="Nuru", country="KE", currency="KES", timezone="Africa/Nairobi")
    ),
    {ANN: records.Person(ANN, "Ann"), BO: records.Person(BO, "Bo")},
    (records.Membership("a", ANN, nouns.Role.PROJECT_MANAGER), records.Membership("a", BO, "owner")),
    (),
    library.Library(()),
)
NAIROBI = dt.timezone(dt.timedelta(hours=3))
TODAY, LATE = NOW.date(), dt.datetime(2031, 3, 4, 22, tzinfo=dt.UTC)


def test_the_plan_says_who_has_signed_these_answers_and_who_has_not() -> None:
    told = signing.told(TEAM, lines(*BOTH, "signed ann", f"signed bo {OLD}"), NEW, NAIROBI)
    assert told.signatures == (
        plan_nouns.Signature("Ann", plan_nouns.Signs.MANAGER, TODAY),
        plan_nouns.Signature("Bo", plan_nouns.Signs.INSTITUTION),
    )
    assert told.mark == NEW[: signing.MARK_CHARACTERS]


def test_a_day_is_that_of_the_institution_and_a_name_that_was_erased_is_none() -> None:
    made = lines("named x", "signed x")
    late = [records.SignOff("a", one.number, one.kind, LATE, 0, 0, NEW) for one in made]
    (signed,) = signing.told(TEAM, late, NEW, NAIROBI).signatures
    assert (signed.name, signed.day) == ("", TODAY + dt.timedelta(days=1))


def test_each_reason_stands_behind_the_version_that_was_signed() -> None:
    twice = (*DONE, "opened bo", "signed ann", "signed bo", "complete bo", "opened ann")
    opened = signing.told(TEAM, lines(*twice), NEW, NAIROBI).opened
    assert [(one.who, one.reason, one.signed) for one in opened] == [("Bo", "why", 1), ("Ann", "why", 2)]
