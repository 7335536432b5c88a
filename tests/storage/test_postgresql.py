"""What is PostgreSQL's own: what is said when it cannot be used, its schema, and lines that are cut."""

from __future__ import annotations

import asyncio
import pathlib
import urllib.parse
from collections.abc import AsyncIterator

import asyncpg
import pytest

from storage import moving, opening, port, records, sealing
from storage.postgresql import errors, migrating, statements, store
from storage.sql import rows as rows_
from storage.sqlite import migrating as sqlite_migrating
from storage.sqlite import store as sqlite_store


@pytest.fixture
async def opened(postgresql: str, key: sealing.Key) -> AsyncIterator[store.PostgresqlStorage]:
    storage = store.PostgresqlStorage(postgresql, key)
    await storage.open()
    yield storage
    await storage.close()


@pytest.fixture
async def raw(postgresql: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgresql)
    yield connection
    await connection.close()


def test_an_address_opens_it(tmp_path: pathlib.Path) -> None:
    sealing.make_key(tmp_path / "key")
    for address in ("postgresql://db/groundwork", "postgres://db/groundwork"):
        assert isinstance(opening.open_storage(address, tmp_path / "key"), store.PostgresqlStorage)


@pytest.mark.parametrize(
    ("sql", "expected", "names"),
    [
        pytest.param("a = :x AND b = :y_2", "a = $1 AND b = $2", ("x", "y_2"), id="by name"),
        pytest.param(":x IS NULL OR a = :x", "$1 IS NULL OR a = $1", ("x",), id="twice the same"),
        pytest.param("a::float8 + :x", "a::float8 + $1", ("x",), id="a cast is no value"),
        pytest.param("SELECT 1", "SELECT 1", (), id="none"),
    ],
)
def test_values_are_numbered(sql: str, expected: str, names: tuple[str, ...]) -> None:
    assert statements.numbered(sql) == (expected, names)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("SELECT $1::int", "invalid input for query argument", id="no number"),
        pytest.param(
            "SELECT $1::text::int", "invalid input syntax for type integer", id="no number to the server"
        ),
        pytest.param("INSERT INTO one VALUES ($1)", "violates unique constraint", id="a key that is taken"),
        pytest.param("SELECT $1::text::date", "invalid input syntax for type date", id="no day"),
    ],
)
async def test_an_error_is_told_without_what_was_to_be_kept(
    raw: asyncpg.Connection, postgresql: str, statement: str, said: str
) -> None:
    await raw.execute("CREATE TABLE one (value text PRIMARY KEY)")
    await raw.execute("INSERT INTO one VALUES ($1)", "Asha owes 1250")
    with pytest.raises(port.StorageError, match=said) as refused, errors.told(postgresql):
        await raw.execute(statement, "Asha owes 1250")
    assert "Asha" not in str(refused.value)


# --- databases that cannot be used ---


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            {"path": "/nobody_made_this"}, "no database nobody_made_this.*createdb", id="none there"
        ),
        pytest.param(
            {"netloc": "u:secret@127.0.0.1:1", "query": ""},
            "cannot be reached.*PostgreSQL runs",
            id="nobody listens",
        ),
    ],
)
async def test_a_server_that_cannot_be_used_is_told_in_a_sentence(
    postgresql: str, key: sealing.Key, change: dict[str, str], said: str
) -> None:
    address = urllib.parse.urlsplit(postgresql)._replace(**change).geturl()
    with pytest.raises(port.StorageError, match=said) as refused:
        await store.PostgresqlStorage(address, key).open()
    assert "secret" not in str(refused.value)


async def test_another_programs_database_is_left_alone(
    raw: asyncpg.Connection, postgresql: str, key: sealing.Key
) -> None:
    await raw.execute("CREATE TABLE recipe (id INTEGER)")
    with pytest.raises(port.StorageError, match="another program"):
        await store.PostgresqlStorage(postgresql, key).open()


async def test_a_read_only_database_is_told_at_the_start(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection, postgresql: str, key: sealing.Key
) -> None:
    name = urllib.parse.urlsplit(postgresql).path[1:]
    await raw.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(port.StorageError, match=r"cannot be written.*primary"):
        await store.PostgresqlStorage(postgresql, key).open()


async def test_another_key_is_told_at_the_start(opened: store.PostgresqlStorage, postgresql: str) -> None:
    with pytest.raises(port.StorageError, match="key does not open"):
        await store.PostgresqlStorage(postgresql, sealing.Key(1, bytes(32))).open()


# --- the line ---


async def test_after_the_line_was_cut_work_goes_on(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection
) -> None:
    await opened.enlist(alone=True)
    await opened.commit([port.Put(records.Person(1, "Asha"))])
    await raw.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with asyncio.timeout(10):
        while True:
            try:
                await opened.beat()
                await opened.commit([port.Put(records.Person(2, "Kamau"))])
                found = [await opened.person(1), await opened.person(2)]
                break
            except port.StorageError as problem:
                assert "Check that PostgreSQL runs" in str(problem) or "could not do it" in str(problem)
    assert found == [records.Person(1, "Asha"), records.Person(2, "Kamau")]


async def test_who_only_reads_writes_nothing(opened: store.PostgresqlStorage) -> None:
    async def writes(rows: rows_.Rows) -> None:
        await rows.put(records.Person(1, "Asha"))

    with pytest.raises(port.StorageError, match="cannot be written"):
        await opened._read(writes)
    assert await opened.person(1) is None


async def cut(rows: rows_.Rows) -> None:
    """A turn in whose midst the line is cut."""
    await rows.fetch("SELECT pg_terminate_backend(pg_backend_pid())")


