"""Row 19, the copy that Litestream keeps: the machine is lost at any moment, and another goes on from the replica."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import time
from typing import Any, NamedTuple

import yaml

from storage import opening, port, records, sealing
from tests.reliability import committing, counting, figures

DEPLOYED = counting.ROOT / "deploy" / "litestream.yml"

LOSSES, LOSSES_IN_CI = 20, 1

LIVES, LIVES_IN_CI = (4.0, 15.0), (3.0, 4.0)
"""Seconds, at least and at most, from the first commit until the machine is lost."""

STARTS = 5
"""Of a process that commits, at most."""

SECONDS = 1.0
"""Of commits that may be lost."""

ERASED, ERASED_IN_CI = 8, 1
"""People, each on a machine of their own, all at the same time."""

LEFT_SECONDS = 60.0
"""For so long something that was erased may lie in a file beside the database."""

PATIENCE_SECONDS = 5 * LEFT_SECONDS

LOOK_SECONDS = 0.5
"""Between two looks at what is left; the bot looks for due reminders as often or less."""

PIECE = 24
"""Bytes of a sealed body that no other has by chance."""


def program() -> str | None:
    """Where Litestream is: named by GROUNDWORK_LITESTREAM, or found like any program."""
    return os.environ.get("GROUNDWORK_LITESTREAM") or shutil.which("litestream")


class Loss(NamedTuple):
    """What was lost with one machine."""

    commits: int
    lost: int
    seconds: float
    """How long before the end the oldest commit was made that is not in the replica."""
    whole: bool
    """Whether what was restored passes integrity_check, opens, and has no gap."""
    slowest: float
    """The longest that a commit took, from when it was asked for until it was said to be kept."""


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Lose the machine again and again; where there is no Litestream nothing at a small size."""
    if program() is None:
        if full:  # what was measured elsewhere is not to go from the page
            raise figures.NotHere("there is no program litestream")
        return []
    chance = random.Random(19)
    found = [
        await _lost(folder / f"lost{number}", chance.uniform(*(LIVES if full else LIVES_IN_CI)))
        for number in range(LOSSES if full else LOSSES_IN_CI)
    ]
    left = await asyncio.gather(
        *(_left(folder / f"erased{number}", number) for number in range(ERASED if full else ERASED_IN_CI))
    )
    longest = round(max(left), 1)
    remains = "seconds until somebody erased beside it is in no file on the machine any more, at most"
    seconds = round(max(loss.seconds for loss in found), 2)
    what = "seconds of commits lost with a machine that Litestream copied, at most"
    return [
        figures.count("machines lost while Litestream copied them", len(found)),
        figures.count("commits on them", sum(loss.commits for loss in found)),
        # among other tests on a busy machine a time is told and not judged
        figures.at_most(what, seconds, SECONDS) if full else figures.count(what, seconds),
        figures.count(
            "seconds that the slowest commit beside it took", round(max(loss.slowest for loss in found), 2)
        ),
        figures.none(
            "replicas that fail integrity_check, do not open, or have a gap",
            sum(not loss.whole for loss in found),
        ),
        figures.count("people erased while Litestream copied them", len(left)),
        figures.at_most(remains, longest, LEFT_SECONDS) if full else figures.count(remains, longest),
    ]


async def _lost(folder: pathlib.Path, seconds: float) -> Loss:
    """Let a process commit under Litestream, end both at once, and restore from the replica alone."""
    folder.mkdir()
    database, key, notes = folder / "groundwork.db", folder / "data.key", folder / "notes"
    sealing.make_key(key)
    config = _configured(folder)
    copying = await _started(str(program()), "replicate", "-config", str(config))
    command = (sys.executable, "-m", committing.__name__, str(database), str(key), str(notes))
    committed = await _started(*command)
    try:
        for _ in range(STARTS):
            if await _begun(committed, notes):
                break
            # Litestream may hold the new file just then: a service manager starts it again
            committed = await _started(*command)
        await asyncio.sleep(seconds)
    finally:
        ended = time.monotonic()
        for process in (committed, copying):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
        for process in (committed, copying):
            await process.wait()
    database.rename(folder / "what was lost")
    restoring = await _started(
        str(program()), "restore", "-config", str(config), "-o", str(folder / "restored.db"), str(database)
    )
    if await restoring.wait():
        return Loss(0, 0, seconds, whole=False, slowest=0)
    return await _judged(folder, ended)


