"""From one database to another and back: everything arrives, compared by a hash, or nothing is written."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3

import asyncpg
import pytest

from bot import sample
from storage import backup, moving, opening, port, records, sealing
from storage.postgresql import ends
from storage.postgresql import store as postgresql_store
from storage.sqlite import migrating
from tests.storage import older, test_port


@pytest.fixture
def key_file(tmp_path: pathlib.Path) -> pathlib.Path:
    sealing.make_key(tmp_path / "data.key")
    return tmp_path / "data.key"


@pytest.fixture
async def live(path: pathlib.Path, key_file: pathlib.Path) -> str:
    """The address of a database with an assessment, and with something of every kind besides."""
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.commit(sample.changes(test_port.NOON))
    await storage.commit(test_port.everything_of(1))
    await storage.commit([port.PutNew(records.Received(99, 3, b"{}"))])
    await storage.commit([port.Handled(99)])
    await storage.claim_reminders(due=test_port.NOON, lease=test_port.HOUR, limit=1)
    await storage.close()
    return f"sqlite:///{path}"


async def run(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


async def all_of(url: str, key_file: pathlib.Path) -> list[object]:
    """Everything that can be asked of a database."""
    storage = opening.open_storage(url, key_file)
    await storage.open()
    try:
        found: list[object] = [await storage.waiting(), await storage.outgoing(due=test_port.NOON, limit=9)]
        for assessment in await storage.assessments():
            found += [
                assessment,
                await storage.sessions(assessment.id),
                await storage.sections(assessment.id),
            ]
            found += [await storage.people(assessment.id), await storage.reminders(assessment.id)]
        found += [await storage.about(person) for person in (1, *sample.PEOPLE.values())]
        with pytest.raises(port.AlreadyHandled):
            await storage.commit([port.Handled(99)])
    finally:
        await storage.close()
    return found


async def test_a_live_assessment_goes_to_postgresql_and_back(
    live: str, postgresql: str, key_file: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    before = await all_of(live, key_file)
    there = await moving.move(live, postgresql)
    assert there.rows > 300
    assert await all_of(postgresql, key_file) == before
    back = await moving.move(postgresql, f"sqlite:///{tmp_path}/back.db")
    assert back == there
    assert await all_of(f"sqlite:///{tmp_path}/back.db", key_file) == before
    assert sorted(file.name for file in tmp_path.glob("back*")) == ["back.db"]


async def test_what_is_added_afterwards_counts_on(live: str, postgresql: str, key_file: pathlib.Path) -> None:
    await moving.move(live, postgresql)
    storage = opening.open_storage(postgresql, key_file)
    await storage.open()
    await storage.commit([port.Handled(100), port.Put(test_port.screen("new"))])
    assert await storage.screen("new") is not None
    await storage.close()


async def test_a_database_that_is_not_empty_is_left_as_it_is(
    live: str, postgresql: str, key_file: pathlib.Path
) -> None:
    storage = opening.open_storage(postgresql, key_file)
    await storage.open()
    await storage.commit([port.Put(records.Person(7, "Kamau"))])
    with pytest.raises(port.StorageError, match="not empty"):
        await moving.move(live, postgresql)
    with pytest.raises(port.StorageError, match="not empty"):
        await moving.move(postgresql, live)
    assert await storage.person(7) == records.Person(7, "Kamau")
    assert await storage.assessments() == []
    await storage.close()


async def test_an_opened_and_empty_database_is_empty(
    live: str, postgresql: str, key_file: pathlib.Path
) -> None:
    other = postgresql_store.PostgresqlStorage(postgresql, sealing.Key(1, bytes(32)))
    await other.open()
    await other.close()
    await moving.move(live, postgresql)
    assert await all_of(postgresql, key_file)


async def test_nothing_is_moved_while_the_bot_runs(
    live: str, postgresql: str, key_file: pathlib.Path, path: pathlib.Path
) -> None:
    here, there = opening.open_storage(live, key_file), opening.open_storage(postgresql, key_file)
    await here.open()
    await here.enlist(alone=True)
    with pytest.raises(port.StorageError, match=r"runs on the database .* already. Stop"):
        await moving.move(live, postgresql)
    await here.close()
    await there.open()
    await there.enlist(alone=False)
    for source, target in ((live, postgresql), (postgresql, f"sqlite:///{path}.new")):
        with pytest.raises(port.StorageError, match=r"already. Stop every worker first"):
            await moving.move(source, target)
    await there.close()
    assert not path.with_name(path.name + ".new").exists()


async def test_another_schema_is_not_moved(path: pathlib.Path, postgresql: str) -> None:
    steps = migrating.scripts()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrating.migrate(connection, path, steps[:-1])
    new = path.with_name("new.db")
    for target in (postgresql, f"sqlite:///{new}"):
        with pytest.raises(
            port.StorageError, match=rf"has schema {len(steps) - 1}.*Start the bot on it once"
        ):
            await moving.move(f"sqlite:///{path}", target)
    assert not new.exists(), "no half-made database stays behind"


async def test_nothing_is_moved_into_another_schema(live: str, tmp_path: pathlib.Path) -> None:
    steps, older_one = migrating.scripts(), tmp_path / "older.db"
    with contextlib.closing(sqlite3.connect(older_one, isolation_level=None)) as connection:
        migrating.migrate(connection, older_one, steps[:-1])
    with pytest.raises(port.StorageError, match=rf"has schema {len(steps) - 1}"):
        await moving.move(live, f"sqlite:///{older_one}")


async def test_a_database_that_is_not_there_is_named_and_not_made(
    path: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(port.StorageError, match="There is no database"):
        await moving.move(f"sqlite:///{path}", f"sqlite:///{tmp_path}/new.db")
    assert not path.exists()


async def test_a_newer_groundworks_database_is_no_target(live: str, tmp_path: pathlib.Path) -> None:
    newer = tmp_path / "newer.db"
    with contextlib.closing(sqlite3.connect(newer, isolation_level=None)) as connection:
        migrating.migrate(connection, newer)
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(port.StorageError, match="written by a newer Groundwork"):
        await moving.move(live, f"sqlite:///{newer}")


async def test_a_newer_groundworks_database_is_not_moved(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrating.migrate(connection, path)
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(port.StorageError, match="written by a newer Groundwork"):
        await moving.move(f"sqlite:///{path}", f"sqlite:///{tmp_path}/new.db")


async def test_another_programs_database_is_not_moved(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")
    with pytest.raises(port.StorageError, match="belongs to another program"):
        await moving.move(f"sqlite:///{path}", f"sqlite:///{tmp_path}/new.db")


async def test_a_slow_other_end_is_waited_for(postgresql: str) -> None:
    async with ends.target(postgresql) as (end, _, _):
        [allowed] = await end.fetch("SHOW idle_in_transaction_session_timeout", {})
        assert list(allowed.values()) == ["0"], "the server does not end a move in the middle"


async def test_what_arrives_otherwise_is_not_kept(live: str, postgresql: str, key_file: pathlib.Path) -> None:
    storage = opening.open_storage(postgresql, key_file)
    await storage.open()
    await run(postgresql, "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.given_by := 'somebody'; RETURN NEW; END $$; "
        "CREATE TRIGGER spoil BEFORE INSERT ON answer FOR EACH ROW EXECUTE FUNCTION spoil()")  # fmt: skip
    with pytest.raises(port.StorageError, match="not what was sent"):
        await moving.move(live, postgresql)
    assert await storage.assessments() == []
    await storage.close()


async def test_a_backup_of_postgresql_is_a_file_that_any_database_takes(
    live: str, postgresql: str, key_file: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    before = await all_of(live, key_file)
    await moving.move(live, postgresql)
    running = opening.open_storage(postgresql, key_file)
    await running.open()
    await running.enlist(alone=False)
    await backup.backup(postgresql, tmp_path / "copy")
    await running.close()
    await backup.restore(
        tmp_path / "copy", f"sqlite:///{tmp_path}/restored.db", sealing.Seal(*sealing.load_keys(key_file))
    )
    assert await all_of(f"sqlite:///{tmp_path}/restored.db", key_file) == before
    with pytest.raises(port.StorageError, match="not empty"):
        await backup.restore(tmp_path / "copy", postgresql, sealing.Seal(*sealing.load_keys(key_file)))
    with pytest.raises(port.StorageError, match="There is a file"):
        await backup.backup(postgresql, tmp_path / "copy")


async def test_an_old_backup_is_restored_into_postgresql(
    path: pathlib.Path, key_file: pathlib.Path, postgresql: str, tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    steps = migrating.scripts()
    with monkeypatch.context() as then:
        then.setattr(migrating, "scripts", lambda: steps[:1])
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrating.migrate(connection, path)
            body = older.close(sealing.load_keys(key_file)[0], b"Groundwork", "seal")
            connection.execute("INSERT INTO seal VALUES (1, ?)", (body,))
            connection.execute("INSERT INTO handled (update_id) VALUES (99)")
        await backup.backup(f"sqlite:///{path}", tmp_path / "old")
    await backup.restore(tmp_path / "old", postgresql, sealing.Seal(*sealing.load_keys(key_file)))
    storage = opening.open_storage(postgresql, key_file)
    await storage.open()
    with pytest.raises(port.AlreadyHandled):
        await storage.commit([port.Handled(99)])
    await storage.close()


async def test_an_emptied_database_is_not_moved_and_keeps_its_log(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty.db").write_bytes(b"")
    (tmp_path / "empty.db-wal").write_bytes(b"committed, and nowhere else")
    with pytest.raises(port.StorageError, match="is empty"):
        await moving.move(f"sqlite:///{tmp_path}/empty.db", f"sqlite:///{tmp_path}/new.db")
    assert (tmp_path / "empty.db-wal").read_bytes() == b"committed, and nowhere else"
