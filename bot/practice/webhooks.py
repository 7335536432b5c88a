"""Delivery of updates to webhooks: in order within a chat, again and again until the bot says 200."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.practice import errors, state, world

Execute = Callable[[state.Bot, str, dict[str, Any]], Awaitable[object]]
"""Carries out the method a webhook answered with."""

_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Deliveries:
    """Looks after every bot that has a webhook."""

    def __init__(self, here: world.World, execute: Execute) -> None:
        self._world = here
        self._execute = execute
        self._under_way: dict[tuple[int, int], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            try:
                while True:
                    for bot in self._world.state.bots.values():
                        if bot.webhook is not None:
                            self._start(session, bot, bot.webhook)
                    await self._world.news(60)
            finally:
                tasks = list(self._under_way.values())
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, session: aiohttp.ClientSession, bot: state.Bot, webhook: state.Webhook) -> None:
        """Begin with the first waiting update of each chat that has none under way."""
        self._world.drop_stale(bot)
        for update in bot.updates:
            key = (bot.id, _chat_of(update))
            busy = sum(1 for bot_id, _ in self._under_way if bot_id == bot.id)
            if key in self._under_way or busy >= webhook.max_connections:
                continue
            task = asyncio.create_task(self._deliver(session, bot, webhook, update))
            self._under_way[key] = task
            task.add_done_callback(functools.partial(self._done, key))

    def _done(self, key: tuple[int, int], _: asyncio.Task[None]) -> None:
        del self._under_way[key]
        self._world.changed()

    async def _deliver(
        self, session: aiohttp.ClientSession, bot: state.Bot, webhook: state.Webhook, update: state.JSON
    ) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        pause = self._world.switches.webhook_retry_seconds
        while bot.webhook is webhook and update in bot.updates:
            try:
                async with session.post(webhook.url, json=update, headers=headers) as response:
                    if 200 <= response.status < 300:
                        body = await response.read()
                        self._forget(bot, update)
                        await self._answered(bot, body)
                        return
                    trouble = f"Wrong response from the webhook: {response.status} {response.reason}"
            except aiohttp.ClientConnectorError:
                trouble = "Connection refused"
            except (aiohttp.ClientError, TimeoutError):
                trouble = "Connection closed"
            webhook.last_error_date, webhook.last_error_message = self._world.date(), trouble
            self._world.changed()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60.0)

    def _forget(self, bot: state.Bot, update: state.JSON) -> None:
        bot.updates = [kept for kept in bot.updates if kept["update_id"] != update["update_id"]]
        bot.update_dates.pop(update["update_id"], None)
        self._world.changed()

    async def _answered(self, bot: state.Bot, body: bytes) -> None:
        """A webhook may answer with a method to carry out; Telegram does not report how that went."""
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
            try:
                await self._execute(bot, method, call)
            except errors.Refusal as refusal:
                self._world.announce("refused", bot_id=bot.id, method=method, description=refusal.description)


def _chat_of(update: state.JSON) -> int:
    """Whose chat an update belongs to: order is kept per chat."""
    [content] = (content for kind, content in update.items() if kind != "update_id")
    person_id: int = content["from"]["id"]
    return person_id
