"""Group commit: turns that wait at the same time share one transaction and one wait for the disk."""

from __future__ import annotations

import asyncio
import pathlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from storage import limits, port
from storage.sqlite import connecting, errors

T = TypeVar("T")


class Write(msgspec.Struct, frozen=True):
    """One turn's writing, and who waits for it."""

    work: Callable[[sqlite3.Connection], Any]
    done: asyncio.Future[Any]
    erases: bool
    """Whether nothing of what was there before may stay in the write-ahead log."""


class Writer:
    """The one task that writes: takes every turn that waits, commits them together, then wakes their callers."""

    def __init__(self, connection: connecting.Connection, path: pathlib.Path) -> None:
        self._connection = connection
        self._path = path
        self._waiting: list[Write] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._must_empty_log = False
        self.transactions = 0
        """How many were committed so far."""
        self._task = asyncio.create_task(self._run(), name="storage writer")

    async def write(self, work: Callable[[sqlite3.Connection], T], *, erases: bool = False) -> T:
        """What the work returns, once it is durable. A caller that is cancelled may or may not have written."""
        if self._closing:
            raise port.StorageError("The storage is closed; nothing was written.")
        write = Write(work, asyncio.get_running_loop().create_future(), erases)
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
        erases = any(write.erases for write in group)
        try:
            outcomes = await self._connection.run(lambda connection: self._together(connection, group))
            self._must_empty_log = self._must_empty_log or erases
            if self._must_empty_log:
                self._must_empty_log = not await self._connection.run(_empty_log)
        except Exception as error:
            outcomes = [error] * len(group)
        except asyncio.CancelledError:
            for write in group:
                write.done.cancel()
            raise
        for write, outcome in zip(group, outcomes, strict=True):
            if write.done.done():
                continue
            if isinstance(outcome, Exception):
                write.done.set_exception(outcome)
            else:
                write.done.set_result(outcome)

    def _together(self, connection: sqlite3.Connection, group: Sequence[Write]) -> list[Any]:
        """Each turn's result or error, all committed; raises when the transaction failed as a whole."""
        outcomes: list[Any] = []
        with errors.told(self._path):
            if connection.in_transaction:  # a failing disk let the last one be neither kept nor undone
                connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            try:
                for write in group:
                    outcomes.append(self._alone(connection, write))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        self.transactions += 1
        return outcomes

    def _alone(self, connection: sqlite3.Connection, write: Write) -> Any:
        """One turn's result, or its error with nothing of it written."""
        connection.execute("SAVEPOINT turn")
        try:
            with errors.told(self._path):
                outcome = write.work(connection)
        except Exception as error:
            if not connection.in_transaction:  # SQLite gave up the whole transaction: a full disk does that
                raise
            connection.execute("ROLLBACK TO turn")
            outcome = error
        connection.execute("RELEASE turn")
        return outcome


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the database and cut it to nothing; False to try again later."""
    try:
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.Error:  # the turn is durable; only the tidying is not done yet
        return False
