"""The first start makes a folder and a key; a later one never makes another key. And a look that changes nothing."""

from __future__ import annotations

import pathlib
import shutil
import sqlite3
from collections.abc import Callable

import pytest

from storage import looking, opening, port, preparing, sealing
from storage.postgresql import store as postgresql_store
from storage.sqlite import migrating, store
from tests import plain_user
from tests.storage import older

SERVER = "postgresql://nobody@127.0.0.1:1/groundwork"


def test_the_first_start_makes_folders_and_key(tmp_path: pathlib.Path) -> None:
    key = tmp_path / "keys" / "data.key"
    preparing.prepare(f"sqlite:///{tmp_path}/data/groundwork.db", key)
    assert (tmp_path / "data").is_dir()
    made = sealing.load_keys(key)
    preparing.prepare(f"sqlite:///{tmp_path}/data/groundwork.db", key)
    assert sealing.load_keys(key) == made


def test_the_first_start_makes_folders_in_folders_and_takes_those_that_are_there(
    tmp_path: pathlib.Path,
) -> None:
    database, key = tmp_path / "a" / "b" / "groundwork.db", tmp_path / "c" / "d" / "data.key"
    preparing.prepare(f"sqlite:///{database}", key)
    assert database.parent.is_dir()
    key.unlink()
    preparing.prepare(f"sqlite:///{database}", key)
    assert sealing.load_keys(key)


def test_nothing_is_made_for_a_storage_in_memory(tmp_path: pathlib.Path) -> None:
    preparing.prepare(opening.MEMORY, tmp_path / "data.key")
    assert list(tmp_path.iterdir()) == []
    assert preparing.is_new(opening.MEMORY)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("sqlite:///{}/kept.db", "cannot be read without it", id="beside a database"),
        pytest.param(SERVER, "share one key", id="on a server that others work on"),
    ],
)
def test_a_key_that_is_gone_is_not_made_anew(tmp_path: pathlib.Path, url: str, said: str) -> None:
    (tmp_path / "kept.db").write_bytes(b"kept")
    with pytest.raises(port.StorageError, match=said):
        preparing.prepare(url.format(tmp_path), tmp_path / "data.key")
    assert not (tmp_path / "data.key").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(port.StorageError, match=r"file.*cannot be made.*GROUNDWORK_DATA_DIR"):
        preparing.prepare(f"sqlite:///{tmp_path}/file/groundwork.db", tmp_path / "data.key")


# --- rights ---


def _nothing(_: pathlib.Path) -> None:
    pass


def _folder_not_written(data: pathlib.Path) -> None:
    data.chmod(0o500)


def _folder_not_entered(data: pathlib.Path) -> None:
    data.chmod(0o000)


def _file_not_written(data: pathlib.Path) -> None:
    (data / "groundwork.db").chmod(0o400)


def _lock_of_another(data: pathlib.Path) -> None:
    (data / "groundwork.db.running").touch()
    (data / "groundwork.db.running").chmod(0o000)


def _gone(data: pathlib.Path) -> None:
    shutil.rmtree(data)
    data.with_name("data.key").unlink()


def _not_to_be_made(data: pathlib.Path) -> None:
    _gone(data)
    data.parent.chmod(0o500)


def _no_folder_for_a_key(data: pathlib.Path) -> None:
    shutil.rmtree(data)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(_nothing, "", id="nothing wrong"),
        pytest.param(_gone, "", id="none yet"),
        pytest.param(_folder_not_written, "may not write {data}. ", id="a folder that may not be written"),
        pytest.param(
            _folder_not_entered, "{data}/groundwork.db cannot be used: Permission denied", id="nor entered"
        ),
        pytest.param(_file_not_written, "may not write {data}/groundwork.db. ", id="a file likewise"),
        pytest.param(_lock_of_another, "may not write {data}/groundwork.db.running. ", id="a lock likewise"),
        pytest.param(_not_to_be_made, "may not write in {data.parent}. ", id="a folder not to be made"),
        pytest.param(_no_folder_for_a_key, "There is no folder {data} for", id="a key without a folder"),
    ],
)
async def test_the_doctor_says_of_rights_what_the_start_says(
    tmp_path: pathlib.Path, harm: Callable[[pathlib.Path], None], said: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    data, key = home / "data", home / "data.key"
    url = f"sqlite:///{data}/groundwork.db"
    preparing.prepare(url, key)
    storage = opening.open_storage(url, key)
    await storage.open()
    await storage.close()
    harm(data)
    try:
        ended = plain_user.python("tests.storage.looked", url, key, folder=tmp_path)
    finally:
        home.chmod(0o700)
        if data.exists():
            data.chmod(0o700)
    looked, started = ended.stdout.splitlines()
    assert looked.startswith("WRONG" if said else "OK")
    assert started.startswith("REFUSED" if said else "STARTED")
    assert said.format(data=data) in looked


# --- the doctor's look ---


@pytest.fixture
def key_file(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "data.key"
    sealing.make_key(path)
    return path


async def test_memory_forgets(key_file: pathlib.Path) -> None:
    assert "everything is forgotten" in await looking.look(opening.MEMORY, key_file)


async def test_a_database_that_is_not_there_is_made_at_the_first_start(
    path: pathlib.Path, key_file: pathlib.Path
) -> None:
    assert looking.FIRST_START in await looking.look(f"sqlite:///{path}", key_file)
    assert not path.exists()


async def test_a_folder_that_no_start_makes_is_told(tmp_path: pathlib.Path, key_file: pathlib.Path) -> None:
    with pytest.raises(port.StorageError, match="There is no folder"):
        await looking.look(f"sqlite:///{tmp_path / 'elsewhere' / 'groundwork.db'}", key_file)


async def test_a_whole_database_is_told_and_left_as_it_is(path: pathlib.Path, key_file: pathlib.Path) -> None:
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.close()
    before = path.read_bytes()
    assert "is whole, and has all" in await looking.look(f"sqlite:///{path}", key_file)
    assert path.read_bytes() == before


async def test_an_older_schema_is_told_and_left_for_the_next_start(
    path: pathlib.Path, key_file: pathlib.Path
) -> None:
    with sqlite3.connect(path, isolation_level=None) as raw:
        migrating.migrate(raw, path, migrating.scripts()[:-1])
    last = len(migrating.scripts())
    assert f"from {last - 1} to {last}" in await looking.look(f"sqlite:///{path}", key_file)


async def test_what_is_sealed_as_it_was_before_is_counted(path: pathlib.Path, key_file: pathlib.Path) -> None:
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.close()
    key = sealing.load_keys(key_file)[0]
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO person (id, body) VALUES (1, ?)", (older.close(key, b"x", "person", 1),))
    assert "1 of what is kept is not sealed together" in await looking.look(f"sqlite:///{path}", key_file)


async def test_another_key_is_told(path: pathlib.Path, key: sealing.Key, key_file: pathlib.Path) -> None:
    storage = store.SqliteStorage(path, key)
    await storage.open()
    await storage.close()
    with pytest.raises(port.StorageError, match="key does not open"):
        await looking.look(f"sqlite:///{path}", key_file)


async def test_a_server_is_told_with_its_workers(postgresql: str, key_file: pathlib.Path) -> None:
    assert "the next start runs the migrations from 0" in await looking.look(postgresql, key_file)
    storage = opening.open_storage(postgresql, key_file)
    assert isinstance(storage, postgresql_store.PostgresqlStorage)
    await storage.open()
    await storage.enlist(alone=False)
    assert "workers that live: 1" in await looking.look(postgresql, key_file)
    await storage.close()
    assert "workers that live: 0" in await looking.look(postgresql, key_file)
