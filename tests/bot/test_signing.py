"""What the lines of the record of sign-off come to, and the number that a plan gets by them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import signing
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
