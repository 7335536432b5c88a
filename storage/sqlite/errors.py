"""SQLite's errors in words that say what to do."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator

from storage import port

PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes: https://sqlite.org/rescode.html."""

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "The database {path} is locked by another program. Stop that program, then try again.",
    sqlite3.SQLITE_LOCKED: "The database {path} is locked by another program. Stop that program, then try again.",
    sqlite3.SQLITE_READONLY: (
        "The database {path} cannot be written. Give this user the right to write it and its folder, "
        "or remount the disk for writing."
    ),
    sqlite3.SQLITE_PERM: "The database {path} may not be opened. Give this user the right to read and write it.",
    sqlite3.SQLITE_FULL: "The disk that holds {path} is full. Free some space; nothing that was confirmed is lost.",
    sqlite3.SQLITE_IOERR: (
        "The disk that holds {path} does not read or write properly. Check it; "
        "restore a backup elsewhere if it is failing."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The database {path} is damaged{where}. Stop the bot, keep the file, and run: groundwork restore BACKUP."
    ),
    sqlite3.SQLITE_NOTADB: (
        "The file {path} is not a database. Set GROUNDWORK_DATABASE_URL to the right file, or restore a backup."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The database {path} cannot be opened. Check that its folder exists and that this user may write there."
    ),
}


def sentence(error: sqlite3.Error, path: pathlib.Path) -> str:
    """What is wrong and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code in _SENTENCES:
        return _SENTENCES[code].format(path=path, where="")
    return f"The database {path} could not do it: {error}."


def damaged(path: pathlib.Path, what: str = "") -> port.StorageError:
    """What to say of a damaged database, with what was found in it."""
    where = f": {what}" if what else ""
    return port.StorageError(_SENTENCES[sqlite3.SQLITE_CORRUPT].format(path=path, where=where))


@contextlib.contextmanager
def told(path: pathlib.Path) -> Iterator[None]:
    """Turn SQLite's errors inside into `StorageError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise port.StorageError(sentence(error, path)) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes it
        raise damaged(path) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise port.UnkeepableError(
            f"This cannot be kept: {error}. Change the value and try again."
        ) from error


def refuse_damaged(connection: sqlite3.Connection, check: str = "quick_check") -> None:
    """SQLite's own error for a damaged database when its check finds something."""
    found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
    if found != "ok":
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
