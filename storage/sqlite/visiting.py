"""Reads that wait at the same time share one visit to a connection's thread, as writes share a transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from storage import port
from storage.sql import writing
from storage.sqlite import connecting

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], T]
"""What is read over a connection, in its thread."""


class Read(msgspec.Struct, frozen=True):
    """What is read, and who waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]


class Reader:
    """One connection that reads, and those who wait for it: a visit costs as much as several small reads."""

    def __init__(self, connection: connecting.Connection) -> None:
        self._connection = connection
        self._waiting: list[Read] = []
        self._visiting: asyncio.Task[None] | None = None
        self._closing = False
        self.visits = 0
        """How many visits it took so far."""

    async def run(self, work: Work[T]) -> T:
        """What the work finds, in the connection's thread.

        Whoever is cancelled before the visit begins is passed over; a visit goes on to its end.
        """
        if self._closing:
            raise port.StorageError("The storage is closed; nothing was read.")
        read = Read(work, asyncio.get_running_loop().create_future())
        self._waiting.append(read)
        if self._visiting is None:
            self._visiting = asyncio.create_task(self._visit(), name="storage reader")
        found: T = await read.done
        return found

    async def close(self) -> None:
        """Read what waits, then close the connection."""
        self._closing = True
        if self._visiting is not None:
            # unlike awaiting the task, waiting for it does not end it when this is cancelled
            await asyncio.wait([self._visiting])
        await self._connection.close()

    async def _visit(self) -> None:
        """Visit until nobody waits any more; who comes meanwhile is in the next visit."""
        reads: list[Read] = []
        try:
            while self._waiting:
                reads, self._waiting = [read for read in self._waiting if not read.done.done()], []
                if reads:
                    self.visits += 1
                    writing.tell([read.done for read in reads], await self._found(reads))
        finally:
            self._visiting = None
            for read in (*reads, *self._waiting):  # only where this task was ended from outside
                read.done.cancel()

    async def _found(self, reads: Sequence[Read]) -> Sequence[Any]:
        """What each finds, or its error."""
        try:
            return await self._connection.run(
                lambda connection: [_alone(connection, read.work) for read in reads]
            )
        except Exception as error:  # the connection is closed
            return [error] * len(reads)


def _alone(connection: sqlite3.Connection, work: Work[Any]) -> Any:
    try:
        return work(connection)
    except Exception as error:
        return error
