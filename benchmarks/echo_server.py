"""A Bot API server that only measures: it deals out messages, and counts the answers. `python -m benchmarks.echo_server`.

The local Telegram checks what Telegram checks, which takes longer than what is measured here.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

AT_ONCE = 100
"""Updates in one answer to getUpdates, as Telegram gives."""

ME = {"id": 123456789, "is_bot": True, "first_name": "Echo", "username": "echo_bot"}

WEBHOOK_CALLS = 40
"""At once, as Telegram calls a webhook where nothing else is asked for."""

FIRST_PERSON = 1_000


class Asked(msgspec.Struct, frozen=True):
    """What is to be dealt out."""

    people: int
    messages: int
    latency: float = 0.0
    first: int = 0
    """The number of the first of the people."""
    webhooks: list[str] = []
    secret: str = ""


class Server:
    """One bot's updates; what it sends is counted."""

    def __init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._next = 1
        self._come = asyncio.Event()
        self._latency = 0.0
        self._wanted = 0
        self._sent = 0
        self._begun = 0.0
        self._done = asyncio.Event()
        self._seconds = 0.0

    def app(self) -> web.Application:
        """Bot API under /bot<TOKEN>/, and what the measuring asks."""
        app = web.Application()
        app.router.add_post("/deal", self._deal)
        app.router.add_post("/bot{token}/{method}", self._call)
        app.router.add_get("/bot{token}/{method}", self._call)
        return app

    async def _deal(self, request: web.Request) -> web.Response:
        """Deal out so many messages of so many people; returns the seconds until each had its answer.

        With addresses of webhooks they are called, one after the other; else whoever polls is given the messages.
        """
        asked = msgspec.json.decode(await request.read(), type=Asked)
        self._latency = asked.latency
        self._wanted, self._sent = asked.messages, 0
        self._done.clear()
        self._begun = 0.0
        dealt = [
            _update(self._next + number, asked.first + number % asked.people)
            for number in range(self._wanted)
        ]
        self._next += self._wanted
        used = time.process_time()
        if asked.webhooks:
            self._begun = time.perf_counter()
            await self._call_webhooks(asked, dealt)
        else:
            self._updates = dealt
            self._come.set()
        await self._done.wait()
        return web.json_response({"seconds": self._seconds, "processor": time.process_time() - used})

    async def _call_webhooks(self, asked: Asked, dealt: list[dict[str, Any]]) -> None:
        """Bring each person's messages one after the other, as Telegram does, to one worker after the other."""
        turns = itertools.cycle(asked.webhooks)
        at_once = asyncio.Semaphore(WEBHOOK_CALLS)
        of_person: dict[int, list[dict[str, Any]]] = {}
        for update in dealt:
            of_person.setdefault(update["message"]["from"]["id"], []).append(update)

        async def bring(updates: list[dict[str, Any]]) -> None:
            for update in updates:
                async with at_once, session.post(next(turns), json=update, headers=headers) as answer:
                    answer.raise_for_status()

        headers = {"X-Telegram-Bot-Api-Secret-Token": asked.secret}
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await asyncio.gather(*map(bring, of_person.values()))

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method == "getupdates":
            return _ok(await self._get_updates(request))
        if self._latency:
            await asyncio.sleep(self._latency)
        if method == "getme":
            return _ok(ME)
        if method == "sendmessage":
            return _ok(await self._send(request))
        if method.startswith("edit"):
            given = await _parameters(request)
            return _ok(_message(int(given.get("message_id", 1)), int(given.get("chat_id", 1)), "edited"))
        return _ok(True)

    async def _get_updates(self, request: web.Request) -> list[dict[str, Any]]:
        given = await _parameters(request)
        offset = int(given.get("offset") or 0)
        self._updates = [
            update for update in self._updates if update["update_id"] >= offset
        ] or self._updates[-1:]
        waiting = [update for update in self._updates if update["update_id"] >= offset]
        if not waiting:
            self._come.clear()
            try:
                async with asyncio.timeout(float(given.get("timeout") or 0)):
                    await self._come.wait()
            except TimeoutError:
                return []
            return await self._again(offset)
        self._begun = self._begun or time.perf_counter()
        return waiting[:AT_ONCE]

    async def _again(self, offset: int) -> list[dict[str, Any]]:
        self._begun = self._begun or time.perf_counter()
        return [update for update in self._updates if update["update_id"] >= offset][:AT_ONCE]

    async def _send(self, request: web.Request) -> dict[str, Any]:
        given = await _parameters(request)
        self._sent += 1
        if self._sent == self._wanted:
            self._seconds = time.perf_counter() - self._begun
            self._done.set()
        return _message(1_000_000 + self._sent, int(given["chat_id"]), str(given.get("text", "")))


def _update(update_id: int, number: int) -> dict[str, Any]:
    person = FIRST_PERSON + number
    message = _message(update_id, person, f"Answer {update_id}")
    return {"update_id": update_id, "message": {**message, "from": _person(person)}}


def _person(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": f"Respondent {person}", "language_code": "en"}


def _message(message_id: int, chat: int, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": 1_795_000_000,
        "chat": {"id": chat, "type": "private", "first_name": f"Respondent {chat}"},
        "from": ME,
        "text": text,
    }


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = msgspec.json.decode(await request.read())
        return found
    return {**request.query, **await request.post()}


def _ok(result: object) -> web.Response:
    return web.Response(
        body=msgspec.json.encode({"ok": True, "result": result}), content_type="application/json"
    )


async def _serve() -> None:
    runner = web.AppRunner(Server().app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
