"""Where the world's files and its snapshot lie: in memory, or in a folder that outlives the server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import msgspec

from bot.practice import state


class Store(Protocol):
    """Keeps the contents of files and, where it can, the state."""

    def load(self) -> state.State | None:
        """The state saved last."""

    def save(self, saved: state.State) -> None:
        """Keep the state as it is now."""

    def put(self, unique_id: str, content: bytes) -> None:
        """Keep a file."""

    def get(self, unique_id: str) -> bytes:
        """The content of a kept file."""

    def clear(self) -> None:
        """Forget all files."""


class Memory:
    """Forgets everything with the process."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def load(self) -> state.State | None:
        """Nothing: a new world each time."""
        return None

    def save(self, saved: state.State) -> None:
        """Nothing to do."""

    def put(self, unique_id: str, content: bytes) -> None:
        """Keep a file."""
        self._files[unique_id] = content

    def get(self, unique_id: str) -> bytes:
        """The content of a kept file."""
        return self._files[unique_id]

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()


class Folder:
    """A snapshot `telegram.json` and a folder `files`; only the account that runs the server may read them."""

    def __init__(self, folder: Path) -> None:
        self._snapshot = folder / "telegram.json"
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True, mode=0o700)

    def load(self) -> state.State | None:
        """The state saved last, or None in an empty folder."""
        if not self._snapshot.exists():
            return None
        return msgspec.json.decode(self._snapshot.read_bytes(), type=state.State)

    def save(self, saved: state.State) -> None:
        """Replace the snapshot in one step, so that a kill leaves the old one or the new one."""
        self._write(self._snapshot, msgspec.json.encode(saved))

    def put(self, unique_id: str, content: bytes) -> None:
        """Keep a file under its unique id, which holds no path."""
        self._write(self._files / unique_id, content)

    def get(self, unique_id: str) -> bytes:
        """The content of a kept file."""
        return (self._files / unique_id).read_bytes()

    def clear(self) -> None:
        """Forget all files."""
        for file in self._files.iterdir():
            file.unlink()

    @staticmethod
    def _write(target: Path, content: bytes) -> None:
        beside = target.with_name(target.name + ".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        os.replace(beside, target)
