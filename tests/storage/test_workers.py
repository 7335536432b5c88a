"""Several workers on one PostgreSQL database: order kept, nothing claimed twice, the dead and the hung given up."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from flows import nouns
from storage import limits, pacing, port, records, sealing
from storage.postgresql import store, working
from storage.sql import rows, touching
from storage.sqlite import store as sqlite_store

NOON = dt.datetime(2027, 1, 4, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
HERE = nouns.Institution("Jitegemea", "KE", "KES", "Africa/Nairobi")

Start = Callable[[], Awaitable[store.PostgresqlStorage]]


class Hands:
    """A worker's clock that goes forward when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def start(postgresql: str, key: sealing.Key) -> AsyncIterator[Start]:
    """Starts one more worker."""
    started: list[store.PostgresqlStorage] = []

    async def one() -> store.PostgresqlStorage:
        storage = store.PostgresqlStorage(postgresql, key)
        await storage.open()
        started.append(storage)
        await storage.enlist(alone=False)
        return storage

    yield one
    for storage in started:
        await storage.close()


async def run(url: str, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement, *values)
    await connection.close()


async def falls_silent(url: str, storage: store.PostgresqlStorage) -> None:
    """The time in which a worker should have given a sign of life runs out."""
    await run(
        url,
        "UPDATE worker SET alive_until = clock_timestamp() - interval '1 s' WHERE id = $1",
        storage._worker.id,
    )


def received(number: int, person: int = 1) -> port.Change:
    return port.PutNew(records.Received(number, person, b"{}"))


def outgoing(name: str, person: int = 1, lane: str = "") -> port.Change:
    return port.PutNew(records.Outgoing(name, person, "show", {"text": name}, NOON, lane=lane))


async def number(storage: port.Storage, person: int = 1) -> int | None:
    found = await storage.claim_received(person)
    return found.update_id if found else None


async def name(storage: port.Storage, person: int = 1, lane: str = "") -> str | None:
    found = await storage.claim_outgoing(person, lane)
    return found.id if found else None


# --- claims, of one worker or of two ---


async def test_one_worker_takes_updates_in_order(storage: port.Storage) -> None:
    await storage.enlist(alone=True)
    await storage.commit([received(6), received(5), received(7, person=2)])
    assert sorted(await storage.left_received()) == [1, 2]
    assert await number(storage) == 5
    assert await number(storage) == 5, "until it is done"
    await storage.commit([port.Handled(5)])
    assert await number(storage) == 6
    await storage.commit([port.Handled(6)])
    assert (await number(storage), await number(storage, 2)) == (None, 7)


async def test_one_worker_takes_messages_lane_by_lane(storage: port.Storage) -> None:
    await storage.enlist(alone=True)
    await storage.commit([outgoing("b"), outgoing("a"), outgoing("p", lane="plan"), outgoing("z", 2)])
    assert sorted(await storage.left_outgoing()) == [(1, ""), (1, "plan"), (2, "")]
    assert [await name(storage), await name(storage, lane="plan"), await name(storage, 2)] == ["a", "p", "z"]


async def test_a_persons_next_update_waits_for_the_worker_that_is_at_the_first(start: Start) -> None:
    one, other = await start(), await start()
    await one.commit([received(5), received(6)])
    assert (await number(one), await number(other)) == (5, None)
    assert await other.left_received() == [1], "the second is nobody's yet"
    await one.commit([port.Handled(5)])
    assert (await number(other), await number(one)) == (6, None)


async def test_messages_of_one_lane_go_through_one_worker_at_a_time(start: Start) -> None:
    one, other = await start(), await start()
    await one.commit([outgoing("a"), outgoing("b"), outgoing("p", lane="plan")])
    assert (await name(one), await name(other), await name(other, lane="plan")) == ("a", None, "p")
    claimed = await one.claim_outgoing(1, "")
    assert claimed is not None
    await one.commit([port.Unchanged(claimed), port.Remove(claimed)])
    assert (await name(other), await name(one)) == ("b", None)


async def test_of_many_claims_at_once_one_wins(start: Start) -> None:
    workers = [await start() for _ in range(3)]
    await workers[0].commit([received(update, person=update) for update in range(1, 21)])
    found = await asyncio.gather(*(number(worker, person) for worker in workers for person in range(1, 21)))
    assert sorted(update for update in found if update is not None) == list(range(1, 21))


async def test_reminders_are_claimed_by_one_worker(start: Start) -> None:
    one, other = await start(), await start()
    await one.commit([port.Put(records.Reminder(str(number), "a", 1, NOON)) for number in range(40)])
    both = await asyncio.gather(
        *(worker.claim_reminders(due=NOON, lease=HOUR, limit=25) for worker in (one, other))
    )
    assert sorted(row.id for found in both for row in found) == sorted(str(number) for number in range(40))
    assert await other.claim_reminders(due=NOON + HOUR, lease=HOUR, limit=50), "the lease has lapsed"


