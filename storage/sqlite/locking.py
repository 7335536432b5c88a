"""One process at a time works on a database file: a lock beside it, which ends with the process, however that ends."""

from __future__ import annotations

import fcntl
import os
import pathlib

from storage import port

ENDING = ".running"
"""Behind the database's name. Not the database itself: closing that once would end SQLite's own locks."""


class Lock:
    """The lock of one storage; taken when the bot begins to work, not by who only reads or writes."""

    def __init__(self, database: pathlib.Path) -> None:
        self._database = database
        self._file: int | None = None

    def take(self) -> None:
        """Take the lock; `StorageError` where another process has it."""
        if self._file is not None:
            return
        path = self._database.with_name(self._database.name + ENDING)
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise port.StorageError(f"The file {path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            raise port.StorageError(
                f"The bot runs on the database {self._database} already. Stop that one first; "
                "several at once need PostgreSQL."
            ) from error
        self._file = file

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
