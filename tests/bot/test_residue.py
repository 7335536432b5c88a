"""What was erased is not even there sealed: the files in the data folder are searched byte by byte.

Somebody with the key could open what a deleted row left behind in a page that is free again, or in the log that is
written ahead. So the sealed bodies themselves are looked for, piece by piece, and the numbers of Telegram.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pathlib
import random
import sqlite3
from collections.abc import Awaitable, Callable, Iterator

import pytest

from bot.operations import retention
from storage import backup, limits, opening, port, records, tables
from tests import databases
from tests.bot import running, test_privacy
from tests.bot.running import words
from tests.bot.test_archiving import closed

__all__ = ["closed"]

pytestmark = pytest.mark.skipif(
    databases.STORE != "sqlite",
    reason="a server's files are not ours; docs/data-protection.md says what stays",
)

PIECE = 24
"""Bytes of a sealed body that no other has by chance."""


def pieces(body: bytes) -> set[bytes]:
    """Some of a sealed body: its head, its middle, its end, as pages may have cut it."""
    return {body[at : at + PIECE] for at in (2, len(body) // 2 - PIECE // 2, len(body) - PIECE)}


@contextlib.contextmanager
def opened(database: pathlib.Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as disk:
        disk.row_factory = sqlite3.Row
        yield disk


def of_person(database: pathlib.Path, person: int) -> set[bytes]:
    """What must be gone with a person: their number, and every body that is theirs or says that something was."""
    gone = {str(person).encode(), person.to_bytes(4, "big")}
    with opened(database) as disk:
        for table in tables.TABLES.values():
            for column in table.people:
                found = disk.execute(f"SELECT body FROM {table.name} WHERE {column} = ?", (person,))
                gone |= {piece for row in found for piece in pieces(row["body"])}
        found = disk.execute("SELECT body FROM answer WHERE given_by = ?", (str(person),))
        gone |= {piece for row in found for piece in pieces(row["body"])}
    return gone


def of_assessment(database: pathlib.Path, assessment: str) -> set[bytes]:
    """What must be gone with an assessment: its id, and every body of its rows and answers."""
    gone = {assessment.encode()}
    statements = [
        f"SELECT body FROM {tables.TABLES[kind].name} WHERE assessment = :id"
        for kind in tables.OF_AN_ASSESSMENT
    ]
    statements += ["SELECT body FROM assessment WHERE id = :id"]
    of = "section IN (SELECT id FROM section WHERE assessment = :id)"
    statements += [f"SELECT body FROM {name} WHERE {of}" for name in ("session", "answer")]
    with opened(database) as disk:
        for statement in statements:
            found = disk.execute(statement, {"id": assessment})
            gone |= {piece for row in found for piece in pieces(row["body"])}
    return gone


def left(folder: pathlib.Path, gone: set[bytes]) -> list[str]:
    """Which files still hold which of these bytes."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found += [f"{path.name}: {piece.hex()}" for piece in gone if piece in content]
    return found


async def overwritten(folder: pathlib.Path, gone: set[bytes]) -> bool:
    """Whether no file holds any of these bytes any more; a file that somebody reads just then is seen to later."""
    try:
        async with asyncio.timeout(running.PATIENCE_SECONDS):
            while left(folder, gone):  # noqa: ASYNC110 - a disk rings no bell
                await asyncio.sleep(0.05)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("read", [False, True], ids=["in quiet", "while somebody reads the file"])
async def test_nothing_of_somebody_forgotten_is_left_in_any_file(
    planted: running.Running, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, *, read: bool
) -> None:
    monkeypatch.setattr(limits, "LOG_AGAIN_SECONDS", 0.0)
    folder, database = tmp_path / "data", opening.sqlite_path(planted.settings.database)
    ekai = planted.person(running.EKAI)
    await test_privacy.answer_in_words(planted, ekai)
    await planted.said(ekai, "/mydata")
    gone = of_person(database, running.EKAI)
    await planted.said(ekai, "/forget")
    gone |= of_person(database, running.EKAI)
    assert len(gone) > 60
    assert left(folder, gone), "what is looked for is there before"
    with opened(database) if read else contextlib.nullcontext() as disk:
        if disk is not None:
            disk.execute("BEGIN")
            disk.execute("SELECT * FROM person").fetchall()
        await ekai.tap("Erase me")
        assert await ekai.wait_for("You are erased")
        await planted.settled()
        assert disk is None or left(folder, gone), "nobody takes from others what they read"
    assert await overwritten(folder, gone), left(folder, gone)
    await planted.stop()
    assert left(folder, gone) == []
    # nor does a backup that is made from now on bring it back
    await backup.backup(planted.settings.database, folder / "backup")
    assert left(folder, gone) == []


async def swept(bot: running.Running) -> None:
    await bot.forward_to(running.NOW + retention.KEPT - retention.WARNED)
    await bot.person(running.OWNER).wait_for("are erased on")
    await bot.stop()
    await bot.forward_to(running.NOW + retention.KEPT + dt.timedelta(days=1))
    await bot.start()


async def at_once(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/archive")
    await bot.tapped(owner, "Erase everything now")
    assert "is erased" in words(await bot.tapped(owner, "Erase everything now"))


@pytest.mark.parametrize("erased", [swept, at_once])
async def test_nothing_of_an_assessment_that_is_erased_is_left_in_any_file(
    closed: running.Running, tmp_path: pathlib.Path, erased: Callable[[running.Running], Awaitable[None]]
) -> None:
    folder, database = tmp_path / "data", opening.sqlite_path(closed.settings.database)
    disk, assessment = await closed.disk(), await closed.assessment()
    file = random.Random(1).randbytes(2_000_000)
    by = (running.NOW, running.MANAGER, "0" * 64)
    await disk.commit(
        [
            port.Put(records.PlanFile(assessment.id, "0.1", *by, file, plan=file[:100_000])),
            port.Put(records.Template(assessment.id, "used", *by, "ours.docx", body=file)),
        ]
    )
    gone = of_assessment(database, assessment.id) | of_person(database, running.EKAI)
    assert len(gone) > 300
    assert left(folder, gone), "what is looked for is there before"
    await erased(closed)
    await closed.settled()
    assert await disk.assessments() == []
    assert await overwritten(folder, gone), left(folder, gone)
    await closed.stop()
    assert left(folder, gone) == []
