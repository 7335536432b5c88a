"""A local Telegram of its own for each test, and two ways to talk to it: as the bot and as people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.practice import people, server

TOKEN = "123456789:" + "A" * 35


class BotSide:
    """The Bot API without a library: JSON in, HTTP status and JSON out."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str = TOKEN) -> None:
        self.session = session
        self.url = url
        self.token = token

    async def ask(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def do(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        status, answer = await self.ask(method, **parameters)
        assert answer["ok"], answer
        assert status == 200
        return answer["result"]

    async def refused(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The refusal of a call that must fail; code and HTTP status agree."""
        status, answer = await self.ask(method, **parameters)
        assert not answer["ok"], answer
        assert status == answer["error_code"]
        return answer

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.do("getUpdates", **parameters)
        return found


@pytest.fixture
async def running() -> AsyncIterator[server.Running]:
    up = await server.serve(0)
    yield up
    await up.close()


@pytest.fixture
async def telegram(running: server.Running) -> AsyncIterator[people.Telegram]:
    async with people.Telegram(running.url) as connection:
        yield connection


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def bot(running: server.Running, session: aiohttp.ClientSession) -> BotSide:
    side = BotSide(session, running.url)
    await side.do("getMe")
    return side


@pytest.fixture
async def ekai(telegram: people.Telegram, bot: BotSide) -> people.Person:
    """A branch manager who has pressed Start, and whose /start the bot has confirmed."""
    person = (await telegram.people())["Ekai"]
    await person.start()
    [update] = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)
    return person
