"""Groups under `/practice/groups`: made, spoken in, left, and what was said there."""

from __future__ import annotations

import json
from collections.abc import Callable

from aiohttp import web

from bot.practice import bodies, circles, errors, state, world
from bot.practice.page_api import EVENT_HEADER

FIRST = -4_000_001
"""The number of the first group; basic groups have small ones below zero."""


class CircleApi:
    """Answers tests and recorded conversations."""

    def __init__(self, here: world.World) -> None:
        self._world = here

    def routes(self) -> list[web.RouteDef]:
        """All addresses of groups."""
        group = "/practice/groups/{group:-[0-9]+}"
        return [
            web.post("/practice/groups", self.make),
            web.get(f"{group}/messages", self.messages),
            web.post(f"{group}/add", self.add),
            web.post(f"{group}/text", self.text),
            web.post(f"{group}/promote", self.promote),
            web.post(f"{group}/throw_out", self.throw_out),
            web.post(f"{group}/migrate", self.migrate),
            web.post(f"{group}/open_topic", self.open_topic),
            web.post(f"{group}/close_topic", self.close_topic),
        ]

    async def make(self, request: web.Request) -> web.Response:
        """A group with a `title` and nobody's bot in it."""
        given = await _body(request)
        groups = self._world.state.groups
        group = state.Group(id=min([FIRST, *groups]) - 1, title=given.get("title", "Group"))
        groups[group.id] = group
        return self._done({"id": group.id})

    async def messages(self, request: web.Request) -> web.Response:
        """What was said."""
        chat = self._world.chat(self._bot().id, int(request.match_info["group"]))
        return self._done({"messages": list(chat.messages.values())})

    async def add(self, request: web.Request) -> web.Response:
        """`person` adds the bot, with the `payload` of a button if there was one."""
        given = await _body(request)
        return self._as(request, given, lambda circle, person: circle.add(person, given.get("payload", "")))

    async def text(self, request: web.Request) -> web.Response:
        """`person` says `text`, in a forum's `topic` if one is named."""
        given = await _body(request)
        text, topic = given.get("text", ""), _topic(given)
        return self._as(request, given, lambda circle, person: circle.say(person, text, topic))

    async def promote(self, request: web.Request) -> web.Response:
        """`person` makes the bot an administrator."""
        return self._as(request, await _body(request), lambda circle, person: circle.promote(person))

    async def throw_out(self, request: web.Request) -> web.Response:
        """`person` removes the bot."""
        return self._as(request, await _body(request), lambda circle, person: circle.throw_out(person))

    async def migrate(self, request: web.Request) -> web.Response:
        """`person` makes it a supergroup; answers with its new number."""
        return self._as(request, await _body(request), lambda circle, person: circle.migrate(person))

    async def open_topic(self, request: web.Request) -> web.Response:
        """`person` opens a `topic`."""
        given = await _body(request)
        return self._as(request, given, lambda circle, _: circle.open_topic(_topic(given)))

    async def close_topic(self, request: web.Request) -> web.Response:
        """`person` closes a `topic`, 0 for General."""
        given = await _body(request)
        return self._as(request, given, lambda circle, _: circle.close_topic(_topic(given)))

    def _as(
        self,
        request: web.Request,
        given: dict[str, str],
        act: Callable[[circles.Circle, state.Person], state.JSON],
    ) -> web.Response:
        group = self._world.state.groups.get(int(request.match_info["group"]))
        person = self._world.person(int(given.get("person", 0)))
        if group is None or person is None:
            raise errors.Refusal(404, "Not Found: no such group or person")
        return self._done(act(circles.Circle(self._world, self._bot(), group), person))

    def _bot(self) -> state.Bot:
        bot = next(iter(self._world.state.bots.values()), None)
        if bot is None:
            raise errors.Refusal(409, "Conflict: no bot has connected yet")
        return bot

    def _done(self, result: state.JSON) -> web.Response:
        response = web.json_response(result, dumps=lambda content: json.dumps(content, ensure_ascii=False))
        response.headers[EVENT_HEADER] = str(self._world.state.last_event)
        return response


def _topic(given: dict[str, str]) -> int:
    return int(given.get("topic", 0))


async def _body(request: web.Request) -> dict[str, str]:
    parameters, _ = await bodies.read(request)
    return {name: str(value) for name, value in parameters.items()}
