"""Copies that cannot be made, and databases that cannot be replaced: one sentence, and what was there stays."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import errno
import itertools
import os
import pathlib
import signal
import sqlite3
import sys

import pytest

from storage import backup, port, preparing, records, sealing
from storage.postgresql import store as postgresql_store
from storage.sqlite import connecting, store

NAME = "Asha"


@pytest.fixture
async def kept(path: pathlib.Path, key: sealing.Key) -> pathlib.Path:
    """A database with somebody in it."""
    storage = store.SqliteStorage(path, key)
    await storage.open()
    await storage.commit([port.Put(records.Person(1, NAME))])
    await storage.close()
    return path


async def names(path: pathlib.Path, key: sealing.Key) -> str:
    storage = store.SqliteStorage(path, key)
    await storage.open()
    found = await storage.person(1)
    await storage.close()
    return found.name if found else ""


async def test_a_backup_takes_nothings_place(kept: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "copy").write_bytes(b"another's")
    with pytest.raises(port.StorageError, match="There is a file"):
        await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"another's"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("nothing.db", "There is no database", id="none there"),
        pytest.param("empty.db", "is empty", id="no bytes"),
        pytest.param("new.db", "holds no data of Groundwork", id="nothing in it"),
        pytest.param("recipes.db", "another program", id="another program's"),
    ],
)
async def test_what_is_no_database_of_ours_is_not_copied(
    tmp_path: pathlib.Path, source: str, said: str
) -> None:
    (tmp_path / "empty.db").write_bytes(b"")
    connecting.create(tmp_path / "new.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "recipes.db")) as other:
        other.execute("CREATE TABLE recipe (id INTEGER)")
    with pytest.raises(port.StorageError, match=said):
        await backup.backup(f"sqlite:///{tmp_path / source}", tmp_path / "copy")
    assert not list(tmp_path.glob("copy*"))


async def test_a_folder_that_is_not_there_is_told(kept: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(port.StorageError, match=r"cannot be written"):
        await backup.backup(f"sqlite:///{kept}", tmp_path / "nowhere" / "copy")


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
async def test_a_backup_that_is_not_there_is_told(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path, where: str
) -> None:
    url = f"sqlite:///{kept}" if where == "sqlite" else "postgresql://nobody@127.0.0.1:1/x"
    with pytest.raises(port.StorageError, match="There is no backup"):
        await backup.restore(tmp_path / "nothing", url, sealing.Seal(key))
    assert await names(kept, key) == NAME


async def test_a_database_in_use_is_not_replaced(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.limits.BUSY_SECONDS", 0.05)
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    running = store.SqliteStorage(kept, key)
    await running.open()
    with pytest.raises(port.StorageError, match=r"in use. Stop the bot"):
        await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert await running.person(1) == records.Person(1, NAME)
    await running.close()


async def test_a_database_that_was_emptied_under_the_bot_is_not_replaced_before_it_stops(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    running = store.SqliteStorage(kept, key)
    await running.open()
    try:
        await running.enlist(alone=True)
        await running.commit([port.Put(records.Person(1, "Juma"))])
        log = kept.with_name(f"{kept.name}-wal").read_bytes()
        kept.write_bytes(b"")
        with pytest.raises(port.StorageError, match="Stop that one first"):
            await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
        assert kept.with_name(f"{kept.name}-wal").read_bytes() == log
    finally:
        await running.close()


async def test_a_damaged_database_is_put_aside_whole(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    kept.write_bytes(b"Dear diary, " * 500)
    aside = await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert aside is not None
    assert aside.read_bytes() == b"Dear diary, " * 500
    assert await names(kept, key) == NAME


@pytest.mark.parametrize("ending", backup.BESIDE)
async def test_no_backup_takes_the_name_of_a_file_that_sqlite_takes_away(
    kept: pathlib.Path, ending: str
) -> None:
    beside = kept.with_name(kept.name + ending)
    with pytest.raises(port.StorageError, match=r"Name another for the backup"):
        await backup.backup(f"sqlite:///{kept}", beside)
    assert not beside.exists()


@pytest.mark.parametrize(
    "left", [pytest.param(b"Dear diary, " * 500, id="overwritten"), pytest.param(b"", id="emptied")]
)
async def test_the_log_of_a_damaged_database_goes_with_it(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path, left: bytes
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    kept.write_bytes(left)
    kept.with_name(f"{kept.name}-wal").write_bytes(b"committed, and nowhere else")
    aside = await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert aside is not None
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"committed, and nowhere else"
    assert not kept.with_name(f"{kept.name}-wal").exists()
    assert await names(kept, key) == NAME


async def test_a_log_without_its_database_is_put_aside_and_not_taken_into_what_is_restored(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    log, left = kept.with_name(f"{kept.name}-wal"), b""
    running = store.SqliteStorage(kept, key)
    await running.open()
    await running.commit([port.Put(records.Person(1, "Juma"))])
    left = log.read_bytes()
    await running.close()
    kept.unlink()
    log.write_bytes(left)
    aside = await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert await names(kept, key) == NAME
    assert aside == kept.with_name(f"{kept.name}{backup.REPLACED}-wal")
    assert aside.read_bytes() == left


async def test_a_log_that_a_killed_restore_left_is_not_taken_for_anothers(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    left = kept.with_name(f"{kept.name}{backup.REPLACED}-wal")
    left.write_bytes(b"of another time")
    aside = await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert aside is not None
    assert not aside.with_name(f"{aside.name}-wal").exists()
    assert left.read_bytes() == b"of another time"
    assert await names(aside, key) == NAME


async def test_without_second_names_the_database_is_put_aside_as_a_copy(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    monkeypatch.setattr(os, "link", refused)
    aside = await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key))
    assert aside is not None
    assert await names(aside, key) == NAME
    assert aside.stat().st_mode & 0o077 == 0


KILLED = """
import asyncio, os, signal, sys
from storage import backup, sealing

