"""Copies of the whole database while the bot runs, and back again. Bodies stay sealed: keep the key elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable

from storage import files, limits, moving, opening, port, sealing
from storage.postgresql import errors as errors_
from storage.sqlite import bodies, connecting, errors, locking, migrating

BESIDE = ("-wal", "-shm", "-journal")
"""Behind the database's name: files that SQLite writes and takes away."""

REPLACED = ".replaced"
"""Behind the name of the database that a restore has put aside; a number follows where one lies there already."""


async def backup(url: str, path: pathlib.Path, seal: sealing.Seal | None = None) -> None:
    """Write a whole, checked copy of the database to a new file; the bot may go on meanwhile.

    With a seal, nothing is written where something in the copy does not open. Without one nobody can tell, and that
    is better than no copy.
    """
    with files.told(path):
        if path.exists():
            raise port.StorageError(f"There is a file {path} already. Name another for the backup.")
        if url.startswith(opening.POSTGRESQL):
            part = path.with_name(path.name + ".part")
            part.unlink(missing_ok=True)
            try:
                await moving.copy_out(url, f"{opening.SQLITE}{part}")
                await asyncio.to_thread(_refuse_unopened, part, url, seal)
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(path)
        else:
            await asyncio.to_thread(_backup, opening.sqlite_path(url), path, seal)


async def restore(path: pathlib.Path, url: str, seal: sealing.Seal) -> pathlib.Path | None:
    """Put a backup in the database's place; returns where the old database, or what was left of it, lies now.

    The bot must be stopped, and the seal must open all of the backup: nothing is put in place that nobody here can read.
    A file of an older schema is brought up to date when the bot opens it; into PostgreSQL, where the database must
    be empty, it is brought up to date before. Whoever was forgotten after the backup was made is back, and must be
    forgotten again.
    """
    with files.told(path):
        if not path.is_file():
            raise port.StorageError(f"There is no backup {path}. Check its name.")
        if not url.startswith(opening.POSTGRESQL):
            return await asyncio.to_thread(_restore, path, opening.sqlite_path(url), seal)
        with tempfile.TemporaryDirectory(prefix="groundwork-restore-") as folder:
            fresh = pathlib.Path(folder) / "groundwork.db"
            await asyncio.to_thread(_brought_up_to_date, path, fresh, seal)
            await moving.move(f"{opening.SQLITE}{fresh}", url)
    return None


def _brought_up_to_date(path: pathlib.Path, fresh: pathlib.Path, seal: sealing.Seal) -> None:
    _copy(path, fresh, _restorable(path, seal))
    with errors.told(fresh), _connected(fresh) as connection:
        migrating.migrate(connection, fresh)


def _refuse_unopened(path: pathlib.Path, url: str, seal: sealing.Seal | None) -> None:
    """`StorageError` for the server where something in the copy of it does not open."""
    if seal is not None:
        with errors.told(path), _connected(path) as connection:
            errors_.refuse_closed(url, bodies.of(connection, path, seal))


def _backup(database: pathlib.Path, path: pathlib.Path, seal: sealing.Seal | None) -> None:
    if not database.is_file():
        raise port.StorageError(f"There is no database {database} to back up. Check GROUNDWORK_DATABASE_URL.")
    connecting.refuse_emptied(database)
    if os.path.realpath(path) in {os.path.realpath(_beside(database, ending)) for ending in BESIDE}:
        raise port.StorageError(
            f"SQLite uses the name {path} beside the database. Name another for the backup."
        )

    def whole(copy: sqlite3.Connection) -> None:
        if seal is not None:
            bodies.check(copy, database, seal)

    _copy(database, path, whole)


def _restore(path: pathlib.Path, database: pathlib.Path, seal: sealing.Seal) -> pathlib.Path | None:
    fresh = database.with_name(database.name + ".restoring")
    fresh.unlink(missing_ok=True)
    _copy(path, fresh, _restorable(path, seal))
    running = locking.Lock(database)
    running.take()  # SQLite's own locks tell nothing of a bot under which the database was emptied
    try:
        aside, log = None, _beside(database, "-wal")
        if database.exists():
            aside = _put_aside(database)
        elif log.exists():  # SQLite would take what stands in it into whatever gets this name
            aside = _beside(_free(database.with_name(database.name + REPLACED)), "-wal")
            os.replace(log, aside)
        os.replace(fresh, database)
        _sync_folder(database)
    finally:
        running.release()
    return aside


