"""Reads that share a visit to SQLite's thread: each gets what it asked for, and no other's trouble."""

from __future__ import annotations

import asyncio
import pathlib
import sqlite3
import threading
from collections.abc import AsyncIterator

import pytest

from storage import port
from storage.sqlite import connecting, visiting

LET_GO_SECONDS = 60


@pytest.fixture
async def reader(tmp_path: pathlib.Path) -> AsyncIterator[visiting.Reader]:
    """One over an empty database."""
    opened = await connecting.connect(tmp_path / "empty.db", busy_seconds=1, writes=False)
    found = visiting.Reader(opened)
    yield found
    await found.close()


def _visit(connection: sqlite3.Connection) -> str:
    return threading.current_thread().name


async def test_who_waits_is_read_for_in_the_next_visit_each_their_own(reader: visiting.Reader) -> None:
    def number(n: int) -> visiting.Work[int]:
        return lambda connection: int(connection.execute("SELECT ?", (n,)).fetchone()[0])

    assert await asyncio.gather(*(reader.run(number(n)) for n in range(50))) == list(range(50))
    assert reader.visits == 1
    assert await reader.run(number(50)) == 50
    assert reader.visits == 2


async def test_one_that_fails_fails_alone(reader: visiting.Reader) -> None:
    wrong = reader.run(lambda connection: connection.execute("SELECT * FROM nowhere"))
    before, failed, after = await asyncio.gather(
        reader.run(_visit), wrong, reader.run(_visit), return_exceptions=True
    )
    assert isinstance(failed, sqlite3.OperationalError)
    assert before == after


async def test_who_comes_during_a_visit_is_in_the_next(reader: visiting.Reader) -> None:
    let_go, there = threading.Event(), threading.Event()

    def long(_: sqlite3.Connection) -> bool:
        there.set()
        return let_go.wait(LET_GO_SECONDS)

    first = asyncio.create_task(reader.run(long))
    await asyncio.to_thread(there.wait, LET_GO_SECONDS)
    later = [asyncio.create_task(reader.run(_visit)) for _ in range(3)]
    await asyncio.sleep(0)
    let_go.set()
    assert await first
    await asyncio.gather(*later)
    assert reader.visits == 2


async def test_who_gave_up_holds_up_nobody(reader: visiting.Reader) -> None:
    begun = []
    given_up = asyncio.create_task(reader.run(begun.append))
    waits = asyncio.create_task(reader.run(_visit))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await waits
    assert given_up.cancelled()
    assert not begun, "nobody asks for it any more"


async def test_one_that_is_given_up_alone_takes_no_visit(reader: visiting.Reader) -> None:
    given_up = asyncio.create_task(reader.run(_visit))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.wait([given_up])
    assert await reader.run(_visit)
    assert reader.visits == 1


async def test_closing_that_is_given_up_ends_no_read(reader: visiting.Reader) -> None:
    let_go = threading.Event()
    waits = asyncio.create_task(reader.run(lambda _: let_go.wait(LET_GO_SECONDS)))
    await asyncio.sleep(0)
    closing = asyncio.create_task(reader.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait([closing])
    let_go.set()
    assert await waits


async def test_closing_reads_what_waits_and_what_comes_later_is_refused(reader: visiting.Reader) -> None:
    waits = asyncio.create_task(reader.run(_visit))
    await asyncio.sleep(0)
    await reader.close()
    assert waits.done()
    assert await waits
    for _ in range(2):
        with pytest.raises(port.StorageError, match="closed"):
            await reader.run(_visit)
