"""From an address to a storage, and what is said when it cannot be opened."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import pathlib
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator

import pytest

from flows import nouns
from storage import backup, looking, memory, opening, packing, port, records, sealing
from storage.sql import places
from storage.sql import rows as rows_
from storage.sqlite import connecting, migrating, store
from tests.storage import older, test_port

WHOLE_ROWS = 8
"""The last version of the schema whose bodies are sealed for the table and the row's key alone."""

KEPT_IN = {"proposed": "session", "rival": "session"}
"""What is told of a person and has no table of its own."""


@pytest.fixture
def key_file(tmp_path: pathlib.Path) -> pathlib.Path:
    sealing.make_key(tmp_path / "data.key")
    return tmp_path / "data.key"


async def test_a_sqlite_address_opens_a_private_file(path: pathlib.Path, key_file: pathlib.Path) -> None:
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.enlist(alone=True)
    await storage.commit([port.Put(records.Person(1, "Asha"))])
    files = list(path.parent.glob("groundwork.db*"))
    assert len(files) == 4, "its log, its index and its lock beside it"
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    await storage.close()


async def test_no_turn_stands_behind_what_takes_long(path: pathlib.Path, key_file: pathlib.Path) -> None:
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    assert isinstance(storage, store.SqliteStorage)
    await storage.open()
    let_go = threading.Event()

    async def long(rows: object) -> bool:
        return let_go.wait(60)

    reading = asyncio.create_task(storage._read(long, whole=True))
    about = asyncio.create_task(storage.about(1))
    async with asyncio.timeout(30):
        for _ in range(3):  # whoever came with the first has its answer before the last
            assert await storage.person(1) is None
    assert not about.done(), "all that is kept about somebody takes long too"
    let_go.set()
    assert await reading
    assert await about == {}
    await storage.close()


def test_memory_needs_no_key() -> None:
    assert isinstance(opening.open_storage("memory:", pathlib.Path("none")), memory.MemoryStorage)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://groundwork:secret@db/groundwork", id="another kind"),
        pytest.param("sqlite://relative.db", id="a slash too few"),
        pytest.param("sqlite:///", id="no path"),
        pytest.param("", id="empty"),
    ],
)
def test_another_address_is_refused_with_what_is_supported(url: str, key_file: pathlib.Path) -> None:
    with pytest.raises(port.StorageError, match="sqlite:///PATH") as refused:
        opening.open_storage(url, key_file)
    assert "secret" not in str(refused.value)


def test_an_address_without_fourth_slash_is_relative() -> None:
    assert opening.sqlite_path("sqlite:///data/a.db") == pathlib.Path("data/a.db")
    assert opening.sqlite_path("sqlite:////data/a.db") == pathlib.Path("/data/a.db")


# --- databases that cannot be used ---


def read_only(path: pathlib.Path) -> None:
    """A file-format write version over 2 means: read it, do not write it (sqlite.org/fileformat.html)."""
    with path.open("rb+") as file:
        file.seek(18)
        file.write(b"\x03")


def damaged(path: pathlib.Path) -> None:
    content = path.read_bytes()
    page = 4096
    path.write_bytes(content[:page] + b"\x55" * (len(content) - page))


