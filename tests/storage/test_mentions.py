"""What lies sealed in bodies is found without reading them all: groups, ends, whoever proposed an answer."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from flows import nouns
from storage import port, records
from storage.sql import rows as rows_
from storage.sql import store

NOON = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
MFI = nouns.Institution("Jitegemea", "KE", "KES", "Africa/Nairobi")


def assessment(name: str, *chats: int, until: dt.datetime | None = None) -> records.Assessment:
    groups = tuple(records.Group(chat, "Field team", NOON) for chat in chats)
    return records.Assessment(name, MFI, groups=groups, keep_until=until)


def disputed(by: str) -> nouns.Session:
    return nouns.Session("power", "1", disputes={"k": nouns.Dispute(nouns.Answer("mains", by=by))})


async def test_a_group_finds_its_assessment_until_it_is_unlinked(storage: port.Storage) -> None:
    await storage.commit([port.Put(assessment("a", -7, -8)), port.Put(assessment("b", -9))])
    assert await storage.assessment_of_group(-8) == assessment("a", -7, -8)
    assert await storage.assessment_of_group(-10) is None
    await storage.commit([port.Put(assessment("a", -7)), port.Put(assessment("b", -9, -8))])
    assert await storage.assessment_of_group(-8) == assessment("b", -9, -8)
    await storage.commit([port.Remove(assessment("b"))])
    assert await storage.assessment_of_group(-8) is None
    assert await storage.assessment_of_group(-7) == assessment("a", -7)


async def test_what_was_kept_long_enough_is_found_the_oldest_end_first(storage: port.Storage) -> None:
    kept = {name: assessment(name, until=NOON - DAY * age) for name, age in (("a", 1), ("b", 2), ("c", -1))}
    await storage.commit([port.Put(one) for one in (*kept.values(), assessment("d"))])
    assert await storage.assessments_over(NOON) == [kept["b"], kept["a"]]
    longer = msgspec.structs.replace(kept["b"], keep_until=NOON + DAY)
    await storage.commit([port.Put(longer), port.Remove(kept["a"])])
    assert await storage.assessments_over(NOON) == []
    assert await storage.assessments_over(NOON + DAY) == [longer, kept["c"]]


async def test_a_dispute_that_is_over_names_nobody(storage: port.Storage) -> None:
    await storage.commit([port.PutSession("s", disputed("1"), -1), port.PutSession("t", disputed("2"), -1)])
    assert [one["section"] for one in (await storage.about(1))["rival"]] == ["s"]
    settled = nouns.Session("power", "1", revision=1)
    await storage.commit([port.PutSession("s", settled, 0)])
    assert await storage.about(1) == {}
    await storage.commit([port.Forget(1, "respondent 3")])
    assert await storage.session("s") == settled
    assert "rival" in await storage.about(2)


async def test_the_number_of_who_was_forgotten_stands_nowhere_any_more(storage: port.Storage) -> None:
    if not isinstance(storage, store.SqlStorage):
        pytest.skip("what is in memory needs no mentions")
    for section, by in (("s", "1"), ("t", "2"), ("u", "1")):
        await storage.commit([port.PutSession(section, disputed(by), -1)])
    # one dispute is over, one is not
    await storage.commit([port.PutSession("u", nouns.Session("power", "1", revision=1), 0)])
    await storage.commit([port.Forget(1, "respondent 3")])
    found = await storage._ask(lambda rows: rows.fetch("SELECT number FROM mention WHERE kind = 'rival'"))
    assert [row["number"] for row in found] == [2]


@pytest.mark.parametrize("number", [1, 2])
async def test_what_older_programs_kept_is_found_after_the_next_start(
    storage: port.Storage, number: int
) -> None:
    if not isinstance(storage, store.SqlStorage):
        pytest.skip("what is in memory has no older program")
    await storage.commit(
        [
            port.Put(assessment("a", -7, until=NOON)),
            port.PutSession("s", disputed("1"), -1),
            port.PutSession("t", disputed("respondent 3"), -1),
        ]
    )

    async def forget_mentions(rows: rows_.Rows) -> None:
        await rows.fetch("DELETE FROM mention RETURNING 1")

    await storage._write(forget_mentions)
    assert await storage.assessment_of_group(-7) is None, "nothing was taken away"
    for _ in range(number):
        await storage.close()
        await storage.open()
    assert await storage.assessment_of_group(-7) == assessment("a", -7, until=NOON)
    assert await storage.assessments_over(NOON) == [assessment("a", -7, until=NOON)]
    assert set(await storage.about(1)) == {"rival"}
