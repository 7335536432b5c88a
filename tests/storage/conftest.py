"""A storage of each kind, empty and open."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator

import pytest

from storage import memory, port, sealing
from storage.postgresql import store as postgresql_store
from storage.sqlite import store


@pytest.fixture
def key() -> sealing.Key:
    return sealing.Key(1, bytes(range(32)))


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "groundwork.db"


@pytest.fixture
async def sqlite(path: pathlib.Path, key: sealing.Key) -> AsyncIterator[store.SqliteStorage]:
    storage = store.SqliteStorage(path, key, busy_seconds=0.05)
    await storage.open()
    yield storage
    await storage.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def storage(
    request: pytest.FixtureRequest, path: pathlib.Path, key: sealing.Key
) -> AsyncIterator[port.Storage]:
    storage: port.Storage
    match request.param:
        case "memory":
            storage = memory.MemoryStorage()
        case "sqlite":
            storage = store.SqliteStorage(path, key)
        case _:
            storage = postgresql_store.PostgresqlStorage(request.getfixturevalue("postgresql"), key)
    await storage.open()
    yield storage
    await storage.close()
