"""The record of deeds: every edit of a line, every line gone, added or moved is found; forgetting people breaks nothing."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from storage import chain, memory, port, records

NOON = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)
LENGTH = 7


def made(length: int = LENGTH) -> list[records.AuditLine]:
    lines: list[records.AuditLine] = []
    for number in range(length):
        deed = chain.Deed("a", "joined", f"branch_staff b{number}", whom=200 + number)
        at = NOON + dt.timedelta(minutes=number)
        lines.append(chain.line(deed, by=100 + number % 2, at=at, before=lines[-1] if lines else None))
    return lines


def test_a_chain_holds() -> None:
    assert chain.broken(made()) == ""
    assert chain.broken([]) == ""


def test_a_deed_about_words_of_any_script_is_kept_and_holds() -> None:
    deed = chain.Deed("a", "renamed", "Kasaï · ሰላም · 字")
    line = chain.line(deed, by=100, at=NOON, before=None)
    assert chain.broken([line]) == ""
    assert chain.broken([msgspec.structs.replace(line, about="Kasai · ሰላም · 字")])


EDITS = {
    "made_at": NOON - dt.timedelta(days=1),
    "made_by": 999,
    "person": 999,
    "deed": "left",
    "about": "owner",
    "maker_salt": "0" * 32,
    "maker_digest": "0" * 64,
    "person_salt": "0" * 32,
    "person_digest": "0" * 64,
    "before": "1" * 64,
    "digest": "1" * 64,
    "number": 99,
    "assessment": "b",
}


@pytest.mark.parametrize("field", sorted(EDITS))
@pytest.mark.parametrize("at", range(LENGTH))
def test_every_edit_of_one_line_is_found(field: str, at: int) -> None:
    lines = made()
    lines[at] = msgspec.structs.replace(lines[at], **{field: EDITS[field]})
    assert chain.broken(lines)


def test_no_field_is_left_out_of_the_edits() -> None:
    assert set(EDITS) == set(records.AuditLine.__struct_fields__)


@pytest.mark.parametrize("at", range(LENGTH))
def test_an_edit_with_its_own_seal_made_anew_is_found_by_the_next_line(at: int) -> None:
    lines = made()
    forged = msgspec.structs.replace(lines[at], deed="left")
    lines[at] = msgspec.structs.replace(forged, digest=chain.digest(forged))
    if at + 1 < LENGTH:
        assert chain.broken(lines) == f"Line {at + 2} does not follow the line before it."
    else:
        # the last line has none behind it: only the head that was told shows it
        assert chain.lacks(lines, LENGTH, made()[-1].digest[:16])


@pytest.mark.parametrize("at", range(LENGTH - 1))
def test_a_line_that_is_gone_or_changed_places_is_found(at: int) -> None:
    lines = made()
    assert chain.broken(lines[:at] + lines[at + 1 :])
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    assert chain.broken(lines)


def test_an_end_cut_off_holds_as_a_chain_and_is_found_by_the_head() -> None:
    lines = made()
    number, seal = chain.head(lines[-1]).split()
    assert chain.lacks(lines, int(number), seal) == ""
    assert chain.broken(lines[:-1]) == ""
    assert "cut off" in chain.lacks(lines[:-1], int(number), seal)


async def test_forgetting_people_takes_number_and_salt_and_the_chain_holds() -> None:
    storage = memory.MemoryStorage()
    await storage.open()
    await storage.commit([port.PutNew(line) for line in made()])
    await storage.commit([port.Forget(100, "somebody"), port.Forget(203, "somebody")])
    lines = await storage.audit_lines("a")
    assert [(line.made_by, bool(line.maker_salt)) for line in lines[:2]] == [(0, False), (101, True)]
    assert [(line.person, bool(line.person_salt)) for line in lines[3:5]] == [(0, False), (204, True)]
    assert chain.broken(lines) == ""


def test_a_deed_that_is_about_nobody_names_nobody() -> None:
    [line] = [chain.line(chain.Deed("a", "issued", "0.1"), by=100, at=NOON, before=None)]
    assert (line.person, line.person_salt, line.person_digest) == (0, "", "")
    assert line.maker_digest
    assert chain.broken([line]) == ""


def test_the_same_person_is_not_known_again_without_the_salt() -> None:
    first, second, *_ = [line for line in made() if line.made_by == 100]
    assert first.maker_digest != second.maker_digest
    assert len(bytes.fromhex(first.maker_salt)) == 16
