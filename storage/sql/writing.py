"""Group commit: turns that wait at the same time share one transaction and one wait for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import msgspec

from storage import limits, port
from storage.sql import rows, touching

T = TypeVar("T")

Work = Callable[[rows.Rows], Awaitable[T]]
"""What is done with the rows of one connection."""


class Write(msgspec.Struct, frozen=True):
    """One turn's writing, and who waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]
    erases: bool
    """Whether nothing of what was there before may stay behind."""
    touches: touching.Touched
    """What the work reads and writes."""


Together = Callable[[Sequence[Write]], Awaitable[Sequence[Any]]]
"""Writes a group in one transaction: each turn's result or its own error; raises where the whole failed."""


class Writer:
    """The one task that writes: takes every turn that waits, commits them together, then wakes their callers."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._waiting: list[Write] = []
        self._wake = asyncio.Event()
        self._closing = False
        self.transactions = 0
        """How many were committed so far."""
        self._task = asyncio.create_task(self._run(), name="storage writer")

    async def write(self, work: Work[T], *, erases: bool = False, touches: touching.Touched = None) -> T:
        """What the work returns, once it is durable. A caller that is cancelled may or may not have written."""
        if self._closing:
            raise port.StorageError("The storage is closed; nothing was written.")
        write = Write(work, asyncio.get_running_loop().create_future(), erases, touches)
        self._waiting.append(write)
        self._wake.set()
        result: T = await write.done
        return result

    async def close(self) -> None:
        """Write what waits, then stop."""
        self._closing = True
        self._wake.set()
        await self._task

    async def _run(self) -> None:
        try:
            while not (self._closing and not self._waiting):
                await self._wake.wait()
                while self._waiting:
                    group = self._waiting[: limits.WRITES_TOGETHER]
                    del self._waiting[: limits.WRITES_TOGETHER]
                    await self._write([write for write in group if not write.done.done()])
                if not self._closing:
                    self._wake.clear()
        finally:
            self._closing = True
            for write in self._waiting:
                write.done.cancel()

    async def _write(self, group: Sequence[Write]) -> None:
        if not group:
            return
        try:
            outcomes = await self._together(group)
            self.transactions += 1
        except Exception as error:
            outcomes = [error] * len(group)
        except asyncio.CancelledError:
            for write in group:
                write.done.cancel()
            raise
        tell([write.done for write in group], outcomes)


def tell(waiting: Sequence[asyncio.Future[Any]], outcomes: Sequence[Any]) -> None:
    """Give each who still waits what came of theirs, or its error."""
    for done, outcome in zip(waiting, outcomes, strict=True):
        if done.done():
            continue
        if isinstance(outcome, Exception):
            done.set_exception(outcome)
        else:
            done.set_result(outcome)
