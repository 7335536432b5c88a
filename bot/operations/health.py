"""Whether the bot works, and its numbers, over HTTP: for a container's health check and for Prometheus.

Nothing there is secret, but it is nobody's business: listen on 127.0.0.1, or where only the watcher comes.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import aiohttp
import msgspec
from aiohttp import web

from bot import limits, settings
from bot.operations import metrics

STORAGE, REMINDERS, TELEGRAM = "storage", "reminders", "telegram"
"""The parts whose work tells that the bot works."""

PATIENCE = {REMINDERS: 12 * limits.REMINDER_TICK_SECONDS, TELEGRAM: 4 * limits.POLL_SECONDS}
"""Seconds of silence of a part that are no trouble yet: a tick may take long in a storm, a poll is asked again."""

ASK_SECONDS = 5.0
"""How long `groundwork health` waits for an answer; a bot that needs longer is not well."""


def troubles(seen: metrics.Metrics) -> list[str]:
    """What does not work at present, a few words each; empty when all is well."""
    found = [
        f"{part} silent for {silent:.0f} s"
        for part, patience in PATIENCE.items()
        if (silent := seen.silent_for(part)) is not None and silent > patience
    ]
    if failing := seen.refused_for(STORAGE):
        found.append(f"{STORAGE} fails for {failing:.0f} s")
    return found


@contextlib.asynccontextmanager
async def served(seen: metrics.Metrics, given: settings.Settings) -> AsyncIterator[None]:
    """Answer at the address of the settings while the block runs; nowhere without one. Raises SettingsError."""
    if not given.health_listen:
        yield
        return

    async def health(_: web.Request) -> web.Response:
        found = troubles(seen)
        return web.json_response({"well": not found, "troubles": found}, status=503 if found else 200)

    async def numbers(_: web.Request) -> web.Response:
        return web.Response(body=seen.text(), headers={"Content-Type": "text/plain; version=0.0.4"})

    app = web.Application()
    app.router.add_get("/health", health)
    app.router.add_get("/metrics", numbers)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, port = settings.listening(given)
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    except OSError as problem:
        raise settings.SettingsError(
            f"{settings.PREFIX}HEALTH_LISTEN is {given.health_listen}, where nothing can listen "
            f"({problem.strerror}): name a free port."
        ) from None
    finally:
        await runner.cleanup()


class Heard(msgspec.Struct, frozen=True):
    """What a bot tells of itself."""

    well: bool
    troubles: tuple[str, ...]


async def ask(given: settings.Settings) -> str:
    """What is wrong with the running bot, in a sentence; empty when it is well. Raises SettingsError without an address."""
    if not given.health_listen:
        raise settings.SettingsError(
            f"{settings.PREFIX}HEALTH_LISTEN is not set: set it to 127.0.0.1:9090 and start the bot again."
        )
    heard = await hear(given)
    if isinstance(heard, str):
        return f"The bot does not answer at {given.health_listen} ({heard})."
    return "" if heard.well else f"The bot is not well: {', '.join(heard.troubles)}."


async def hear(given: settings.Settings) -> Heard | str:
    """What the bot that listens at the address of the settings tells, or why none does."""
    host, port = settings.listening(given)
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_SECONDS)) as session,
            session.get(f"http://{host}:{port}/health") as response,
        ):
            return msgspec.json.decode(await response.read(), type=Heard)
    except (aiohttp.ClientError, OSError, ValueError, msgspec.DecodeError) as problem:
        return type(problem).__name__
