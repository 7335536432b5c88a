"""A new key for everything: nothing is lost, the old key stays as long as it is needed, and older backups end with it."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
import stat
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from bot import sample
from storage import backup, looking, moving, opening, port, records, rotating, sealing, tables
from storage.sql import places
from storage.sqlite import migrating, store
from tests.storage import older, test_port


@pytest.fixture
def key_file(tmp_path: pathlib.Path) -> pathlib.Path:
    sealing.make_key(tmp_path / "data.key")
    return tmp_path / "data.key"


@pytest.fixture
async def file(path: pathlib.Path, key_file: pathlib.Path) -> str:
    """A database with an assessment, and with something of every kind."""
    url = f"sqlite:///{path}"
    storage = opening.open_storage(url, key_file)
    await storage.open()
    await storage.commit(sample.changes(test_port.NOON))
    await storage.commit(test_port.everything_of(1))
    await storage.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
async def live(request: pytest.FixtureRequest, file: str) -> str:
    """The same on either database."""
    if request.param == "sqlite":
        return file
    url: str = request.getfixturevalue("postgresql")
    await moving.move(file, url)
    return url


async def all_of(url: str, key_file: pathlib.Path) -> list[object]:
    """What can be asked of a database."""
    storage = opening.open_storage(url, key_file)
    await storage.open()
    try:
        found: list[object] = []
        for one in await storage.assessments():
            found += [one, await storage.sessions(one.id), await storage.sections(one.id)]
            found += [await storage.people(one.id), await storage.reminders(one.id)]
        return [*found, *[await storage.about(person) for person in (1, *sample.PEOPLE.values())]]
    finally:
        await storage.close()


async def bodies(url: str) -> list[bytes]:
    """Every sealed body, however it lies there."""
    statements = [f"SELECT body FROM {table.name}" for table in places.SEALED]
    if url.startswith("postgresql"):
        connection = await asyncpg.connect(url)
        found = [row["body"] for sql in statements for row in await connection.fetch(sql)]
        await connection.close()
        return found
    with contextlib.closing(sqlite3.connect(opening.sqlite_path(url))) as disk:
        return [row[0] for sql in statements for row in disk.execute(sql)]


async def test_everything_is_sealed_anew_and_reads_as_before(live: str, key_file: pathlib.Path) -> None:
    before, sealed = await all_of(live, key_file), await bodies(live)
    assert await rotating.rotate(live, key_file) == len(sealed) > 50
    assert {body[:2] for body in await bodies(live)} == {b"\0\2"}
    assert [key.number for key in sealing.load_keys(key_file)] == [2, 1]
    assert await all_of(live, key_file) == before
    assert await rotating.retire(live, key_file) == 1
    assert [key.number for key in sealing.load_keys(key_file)] == [2]
    assert await all_of(live, key_file) == before


async def sealed_as_before(url: str, key_file: pathlib.Path) -> None:
    """Leave the database as a program would that knew of no whole rows."""
    [key] = sealing.load_keys(key_file)
    async with moving.target_of(url) as (connection, _):
        for table in places.SEALED:
            for row in await connection.fetch(f"SELECT * FROM {table.name}", {}):
                body = sealing.Seal(key).open(row["body"], table.place(row))
                keys = {name: row[name] for name in table.key}
                where = " AND ".join(f"{name} = :{name}" for name in table.key) or "true"
                older_body = older.close(key, body, table.name, *keys.values())
                await connection.change(
                    f"UPDATE {table.name} SET body = :body WHERE {where}", {"body": older_body, **keys}
                )


async def test_what_was_sealed_before_rows_were_reads_as_it_did_and_a_new_key_ends_it(
    live: str, key_file: pathlib.Path
) -> None:
    before = await all_of(live, key_file)
    assert "key rotate" not in await looking.look(live, key_file)
    await sealed_as_before(live, key_file)
    assert {body[:1] for body in await bodies(live)} == {b"\1"}
    assert await all_of(live, key_file) == before
    said = await looking.look(live, key_file)
    assert "is not sealed together with its row yet: stop the bot and run groundwork key rotate" in said
    # what a turn writes is sealed for its row at once; the rest with the next key
    storage = opening.open_storage(live, key_file)
    await storage.open()
    await storage.commit([port.Put(records.Person(99, "Kamau"))])
    await storage.close()
    assert {body[:2] for body in await bodies(live) if body[:1] != b"\1"} == {b"\0\1"}
    await rotating.rotate(live, key_file)
    assert [key.number for key in sealing.load_keys(key_file)] == [2, 1]
    assert {body[:2] for body in await bodies(live)} == {b"\0\2"}
    assert "key rotate" not in await looking.look(live, key_file)
    await rotating.retire(live, key_file)
    assert await all_of(live, key_file) == before


def test_every_table_with_a_body_is_sealed_anew(path: pathlib.Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as disk:
        migrating.migrate(disk, path)
        names = [row[0] for row in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        having = {
            name for name in names if any(c[1] == "body" for c in disk.execute(f"PRAGMA table_info({name})"))
        }
    assert having == {table.name for table in places.SEALED}
    assert {table.name for table in tables.TABLES.values()} < having


async def test_a_backup_from_before_opens_with_the_old_key_and_never_after_its_end(
    file: str, key_file: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    before = await all_of(file, key_file)
    await backup.backup(file, tmp_path / "old")
    await rotating.rotate(file, key_file)
    restored = f"sqlite:///{tmp_path}/restored.db"
    await backup.restore(tmp_path / "old", restored, sealing.Seal(*sealing.load_keys(key_file)))
    assert await all_of(restored, key_file) == before
    await rotating.retire(file, key_file)
    with pytest.raises(port.StorageError, match="key does not open"):
        await all_of(restored, key_file)
    seals = [sealing.Seal(key) for key in sealing.load_keys(key_file)]
    with contextlib.closing(sqlite3.connect(tmp_path / "old")) as disk:
        kept = disk.execute("SELECT id, body FROM person").fetchall()
    assert kept
    for person, body in kept:
        for seal in seals:
            with pytest.raises(port.StorageError, match="key does not open"):
                seal.open(body, sealing.Place("person", (person,)))


async def test_a_key_that_is_needed_is_not_retired(
    file: str, key_file: pathlib.Path, path: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    await backup.backup(file, tmp_path / "old")
    await rotating.rotate(file, key_file)
    await backup.restore(tmp_path / "old", file, sealing.Seal(*sealing.load_keys(key_file)))
    storage = store.SqliteStorage(path, *sealing.load_keys(key_file))
    await storage.open()
    await storage.commit([port.Put(records.Person(7, "Kamau"))])
    await storage.close()
    with pytest.raises(port.StorageError, match=r"An older key is needed for .* Run: groundwork key rotate"):
        await rotating.retire(file, key_file)
    # the newest key is there already: what was left is sealed with it, and no other made
    assert await rotating.rotate(file, key_file) == len(await bodies(file)) - 1
    assert [key.number for key in sealing.load_keys(key_file)] == [2, 1]
    assert await rotating.retire(file, key_file) == 1


async def test_what_is_broken_off_leaves_everything_readable_and_is_taken_up_again(
    live: str, key_file: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, close, sealed = await all_of(live, key_file), sealing.Seal.close, 0

    def stop(seal: sealing.Seal, body: bytes, place: sealing.Place) -> bytes:
        nonlocal sealed
        sealed += 1
        if sealed > 30:
            raise KeyboardInterrupt
        return close(seal, body, place)

    with monkeypatch.context() as then:
        then.setattr(sealing.Seal, "close", stop)
        with pytest.raises(KeyboardInterrupt):
            await rotating.rotate(live, key_file)
    assert [key.number for key in sealing.load_keys(key_file)] == [2, 1]
    assert await all_of(live, key_file) == before
    await rotating.rotate(live, key_file)
    assert [key.number for key in sealing.load_keys(key_file)] == [2, 1]
    assert {body[:2] for body in await bodies(live)} == {b"\0\2"}
    assert await all_of(live, key_file) == before


async def test_nothing_is_sealed_anew_while_the_bot_runs(live: str, key_file: pathlib.Path) -> None:
    running = opening.open_storage(live, key_file)
    await running.open()
    await running.enlist(alone=True)
    for work in (rotating.rotate, rotating.retire):
        with pytest.raises(port.StorageError, match="runs on the database"):
            await work(live, key_file)
    assert len(sealing.load_keys(key_file)) == 1
    await running.close()


@pytest.mark.parametrize(("url", "said"), [("memory:", "in memory"), ("sqlite:///none.db", "no database")])
async def test_where_there_is_nothing_to_seal_it_is_said(url: str, said: str, key_file: pathlib.Path) -> None:
    with pytest.raises(port.StorageError, match=said):
        await rotating.rotate(url, key_file)


@pytest.mark.parametrize("deed", [rotating.rotate, rotating.retire])
async def test_another_schema_is_not_sealed_anew(
    deed: Callable[[str, pathlib.Path], Awaitable[int]], path: pathlib.Path, key_file: pathlib.Path
) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as disk:
        migrating.migrate(disk, path, migrating.scripts()[:-1])
    with pytest.raises(port.StorageError, match="Start the bot on it once"):
        await deed(f"sqlite:///{path}", key_file)
    assert [key.number for key in sealing.load_keys(key_file)] == [1]


def test_the_key_file_keeps_its_rights_and_numbers_begin_again(key_file: pathlib.Path) -> None:
    key_file.chmod(0o640)
    keys = (sealing.Key(255, bytes(32)), sealing.Key(1, bytes(32)))
    sealing.replace_keys(key_file, keys)
    assert sealing.load_keys(key_file) == keys
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o640
    assert sealing.next_key(keys).number == 2
    assert not key_file.with_name("data.key.new").exists()


def test_two_keys_of_one_number_are_no_key_file(key_file: pathlib.Path) -> None:
    sealing.replace_keys(key_file, (sealing.Key(1, bytes(32)), sealing.Key(1, bytes(range(32)))))
    with pytest.raises(port.StorageError, match="no whole key"):
        sealing.load_keys(key_file)