step = 0

def counted(call):
    def counted_call(*arguments, **named):
        global step
        if step == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)
        step += 1
        return call(*arguments, **named)
    return counted_call

for name in ("open", "replace", "link", "unlink", "fsync"):
    setattr(os, name, counted(getattr(os, name)))
database, key, copy = sys.argv[1:4]
import pathlib
asyncio.run(backup.restore(pathlib.Path(copy), f"sqlite:///{database}", sealing.Seal(*sealing.load_keys(pathlib.Path(key)))))
"""


async def test_a_restore_that_is_killed_leaves_a_database(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Killed at each of its steps on the disk: what was there or what is restored opens, and what was there is kept."""
    keys = tmp_path / "keys" / "data.key"
    preparing.prepare(f"sqlite:///{path}", keys)
    key = sealing.load_keys(keys)[0]
    copy = tmp_path / "copy"
    await _hold(path, key, "restored")
    await backup.backup(f"sqlite:///{path}", copy)
    found = set()
    for step in itertools.count():
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        await _hold(path, key, "before")
        command = [sys.executable, "-c", KILLED, *map(str, (path, keys, copy, step))]
        ended = await (await asyncio.create_subprocess_exec(*command)).wait()
        assert path.exists(), f"no database after step {step}"
        found.add(await names(path, key))
        aside = path.with_name(f"{path.name}{backup.REPLACED}")
        assert "before" in {await names(path, key), await names(aside, key) if aside.exists() else ""}
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert step > 5
    assert found == {"before", "restored"}


async def _hold(path: pathlib.Path, key: sealing.Key, name: str) -> None:
    storage = store.SqliteStorage(path, key)
    await storage.open()
    await storage.commit([port.Put(records.Person(1, name))])
    await storage.close()


