"""What was erased leaves the write-ahead log too, also where another program reads that log all the time.

Litestream keeps a reading transaction open, so that nobody but itself starts the log anew. It does that only when
something was written, leaves the frames of the time before behind the new ones, and keeps a copy of the last log but
one. So where the log cannot be emptied it is given something to copy, and what was left behind is cut off.
"""

from __future__ import annotations

import pathlib
import sqlite3
import time
from typing import BinaryIO

from storage import limits

HEADER, FRAME_HEADER = 32, 24
"""Bytes before the first frame, and before the page of each: https://sqlite.org/fileformat2.html#walformat."""

SALTS = slice(16, 24)
"""Of the header: other ones each time that the log starts anew."""

FRAME_SALTS = slice(8, 16)
"""Of a frame: those of the header when it was written."""


class Log:
    """The write-ahead log of one database, and whether something is to go from it."""

    def __init__(self, path: pathlib.Path) -> None:
        self._file = path.with_name(f"{path.name}-wal")
        self._empties_at: float | None = None
        """By the monotonic clock; None where nothing in it was to be erased."""
        self._salts: bytes | None = None
        self._starts = 0
        self.erased()  # who ended in the middle may have left it so

    def erased(self) -> None:
        """Something that lies in it was erased from the database."""
        self._empties_at, self._salts, self._starts = time.monotonic(), None, 0

    @property
    def waits(self) -> bool:
        """Whether something is still to go from it."""
        return self._empties_at is not None

    @property
    def due(self) -> bool:
        """Whether it is time to try."""
        return self._empties_at is not None and time.monotonic() >= self._empties_at

    def empty(self, connection: sqlite3.Connection) -> None:
        """Move it into the database and cut it to nothing; where somebody reads it, go as far as may be."""
        try:
            gone = _emptied(connection) or self._left_behind(connection)
        except (sqlite3.Error, OSError):  # each turn is durable; only the tidying is not done yet
            gone = False
        self._empties_at = None if gone else time.monotonic() + limits.LOG_AGAIN_SECONDS

    def _left_behind(self, connection: sqlite3.Connection) -> bool:
        """Whether it started anew often enough since that nobody's copy of it holds what was erased."""
        connection.execute("BEGIN IMMEDIATE")  # nobody writes to it meanwhile, as when SQLite itself cuts it
        try:
            with self._file.open("r+b") as file:
                salts = _cut(file)
            _write_something(connection)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        self._starts += self._salts not in (None, salts)
        self._salts = salts
        return self._starts >= limits.LOG_STARTS


def _emptied(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def _write_something(connection: sqlite3.Connection) -> None:
    """Write a page as it is; of a row that stays as it is SQLite writes nothing."""
    [number] = connection.execute("PRAGMA application_id").fetchone()
    connection.execute(f"PRAGMA application_id = {number}")


def _cut(file: BinaryIO) -> bytes:
    """Cut off the frames of a log that was there before this one, which nobody reads any more; this one's salts."""
    header = file.read(HEADER)
    salts, length = header[SALTS], FRAME_HEADER + int.from_bytes(header[8:12])
    end = HEADER
    while salts and file.seek(end) == end and file.read(FRAME_HEADER)[FRAME_SALTS] == salts:
        end += length
    if salts and end < file.seek(0, 2):
        file.truncate(end)
    return salts