async def test_who_ends_lets_go_at_once(start: Start) -> None:
    one, other = await start(), await start()
    await one.commit([received(5), outgoing("a")])
    assert (await number(one), await name(one)) == (5, "a")
    assert (await other.left_received(), await other.left_outgoing()) == ([], [])
    await one.close()
    assert (await number(other), await name(other)) == (5, "a")


async def test_what_a_silent_worker_held_is_taken_over_and_not_given_back(
    start: Start, postgresql: str
) -> None:
    one, other = await start(), await start()
    await one.commit([received(5), outgoing("a")])
    assert (await number(one), await name(one)) == (5, "a")
    await falls_silent(postgresql, one)
    assert (await other.left_received(), await other.left_outgoing()) == ([1], [(1, "")])
    assert (await number(other), await name(other)) == (5, "a")
    was = one._worker.id
    await one.beat()
    assert one._worker.id != was, "under a new number it holds nothing"
    assert (await number(one), await name(one)) == (None, None)


async def test_a_worker_knows_by_its_own_clock_that_it_was_silent_too_long(
    postgresql: str, key: sealing.Key
) -> None:
    hands = Hands()
    storage = store.PostgresqlStorage(postgresql, key)
    storage._worker = working.Worker(postgresql, hands)
    await storage.open()
    assert not storage.holds, "before it works it has nothing"
    await storage.enlist(alone=False)
    await storage.commit([received(5), outgoing("a")])
    hands.seconds += limits.SILENT_SECONDS - 1
    assert storage.holds
    hands.seconds += 1
    assert not storage.holds
    assert (await number(storage), await name(storage)) == (None, None), "others may be at it"
    await storage.beat()
    assert (storage.holds, await number(storage)) == (True, 5)
    await storage.close()


async def test_turns_of_two_workers_on_one_section_do_not_both_win(start: Start) -> None:
    one, other = await start(), await start()
    before = records.Section("s", "a", "power", "1")
    await one.commit([port.Put(before)])
    turns = [
        worker.commit([port.Unchanged(before), port.Put(records.Section("s", "a", "power", str(number)))])
        for number, worker in enumerate((one, other) * 5, 2)
    ]
    outcomes = await asyncio.gather(*turns, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 9 + ["NoneType"]


class Held:
    """A turn of a worker that is being written and goes on when it is let."""

    def __init__(self, worker: store.PostgresqlStorage, *changes: port.Change) -> None:
        self._go = asyncio.Event()
        self._begun = asyncio.Event()
        self._writes = asyncio.create_task(worker._write(self._work, touches=touching.touched(changes)))

    async def _work(self, _: rows.Rows) -> None:
        self._begun.set()
        await self._go.wait()

    async def begun(self) -> None:
        await self._begun.wait()

    async def let(self) -> None:
        self._go.set()
        await self._writes


async def waits_for_a_lock(url: str) -> None:
    """Returns once a transaction waits for another's lock."""
    connection = await asyncpg.connect(url)
    asked = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND datname = $1"
    async with asyncio.timeout(60):
        while True:
            if await connection.fetchval(asked, urllib.parse.urlsplit(url).path[1:]):
                break
            await asyncio.sleep(0.01)
    await connection.close()


ASHA = port.Put(records.Person(1, "Asha"))
BAHATI = port.Put(records.Person(2, "Bahati"))


async def test_turns_of_two_workers_that_touch_different_things_do_not_wait(start: Start) -> None:
    one, other = await start(), await start()
    held = Held(one, ASHA)
    await held.begun()
    async with asyncio.timeout(60):
        await other.commit([BAHATI, port.Put(records.Section("s", "a", "power", "1")), port.Handled(7)])
    await held.let()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(ASHA, port.Put(records.Conversation(1)), id="one person"),
        pytest.param(ASHA, port.Forget(2, "nobody"), id="somebody is forgotten, who may be anywhere"),
        pytest.param(port.Forget(2, "nobody"), ASHA, id="somebody is just being forgotten"),
        pytest.param(ASHA, port.Remove(records.Assessment("a", HERE)), id="a whole assessment goes"),
    ],
)
async def test_turns_of_two_workers_that_touch_the_same_follow_each_other(
    start: Start, postgresql: str, first: port.Change, second: port.Change
) -> None:
    one, other = await start(), await start()
    held = Held(one, first)
    await held.begun()
    follows = asyncio.create_task(other.commit([second]))
    await waits_for_a_lock(postgresql)
    assert not follows.done()
    await held.let()
    await follows


