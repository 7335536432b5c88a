"""Damage within what is sealed, which SQLite's own check does not see: told at the start, by doctor, backup and restore."""

from __future__ import annotations

import contextlib
import pathlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from storage import backup, looking, opening, port, records, sealing
from storage.postgresql import store as postgresql_store
from storage.sql import bodies, places
from storage.sqlite import store
from tests.storage import test_port

SECOND = sealing.Key(2, bytes(32))


@pytest.fixture
def key_file(tmp_path: pathlib.Path, key: sealing.Key) -> pathlib.Path:
    sealing.make_key(tmp_path / "data.key")
    sealing.replace_keys(tmp_path / "data.key", (key,))
    return tmp_path / "data.key"


@pytest.fixture
async def full(path: pathlib.Path, key: sealing.Key, key_file: pathlib.Path) -> pathlib.Path:
    """A database with rows in every table, in one file, and its key beside it."""
    await _fill(path, key)
    return path


async def _fill(path: pathlib.Path, *keys: sealing.Key) -> None:
    storage = store.SqliteStorage(path, *keys)
    await storage.open()
    await storage.commit([*test_port.everything_of(1), *test_port.everything_of(2), *test_port.ALERTS])
    await storage.close()
    with _raw(path):
        pass


@contextlib.contextmanager
def _raw(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        yield connection


def _turn(path: pathlib.Path, table: str, place: Callable[[bytes], int], *, rows: int = 1) -> None:
    """Turn one bit in the bodies of the first rows."""
    with _raw(path) as raw:
        for [body] in raw.execute(f"SELECT body FROM {table} LIMIT {rows}").fetchall():
            turned = bytearray(body)
            turned[place(body)] ^= 1
            raw.execute(f"UPDATE {table} SET body = ? WHERE body = ?", (bytes(turned), body))


def _middle(body: bytes) -> int:
    return len(body) // 2


def _keys(key_file: pathlib.Path) -> tuple[sealing.Key, ...]:
    return sealing.load_keys(key_file)


async def _said(path: pathlib.Path, key_file: pathlib.Path) -> str:
    """What start, doctor and backup say alike; nothing is written by any of them."""
    before, said = path.read_bytes(), set()
    names = sorted(path.parent.iterdir())
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    try:
        with pytest.raises(port.StorageError) as refused:
            await storage.open()
    finally:
        await storage.close()
    said.add(str(refused.value))
    with pytest.raises(port.StorageError) as refused:
        await looking.look(f"sqlite:///{path}", key_file)
    said.add(str(refused.value))
    with pytest.raises(port.StorageError) as refused:
        await backup.backup(f"sqlite:///{path}", path.with_name("copy"), sealing.Seal(*_keys(key_file)))
    said.add(str(refused.value))
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == names
    [same] = said
    return same


@pytest.mark.parametrize("table", [table.name for table in places.SEALED])
async def test_one_bit_within_any_table_is_told_everywhere(
    full: pathlib.Path, key_file: pathlib.Path, tmp_path: pathlib.Path, table: str
) -> None:
    good = tmp_path / "good"
    await backup.backup(f"sqlite:///{full}", good, sealing.Seal(*_keys(key_file)))
    _turn(full, table, _middle)
    said = await _said(full, key_file)
    assert f"The database {full} is damaged: what is sealed in 1 row of {table}" in said
    assert "does not open. Stop the bot, keep the file, and run: groundwork restore BACKUP" in said
    shutil.copyfile(full, tmp_path / "bad")
    with pytest.raises(port.StorageError, match=rf"backup .*bad is damaged: .*1 row of {table}.*Nothing was"):
        await backup.restore(tmp_path / "bad", f"sqlite:///{full}", sealing.Seal(*_keys(key_file)))
    assert full.read_bytes() == (tmp_path / "bad").read_bytes(), "what was there stays"
    await backup.restore(good, f"sqlite:///{full}", sealing.Seal(*_keys(key_file)))
    assert "is whole" in await looking.look(f"sqlite:///{full}", key_file)


def _execute(*statements: str) -> Callable[[pathlib.Path], None]:
    def spoil(path: pathlib.Path) -> None:
        with _raw(path) as raw:
            for statement in statements:
                raw.execute(statement)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(
            lambda path: _turn(path, "answer", _middle), "1 row of answer (section 's1', key '", id="which one"
        ),
        pytest.param(
            lambda path: _turn(path, "person", _middle, rows=2), "2 rows of person (the first is id 1)", id="two"
        ),
        pytest.param(
            lambda path: (_turn(path, "person", _middle), _turn(path, "answer", _middle)),
            "1 row of person (id 1), 1 row of answer",
            id="in two tables",
        ),
        pytest.param(lambda path: _turn(path, "person", lambda _: 0), "1 row of person", id="its form"),
        pytest.param(
            lambda path: _turn(path, "person", lambda _: 1), "does not hold: put back the one", id="its key's number"
        ),
        pytest.param(
            _execute("UPDATE section SET branch = 'Kisumu' WHERE id = 's1'"),
            "1 row of section (id 's1')",
            id="a readable column",
        ),
        pytest.param(
            _execute("UPDATE section SET id = CAST(x'ff41' AS TEXT) WHERE id = 's1'"),
            r"1 row of section (id '\udcffA')",
            id="a key that is no text any more",
        ),
        pytest.param(_execute("UPDATE person SET body = 'words'"), "2 rows of person", id="words for a body"),
        pytest.param(_execute("UPDATE person SET body = x''"), "2 rows of person", id="nothing for a body"),
        pytest.param(
            _execute("ALTER TABLE reminder RENAME COLUMN body TO bodx"), "of reminder something is gone", id="a column"
        ),
        pytest.param(_execute("DROP TABLE alert"), "of alert something is gone", id="a table"),
    ],
)  # fmt: skip
async def test_what_does_not_open_is_named(
    full: pathlib.Path, key_file: pathlib.Path, spoil: Callable[[pathlib.Path], None], said: str
) -> None:
    spoil(full)
    sentence = await _said(full, key_file)
    assert f"{full} is damaged: " in sentence
    assert said in sentence


