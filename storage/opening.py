"""From a `DATABASE_URL` to a storage."""

from __future__ import annotations

import pathlib

from storage import memory, port, sealing

SQLITE = "sqlite:///"
MEMORY = "memory:"
POSTGRESQL = ("postgresql://", "postgres://")
SUPPORTED = (
    f"This version knows {SQLITE}PATH, {POSTGRESQL[0]}USER@HOST/NAME, and {MEMORY} for trials. "
    "Set GROUNDWORK_DATABASE_URL to one of them."
)


def open_storage(url: str, key_file: pathlib.Path) -> port.Storage:
    """The storage behind a url, not yet opened; `StorageError` for one that this version does not have."""
    if url == MEMORY:
        return memory.MemoryStorage()
    if url.startswith(POSTGRESQL):
        from storage.postgresql import store as postgresql

        return postgresql.PostgresqlStorage(url, *sealing.load_keys(key_file))
    path = sqlite_path(url)
    from storage.sqlite import store

    return store.SqliteStorage(path, *sealing.load_keys(key_file))


def sqlite_path(url: str) -> pathlib.Path:
    """The file that `sqlite:///PATH` names: relative to the working directory, or absolute with a fourth slash."""
    path = url.removeprefix(SQLITE)
    if path == url or not path:
        # not the url itself: it may hold a password
        raise port.StorageError(
            f"The database address that begins with {url.split(':', 1)[0]!r} is not supported. {SUPPORTED}"
        )
    return pathlib.Path(path)
