"""One transaction for many turns on a SQLite file, after one that a failing disk left neither kept nor undone."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator

import pytest

from storage import limits, port, records, sealing
from storage.sql import rows, writing
from storage.sqlite import connecting
from storage.sqlite import writing as sqlite_writing
from storage.sqlite.store import SqliteStorage
from tests.storage.test_port import HOUR, NOON, person

PATIENCE_SECONDS = 20
"""For what should take no time at all."""


async def test_what_was_left_open_is_undone_before_the_next(
    sqlite: SqliteStorage, path: pathlib.Path, key: sealing.Key
) -> None:
    async def work(kept: rows.Rows) -> None:
        await kept.put(person(8))

    connection = await connecting.connect(path, busy_seconds=1, writes=True)
    await connection.run(lambda open_one: open_one.execute("BEGIN IMMEDIATE").execute("DELETE FROM seal"))
    together = sqlite_writing.Transactions(connection, path, sealing.Seal(key), busy_seconds=1)
    writer = writing.Writer(together)
    await writer.write(work)
    await writer.close()
    await connection.close()
    assert await sqlite.person(8) == person(8)
    await sqlite.close()
    await sqlite.open()  # which reads the seal


@pytest.mark.parametrize("one_stays", [False, True], ids=["nobody waits", "one still waits"])
async def test_no_lock_is_waited_for_that_nobody_needs(
    sqlite: SqliteStorage, path: pathlib.Path, key: sealing.Key, one_stays: bool
) -> None:
    async def work(kept: rows.Rows) -> None:
        await kept.put(person(8))

    connection, asked = await connecting.connect(path, busy_seconds=1, writes=True), threading.Event()
    await connection.run(sqlite_writing.wait_in_steps)
    await connection.run(lambda writing_one: writing_one.set_trace_callback(lambda _: asked.set()))
    together = sqlite_writing.Transactions(
        connection, path, sealing.Seal(key), busy_seconds=10 * PATIENCE_SECONDS
    )
    writer = writing.Writer(together)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first, second = (asyncio.create_task(writer.write(work)) for _ in range(2))
        await asyncio.to_thread(asked.wait, PATIENCE_SECONDS)
        first.cancel()
        if one_stays:
            other.execute("ROLLBACK")
        else:
            second.cancel()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await writer.close()
    await asyncio.wait([first, second])
    assert (first.cancelled(), second.cancelled()) == (True, not one_stays)
    await connection.close()
    assert await sqlite.person(8) == (person(8) if one_stays else None)


@contextlib.asynccontextmanager
async def filling(path: pathlib.Path, key: sealing.Key, *, room: int) -> AsyncIterator[writing.Writer]:
    """A writer whose database may grow by so many pages: over it, SQLite does as on a full disk."""
    connection = await connecting.connect(path, busy_seconds=1, writes=True)
    writer = writing.Writer(sqlite_writing.Transactions(connection, path, sealing.Seal(key), busy_seconds=1))
    try:
        [pages] = await connection.run(lambda one: one.execute("PRAGMA page_count").fetchone())
        await connection.run(lambda one: one.execute(f"PRAGMA max_page_count = {pages + room}").fetchone())
        yield writer
    finally:
        await writer.close()
        await connection.close()


async def test_a_disk_that_fills_up_within_a_turn_is_named_and_undoes_those_before_it(
    sqlite: SqliteStorage, path: pathlib.Path, key: sealing.Key
) -> None:
    async def small(kept: rows.Rows) -> None:
        await kept.put(person(8))

    async def large(kept: rows.Rows) -> None:
        await kept.put(person(9, "Asha " * 20_000))

    async with filling(path, key, room=4) as writer:
        told = await asyncio.gather(writer.write(small), writer.write(large), return_exceptions=True)
        for refusal in told:
            assert isinstance(refusal, port.StorageError)
            assert "is full" in str(refusal)
        assert (await sqlite.person(8), await sqlite.person(9)) == (None, None)
        await writer.write(small)
    assert await sqlite.person(8) == person(8)


async def test_only_what_erases_empties_the_log(sqlite: SqliteStorage, path: pathlib.Path) -> None:
    def kept() -> bool:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0

    await sqlite.commit([port.Put(person(8))])
    assert kept(), "an ordinary turn waits for no tidying"
    await sqlite.commit([port.Forget(8, "respondent 1")])
    assert not kept()
    await sqlite.commit([port.Put(records.Reminder("r", "a", 1, NOON))])
    assert kept()
    await sqlite.commit([port.Forget(1, "respondent 1"), port.Put(records.Reminder("s", "a", 2, NOON))])
    assert not kept()
    assert await sqlite.claim_reminders(due=NOON, lease=HOUR, limit=1)
    assert kept(), "a claim erases nothing"


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [
        pytest.param(0.0, False, id="when it is time again"),
        pytest.param(600.0, True, id="not with every turn, which would hold each up while somebody reads"),
    ],
)
async def test_a_log_that_somebody_reads_is_emptied_later(
    sqlite: SqliteStorage, path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, seconds: float, *, kept: bool
) -> None:
    monkeypatch.setattr(limits, "LOG_AGAIN_SECONDS", seconds)
    log = path.with_name(f"{path.name}-wal")
    await sqlite.commit([port.Put(person(8))])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM person").fetchall()
        await sqlite.commit([port.Forget(8, "respondent 1")])
        assert log.stat().st_size > 0
    await sqlite.commit([port.Put(person(9))])
    assert (log.stat().st_size > 0) == kept


def log_of(path: pathlib.Path) -> pathlib.Path:
    return path.with_name(f"{path.name}-wal")


@contextlib.contextmanager
def reader(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open, by which no log is taken away, and reads in it."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reading:
        read(reading)
        yield reading


def read(reading: sqlite3.Connection) -> None:
    reading.execute("BEGIN")
    reading.execute("SELECT * FROM person").fetchall()


async def test_a_close_empties_the_log_that_somebody_read_before(
    sqlite: SqliteStorage, path: pathlib.Path
) -> None:
    await sqlite.commit([port.Put(person(8))])
    with reader(path) as reading:
        await sqlite.commit([port.Forget(8, "respondent 1")])
        assert log_of(path).stat().st_size > 0
        reading.execute("ROLLBACK")
        await sqlite.close()
        assert log_of(path).stat().st_size == 0


async def test_a_start_empties_the_log_that_was_read_until_the_end_before(
    sqlite: SqliteStorage, path: pathlib.Path
) -> None:
    await sqlite.commit([port.Put(person(8))])
    with reader(path) as reading:
        await sqlite.commit([port.Forget(8, "respondent 1")])
        await sqlite.close()
        assert log_of(path).stat().st_size > 0
        reading.execute("ROLLBACK")
        await sqlite.open()
        assert log_of(path).stat().st_size == 0


async def test_a_log_that_is_read_at_the_start_is_emptied_by_a_later_turn(
    sqlite: SqliteStorage, path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOG_AGAIN_SECONDS", 0.0)
    await sqlite.commit([port.Put(person(8))])
    with reader(path) as reading:
        await sqlite.commit([port.Forget(8, "respondent 1")])
        await sqlite.close()
        await sqlite.open()
        assert log_of(path).stat().st_size > 0
        reading.execute("ROLLBACK")
        await sqlite.claim_reminders(due=NOON, lease=HOUR, limit=1)
        assert log_of(path).stat().st_size == 0


def start_anew(reading: sqlite3.Connection) -> None:
    """What Litestream does at each of its intervals: it alone moves the log, writes first, and reads on."""
    reading.execute("ROLLBACK")
    assert reading.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[0] == 0
    reading.execute("INSERT INTO copied (number) VALUES (1)")
    read(reading)


async def test_who_is_erased_leaves_a_log_that_another_program_copies(
    sqlite: SqliteStorage, path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOG_AGAIN_SECONDS", 0.0)
    with reader(path) as copying:
        copying.execute("ROLLBACK")
        copying.execute("CREATE TABLE copied (number)")
        await sqlite.commit([port.Put(person(number)) for number in range(100, 400)])
        await sqlite.commit([port.Put(person(8))])
        [sealed] = copying.execute("SELECT body FROM person WHERE id = 8").fetchone()
        read(copying)
        assert sealed in log_of(path).read_bytes()
        await sqlite.commit([port.Forget(8, "respondent 1")])
        for start in range(1, limits.LOG_STARTS + 1):
            start_anew(copying)
            before = log_of(path).read_bytes()
            assert (sealed in before) == (start == 1), "what the copier left behind"
            await sqlite.claim_reminders(due=NOON, lease=HOUR, limit=1)
            assert sealed not in log_of(path).read_bytes()
            assert log_of(path).read_bytes() != before, "there is something more to copy"
        before = log_of(path).read_bytes()
        await sqlite.claim_reminders(due=NOON, lease=HOUR, limit=1)
        assert log_of(path).read_bytes() == before, "nothing waits any more"
        assert copying.execute("SELECT count(*) FROM person").fetchone()[0] == 300
        assert copying.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


async def test_what_waits_when_it_closes_is_written_and_nothing_after_it(
    sqlite: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRITES_TOGETHER", 1)
    waiting = [asyncio.create_task(sqlite.commit([port.Put(person(one))])) for one in range(1, 31)]
    await asyncio.sleep(0)
    await sqlite.close()
    await asyncio.gather(*waiting)
    with pytest.raises(port.StorageError):
        await sqlite.commit([port.Put(person(31))])
    await sqlite.open()
    assert [one for one in range(1, 32) if await sqlite.person(one)] == list(range(1, 31))
