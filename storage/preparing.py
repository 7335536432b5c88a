"""The first start: a data folder and a key where there are none yet."""

from __future__ import annotations

import pathlib

from storage import files, opening, port, sealing


def prepare(url: str, key_file: pathlib.Path) -> None:
    """Make the database's folder and the key where neither exists.

    A database without its key is never given a new one: what it holds could not be read any more. On a server
    each of several workers would make one, so there none is made at all.
    """
    if url == opening.MEMORY or files.exists(key_file):
        return
    if not is_new(url):
        raise key_is_missing(url, key_file)
    database = opening.sqlite_path(url)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        key_file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise port.StorageError(
            f"The folder for {problem.filename} cannot be made ({problem.strerror}): check GROUNDWORK_DATA_DIR."
        ) from None
    sealing.make_key(key_file)


def is_new(url: str) -> bool:
    """Whether there is no database yet, so that a key may still be made at the first start."""
    if url == opening.MEMORY:
        return True
    if url.startswith(opening.POSTGRESQL):
        return False
    path = opening.sqlite_path(url)
    files.check_regular(path)
    return not files.exists(path)


def key_is_missing(url: str, key_file: pathlib.Path) -> port.StorageError:
    """What to say where the key is not there and the first start may not make one."""
    if url.startswith(opening.POSTGRESQL):
        return port.StorageError(
            f"The key file {key_file} is missing. All workers on a PostgreSQL database share one key: copy it from "
            "where another has it, or make the first one as deploy/README.md says."
        )
    return port.StorageError(
        f"The key file {key_file} is missing, and the answers in {opening.sqlite_path(url)} cannot be read without "
        "it: put it back, or set GROUNDWORK_DATA_KEY_FILE to where it is."
    )
