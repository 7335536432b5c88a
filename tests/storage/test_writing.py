"""The one task that writes: who waits is told, whatever happens to the transaction, the task or the waiting itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from storage import port
from storage.sql import rows, writing


async def work(_: rows.Rows) -> str:
    return "done"


class Disk:
    """Writes groups when it is let, as it is told to."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.fails: Exception | None = None
        self.groups: list[int] = []

    async def __call__(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        await self.free.wait()
        self.groups.append(len(group))
        if self.fails is not None:
            raise self.fails
        return ["done"] * len(group)


async def test_turns_that_wait_share_a_transaction() -> None:
    disk = Disk()
    writer = writing.Writer(disk)
    waiting = [asyncio.create_task(writer.write(work)) for _ in range(5)]
    await asyncio.sleep(0)
    disk.free.set()
    assert await asyncio.gather(*waiting) == ["done"] * 5
    assert disk.groups == [5]
    assert writer.transactions == 1
    await writer.close()


async def test_a_disk_that_fails_fails_all_of_them_and_the_next_is_written() -> None:
    disk = Disk()
    disk.free.set()
    disk.fails = OSError("full")
    writer = writing.Writer(disk)
    found = await asyncio.gather(*(writer.write(work) for _ in range(3)), return_exceptions=True)
    assert found == [disk.fails] * 3
    disk.fails = None
    assert await writer.write(work) == "done"
    assert writer.transactions == 1
    await writer.close()


async def test_who_gave_up_waiting_is_left_out_and_holds_nobody_up() -> None:
    disk = Disk()
    writer = writing.Writer(disk)
    first = asyncio.create_task(writer.write(work))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone, other = (asyncio.create_task(writer.write(work)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    disk.free.set()
    assert (await first, await other) == ("done", "done")
    assert disk.groups == [1, 1]
    await writer.close()


async def test_who_gives_up_while_it_is_written_holds_nobody_up() -> None:
    disk = Disk()
    writer = writing.Writer(disk)
    gone, other = (asyncio.create_task(writer.write(work)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    disk.free.set()
    assert await other == "done"
    await writer.close()


async def test_what_waits_at_the_end_is_still_written_and_nothing_after_it() -> None:
    disk = Disk()
    writer = writing.Writer(disk)
    last = asyncio.create_task(writer.write(work))
    await asyncio.sleep(0)
    closing = asyncio.create_task(writer.close())
    await asyncio.sleep(0)
    disk.free.set()
    await closing
    assert await last == "done"
    with pytest.raises(port.StorageError, match="closed; nothing was written"):
        await writer.write(work)


async def test_who_waits_on_a_task_that_is_ended_waits_no_longer() -> None:
    disk = Disk()
    writer = writing.Writer(disk)
    under_way = asyncio.create_task(writer.write(work))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    behind = asyncio.create_task(writer.write(work))
    await asyncio.sleep(0)
    writer._task.cancel()
    found = await asyncio.gather(under_way, behind, return_exceptions=True)
    assert [type(one) for one in found] == [asyncio.CancelledError] * 2
    async with asyncio.timeout(30):
        with pytest.raises(port.StorageError, match="closed; nothing was written"):
            await writer.write(work)
