"""PostgreSQL's errors in words that say what to do."""

from __future__ import annotations

import contextlib
import urllib.parse
from collections.abc import Iterator

import asyncpg

from storage import port, sealing
from storage.sql import bodies

_SENTENCES: dict[type[BaseException], str] = {
    asyncpg.InvalidPasswordError: "The database {place} refuses the name or the password. Check GROUNDWORK_DATABASE_URL.",
    asyncpg.InvalidAuthorizationSpecificationError: (
        "The database {place} refuses the name or the password. Check GROUNDWORK_DATABASE_URL."
    ),
    asyncpg.InvalidCatalogNameError: (
        "There is no database {place}. Create it with createdb, or set GROUNDWORK_DATABASE_URL to another."
    ),
    asyncpg.InsufficientPrivilegeError: (
        "The database {place} may not be used so ({error}). Make the user of GROUNDWORK_DATABASE_URL its owner."
    ),
    asyncpg.ReadOnlySQLTransactionError: (
        "The database {place} cannot be written: it is a standby, or set to read only. "
        "Set GROUNDWORK_DATABASE_URL to the primary server."
    ),
    asyncpg.DiskFullError: (
        "The disk that holds {place} is full. Free some space; nothing that was confirmed is lost."
    ),
    asyncpg.TooManyConnectionsError: (
        "The database {place} takes no more connections. Raise max_connections: each worker needs up to ten."
    ),
    asyncpg.LockNotAvailableError: (
        "The database {place} was held by somebody else for too long. It is tried again; "
        "if this goes on, look for a long transaction in pg_stat_activity."
    ),
    asyncpg.QueryCanceledError: (
        "The database {place} took too long. It is tried again; if this goes on, look at its load."
    ),
}

LINE_LOST = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
)
"""What a cut line raises; the client's internal error where the end of the line was not yet read."""

_UNREACHABLE = "The database {place} cannot be reached ({error}). Check that PostgreSQL runs, and GROUNDWORK_DATABASE_URL."


def place(url: str) -> str:
    """Which database an address names, without the name and password in it."""
    parts = urllib.parse.urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.path.lstrip('/') or 'of the user'} at {host or 'this machine'}"


def sentence(error: BaseException, url: str) -> str:
    """What is wrong and what to do."""
    for kind, words in _SENTENCES.items():
        if isinstance(error, kind):
            return words.format(place=place(url), error=without_values(error))
    if isinstance(error, LINE_LOST):
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return _UNREACHABLE.format(place=place(url), error=reason)
    return f"The database {place(url)} could not do it: {without_values(error)}."


def without_values(error: BaseException) -> str:
    """What an error says but for the values it is about, which may be somebody's answer: it goes into the log."""
    first = str(error).partition("\n")[0]
    return first.partition(": ")[0]


@contextlib.contextmanager
def told(url: str) -> Iterator[None]:
    """Turn the errors of PostgreSQL and of the line to it into `StorageError`."""
    try:
        yield
    except (UnicodeEncodeError, OverflowError, asyncpg.DataError) as error:
        raise port.UnkeepableError(
            f"This cannot be kept: {without_values(error)}. Change the value and try again."
        ) from error
    except (asyncpg.PostgresError, *LINE_LOST) as error:
        raise port.StorageError(sentence(error, url)) from error


def refuse_closed(url: str, found: bodies.Bodies) -> None:
    """`StorageError` where something that is sealed does not open: for the key where nothing does, else for damage."""
    if found.of_another_key:
        raise sealing.wrong_key()
    if found.closed:
        raise port.StorageError(
            f"{place(url)} is damaged: {found.words()}. Stop the bot, keep the database, and run: groundwork restore "
            "BACKUP, into an empty one."
        )
