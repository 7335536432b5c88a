"""The Bot API over HTTP: `/bot<TOKEN>/METHOD` and `/file/bot<TOKEN>/PATH`."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web

from bot.practice import bodies, errors, faults, methods, state, world
from bot.practice.methods import calls


class BotApi:
    """Answers bots as Telegram does."""

    def __init__(self, here: world.World) -> None:
        self._world = here

    def routes(self) -> list[web.RouteDef]:
        """Both addresses of the Bot API, for GET and POST."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method:[^/]*}", self.method),
            web.get("/file/bot{token:[^/]*}/{path:.*}", self.file),
        ]

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One method call: read, fail where a fault is switched on, do, answer."""
        try:
            if request.method not in ("GET", "POST"):
                raise errors.Refusal(405, "Method Not Allowed")
            bot = self._world.bot_of_token(request.match_info["token"])
            name = methods.proper_name(request.match_info["method"])
            parameters, uploads = await bodies.read(request)
            fault = self._world.switches.next_fault(name, _person(parameters))
            if fault is not None:
                await self._fail_before(fault, request)
            result = await self.execute(bot, name, parameters, uploads)
            if fault is not None and fault.cut == "after":
                _cut(request)
        except errors.Refusal as refusal:
            return refused(refusal)
        return _json({"ok": True, "result": result})

    async def execute(
        self,
        bot: state.Bot,
        name: str,
        parameters: Mapping[str, Any],
        uploads: Mapping[str, calls.Upload] | None = None,
    ) -> object:
        """Carry out a method and save what it changed before anyone hears of it."""
        call = calls.Call(self._world, bot, parameters, uploads or {})
        try:
            result = methods.METHODS[methods.proper_name(name)](call)
            return await result if inspect.isawaitable(result) else result
        finally:
            self._world.save()

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The content of a file the bot has asked for with getFile."""
        try:
            bot = self._world.bot_of_token(request.match_info["token"])
            fault = self._world.switches.next_fault(faults.CONTENT, None)
            if fault is not None:
                await self._fail_before(fault, request)
        except errors.Refusal as refusal:
            return refused(refusal)
        path = request.match_info["path"]
        for file in self._world.state.files.values():
            if file.bot_id == bot.id and file.path == path:
                content = self._world.store.get(file.file_unique_id)
                return web.Response(body=content, content_type="application/octet-stream")
        return refused(errors.Refusal(404, "Not Found"))

    async def _fail_before(self, fault: faults.Fault, request: web.Request) -> None:
        if fault.latency:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(fault.latency):
                    await self._world.switched.wait()
        if fault.cut == "before":
            _cut(request)
            raise errors.Refusal(500, "Internal Server Error")
        if fault.code or fault.retry_after:
            raise fault.refusal()


def refused(refusal: errors.Refusal) -> web.Response:
    """A refusal as the JSON Telegram sends."""
    body: state.JSON = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _json(body, status=refusal.code)


def _person(parameters: Mapping[str, Any]) -> int | None:
    given = str(parameters.get("chat_id", ""))
    return int(given) if given.isdecimal() else None


def _cut(request: web.Request) -> None:
    """Drop the connection, as a network does; whatever is answered afterwards goes nowhere."""
    if request.transport is not None:
        request.transport.abort()


def _json(value: object, *, status: int = 200) -> web.Response:
    body = msgspec.json.encode(value)
    return web.Response(body=body, status=status, content_type="application/json", charset="utf-8")
