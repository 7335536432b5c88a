"""Short conversations recorded whole, played on one running bot; `--record` writes anew what is seen."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import structlog
import yaml

from bot.practice import people, server
from bot.rehearsal import playing, recordings
from tests import databases
from tests.bot import running

FOLDER = pathlib.Path(__file__).parents[1] / "conversations" / "recorded"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
LANGUAGES = {"en", "fr", "es", "sw"}

on_one_bot = pytest.mark.asyncio(loop_scope="module")


def read(name: str) -> recordings.JSON:
    found: recordings.JSON = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def logs() -> running.Logs:
    return running.Logs()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(
    tmp_path_factory: pytest.TempPathFactory, logs: running.Logs
) -> AsyncIterator[recordings.Stage]:
    """One bot for all: each recording brings people and an institution of its own."""
    folder = tmp_path_factory.mktemp("recordings")
    structlog.configure(processors=[logs])
    clock = folder / "clock"
    up = await server.serve(0, clock_file=clock, tokens=[running.TOKEN])
    with databases.settings(folder) as more:
        async with people.Telegram(up.url) as telegram:
            await telegram.faults(rate_limits=False)
            bot = running.Running(folder, up, telegram, logs, clock, more)
            owners = (str(recordings.people_of(read(name), name)[0]) for name in NAMES)
            bot.environment["GROUNDWORK_OWNER_IDS"] = ",".join(owners)
            await bot.forward_to(running.NOW)
            await bot.start()
            async with recordings.Stage(telegram, up.world, bot.settings) as made:
                yield made
            await bot.close()
    await up.close()
    structlog.reset_defaults()


@on_one_bot
@pytest.mark.parametrize("name", NAMES)
async def test_it_goes_as_recorded(
    name: str, stage: recordings.Stage, logs: running.Logs, request: pytest.FixtureRequest
) -> None:
    recording = read(name)
    player = playing.Player(stage.telegram, {}, FOLDER, None)
    seen = await recordings.play(recording, name, stage, player)
    assert logs.errors() == []
    if request.config.getoption("--record", default=False):
        (FOLDER / f"{name}.yaml").write_text(recordings.written({**recording, "steps": seen}), "utf-8")
    else:
        assert recordings.written({**recording, "steps": seen}) == recordings.written(recording)


def test_every_language_is_recorded() -> None:
    spoken = {person.get("language_code", "en") for name in NAMES for person in read(name)["cast"]}
    assert spoken >= LANGUAGES


def test_what_is_written_is_read_again() -> None:
    for name in NAMES:
        assert yaml.safe_load(recordings.written(read(name))) == read(name)