async def test_no_token_is_told(full: pathlib.Path, key_file: pathlib.Path) -> None:
    for table in ("screen", "invitation", "delegation"):
        _turn(full, table, _middle)
    with _raw(full) as raw:
        tokens = {row[0] for row in raw.execute("SELECT token FROM screen")}
        tokens |= {row[0] for table in ("invitation", "delegation") for row in raw.execute(f"SELECT token_hash FROM {table}")}  # fmt: skip
    sentence = await _said(full, key_file)
    assert "1 row of invitation, 1 row of delegation, 1 row of screen does not open" in sentence
    assert not [token for token in tokens if f"'{token}'" in sentence]


@pytest.mark.parametrize(
    ("keys", "damage"),
    [
        pytest.param((sealing.Key(1, bytes(32)),), False, id="another of the same number"),
        pytest.param((sealing.Key(7, bytes(32)),), False, id="another of another number"),
        pytest.param((sealing.Key(1, bytes(32)),), True, id="another, and damage"),
    ],
)
async def test_where_nothing_opens_it_is_the_key(
    full: pathlib.Path, key_file: pathlib.Path, keys: tuple[sealing.Key, ...], damage: bool
) -> None:
    if damage:
        _turn(full, "answer", _middle)
    sealing.replace_keys(key_file, keys)
    sentence = await _said(full, key_file)
    assert sentence.startswith("The key does not open what is kept here:")
    assert "damaged" not in sentence


async def test_each_of_several_keys_opens_what_it_sealed(
    full: pathlib.Path, key: sealing.Key, key_file: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    sealing.replace_keys(key_file, (SECOND, key))
    running = opening.open_storage(f"sqlite:///{full}", key_file)
    await running.open()
    await running.commit([port.Put(records.Person(99, "Kamau"))])  # with the newest, as before `key rotate`
    await running.close()
    assert "is whole" in await looking.look(f"sqlite:///{full}", key_file)
    await backup.backup(f"sqlite:///{full}", tmp_path / "good", sealing.Seal(SECOND, key))
    await backup.restore(tmp_path / "good", f"sqlite:///{full}", sealing.Seal(SECOND, key))
    sealing.replace_keys(key_file, (key,))
    sentence = await _said(full, key_file)
    assert (
        "1 row of person (id 99) does not open, as sealed with a key that the key file does not hold"
        in sentence
    )


async def test_who_was_erased_is_no_damage(full: pathlib.Path, key_file: pathlib.Path) -> None:
    running = opening.open_storage(f"sqlite:///{full}", key_file)
    await running.open()
    await running.commit([port.Forget(1, "P-1")])
    await running.close()
    assert "is whole" in await looking.look(f"sqlite:///{full}", key_file)


async def test_without_its_key_a_copy_is_made_all_the_same(
    full: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    await backup.backup(f"sqlite:///{full}", tmp_path / "copy")
    assert (tmp_path / "copy").is_file()


async def test_a_server_is_looked_at_and_copied_likewise(
    postgresql: str, key: sealing.Key, key_file: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(bodies, "PAGE", 1)
    storage = postgresql_store.PostgresqlStorage(postgresql, key)
    await storage.open()
    await storage.commit([*test_port.everything_of(1), *test_port.everything_of(2), *test_port.ALERTS])
    assert "answers, has all" in await looking.look(postgresql, key_file)
    await storage.commit([port.Put(records.Person(3, "Juma"))])
    await storage._write(_spoilt)
    await storage.close()
    for doing in (
        looking.look(postgresql, key_file),
        backup.backup(postgresql, tmp_path / "copy", sealing.Seal(key)),
    ):
        with pytest.raises(
            port.StorageError,
            match=r"at .* is damaged: what is sealed in 1 row of person \(id 3\).*keep the database",
        ):
            await doing
    assert not list(tmp_path.glob("copy*"))
    sealing.replace_keys(key_file, (SECOND,))
    with pytest.raises(port.StorageError, match="The key does not open"):
        await looking.look(postgresql, key_file)


async def _spoilt(rows: object) -> None:
    connection = rows._connection  # type: ignore[attr-defined] # no statement of ours writes a damaged body
    await connection.change("UPDATE person SET body = :body WHERE id = 3", {"body": b"\0\1" + bytes(40)})


def test_every_table_with_a_body_is_tried(full: pathlib.Path, key: sealing.Key) -> None:
    with _raw(full) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {
            name for name in tables for row in raw.execute(f"PRAGMA table_info({name})") if row[1] == "body"
        }
    assert kept == {table.name for table in places.SEALED}


def test_a_long_value_is_cut() -> None:
    found = bodies.Bodies(sealing.Seal(SECOND))
    found.try_row(places.RECORDS["section"], {"id": "s" * 10_000, "assessment": "", "flow": "", "branch": "", "owner": 1, "body": b""})  # fmt: skip
    assert len(found.words()) < 300
