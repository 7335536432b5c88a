"""Files that this user may not look at, read or write: a sentence in the place of the system's error."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
from collections.abc import Iterator

from storage import port


@contextlib.contextmanager
def told(path: pathlib.Path) -> Iterator[None]:
    """Turn what the system refuses inside into `StorageError`; the path is named where the system names none."""
    try:
        yield
    except OSError as error:
        name = error.filename or path
        raise port.StorageError(
            f"The file {name} cannot be used: {error.strerror or error}. Check its path and this user's rights."
        ) from error


def exists(path: pathlib.Path) -> bool:
    """Whether there is anything of this name; `StorageError` where this user may not look."""
    with told(path):
        return path.exists()


def is_file(path: pathlib.Path) -> bool:
    """Whether there is a file of this name; `StorageError` where this user may not look."""
    with told(path):
        return path.is_file()


def check_regular(path: pathlib.Path) -> None:
    """`StorageError` where a folder, a device or a pipe has this name, in which no database can be kept."""
    if exists(path) and not is_file(path):
        raise port.StorageError(
            f"{path} is no file, so that no database can be kept in it: set GROUNDWORK_DATABASE_URL to sqlite:///PATH of one."
        )


def check_usable(path: pathlib.Path, *beside: pathlib.Path) -> None:
    """`StorageError` unless this user may write the file, those beside it that are there, and their folder."""
    rights = {name: os.R_OK | os.W_OK for name in (path, *beside) if exists(name)}
    rights[path.parent] = os.W_OK | os.X_OK
    for name, wanted in rights.items():
        if not _may(name, wanted):
            raise port.StorageError(
                f"This user may not write {name}. Give it the right to write the database, the files beside it and "
                "their folder."
            )


def check_makeable(path: pathlib.Path) -> None:
    """`StorageError` unless this user may make the file, with the folders that it needs."""
    folder = path.absolute().parent
    while not exists(folder):
        folder = folder.parent
    if not shutil.disk_usage(folder).total:
        raise port.StorageError(
            f"{path} cannot be made: {folder} is kept by the system and is no place for files. "
            "Set GROUNDWORK_DATA_DIR elsewhere."
        )
    if not folder.is_dir() or not _may(folder, os.W_OK | os.X_OK):
        raise port.StorageError(
            f"{path} cannot be made: this user may not write in {folder}. "
            "Give it the right, or set GROUNDWORK_DATA_DIR elsewhere."
        )


def _may(path: pathlib.Path, wanted: int) -> bool:
    return os.access(path, wanted, effective_ids=os.access in os.supports_effective_ids)
