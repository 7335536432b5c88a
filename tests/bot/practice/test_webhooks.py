"""Updates by webhook: with the secret, again until the bot takes them, in order within a chat."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

SECRET = "a_b-C9"


class Receiver:
    """A bot's webhook: notes what comes, and answers what it was told to."""

    def __init__(self) -> None:
        self.updates: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.headers: list[str | None] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.updates.put_nowait(await request.json())
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


@pytest.fixture
async def hooked(bot, ekai, telegram, receiver):
    await telegram.faults(webhook_retry_seconds=0.01)
    await bot.do("setWebhook", url=receiver.url, secret_token=SECRET)
    return receiver


async def pending(bot) -> int:
    count: int = (await bot.do("getWebhookInfo"))["pending_update_count"]
    return count


async def test_updates_are_delivered_with_the_secret(bot, ekai, hooked):
    await ekai.say("one")
    assert (await hooked.updates.get())["message"]["text"] == "one"
    assert hooked.headers == [SECRET]


async def test_a_refused_update_comes_again_before_the_next(bot, ekai, hooked):
    hooked.answers = [web.Response(status=500), web.Response(status=503)]
    await ekai.say("one")
    await ekai.say("two")
    texts = [(await hooked.updates.get())["message"]["text"] for _ in range(4)]
    assert texts == ["one", "one", "one", "two"]


async def test_the_last_error_is_told(bot, ekai, hooked):
    hooked.answers = [web.Response(status=500)]
    await ekai.say("one")
    await hooked.updates.get()
    await hooked.updates.get()
    info = await bot.do("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["url"] == hooked.url


async def test_nobody_listening_is_an_error_and_the_update_waits(bot, ekai, running, telegram, receiver):
    await telegram.faults(webhook_retry_seconds=0.01)
    await bot.do("setWebhook", url="http://127.0.0.1:9/")
    await ekai.say("one")
    while "last_error_message" not in (info := await bot.do("getWebhookInfo")):
        await running.world.news(10)
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1
    await bot.do("setWebhook", url=receiver.url)
    assert (await receiver.updates.get())["message"]["text"] == "one"
    assert receiver.headers == [None]


async def test_an_answer_may_carry_a_method(bot, ekai, hooked):
    hooked.answers = [
        web.json_response({"method": "sendMessage", "chat_id": ekai.id, "text": "from the answer"})
    ]
    await ekai.say("one")
    await ekai.wait_for("from the answer")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"ok", id="words"),
        pytest.param(b'["sendMessage"]', id="a list"),
        pytest.param(b'{"chat_id": 710000003, "text": "x"}', id="what, but not how"),
        pytest.param(b'{"method": "sendMessage", "chat_id": 5, "text": "x"}', id="what is refused"),
    ],
)
async def test_any_other_answer_changes_nothing_and_the_next_update_comes(bot, ekai, hooked, answer, caplog):
    hooked.answers = [web.Response(body=answer)]
    await ekai.say("one")
    await ekai.say("two")
    texts = [(await hooked.updates.get())["message"]["text"] for _ in range(2)]
    assert texts == ["one", "two"]
    assert [message["text"] for message in await ekai.messages()] == ["/start", "one", "two"]
    gc.collect()  # a delivery that failed says so when it is thrown away
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []


async def test_pending_updates_can_be_dropped(bot, ekai):
    await ekai.say("one")
    assert await pending(bot) == 1
    await bot.do("deleteWebhook", drop_pending_updates=True)
    assert await pending(bot) == 0
