"""Recorded conversations, played on the store of this run: a SQLite file, or PostgreSQL with several workers."""

from __future__ import annotations

import pathlib
import tempfile

from bot.rehearsal import demo, playing
from tests import databases
from tests.bot import fleet


async def play(
    path: pathlib.Path, *, keep: pathlib.Path | None = None, store: str = databases.STORE, workers: int = 3
) -> int:
    """Play a recording; on PostgreSQL by so many workers, of which one is killed every few seconds."""
    with (
        tempfile.TemporaryDirectory(prefix="groundwork-played-") as folder,
        databases.settings(pathlib.Path(folder), store) as more,
    ):
        start = fleet.starting(workers) if more and workers > 1 else demo.start_bot
        return await playing.play(path, keep=keep, settings_of_bot=more, start=start)