def out_of_shape(path: pathlib.Path) -> None:
    """Readable, but with a row that its table cannot have."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("INSERT INTO seal VALUES (2, x'00')")


def newer(path: pathlib.Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")


def foreign(path: pathlib.Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")


def folder(path: pathlib.Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(read_only, "cannot be written", id="read-only"),
        pytest.param(damaged, "is damaged.*groundwork restore", id="damaged"),
        pytest.param(out_of_shape, "is damaged.*groundwork restore", id="damaged where it can be read"),
        pytest.param(
            lambda path: path.write_bytes(b"Dear diary, " * 500), "not a database", id="not a database"
        ),
        pytest.param(newer, "newer Groundwork", id="a newer schema"),
        pytest.param(foreign, "another program", id="another program's database"),
        pytest.param(folder, "is no file", id="a folder"),
    ],
)
async def test_a_database_that_cannot_be_used_is_told_in_a_sentence(
    path: pathlib.Path, key: sealing.Key, spoil: Callable[[pathlib.Path], None], said: str
) -> None:
    storage = store.SqliteStorage(path, key, busy_seconds=0)
    await storage.open()
    await storage.close()
    spoil(path)
    try:
        with pytest.raises(port.StorageError, match=said) as refused:
            await storage.open()
        assert str(path) in str(refused.value)
        with pytest.raises(port.StorageError, match="not open"):
            await storage.person(1)
        with pytest.raises(port.StorageError, match=said):  # the doctor says the same
            await looking.look(f"sqlite:///{path}", path.with_name("data.key"))
    finally:
        await storage.close()


async def test_a_file_that_litestream_found_first_is_ours(path: pathlib.Path, key: sealing.Key) -> None:
    connecting.create(path)
    with contextlib.closing(sqlite3.connect(path)) as litestream:
        litestream.execute("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
        litestream.execute("CREATE TABLE _litestream_lock (id INTEGER)")
    storage = store.SqliteStorage(path, key)
    await storage.open()
    await storage.commit([port.Put(records.Person(1, "Asha"))])
    assert await storage.person(1) == records.Person(1, "Asha")
    await storage.close()


@pytest.mark.parametrize("spoil", [newer, foreign])
async def test_a_database_that_is_not_ours_to_change_is_left_as_it_is(
    path: pathlib.Path, key: sealing.Key, spoil: Callable[[pathlib.Path], None]
) -> None:
    storage = store.SqliteStorage(path, key, busy_seconds=0)
    await storage.open()
    await storage.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(port.StorageError):
        await storage.open()
    assert path.read_bytes() == before
    await storage.close()


async def test_a_missing_folder_is_told(tmp_path: pathlib.Path, key: sealing.Key) -> None:
    with pytest.raises(port.StorageError, match="no folder"):
        await store.SqliteStorage(tmp_path / "none" / "a.db", key).open()


async def test_another_key_is_told_at_the_start(path: pathlib.Path, key: sealing.Key) -> None:
    right = store.SqliteStorage(path, key)
    await right.open()
    await right.close()
    opened = os.listdir("/dev/fd")
    wrong = [store.SqliteStorage(path, sealing.Key(1, bytes(32))) for _ in range(3)]
    for one in wrong:
        with pytest.raises(port.StorageError, match="key does not open"):
            await one.open()
    assert len(os.listdir("/dev/fd")) == len(opened), "what was refused is closed again"


async def test_a_file_says_whose_it_is(sqlite: store.SqliteStorage, path: pathlib.Path) -> None:
    await sqlite.close()
    assert path.read_bytes()[68:72] == b"GRND", "where SQLite keeps an application's own mark"


async def test_what_cannot_be_opened_is_closed_again(path: pathlib.Path) -> None:
    path.write_bytes(b"Dear diary, " * 500)
    opened = os.listdir("/dev/fd")
    for _ in range(3):
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            await connecting.connect(path, busy_seconds=0, writes=True)
    assert len(os.listdir("/dev/fd")) == len(opened)


async def test_who_only_reads_writes_nothing(sqlite: store.SqliteStorage) -> None:
    async def writes(rows: rows_.Rows) -> None:
        await rows.put(records.Person(1, "Asha"))

    for read in (sqlite._read, sqlite._ask):
        with pytest.raises(port.StorageError, match="cannot be written"):
            await read(writes)
    assert await sqlite.person(1) is None


async def test_what_nobody_thought_of_is_told_as_sqlite_says_it(
    sqlite: store.SqliteStorage, path: pathlib.Path
) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE screen")
    with pytest.raises(port.StorageError, match=r"groundwork\.db could not do it: no such table: screen"):
        await sqlite.screen("t")


async def test_a_record_whose_sealed_part_is_gone_from_the_schema_is_not_taken_for_one_of_defaults(
    sqlite: store.SqliteStorage, path: pathlib.Path
) -> None:
    await sqlite.commit(
        [port.Put(records.Reminder("r", "a", 1, dt.datetime(2031, 3, 4, tzinfo=dt.UTC), kind="digest"))]
    )
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE reminder RENAME COLUMN body TO bodx")
    with pytest.raises(port.StorageError, match=r"damaged.*groundwork restore"):
        await sqlite.reminders("a")


async def test_functions_in_a_schema_that_somebody_changed_are_not_run(
    path: pathlib.Path, key: sealing.Key
) -> None:
    connection = await connecting.connect(path, busy_seconds=1, writes=True)
    await connection.create_function("sent", 0, lambda: "all of it")
    await connection.run(lambda raw: raw.execute("CREATE VIEW changed AS SELECT sent()"))
    with pytest.raises(sqlite3.OperationalError, match="unsafe use of sent"):
        await connection.run(lambda raw: raw.execute("SELECT * FROM changed").fetchall())
    await connection.close()


@contextlib.contextmanager
def locked(path: pathlib.Path) -> Iterator[None]:
    """Another program in the midst of writing."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_locked_database_is_told_and_opens_once_it_is_free(
    path: pathlib.Path, key: sealing.Key
) -> None:
    storage = store.SqliteStorage(path, key, busy_seconds=0)
    await storage.open()
    await storage.close()
    with locked(path), pytest.raises(port.StorageError, match="locked by another program"):
        await storage.open()
    await storage.open()
    await storage.close()