async def _judged(folder: pathlib.Path, ended: float) -> Loss:
    lines = [line.split(" ") for line in (folder / "notes").read_text("ascii").splitlines(keepends=True)]
    noted = [words for words in lines if len(words) == 3 and words[-1].endswith("\n")]
    at = {int(number): float(when) for number, when, _ in noted}
    database = folder / "restored.db"
    with contextlib.closing(sqlite3.connect(database)) as disk:
        integrity = disk.execute("PRAGMA integrity_check").fetchone()[0]
        kept = {row[0] for row in disk.execute("SELECT id FROM person")}
    lost = sorted(at.keys() - kept)
    whole = (
        integrity == "ok"
        and kept == set(range(1, len(kept) + 1))
        and await _opens(database, folder / "data.key")
    )
    slowest = max((float(took) for *_, took in noted), default=0.0)
    return Loss(len(at), len(lost), ended - at[lost[0]] if lost else 0.0, whole, slowest)


async def _opens(database: pathlib.Path, key: pathlib.Path) -> bool:
    storage = opening.open_storage(f"sqlite:///{database}", key)
    try:
        await storage.open()
        await storage.person(1)
    except port.StorageError:
        return False
    finally:
        await storage.close()
    return True


async def _left(folder: pathlib.Path, number: int) -> float:
    """Seconds from an erasure until nothing sealed of that person lies beside the replica, on a quiet machine."""
    folder.mkdir()
    database, key = folder / "groundwork.db", folder / "data.key"
    sealing.make_key(key)
    storage = opening.open_storage(f"sqlite:///{database}", key)
    await storage.open()
    copying = await _started(str(program()), "replicate", "-config", str(_configured(folder)))
    try:
        await storage.commit([port.Put(records.Person(one, f"Person {one}")) for one in range(1, 300)])
        await asyncio.sleep(1 + number * LOOK_SECONDS)  # at another moment between two of its intervals
        await storage.commit([port.Put(records.Person(300, "Asha"))])
        with contextlib.closing(sqlite3.connect(database)) as disk:
            [sealed] = disk.execute("SELECT body FROM person WHERE id = 300").fetchone()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(_holding(folder, sealed)) < 2:  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.01)
        began = time.monotonic()
        await storage.commit([port.Forget(300, "nobody")])
        while _holding(folder, sealed) and time.monotonic() < began + PATIENCE_SECONDS:
            await storage.claim_reminders(due=dt.datetime.now(dt.UTC), lease=dt.timedelta(minutes=1), limit=9)
            await asyncio.sleep(LOOK_SECONDS)
        return time.monotonic() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            copying.kill()
        await copying.wait()
        await storage.close()


def _holding(folder: pathlib.Path, sealed: bytes) -> list[pathlib.Path]:
    """The files in which the end of it lies, but for the replica, which is elsewhere."""
    found: list[pathlib.Path] = []
    for file in folder.rglob("*"):
        if folder / "replica" not in file.parents:
            with contextlib.suppress(
                FileNotFoundError, IsADirectoryError
            ):  # Litestream removes what it has copied
                found += [file] if sealed[-PIECE:] in file.read_bytes() else []
    return found


def _configured(folder: pathlib.Path) -> pathlib.Path:
    """What is deployed, with the replica in a folder instead of at another machine."""
    config: dict[str, Any] = yaml.safe_load(DEPLOYED.read_text("utf-8"))
    [database] = config["dbs"]
    [replica] = database["replicas"]
    database["path"] = str(folder / "groundwork.db")
    del replica["url"]
    replica |= {"type": "file", "path": str(folder / "replica")}
    made = folder / "litestream.yml"
    made.write_text(yaml.safe_dump(config), "utf-8")
    return made


async def _started(*command: str) -> asyncio.subprocess.Process:
    nowhere = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(*command, cwd=counting.ROOT, stdout=nowhere, stderr=nowhere)


async def _begun(process: asyncio.subprocess.Process, notes: pathlib.Path) -> bool:
    """Wait until it has committed something; False where it ended before."""
    async with asyncio.timeout(60):
        while not notes.exists() or not notes.stat().st_size:
            if process.returncode is not None:
                return False
            await asyncio.sleep(0.01)
    return True