def _put_aside(database: pathlib.Path) -> pathlib.Path:
    """Give the database a second name, so that there is one at every moment; what a damaged one has beside it too."""
    aside = _free(database.with_name(database.name + REPLACED))
    log, kept = _beside(database, "-wal"), _beside(aside, "-wal")
    if log.exists():
        _name_again(log, kept)  # before it is opened: of a damaged database SQLite takes the log away
    try:
        whole = _merged(database)
    except port.StorageError:
        kept.unlink(missing_ok=True)
        raise
    if whole:
        kept.unlink(missing_ok=True)
    _name_again(database, aside)
    for ending in ("-wal", "-shm"):
        _beside(database, ending).unlink(missing_ok=True)
    return aside


def _name_again(path: pathlib.Path, name: pathlib.Path) -> None:
    """A second name for a file; a copy where the file system knows none."""
    try:
        os.link(path, name)
    except OSError:
        _written_out(path, name)


def _written_out(source: pathlib.Path, target: pathlib.Path) -> None:
    """The same bytes under another name, once they are on the disk."""
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    shutil.copyfile(source, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(part, target)


def _beside(database: pathlib.Path, ending: str) -> pathlib.Path:
    return database.with_name(database.name + ending)


def _free(path: pathlib.Path) -> pathlib.Path:
    """This name, or the first with a number behind it that nothing has: what was put aside may be the only good one.

    A log that lies there without its database, as of a restore that was killed, belongs to no other.
    """
    found, number = path, 1
    while found.exists() or _beside(found, "-wal").exists():
        number += 1
        found = path.with_name(f"{path.name}.{number}")
    return found


def _copy(source: pathlib.Path, target: pathlib.Path, check: Callable[[sqlite3.Connection], None]) -> None:
    """A whole copy in which the check too finds nothing under the target's name, or nothing under it."""
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with errors.told(source), _connected(source) as old, _connected(part) as new:
            migrating.check(old, source, len(migrating.scripts()))
            if migrating.version(old) == 0:
                raise port.StorageError(f"The file {source} holds no data of Groundwork. Name another file.")
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            errors.refuse_damaged(new, "integrity_check")
            check(new)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
        _sync_folder(target)
    except OSError as error:
        raise port.StorageError(f"The file {target} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _restorable(source: pathlib.Path, seal: sealing.Seal) -> Callable[[sqlite3.Connection], None]:
    """What refuses a copy of this backup of which something does not open, before it is in anything's place."""

    def check(copy: sqlite3.Connection) -> None:
        found = bodies.of(copy, source, seal)
        if found.of_another_key:
            raise port.StorageError(
                f"The key does not open the backup {source}, so nothing was changed: set GROUNDWORK_DATA_KEY_FILE to "
                "the key file of the installation that made it, with the keys of that time."
            )
        if found.closed:
            raise port.StorageError(
                f"The backup {source} is damaged: {found.words()}. Nothing was changed. Restore another one."
            )

    return check


def _merged(database: pathlib.Path) -> bool:
    """Move the log's contents into the database; whether it is whole enough for that. `StorageError` where it is in use."""
    if database.stat().st_size == 0:  # emptied: SQLite would throw the log away, and call that whole
        return False
    with _connected(database) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # needs the database for oneself
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise port.StorageError(
                    f"The database {database} is in use. Stop the bot, then restore again."
                ) from error
            return False
        except sqlite3.DatabaseError:  # damaged: that is why it is being replaced
            return False
    return True


def _connected(path: pathlib.Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(path, timeout=limits.BUSY_SECONDS, isolation_level=None))


def _sync_folder(path: pathlib.Path) -> None:
    """Make a renaming durable."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