async def test_workers_that_write_much_at_once_are_in_nobodys_way(start: Start) -> None:
    """Groups of turns over few people and sections, in every order, and people who are forgotten meanwhile."""
    workers, drawn = [await start() for _ in range(3)], random.Random(9)
    turns = []
    for number in range(300):
        people, section = drawn.sample(range(1, 8), 2), f"s{drawn.randrange(4)}"
        changes: list[port.Change] = [
            port.Put(records.Screen(f"t{number}", people[0])),
            port.Handled(number),
            port.Put(records.Person(people[1], "Asha")),
            port.Put(records.Section(section, f"a{drawn.randrange(2)}", "power", "1", owner=people[1])),
        ]
        if number % 50 == 0:
            changes.append(port.Forget(people[1], "nobody"))
        # reminders pass from one to another under their ids
        changes += [
            port.Put(records.Reminder(f"r{one}", "a", people[0], NOON)) for one in drawn.sample(range(4), 3)
        ]
        turns.append(workers[number % 3].commit(changes))
    async with asyncio.timeout(120):
        await asyncio.gather(*turns)
    counted = [screen.token for person in range(1, 8) for screen in await workers[0].screens(person)]
    assert len(set(counted)) == len(counted)


async def test_one_turn_that_cannot_be_kept_refuses_no_other(start: Start) -> None:
    one = await start()
    halved = port.Put(records.Section("\ud800", "a", "power", "1"))
    kept, refused = await asyncio.gather(one.commit([ASHA]), one.commit([halved]), return_exceptions=True)
    assert kept is None
    assert isinstance(refused, port.UnkeepableError)


async def test_an_older_program_does_not_go_on_beside_a_newer_schema(start: Start, postgresql: str) -> None:
    one = await start()
    await falls_silent(postgresql, one)
    await run(postgresql, "INSERT INTO migration (version, needs) VALUES (9999, 9999)")
    with pytest.raises(port.StorageError, match="newer Groundwork"):
        await one.beat()


# --- the send budget ---


async def test_a_bucket_lets_a_burst_through_and_then_keeps_the_pace(storage: port.Storage) -> None:
    waits = [await storage.reserve(7, pacing.Pace(rate=0.01, burst=3)) for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3] == pytest.approx(100, abs=5)
    assert waits[4] == pytest.approx(200, abs=5)
    assert await storage.reserve(8, pacing.Pace(rate=0.01, burst=3)) == 0, "another chat's is another's"


async def test_the_budget_is_one_for_all_workers(start: Start) -> None:
    workers = [await start() for _ in range(3)]
    pace = pacing.Pace(rate=0.01, burst=3)
    waits = await asyncio.gather(*(worker.reserve(0, pace) for worker in workers * 2))
    assert [round(wait, -2) for wait in sorted(waits)] == [0, 0, 0, 100, 200, 300]


# --- who may work beside whom ---


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        pytest.param(True, True, "polling is for one process alone", id="two that poll"),
        pytest.param(False, True, "polling is for one process alone", id="one that polls beside a worker"),
        pytest.param(True, False, "A bot that polls runs", id="a worker beside one that polls"),
        pytest.param(False, False, "", id="two workers"),
    ],
)
async def test_who_polls_is_alone(
    postgresql: str, key: sealing.Key, first: bool, second: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "PATIENCE_SECONDS", 0)
    one, other = store.PostgresqlStorage(postgresql, key), store.PostgresqlStorage(postgresql, key)
    await one.open()
    await other.open()
    await one.enlist(alone=first)
    if said:
        with pytest.raises(port.StorageError, match=said):
            await other.enlist(alone=second)
        await one.close()
    await other.enlist(alone=second)
    await one.close()
    await other.close()


async def test_who_comes_while_another_is_just_leaving_waits_for_it(
    postgresql: str, key: sealing.Key
) -> None:
    leaves, comes = store.PostgresqlStorage(postgresql, key), store.PostgresqlStorage(postgresql, key)
    await leaves.open()
    await comes.open()
    await leaves.enlist(alone=True)
    waits = asyncio.create_task(comes.enlist(alone=True))
    # it has asked once and was refused
    done, _ = await asyncio.wait({waits}, timeout=0.05)
    assert not done
    await leaves.close()
    await waits
    await comes.close()


async def test_on_sqlite_everybody_is_alone(sqlite: sqlite_store.SqliteStorage, key: sealing.Key) -> None:
    other = sqlite_store.SqliteStorage(sqlite._path, key)
    await sqlite.enlist(alone=False)
    await sqlite.enlist(alone=False)
    with pytest.raises(port.StorageError, match="several at once need PostgreSQL"):
        await other.enlist(alone=False)
    await sqlite.close()
    await other.enlist(alone=False)
    await other.close()


async def test_the_eldest_worker_that_lives_speaks_for_all(start: Start, postgresql: str) -> None:
    first, second, third = await start(), await start(), await start()
    assert [worker.rank for worker in (first, second, third)] == [0, 1, 2]
    await falls_silent(postgresql, first)
    for worker in (second, third):
        await worker.beat()
    assert [worker.rank for worker in (second, third)] == [0, 1]
