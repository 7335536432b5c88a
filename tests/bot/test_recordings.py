"""Short conversations recorded whole, played on one running bot; `--record` writes anew what is seen.

With `GROUNDWORK_TEST_STORE=postgresql` three workers play them, of which one is killed every few seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import structlog
import yaml

from bot.practice import people, server
from bot.rehearsal import recordings
from tests import databases
from tests.bot import running
from tests.workers import conversations

FOLDER, NAMES = conversations.FOLDER, conversations.NAMES
LANGUAGES = {"en", "fr", "es", "sw"}

on_one_bot = pytest.mark.asyncio(loop_scope="module")


ON_WORKERS = databases.STORE == "postgresql"

read = conversations.read


@pytest.fixture(scope="module")
def logs() -> running.Logs:
    return running.Logs()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(
    tmp_path_factory: pytest.TempPathFactory, logs: running.Logs
) -> AsyncIterator[recordings.Stage]:
    """One bot for all: each recording brings people and an institution of its own."""
    folder = tmp_path_factory.mktemp("recordings")
    if ON_WORKERS:
        async with conversations.stage(folder) as (made, _):
            yield made
        return
    structlog.reset_defaults()  # what ran before in this process may have left its own
    structlog.configure(processors=[logs])
    clock = folder / "clock"
    up = await server.serve(0, clock_file=clock, tokens=[running.TOKEN])
    async with people.Telegram(up.url) as telegram:
        await telegram.faults(rate_limits=False)
        bot = running.Running(folder, up, telegram, logs, clock)
        bot.environment["GROUNDWORK_OWNER_IDS"] = conversations.owners(NAMES)
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
    seen = await conversations.play(name, stage)
    assert logs.errors() == []
    if ON_WORKERS:
        assert conversations.lasting(seen) == conversations.lasting(recording["steps"])
    elif request.config.getoption("--record", default=False):
        (FOLDER / f"{name}.yaml").write_text(recordings.written({**recording, "steps": seen}), "utf-8")
    else:
        assert recordings.written({**recording, "steps": seen}) == recordings.written(recording)


def test_every_language_is_recorded() -> None:
    spoken = {person.get("language_code", "en") for name in NAMES for person in read(name)["cast"]}
    assert spoken >= LANGUAGES


def test_what_is_written_is_read_again() -> None:
    for name in NAMES:
        assert yaml.safe_load(recordings.written(read(name))) == read(name)
