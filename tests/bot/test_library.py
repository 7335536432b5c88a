"""The flows of an assessment, read once and kept."""

from __future__ import annotations

import datetime as dt

from bot import library
from flows import nouns, shipped
from storage import memory, port, records

ADDED = dt.datetime(2031, 3, 4, 7, 0, tzinfo=dt.UTC)


def survey(title: str, added_at: dt.datetime = ADDED, assessment: str = "a") -> records.Survey:
    return records.Survey(
        assessment, "cooling_1", "1", added_at, definition=nouns.Flow("cooling_1", "1", title, ())
    )


async def empty() -> port.Storage:
    storage = memory.MemoryStorage()
    await storage.open()
    return storage


async def title(flows: library.Library, storage: port.Storage, assessment: str = "a") -> str:
    return (await flows.of(storage, assessment)).flow("cooling_1").title


async def test_a_survey_is_the_same_value_at_every_turn() -> None:
    storage, flows = await empty(), library.Library(shipped.assessment())
    await storage.commit([port.Put(survey("Cooling"))])
    first, second = [(await flows.of(storage, "a")).flow("cooling_1") for _ in range(2)]
    assert first is second, "compiled once"


async def test_what_was_removed_and_added_again_is_asked_as_it_is_now() -> None:
    storage, flows = await empty(), library.Library(shipped.assessment())
    await storage.commit([port.Put(survey("Cooling"))])
    assert await title(flows, storage) == "Cooling"
    await storage.commit([port.Remove(survey("Cooling"))])
    assert not (await flows.of(storage, "a")).surveys()
    await storage.commit([port.Put(survey("Heating", ADDED + dt.timedelta(minutes=1)))])
    assert await title(flows, storage) == "Heating"


async def test_the_survey_of_another_assessment_is_another() -> None:
    storage, flows = await empty(), library.Library(shipped.assessment())
    await storage.commit([port.Put(survey("Cooling")), port.Put(survey("Heating", assessment="b"))])
    assert await title(flows, storage) == "Cooling"
    assert await title(flows, storage, "b") == "Heating"
