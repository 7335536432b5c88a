"""The first start: a data folder and a key where there are none yet."""

from __future__ import annotations

import pathlib

from storage import opening, port, sealing


def prepare(url: str, key_file: pathlib.Path) -> None:
    """Make the database's folder and the key where neither exists.

    A database without its key is never given a new one: what it holds could not be read any more.
    """
    if not url.startswith(opening.SQLITE):
        return
    database = opening.sqlite_path(url)
    if key_file.exists():
        return
    if database.exists():
        raise port.StorageError(
            f"The key file {key_file} is missing, and the answers in {database} cannot be read without it: "
            "put it back, or set GROUNDWORK_DATA_KEY_FILE to where it is."
        )
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        key_file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise port.StorageError(
            f"The folder for {problem.filename} cannot be made ({problem.strerror}): check GROUNDWORK_DATA_DIR."
        ) from None
    sealing.make_key(key_file)
