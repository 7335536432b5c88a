"""The pools of connections to Telegram: opened once, closed when done, opened anew."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import error

from bot.practice import server
from bot.sending import transport
from tests.bot import running


@pytest.fixture
async def me() -> AsyncIterator[str]:
    """The address at which a local Telegram says who the bot is."""
    up = await server.serve(0, tokens=[running.TOKEN])
    yield f"{up.url}/bot{running.TOKEN}/getMe"
    await up.close()


async def test_a_pool_is_opened_once_and_after_its_end_anew(me: str) -> None:
    pool = transport.AiohttpRequest(1)
    await pool.initialize()
    await pool.initialize()
    assert (await pool.do_request(me, "POST"))[0] == 200
    await pool.shutdown()
    await pool.initialize()
    assert (await pool.do_request(me, "POST"))[0] == 200
    await pool.shutdown()


async def test_a_pool_that_was_never_opened_is_closed_without_ado(me: str) -> None:
    pool = transport.AiohttpRequest(1)
    await pool.shutdown()
    with pytest.raises(RuntimeError, match="before initialize"):
        await pool.do_request(me, "POST")


async def test_nobody_there_is_an_error_of_the_network_that_names_no_address() -> None:
    pool = transport.AiohttpRequest(1)
    await pool.initialize()
    with pytest.raises(error.NetworkError) as failed:
        await pool.do_request(f"http://127.0.0.1:1/bot{running.TOKEN}/getMe", "POST")
    await pool.shutdown()
    assert running.TOKEN not in str(failed.value), "the address holds the token"
