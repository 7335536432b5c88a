"""Answers that are not Telegram's, from a server in between: each is a trouble of the network, which passes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from aiohttp import web
from telegram import error

from bot import application, clock
from bot.operations import metrics
from bot.receiving import intake, order
from bot.sending import calling, client
from storage import memory
from tests.bot import running

Answer = tuple[int, str]
"""Status and body."""

ME = '{"ok":true,"result":{"id":123456789,"is_bot":true,"first_name":"G","username":"g_bot"}}'
UPDATES = '{"ok":true,"result":[{"update_id":5,"message":{"from":{"id":7},"text":"x"}}]}'
PAGE = "<html>Sign in to the network</html>"


@contextlib.asynccontextmanager
async def answered(stopped: running.Running, *answers: Answer) -> AsyncIterator[client.Client]:
    """A bot that gets these answers one after the other, and the last again and again."""
    left = list(answers)

    async def answer(request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        if method in ("getMe", "deleteWebhook"):
            return web.Response(text=ME if method == "getMe" else '{"ok":true,"result":true}')
        status, body = left.pop(0) if len(left) > 1 else left[0]
        return web.Response(status=status, text=body, content_type="text/html")

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        given = msgspec.structs.replace(stopped.settings, telegram_api_url=address)
        async with application.make_bot(given) as bot:
            yield bot
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((200, PAGE), id="a page"),
        pytest.param((200, ""), id="nothing"),
        pytest.param((200, '{"ok":true,"result":{"mess'), id="cut off"),
        pytest.param((200, "[1]"), id="no object"),
        pytest.param((200, '{"ok":false}'), id="no result"),
        pytest.param((200, '{"ok":true,"result":null}'), id="an empty result"),
        pytest.param((200, '{"ok":true,"result":true}'), id="another method's result"),
        pytest.param((200, '{"ok":true,"result":{}}'), id="a message without its number"),
        pytest.param((404, PAGE), id="a page that is not found"),
        pytest.param((401, PAGE), id="a page that wants a password"),
        pytest.param((502, PAGE), id="a page that something is down"),
    ],
)
async def test_a_message_is_not_taken_for_sent(stopped: running.Running, answer: Answer) -> None:
    async with answered(stopped, answer) as bot:
        with pytest.raises(error.TelegramError) as failed:
            await bot.call("sendMessage", client.Sent, chat_id=7, text="x")
    lasting = (error.BadRequest, error.Forbidden, error.InvalidToken)
    assert not isinstance(failed.value, lasting), "it is tried again"


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_refuses_is_told_from_a_page(
    stopped: running.Running, status: int
) -> None:
    refusal = (status, f'{{"ok":false,"error_code":{status},"description":"Unauthorized"}}')
    async with answered(stopped, refusal) as bot:
        with pytest.raises(error.InvalidToken):
            await bot.call("sendMessage", client.Sent, chat_id=7, text="x")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((200, PAGE), id="a page"),
        pytest.param((404, PAGE), id="a page that is not found"),
        pytest.param((200, '{"ok":true}'), id="no result"),
        pytest.param((200, '{"ok":true,"result":true}'), id="another method's result"),
        pytest.param((200, '{"ok":true,"result":{}}'), id="an object"),
        pytest.param((200, '{"ok":true,"result":[1]}'), id="numbers"),
        pytest.param((200, '{"ok":true,"result":[{"message":{}}]}'), id="an update without its number"),
    ],
)
async def test_what_comes_after_it_is_received(
    stopped: running.Running, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    monkeypatch.setattr(calling, "pause", lambda *_: 0.0)
    storage, came = memory.MemoryStorage(), asyncio.Event()
    await storage.open()

    async def queue(_: order.Waiting) -> None:
        came.set()

    seen = metrics.Metrics()
    async with answered(stopped, answer, (200, UPDATES)) as bot:
        polling = intake.Polling(bot, intake.Intake(storage, clock.SystemClock(), queue, seen), seen)
        receiving = asyncio.create_task(polling.run())
        await asyncio.wait({receiving, asyncio.create_task(came.wait())}, return_when="FIRST_COMPLETED")
        assert not receiving.done(), receiving
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
    kept: Any = await storage.waiting()
    assert [one.update_id for one in kept] == [5]
