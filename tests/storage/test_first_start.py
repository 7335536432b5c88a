"""The first start makes a folder and a key; a later one never makes another key. And a look that changes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import pathlib
import shutil
import sqlite3
import sys
from collections.abc import Callable

import pytest

from storage import looking, opening, port, preparing, sealing
from storage.postgresql import store as postgresql_store
from storage.sqlite import connecting, migrating, store
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


# --- a start that was killed, and a database that was emptied ---


KILLED = """
import asyncio, itertools, os, pathlib, signal, sqlite3, sys
from storage import opening, preparing

step = left = 0

def die_in_turn():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

def counted(call):
    def counted_call(*arguments, **named):
        die_in_turn()
        return call(*arguments, **named)
    return counted_call

def connected(*arguments, **named):
    connection = connect(*arguments, **named)
    # of what stands within a transaction nothing is on the disk before its end
    connection.set_trace_callback(lambda said: said.startswith(("BEGIN", "COMMIT", "PRAGMA j")) and die_in_turn())
    return connection

async def start(folder):
    url, key = f"sqlite:///{folder}/data/groundwork.db", folder / "data.key"
    preparing.prepare(url, key)
    await opening.open_storage(url, key).open()
    os._exit(0)

connect, fork, wait = sqlite3.connect, os.fork, os.waitpid
for step in itertools.count():
    child = fork()
    if child == 0:
        left, sqlite3.connect = step, connected
        for name in ("open", "replace", "link", "unlink", "fsync", "mkdir"):
            setattr(os, name, counted(getattr(os, name)))
        asyncio.run(start(pathlib.Path(sys.argv[1]) / str(step)))
    ended = os.waitstatus_to_exitcode(wait(child, 0)[1])
    if ended != -signal.SIGKILL:
        break
print(step, ended)
"""


async def test_a_first_start_that_is_killed_is_gone_on_with(tmp_path: pathlib.Path) -> None:
    """Killed at each of its steps on the disk and before each statement: the next start is a first one."""
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    ran = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    steps, ended = map(int, (await ran.communicate())[0].split())
    assert ended == 0
    assert steps > 20
    states = set()
    for step in range(steps):
        data, key = tmp_path / str(step) / "data", tmp_path / str(step) / "data.key"
        database = data / "groundwork.db"
        states.add((key.exists(), database.exists()))
        preparing.prepare(f"sqlite:///{database}", key)
        assert await looking.look(f"sqlite:///{database}", key)
        storage = opening.open_storage(f"sqlite:///{database}", key)
        await storage.open()
        await storage.close()
    assert states == {(False, False), (True, False), (True, True)}


def _no_bytes(path: pathlib.Path) -> None:
    path.write_bytes(b"")


def _no_bytes_but_a_log(path: pathlib.Path) -> None:
    path.write_bytes(b"")
    path.with_name(f"{path.name}-wal").write_bytes(b"committed, and nowhere else")


def _emptied_and_found_by_litestream(path: pathlib.Path) -> None:
    path.write_bytes(b"")
    with contextlib.closing(sqlite3.connect(path)) as litestream:
        litestream.execute("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")


async def _refused(path: pathlib.Path, key_file: pathlib.Path, said: str) -> None:
    """By the start and by the doctor."""
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    try:
        with pytest.raises(port.StorageError, match=said):
            await storage.open()
    finally:
        await storage.close()
    with pytest.raises(port.StorageError, match=said):
        await looking.look(f"sqlite:///{path}", key_file)


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(_no_bytes, id="of no bytes"),
        pytest.param(_no_bytes_but_a_log, id="and its log is there"),
        pytest.param(_emptied_and_found_by_litestream, id="and Litestream was there since"),
    ],
)
async def test_an_emptied_database_is_not_taken_for_a_new_one(
    path: pathlib.Path, key_file: pathlib.Path, empty: Callable[[pathlib.Path], None]
) -> None:
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.close()
    empty(path)
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    await _refused(path, key_file, r"is empty.*groundwork restore BACKUP.*delete the empty file")
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before
    path.unlink()
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    await storage.open()
    await storage.close()


async def test_a_log_without_its_database_is_left_alone(path: pathlib.Path, key_file: pathlib.Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"committed, and nowhere else")
    await _refused(path, key_file, r"is gone, but its log .*groundwork restore BACKUP")
    assert not path.exists()
    assert log.read_bytes() == b"committed, and nowhere else"


async def test_a_circle_of_links_is_no_database(tmp_path: pathlib.Path, key: sealing.Key) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(port.StorageError, match=r"cannot be opened: Too many levels"):
        await store.SqliteStorage(tmp_path / "a", key).open()


async def test_what_a_killed_first_start_left_is_not_written_through(
    tmp_path: pathlib.Path, key: sealing.Key
) -> None:
    """Killed between the second name and the end, it leaves one more of a file that has been used since."""
    used = tmp_path / "used"
    used.write_bytes(b"in use")
    (tmp_path / f"groundwork.db.{os.getpid()}.new").hardlink_to(used)
    storage = store.SqliteStorage(tmp_path / "groundwork.db", key)
    await storage.open()
    await storage.close()
    assert used.read_bytes() == b"in use"


async def test_where_files_have_no_second_names_the_first_start_makes_one_all_the_same(
    path: pathlib.Path, key_file: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    storage = opening.open_storage(f"sqlite:///{path}", key_file)
    await storage.open()
    await storage.close()
    assert not list(path.parent.glob("*.new"))


async def test_of_two_first_starts_the_second_takes_what_the_first_made(
    path: pathlib.Path, key_file: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.link

    def second(fresh: pathlib.Path, there: pathlib.Path) -> None:
        name(fresh, there)
        there.chmod(0o640)  # by which it is told from another
        name(fresh, there)

    monkeypatch.setattr(os, "link", second)
    connecting.create(path)
    assert path.stat().st_mode & 0o777 == 0o640


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
