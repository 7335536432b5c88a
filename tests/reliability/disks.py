"""Rows 4 and 5: a disk without room, a database that somebody else holds, one whose bytes have turned."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator

import msgspec

from storage import backup, opening, port, sealing, tables
from storage.sql import rows
from tests.reliability import figures, kills, machine, scenes

DISK_BYTES = 16 << 20

ROOMS = tuple(range(0, 160_000, 4096))
"""Bytes that are free when the disk begins to be full: each ends the writing at another page."""

ROOMS_IN_CI = (0, 36_864)

COMPLAINTS = ("polling interrupted", "turn not saved", "delivery not noted", "is full")
"""What the log or the last words say when the disk is full."""

RECOVERY_SECONDS = 10

HELD_SECONDS, HELD_SECONDS_IN_CI = 30.0, 8.0

FLIPS, FLIPS_IN_CI = 2_000, 40


def can_mount() -> bool:
    """Whether a disk of its own can be had: a container's root may not."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextlib.contextmanager
def small_disk(folder: pathlib.Path) -> Iterator[None]:
    """A disk of a few megabytes in the place of this folder."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: pathlib.Path, room: int) -> pathlib.Path:
    """Take all space but this; returns the file that holds it."""
    ballast = folder / "ballast"
    free = os.statvfs(folder)
    with ballast.open("wb") as file:
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - room))
    return ballast


async def measure_full(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 4: room for so many bytes more, then none; some time later there is room again."""
    if not can_mount():
        raise figures.NotHere("only root can mount a small disk")
    tally, slowest, unsaved = kills.Tally(), 0.0, 0
    rooms = ROOMS if full else ROOMS_IN_CI
    with small_disk(folder / "data"):
        async with kills.standing(folder) as (made, moment):
            for room in rooms:
                made.set_back(moment.disk, moment.chats)
                before = made.said()
                ballast = fill(folder / "data", room)
                made.start()
                await made.noted(COMPLAINTS)
                unsaved += _shown_unsaved(made, before, moment)
                ballast.unlink()
                began = time.monotonic()
                await made.done()
                slowest = max(slowest, time.monotonic() - began)
                await made.kill()
                kills.judge(await made.effects(), moment.expected, 1, tally)
    return [
        figures.count("full disks, each at another page", len(rooms)),
        figures.none("questions shown though the answer before was not kept", unsaved),
        figures.at_most(
            "seconds until all was done once there was room", round(slowest, 1), RECOVERY_SECONDS
        ),
        figures.none("answers, turns or messages lost", tally.lost + tally.messages_lost),
        figures.none("answers or turns doubled", tally.doubled),
        figures.none("databases that fail integrity_check", tally.damaged),
    ]


def _soon(what: str, seconds: float, *, full: bool) -> figures.Figure:
    """A time; among other tests on a busy machine it is told and not judged."""
    if full:
        return figures.at_most(what, round(seconds, 1), RECOVERY_SECONDS)
    return figures.count(what, round(seconds, 1))


def _shown_unsaved(made: machine.Machine, before: dict[int, int], moment: kills.Moment) -> int:
    """Messages to a person beyond those that their turns on the disk make."""
    handled, kept = made.handled(), collections.Counter[int]()
    for update, (person, words) in zip(moment.updates, scenes.CONVERSATION.acts, strict=True):
        kept[person] += (1 + (words in scenes.IN_TWO)) * (update in handled)
    return sum(max(0, said - before[person] - kept[person]) for person, said in made.said().items())