async def test_a_commit_under_anothers_lock_writes_nothing_and_works_afterwards(
    sqlite: store.SqliteStorage, path: pathlib.Path
) -> None:
    with locked(path):
        with pytest.raises(port.StorageError, match="locked by another program"):
            await sqlite.commit([port.Put(records.Person(1, "Asha"))])
        assert await sqlite.person(1) is None
    await sqlite.commit([port.Put(records.Person(1, "Asha"))])
    assert await sqlite.person(1) is not None


# --- migrations ---


def schema(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.fixture
def raw(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def test_migrations_bring_an_empty_file_up_to_date_and_then_do_nothing(
    raw: sqlite3.Connection, path: pathlib.Path
) -> None:
    migrating.migrate(raw, path)
    first = raw.execute("SELECT sql FROM sqlite_master").fetchall()
    assert migrating.version(raw) == len(migrating.scripts()) > 0
    migrating.migrate(raw, path)
    assert raw.execute("SELECT sql FROM sqlite_master").fetchall() == first


def test_only_the_missing_migrations_run(raw: sqlite3.Connection, path: pathlib.Path) -> None:
    steps = ["CREATE TABLE a (x)", "CREATE TABLE b (x)", "CREATE TABLE c (x)"]
    migrating.migrate(raw, path, steps[:1])
    migrating.migrate(raw, path, steps)
    assert (schema(raw), migrating.version(raw)) == ({"a", "b", "c"}, 3)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param("CREATE TABLE recipe (id INTEGER)", "another program", id="another program's"),
        pytest.param("PRAGMA user_version = 1000", "newer Groundwork", id="a newer one's"),
    ],
)
def test_nothing_is_migrated_that_is_not_ours(
    raw: sqlite3.Connection, path: pathlib.Path, spoil: str, said: str
) -> None:
    raw.execute(spoil)
    before = schema(raw), migrating.version(raw)
    with pytest.raises(port.StorageError, match=said):
        migrating.migrate(raw, path)
    assert (schema(raw), migrating.version(raw)) == before


def test_a_failing_migration_leaves_the_schema_before_it(raw: sqlite3.Connection, path: pathlib.Path) -> None:
    steps = ["CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO missing VALUES (1)"]
    with pytest.raises(sqlite3.OperationalError):
        migrating.migrate(raw, path, steps)
    assert (schema(raw), migrating.version(raw)) == ({"a"}, 1)


async def test_a_database_from_before_surveys_takes_them_after_a_restore(
    raw: sqlite3.Connection, tmp_path: pathlib.Path, path: pathlib.Path, key: sealing.Key
) -> None:
    migrating.migrate(raw, path, migrating.scripts()[:1])
    body = older.close(key, packing.pack({"name": "Asha"}), "person", 1)
    raw.execute("INSERT INTO person VALUES (1, ?)", (body,))
    raw.close()
    await backup.backup(f"sqlite:///{path}", tmp_path / "copy")
    await backup.restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db", sealing.Seal(key))
    new = store.SqliteStorage(tmp_path / "new.db", key)
    await new.open()
    asked = nouns.Question("text", "brand", "brand", label="Which brand of fridge?")
    flow = nouns.Flow("survey_1", "1", "Cooling", (asked,))
    kept = records.Survey("a", "survey_1", "1", dt.datetime(2027, 1, 4, tzinfo=dt.UTC), 1, "cool", flow)
    await new.commit([port.Put(kept)])
    assert await new.person(1) is not None
    assert await new.survey("a", "survey_1", "1") == kept
    await new.close()
    await backup.backup(f"sqlite:///{tmp_path}/new.db", tmp_path / "again")
    content = (tmp_path / "again").read_bytes()
    assert not [word for word in (b"Cooling", b"brand", b"cool") if word in content]


Kept = dict[str, list[dict[str, object]]]
"""The rows of each table, with their bodies opened."""


