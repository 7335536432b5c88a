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

FAILURES, FAILURES_IN_CI = 12, 1
"""Disks that turn read-only, each when some more of what waits has been handled."""

COMPLAINTS = ("polling interrupted", "turn not saved", "delivery not noted", "is full")
"""What the log or the last words say when the disk is full or may only be read."""

CANNOT_SAVE = "I cannot save"
"""How the sentence begins that people get meanwhile."""

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


class FailingDisk:
    """A disk with a file system of its own, which the kernel lets nobody write any more once something is wrong."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._image = folder.with_name(folder.name + ".image")

    def make(self) -> None:
        """Put it in the place of this folder."""
        self._folder.mkdir()
        with self._image.open("wb") as file:
            file.truncate(DISK_BYTES)
        _run("mkfs.ext4", "-q", str(self._image))
        self._mount()

    def settle(self) -> None:
        """Let everything on it be on the disk, as it has long been on a machine that runs."""
        _run("sync", "-f", str(self._folder))

    def fail(self) -> None:
        """Turn it read-only at once, as an error of the disk does, whoever has its files open."""
        _run("mount", "-o", "remount,abort", str(self._folder))

    def mend(self) -> None:
        """As somebody does who looks after the machine: check it, and mount it anew."""
        _run("umount", str(self._folder))
        _run("e2fsck", "-p", str(self._image), fine=(0, 1))
        self._mount()

    def remove(self) -> None:
        """Take it away, whoever has its files open."""
        _run("umount", "-l", str(self._folder))

    def _mount(self) -> None:
        _run("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self._folder))
        lost = self._folder / "lost+found"
        if lost.is_dir():
            lost.rmdir()


@contextlib.contextmanager
def failing_disk(folder: pathlib.Path) -> Iterator[FailingDisk]:
    """Such a disk in the place of this folder; `NotHere` where none can be had."""
    disk = FailingDisk(folder)
    try:
        disk.make()
    except (OSError, subprocess.CalledProcessError) as problem:
        raise figures.NotHere(f"no disk of one's own can be mounted from a file: {problem}") from problem
    try:
        yield disk
    finally:
        disk.remove()


def _run(*command: str, fine: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in fine:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)


def fill(folder: pathlib.Path, room: int) -> pathlib.Path:
    """Take all space but this; returns the file that holds it."""
    ballast = folder / "ballast"
    free = os.statvfs(folder)
    with ballast.open("wb") as file:
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - room))
    return ballast


async def measure_full(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 4: a disk without room, then one that turns read-only."""
    fails = folder / "fails"
    fails.mkdir()
    filled = await measure_filled(folder, full=full)
    try:
        return [*filled, *await measure_read_only(fails, full=full)]
    except figures.NotHere:
        if full:  # what was measured elsewhere is not to go from the page
            raise
        return filled


async def measure_filled(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Room for so many bytes more, then none; some time later there is room again."""
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


async def measure_read_only(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """The kernel lets nobody write to the disk of the running bot; it is mended, and the bot started on it again."""
    if not can_mount():
        raise figures.NotHere("only root can mount a disk")
    tally, slowest, unsaved, silent, again = kills.Tally(), 0.0, 0, 0, 0
    failures = FAILURES if full else FAILURES_IN_CI
    with failing_disk(folder / "data") as disk:
        async with kills.standing(folder) as (made, moment):
            for number in range(failures):
                made.set_back(moment.disk, moment.chats)
                disk.settle()
                before = made.said()
                made.start()
                await _handled(made, number * len(moment.updates) // failures)
                disk.fail()
                await made.noted(COMPLAINTS)
                silent += not made.complained(COMPLAINTS)
                await made.kill()
                disk.mend()
                unsaved += _shown_unsaved(made, before, moment)
                again += sum(told > 1 for told in made.told(CANNOT_SAVE).values())
                began = time.monotonic()
                made.start()
                await made.done()
                slowest = max(slowest, time.monotonic() - began)
                await made.kill()
                kills.judge(await made.effects(), moment.expected, 1, tally)
    return [
        figures.count("disks that turned read-only under the running bot", failures),
        figures.none("of them of which the log said nothing", silent),
        figures.none("questions shown though the answer before was not kept there", unsaved),
        figures.none("people told more than once that nothing can be saved", again),
        _soon("seconds until all was done once the disk was mended and the bot started", slowest, full=full),
        figures.none("answers, turns or messages lost by it", tally.lost + tally.messages_lost),
        figures.none("answers or turns doubled by it", tally.doubled),
        figures.none("mended databases that fail integrity_check", tally.damaged),
    ]


async def _handled(made: machine.Machine, number: int) -> None:
    """Wait until the bot runs and has handled so many of the updates that wait."""
    before = made.handled()
    await made.running()
    async with asyncio.timeout(machine.PATIENCE_SECONDS):
        while len(made.handled() - before) < number:  # noqa: ASYNC110 - another process rings no bell
            await asyncio.sleep(0.002)


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
    seal = sealing.Seal(*sealing.load_keys(made.folder / "data.key"))
    await backup.backup(url, copy, seal)
    content = made.database.read_bytes()
    made.database.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))
    await backup.restore(copy, url, seal)
    return everything(made.database, made.folder / "data.key") != wanted
