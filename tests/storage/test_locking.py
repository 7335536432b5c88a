"""The lock beside a database file: one has it, and whoever lets go of it leaves it to the next."""

from __future__ import annotations

import os
import pathlib

import pytest

from storage import port
from storage.sqlite import locking


def test_one_has_it_until_it_lets_go(path: pathlib.Path) -> None:
    first, second = locking.Lock(path), locking.Lock(path)
    first.take()
    first.take()
    with pytest.raises(port.StorageError, match="already"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_letting_go_twice_closes_nobody_elses_file(path: pathlib.Path) -> None:
    lock = locking.Lock(path)
    lock.take()
    lock.release()
    with path.open("wb") as other:
        # it has the number that the lock's file had
        lock.release()
        assert os.fstat(other.fileno()).st_size == 0


def test_who_does_not_get_it_leaves_no_file_open(path: pathlib.Path) -> None:
    first = locking.Lock(path)
    first.take()
    opened = os.listdir("/dev/fd")
    for _ in range(3):
        with pytest.raises(port.StorageError, match="already"):
            locking.Lock(path).take()
    assert len(os.listdir("/dev/fd")) == len(opened)
    first.release()


def test_a_lock_that_was_never_taken_is_let_go_of_without_harm(path: pathlib.Path) -> None:
    locking.Lock(path).release()


def test_a_folder_that_is_not_there_is_said(path: pathlib.Path) -> None:
    with pytest.raises(port.StorageError, match="cannot be written"):
        locking.Lock(path / "nowhere" / "data.db").take()
