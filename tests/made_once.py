"""Files that several processes of one run of the tests want: the first that asks makes them, the others wait."""

from __future__ import annotations

import fcntl
import os
import pathlib
from collections.abc import Callable

import pytest


def folder(factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where this run keeps them: one folder for all of its processes, gone with those of the other tests."""
    base = factory.getbasetemp()
    # pytest-xdist gives each process a folder inside that of the run
    kept = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made_once"
    kept.mkdir(exist_ok=True)
    return kept


def content(file: pathlib.Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds, made where nobody has made it yet."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            file.write_bytes(make())
        return file.read_bytes()