async def measure_damage(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 5: a second writer, then bytes that turned."""
    tally = kills.Tally()
    seconds = HELD_SECONDS if full else HELD_SECONDS_IN_CI
    async with kills.standing(folder) as (made, moment):
        made.set_back(moment.disk, moment.chats)
        updates = made.bot.updates
        made.hand_out([])
        made.start()
        ran = await made.running()
        with contextlib.closing(sqlite3.connect(made.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            made.hand_out(updates)
            before = made.handled()
            await asyncio.sleep(seconds)
            written = len(made.handled() - before)
            other.execute("ROLLBACK")
        began = time.monotonic()
        await made.done()
        gave_up = not ran or made.gave_up
        after = time.monotonic() - began
        await made.kill()
        kills.judge(await made.effects(), moment.expected, 1, tally)
        found = await flipped(made, FLIPS if full else FLIPS_IN_CI)
        restored = await _restored(made)
    return [
        figures.count("seconds for which another program held the database", seconds),
        figures.none("bots that were not running before, or gave up meanwhile", gave_up),
        figures.none("turns kept while it was held", written),
        figures.none(
            "answers, turns or messages lost or doubled", tally.lost + tally.doubled + tally.messages_lost
        ),
        _soon("seconds until all was done once it was free", after, full=full),
        figures.count("databases with one bit turned", found.tried),
        figures.count("of them refused at the start", found.refused),
        figures.count("opened, and refused when what had changed was read", found.told),
        figures.count("opened, and nothing that is kept had changed", found.same),
        figures.count("opened, and who, where or when in a readable column had changed unseen", found.plain),
        figures.none("opened, and other answers, names or words were read than were written", found.other),
        figures.none("refused databases that were written to", found.written),
        figures.none("restored databases that differ from their backup", restored),
    ]


class Flips(msgspec.Struct):
    """What became of databases with one byte turned."""

    tried: int = 0
    refused: int = 0
    told: int = 0
    same: int = 0
    plain: int = 0
    other: int = 0
    written: int = 0


async def flipped(made: machine.Machine, times: int, seed: int = 5) -> Flips:
    """Turn one byte of the database at a time, and open and read it whole."""
    chance, found = random.Random(seed), Flips()
    database, key = made.folder / "flipped.db", made.folder / "data.key"
    with contextlib.closing(sqlite3.connect(made.database)) as disk:
        disk.execute("PRAGMA journal_mode = DELETE")
    whole = made.database.read_bytes()
    database.write_bytes(whole)
    wanted = everything(database, key)
    for _ in range(times):
        turned = bytearray(whole)
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
        for beside in database.parent.glob("flipped.db*"):
            beside.unlink()
        database.write_bytes(turned)
        found.tried += 1
        storage = opening.open_storage(f"sqlite:///{database}", key)
        try:
            await storage.open()
            await storage.close()
        except port.StorageError:
            found.refused += 1
            found.written += database.read_bytes() != bytes(turned)
            continue
        try:
            read = everything(database, key)
        except (port.StorageError, sqlite3.DatabaseError, UnicodeDecodeError):
            found.told += 1
            continue
        if read == wanted:
            found.same += 1
        elif sealed(read) == sealed(wanted):
            found.plain += 1
        else:
            found.other += 1
    return found


def everything(database: pathlib.Path, key: pathlib.Path) -> list[object]:
    """Every record, session and answer of a database."""
    seal = sealing.Seal(*sealing.load_keys(key))
    with contextlib.closing(sqlite3.connect(database)) as disk:
        disk.row_factory = sqlite3.Row
        read = rows.Rows(disk, seal)
        found: list[object] = []
        for kind, table in tables.TABLES.items():
            rows_of = disk.execute(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.key)}")
            found += [read.record(kind, row) for row in rows_of]
        found += [read.session(row, {}) for row in disk.execute("SELECT * FROM session ORDER BY section")]
        found += [read.answer(row) for row in disk.execute("SELECT * FROM answer ORDER BY section, key")]
        return found


def sealed(found: list[object]) -> list[object]:
    """The same without the columns by which rows are found."""
    plain = {kind: (*table.columns, "by", "proposed") for kind, table in tables.TABLES.items()}
    return [
        {
            name: getattr(record, name)
            for name in record.__struct_fields__
            if name not in plain.get(type(record), ("by", "proposed"))
        }
        for record in found
        if isinstance(record, msgspec.Struct)
    ]


async def _restored(made: machine.Machine) -> bool:
    copy, url = made.folder / "backup", f"sqlite:///{made.database}"
    wanted = everything(made.database, made.folder / "data.key")
    await backup.backup(url, copy)
    content = made.database.read_bytes()
    made.database.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))
    await backup.restore(copy, url, sealing.Seal(*sealing.load_keys(made.folder / "data.key")))
    return everything(made.database, made.folder / "data.key") != wanted
