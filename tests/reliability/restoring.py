"""Row 19: a backup is made while the bot writes, its disk is lost, and the bot goes on from the backup elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import pathlib
import sqlite3
import sys
import time

import msgspec

from storage import backup, sealing
from storage.sqlite import migrating, store
from tests.reliability import counting, disks, figures, machine, replicas, storms
from tests.storage import test_opening, test_port

PEOPLE, PEOPLE_IN_CI = 1_000, 12
"""A branch each, fifty in one assessment."""

BEFORE = 12
"""Of twenty answers of each, so many were given before the backup; the others are being given meanwhile."""

SECONDS = 300


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """The copy that Litestream keeps, the bot's own backup, and that of every older schema."""
    copied = await replicas.measure(folder, full=full)
    return [*await measure_backup(folder, full=full), *await measure_schemas(folder), *copied]


async def measure_backup(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """By the two commands, from a running bot to one that runs elsewhere."""
    number = PEOPLE if full else PEOPLE_IN_CI
    async with storms.crowded(folder, number, storms.LONG_FLOW) as made:
        await made.telegram.faults(rate_limits=False)
        await _answered(made, number, storms.TYPED_BY_ALL[:BEFORE])
        storms.say_all(made, range(storms.FIRST, storms.FIRST + number), storms.TYPED_BY_ALL[BEFORE:])
        await _writes(made)
        before, rows, file = _answers(made.database), _rows(made.database), folder / "backup"
        await _command(made, "backup", str(file))
        after, unchanged = _answers(made.database), rows & _rows(made.database)
        await made.kill()
        key = made.folder / "data.key"
        kept, lacks = _answers(file), unchanged - _rows(file)
        wanted, whole = digest(file, key), _integrity(file)
        # another machine with nothing but the key and the backup
        elsewhere = machine.Machine(folder / "elsewhere", made.up, made.telegram)
        elsewhere.folder.mkdir()
        (elsewhere.folder / "data").mkdir()
        (elsewhere.folder / "data.key").write_bytes(key.read_bytes())
        (elsewhere.folder / "clock").write_bytes((made.folder / "clock").read_bytes())
        began = time.monotonic()
        await _command(elsewhere, "restore", str(file))
        same = digest(elsewhere.database, elsewhere.folder / "data.key") == wanted
        elsewhere.start(counted=False)
        ran = await elsewhere.running()
        seconds = time.monotonic() - began
        await elsewhere.kill()
    return [
        figures.count("answers in the backup", len(kept)),
        figures.none("answers kept before it began that it lacks", len(before - kept)),
        figures.none("answers in it that were never kept", len(kept - after)),
        figures.count("answers that were kept while it was made", len(after - before)),
        figures.count(
            "rows of all tables that were there before it began and are the same after it", len(unchanged)
        ),
        figures.none("of them that it lacks or has otherwise", len(lacks)),
        figures.none("restored databases whose opened records have another hash than the backup's", not same),
        figures.none(
            "backups and restored databases that fail integrity_check",
            (whole != "ok") + (_integrity(elsewhere.database) != "ok"),
        ),
        figures.none("restored bots that did not run", not ran),
        figures.at_most(
            "seconds from the restore command until the bot ran, hashing included", round(seconds, 1), SECONDS
        ),
    ]


async def measure_schemas(folder: pathlib.Path) -> list[figures.Figure]:
    """A backup of every schema that ever was, with something of every kind in it."""
    key = sealing.Key(1, bytes(range(32)))
    today = store.SqliteStorage(folder / "today.db", key)
    await today.open()
    await today.commit([*test_port.everything_of(1), *test_port.everything_of(2), *test_port.ALERTS])
    await today.close()
    kept, other = test_opening.all_rows(folder / "today.db", key), 0
    versions = range(1, len(migrating.scripts()) + 1)
    for version in versions:
        old, new = folder / f"old{version}.db", folder / f"new{version}.db"
        with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as raw:
            migrating.migrate(raw, old, migrating.scripts()[:version])
            written = test_opening.written_at(version, raw, key, kept)
        await backup.backup(f"sqlite:///{old}", folder / f"copy{version}")
        await backup.restore(folder / f"copy{version}", f"sqlite:///{new}", sealing.Seal(key))
        opened = store.SqliteStorage(new, key)
        await opened.open()
        await opened.close()
        other += test_opening.all_rows(new, key) != written or _integrity(new) != "ok"
    return [
        figures.count("schemas that there have been", len(versions)),
        figures.none("of them whose backup reads otherwise once it is restored and opened", other),
    ]


def digest(database: pathlib.Path, key: pathlib.Path) -> str:
    """The hash of every record, session and answer, opened."""
    return hashlib.sha256(msgspec.msgpack.encode(disks.everything(database, key))).hexdigest()


async def _answered(made: machine.Machine, number: int, typed: tuple[str, ...]) -> None:
    """Start the bot and wait until everybody's words are handled."""
    storms.say_all(made, range(storms.FIRST, storms.FIRST + number), typed)
    updates = len(made.bot.updates)
    made.start(counted=False)
    await made.done(seconds=60 + updates / 20)


async def _writes(made: machine.Machine) -> None:
    """Wait until the bot keeps something more."""
    first = made.count("SELECT count(*) FROM answer")
    async with asyncio.timeout(machine.PATIENCE_SECONDS):
        while made.count("SELECT count(*) FROM answer") == first:  # noqa: ASYNC110 - another process rings no bell
            await asyncio.sleep(0.01)


def _answers(database: pathlib.Path) -> frozenset[tuple[str, str, bytes]]:
    """Each answer as it is sealed: nothing else is the same."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as disk:
        return frozenset(disk.execute("SELECT section, key, body FROM answer"))


def _rows(database: pathlib.Path) -> frozenset[bytes]:
    """Each row of each table, as it lies there; short, for there are many."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as disk:
        disk.execute("BEGIN")
        names = [name for (name,) in disk.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return frozenset(
            hashlib.blake2b(repr((name, row)).encode(), digest_size=16).digest()
            for name in names
            for row in disk.execute(f'SELECT * FROM "{name}"')
        )


def _integrity(database: pathlib.Path) -> str:
    with contextlib.closing(sqlite3.connect(database)) as disk:
        return str(disk.execute("PRAGMA integrity_check").fetchone()[0])


async def _command(made: machine.Machine, *words: str) -> None:
    """A command of the bot's, as whoever runs the machine gives it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=counting.ROOT, env={**os.environ, **made.environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}: {said.decode()}")