async def test_what_was_put_aside_stays_whatever_is_restored_after_it(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    aside = []
    for content in (b"first" * 500, b"second" * 500, b"third" * 500):
        kept.write_bytes(content)
        aside.append(
            await backup.restore(tmp_path / "copy", f"sqlite:///{kept}", sealing.Seal(key)) or tmp_path
        )
        assert aside[-1].read_bytes() == content
    assert [path.name for path in aside] == [f"{kept.name}.replaced{number}" for number in ("", ".2", ".3")]
    assert aside[0].read_bytes() == b"first" * 500


@pytest.mark.parametrize(
    "sealed_with",
    [
        pytest.param(sealing.Key(1, bytes(32)), id="another installation's key of the same number"),
        pytest.param(sealing.Key(7, bytes(32)), id="a key of a number that is not there"),
    ],
)
@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
async def test_what_the_key_does_not_open_takes_nothings_place(
    request: pytest.FixtureRequest, kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path,
    sealed_with: sealing.Key, where: str,
) -> None:  # fmt: skip
    theirs = store.SqliteStorage(tmp_path / "theirs.db", sealed_with)
    await theirs.open()
    await theirs.close()
    await backup.backup(f"sqlite:///{tmp_path}/theirs.db", tmp_path / "copy")
    url = f"sqlite:///{kept}" if where == "sqlite" else request.getfixturevalue("postgresql")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(port.StorageError, match=r"does not open the backup .*GROUNDWORK_DATA_KEY_FILE"):
        await backup.restore(tmp_path / "copy", url, sealing.Seal(key))
    assert sorted(tmp_path.iterdir()) == before
    assert await names(kept, key) == NAME


async def test_where_there_was_none_nothing_is_put_aside(
    kept: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{kept}", tmp_path / "copy")
    assert await backup.restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db", sealing.Seal(key)) is None
    assert await names(tmp_path / "new.db", key) == NAME


async def test_a_server_is_copied_to_a_file_and_back(
    postgresql: str, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    storage = postgresql_store.PostgresqlStorage(postgresql, key)
    await storage.open()
    await storage.commit([port.Put(records.Person(1, NAME))])
    await storage.close()
    await backup.backup(postgresql, tmp_path / "copy")
    assert await names(tmp_path / "copy", key) == NAME
    with pytest.raises(port.StorageError):
        await backup.restore(tmp_path / "copy", postgresql, sealing.Seal(key))


async def test_a_copy_made_while_turns_are_written_is_whole_up_to_one_of_them(
    path: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    storage = store.SqliteStorage(path, key)
    await storage.open()
    made_at = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    for number in range(30):  # so much that copying takes a while
        await storage.commit(
            [port.Put(records.PlanFile("a", f"0.{number}", made_at, 7, "hash", bytes(1 << 20)))]
        )
    written = 0

    async def write() -> None:
        nonlocal written
        for number in itertools.count(1):
            # two rows a turn, in different tables: half a turn would be seen
            await storage.commit(
                [port.Put(records.Person(number, NAME)), port.Put(records.Conversation(number, "a"))]
            )
            written = number

    writing = asyncio.create_task(write())
    copies: list[tuple[pathlib.Path, int, int]] = []
    for name in ("first", "second", "third"):
        while written < 20 * (len(copies) + 1):  # noqa: ASYNC110 - turns ring no bell
            await asyncio.sleep(0.001)
        before = written
        await backup.backup(f"sqlite:///{path}", tmp_path / name)
        copies.append((tmp_path / name, before, written))
    writing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await writing
    await storage.close()
    assert any(after > before for _, before, after in copies), "turns were written meanwhile"
    for copy, before, after in copies:
        restored = copy.with_suffix(".db")
        await backup.restore(copy, f"sqlite:///{restored}", sealing.Seal(key))
        with contextlib.closing(sqlite3.connect(restored)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            people = [row[0] for row in connection.execute("SELECT id FROM person ORDER BY id")]
            chats = [row[0] for row in connection.execute("SELECT person FROM conversation ORDER BY person")]
        assert people == chats == list(range(1, len(people) + 1)), "whole turns, and none left out"
        assert before <= len(people) <= after + 1
        new = store.SqliteStorage(restored, key)
        await new.open()
        assert await new.person(before) == records.Person(before, NAME)
        assert len(await new.plan_files("a")) == 30
        await new.close()
