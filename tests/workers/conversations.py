"""Conversations recorded whole, played on PostgreSQL with three workers, of which one is killed every few seconds."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import AsyncIterator, Iterable

import yaml

from bot import settings
from bot.practice import people, server
from bot.rehearsal import demo, playing, recordings
from tests import databases
from tests.bot import fleet, running

WORKERS = 3

FOLDER = pathlib.Path(__file__).parents[1] / "conversations" / "recorded"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read(name: str) -> recordings.JSON:
    """A recording as it lies there."""
    found: recordings.JSON = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return found


def owners(names: Iterable[str]) -> str:
    """Who may create an institution in these recordings, for the settings."""
    return ",".join(str(recordings.people_of(read(name), name)[0]) for name in names)


@contextlib.asynccontextmanager
async def stage(
    folder: pathlib.Path, names: Iterable[str] = NAMES, *, killed_every: float = fleet.KILLED_EVERY
) -> AsyncIterator[tuple[recordings.Stage, fleet.Fleet]]:
    """Three workers that play these recordings, one after the other."""
    clock = folder / "clock"
    up = await server.serve(0, clock_file=clock, tokens=[demo.TOKEN])
    try:
        async with people.Telegram(up.url) as telegram:
            await telegram.faults(rate_limits=False, webhook_retry_seconds=0.2)
            now = await telegram.now()
            await telegram.forward(running.NOW.timestamp() - now)
            with databases.settings(folder, "postgresql") as more:
                environment = {
                    **demo.environment_for(up.url, folder),
                    "GROUNDWORK_CHAT_PACE": "10000",
                    "GROUNDWORK_OWNER_IDS": owners(names),
                    **more,
                }
                workers = await fleet.starting(WORKERS, killed_every=killed_every, quiet=False)(environment)
                try:
                    async with recordings.Stage(telegram, up.world, settings.read(environment)) as made:
                        yield made, workers
                finally:
                    workers.terminate()
                    await workers.wait()
    finally:
        await up.close()


async def play(name: str, on: recordings.Stage) -> list[recordings.JSON]:
    """Play one; returns its steps with what was seen now."""
    player = playing.Player(on.telegram, {}, FOLDER, None)
    return await recordings.play(read(name), name, on, player)


def lasting(steps: Iterable[recordings.JSON]) -> list[recordings.JSON]:
    """The steps as they must be seen though a worker is killed at any moment.

    What a dying worker had just given to Telegram may come twice, and the word over a pressed button is said once or never.
    """
    return [{**step, "shows": _lasting(step["shows"])} for step in steps]


def _lasting(shown: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in shown:
        if " is told: " not in line.partition("\n")[0] and line not in kept[-1:]:
            kept.append(line)
    return kept
