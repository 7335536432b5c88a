"""One transaction for many turns: a turn that does not fit is undone alone, a failing disk undoes all."""

from __future__ import annotations

import pathlib
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from storage import limits, sealing
from storage.sql import rows, writing
from storage.sqlite import connecting, emptying, errors


class Transactions:
    """Writes groups of turns over the one connection that writes."""

    def __init__(
        self, connection: connecting.Connection, path: pathlib.Path, seal: sealing.Seal, busy_seconds: float
    ) -> None:
        self._connection = connection
        self._path = path
        self._seal = seal
        self._busy_seconds = busy_seconds
        self._log = emptying.Log(path)

    async def __call__(self, group: Sequence[writing.Write]) -> Sequence[Any]:
        """Each turn's result or error, all committed; raises when the transaction failed as a whole."""
        outcomes = await self._connection.run(lambda connection: self._together(connection, group))
        if any(write.erases for write in group):
            self._log.erased()
        if self._log.due:
            await self._connection.run(self._log.empty)
        return outcomes

    async def tidy(self) -> None:
        """Try at once whether what was erased goes from the log: no write may come for long, or none any more."""
        if self._log.waits:
            await self._connection.run(self._log.empty)

    def _together(self, connection: sqlite3.Connection, group: Sequence[writing.Write]) -> list[Any]:
        outcomes: list[Any] = []
        with errors.told(self._path):
            if connection.in_transaction:  # a failing disk let the last one be neither kept nor undone
                connection.execute("ROLLBACK")
            self._begin(connection, group)
            try:
                for write in group:
                    outcomes.append(self._alone(connection, write))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return outcomes

    def _begin(self, connection: sqlite3.Connection, group: Sequence[writing.Write]) -> None:
        """Wait for another program's lock while the time lasts and somebody still waits for what is written."""
        end = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & errors.PRIMARY == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() >= end or all(write.done.done() for write in group):
                    raise
            else:
                return

    def _alone(self, connection: sqlite3.Connection, write: writing.Write) -> Any:
        """One turn's result, or its error with nothing of it written."""
        connection.execute("SAVEPOINT turn")
        try:
            with errors.told(self._path):
                found = rows.Rows(connecting.Statements(connection), self._seal)
                outcome = connecting.finished(write.work(found))
        except Exception as error:
            if not connection.in_transaction:  # SQLite gave up the whole transaction: a full disk does that
                raise
            connection.execute("ROLLBACK TO turn")
            outcome = error
        connection.execute("RELEASE turn")
        return outcome


def wait_in_steps(connection: sqlite3.Connection) -> None:
    """Let the connection wait for a lock only so long as `Transactions` asks in between who still waits."""
    connection.execute(f"PRAGMA busy_timeout = {round(limits.BUSY_LOOK_SECONDS * 1000)}")