async def test_a_line_that_is_cut_in_a_turn_is_told_and_the_next_is_written(
    opened: store.PostgresqlStorage,
) -> None:
    async with asyncio.timeout(60):
        with pytest.raises(port.StorageError, match="Check that PostgreSQL runs"):
            await opened._write(cut)
        await opened.commit([port.Put(records.Person(1, "Asha"))])


async def test_of_turns_written_anew_none_is_kept_where_the_line_is_cut(
    opened: store.PostgresqlStorage,
) -> None:
    tried = []

    async def at_the_second_time(rows: rows_.Rows) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise ValueError("this one does not fit")
        await cut(rows)

    asha, kamau = (port.Put(records.Person(number, "Asha")) for number in (1, 2))
    async with asyncio.timeout(60):
        outcomes = await asyncio.gather(
            opened.commit([asha]), opened._write(at_the_second_time), opened.commit([kamau]),
            return_exceptions=True,
        )  # fmt: skip
        assert [type(one) for one in outcomes] == [port.StorageError] * 3
        assert (await opened.person(1), await opened.person(2)) == (None, None)


async def test_a_turn_that_is_written_anew_locks_what_it_touches_again(
    opened: store.PostgresqlStorage,
) -> None:
    locks = []

    async def second_time(rows: rows_.Rows) -> None:
        [found] = await rows.fetch(
            "SELECT count(*) AS locks FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        locks.append(found["locks"])
        if len(locks) == 1:
            raise ValueError("this one does not fit")

    await opened._write(second_time, touches=frozenset({"person 1", "section s"}))
    assert locks == [3, 3], "both, and beside them everything, shared"


async def test_turns_that_wait_together_share_a_transaction(opened: store.PostgresqlStorage) -> None:
    before = opened.transactions
    await asyncio.gather(
        *(opened.commit([port.Put(records.Person(number, "Asha"))]) for number in range(1, 50))
    )
    assert opened.transactions - before <= 3


# --- the schema ---


async def columns(connection: asyncpg.Connection) -> set[tuple[str, str]]:
    found = await connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    return {(row["table_name"], row["column_name"]) for row in found}


OWN = {"worker", "bucket", "migration"}
"""Tables that only several workers need."""


async def test_both_databases_have_one_schema(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection, sqlite: sqlite_store.SqliteStorage
) -> None:
    """What one keeps the other keeps, and all of it is moved from one to the other."""
    mine = {(table, column) for table, column in await columns(raw) if table not in OWN}
    files = await sqlite._ask(
        lambda rows: rows.fetch(
            "SELECT m.name AS name, c.name AS place FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            "WHERE m.type = 'table'"
        )
    )
    theirs = {(row["name"], row["place"]) for row in files}
    assert mine - {("received", "held_by"), ("outgoing", "held_by")} == theirs
    assert {(table.name, column) for table in moving.KEPT for column in table.columns} == theirs
    assert migrating.steps()[-1].version == len(sqlite_migrating.scripts())


async def test_two_that_start_at_once_migrate_once(postgresql: str, key: sealing.Key) -> None:
    both = [store.PostgresqlStorage(postgresql, key) for _ in range(4)]
    await asyncio.gather(*(storage.open() for storage in both))
    for storage in both:
        await storage.close()


ADDS = migrating.Step(9001, "ALTER TABLE person ADD COLUMN more TEXT")
TAKES = migrating.Step(9002, "ALTER TABLE person DROP COLUMN more", needs=9001)


async def test_the_schema_grows_under_a_worker_that_goes_on(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection, postgresql: str
) -> None:
    await opened.commit([port.Put(records.Person(1, "Asha"))])
    assert await opened.person(1) is not None
    before = await opened.about(1)
    await migrating.migrate(raw, postgresql, [*migrating.steps(), ADDS])
    assert await opened.about(1) == before != {}, "first, for what is read alone asks anew by itself"
    assert await opened.person(1) == records.Person(1, "Asha")
    await opened.commit([port.Forget(1, "respondent 1")])
    assert await opened.person(1) is None


async def test_nothing_is_taken_away_while_an_older_worker_lives(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection, postgresql: str, key: sealing.Key
) -> None:
    await opened.enlist(alone=False)
    newer = [*migrating.steps(), ADDS, TAKES]
    with pytest.raises(port.StorageError, match="Older workers"):
        await migrating.migrate(raw, postgresql, newer)
    assert await migrating.version(raw, postgresql, 9002) == 9001
    await opened.close()
    await migrating.migrate(raw, postgresql, newer)
    assert await migrating.version(raw, postgresql, 9002) == 9002
    with pytest.raises(port.StorageError, match="newer Groundwork"):
        await store.PostgresqlStorage(postgresql, key).open()


async def test_a_failing_migration_leaves_the_schema_before_it(
    opened: store.PostgresqlStorage, raw: asyncpg.Connection, postgresql: str
) -> None:
    before = await columns(raw)
    broken = migrating.Step(9001, "CREATE TABLE more (id BIGINT); INSERT INTO missing VALUES (1)")
    with pytest.raises(asyncpg.UndefinedTableError):
        await migrating.migrate(raw, postgresql, [*migrating.steps(), broken])
    assert await columns(raw) == before
    assert await migrating.version(raw, postgresql, 9001) == migrating.steps()[-1].version


def test_a_migration_says_which_programs_can_do_without(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "0012_less.sql"
    file.write_text("-- Less.\n-- needs: 11\n\nDROP TABLE more;\n")
    assert (migrating.read(file).version, migrating.read(file).needs) == (12, 11)