def all_rows(path: pathlib.Path, key: sealing.Key) -> Kept:
    """What a file holds, of the tables whose rows are sealed."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        seal = sealing.Seal(key)
        return {
            table.name: [
                {**dict(row), "body": seal.open(row["body"], table.place(row))}
                for row in connection.execute(f"SELECT * FROM {table.name}")
            ]
            for table in places.SEALED
        }


def written_at(version: int, raw: sqlite3.Connection, key: sealing.Key, kept: Kept) -> Kept:
    """Put into a database of this version what it has tables and columns for; returns that as it reads today."""
    seal, whole_rows = sealing.Seal(key), version > WHOLE_ROWS
    written: Kept = {}
    for table in places.SEALED:
        columns = {row[1] for row in raw.execute(f"PRAGMA table_info({table.name})")}
        for row in kept[table.name] if columns else ():
            body, place = bytes(row["body"]), table.place(row)  # type: ignore[call-overload,arg-type]
            closed = seal.close(body, place) if whole_rows else older.close(key, body, table.name, *place.key)
            shown = {name: value for name, value in row.items() if name in columns} | {"body": closed}
            names, gaps = ", ".join(shown), ", ".join("?" * len(shown))
            raw.execute(f"INSERT INTO {table.name} ({names}) VALUES ({gaps})", list(shown.values()))
            # a column that came later has nothing in it
            late = dict.fromkeys(set(row) - columns, "")
            written.setdefault(table.name, []).append({**row, **late})
    return {table.name: written.get(table.name, []) for table in places.SEALED}


@pytest.mark.parametrize("version", range(1, len(migrating.scripts()) + 1))
async def test_a_backup_of_every_earlier_schema_is_restored(
    version: int, raw: sqlite3.Connection, path: pathlib.Path, key: sealing.Key, tmp_path: pathlib.Path
) -> None:
    today = store.SqliteStorage(tmp_path / "today.db", key)
    await today.open()
    await today.commit([*test_port.everything_of(1), *test_port.everything_of(2), *test_port.ALERTS])
    await today.close()
    kept = all_rows(tmp_path / "today.db", key)
    assert all(kept.values()), "a row for every table"
    migrating.migrate(raw, path, migrating.scripts()[:version])
    written = written_at(version, raw, key, kept)
    assert sum(map(bool, written.values())) == len(schema(raw) - {"handled", "mention", "sqlite_sequence"})
    raw.close()
    await backup.backup(f"sqlite:///{path}", tmp_path / "copy")
    await backup.restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db", sealing.Seal(key))
    new = store.SqliteStorage(tmp_path / "new.db", key)
    await new.open()
    about = await new.about(1)
    await new.close()
    assert all_rows(tmp_path / "new.db", key) == written
    assert set(about) == {kind for kind in test_port.EVERY_KIND if written.get(KEPT_IN.get(kind, kind))}


async def test_a_plan_issued_before_versions_keeps_its_file(
    raw: sqlite3.Connection, path: pathlib.Path, key: sealing.Key
) -> None:
    migrating.migrate(raw, path, migrating.scripts()[:2])
    body = older.close(key, packing.pack({"body": b"PK"}), "plan_file", "a", "0.1")
    raw.execute("INSERT INTO plan_file VALUES ('a', '0.1', 0, 7, 'hash', ?)", (body,))
    raw.close()
    new = store.SqliteStorage(path, key)
    await new.open()
    issued = records.PlanFile("a", "0.1", dt.datetime(1970, 1, 1, tzinfo=dt.UTC), 7, "hash", b"PK")
    assert await new.plan_file("a", "0.1") == issued
    await new.close()


def test_every_migration_is_numbered_without_gap() -> None:
    files = sorted(path.name for path in (migrating.HERE / "migrations").glob("*.sql"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))


async def test_a_damaged_database_is_not_taken_for_a_backup(path: pathlib.Path, key: sealing.Key) -> None:
    storage = store.SqliteStorage(path, key)
    await storage.open()
    await storage.commit([port.Put(records.Person(number, "Asha" * 100)) for number in range(1, 200)])
    await storage.close()
    # a part in the middle of some page that opening does not read
    whole = bytearray(path.read_bytes())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        [root] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'person'").fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    whole[(root - 1) * size + 8 : (root - 1) * size + 12] = (2**31).to_bytes(4, "big")
    path.write_bytes(whole)
    with pytest.raises(port.StorageError, match="damaged"):
        await backup.backup(f"sqlite:///{path}", path.with_name("copy"))
    assert not path.with_name("copy").exists()
