"""Webhooks: Telegram calls us; it is told OK only after the update is kept."""

from __future__ import annotations

import asyncio
import hmac

import msgspec
from aiohttp import web
from telegram import Bot

from bot import intake, settings
from storage import port

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
BODY_BYTES = 1_000_000
"""Telegram's updates are a few kilobytes; more is not Telegram."""


async def serve(bot: Bot, inbox: intake.Intake, given: settings.Settings) -> None:
    """Register the webhook and listen until cancelled; raises SettingsError without address or secret."""
    if not given.webhook_url or not given.webhook_secret:
        raise settings.SettingsError(
            f"Webhooks need {settings.PREFIX}WEBHOOK_URL and {settings.PREFIX}WEBHOOK_SECRET: set both, or use polling."
        )

    async def receive(request: web.Request) -> web.Response:
        # Checked before the body is read: a stranger's bytes are never parsed.
        secret = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(secret.encode(), given.webhook_secret.encode()):
            return web.Response(status=403)
        try:
            update = msgspec.json.decode(await request.read(), type=dict[str, object])
            update_id = update["update_id"]
        except (msgspec.DecodeError, KeyError):
            return web.Response(status=400)
        if not isinstance(update_id, int):
            return web.Response(status=400)
        try:
            await inbox.keep([update])
        except port.StorageError:
            # Telegram tries again later.
            return web.Response(status=503)
        return web.Response()

    app = web.Application(client_max_size=BODY_BYTES)
    app.router.add_post("/", receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "0.0.0.0", given.webhook_port).start()  # noqa: S104  # behind the TLS proxy
        await bot.set_webhook(
            given.webhook_url, secret_token=given.webhook_secret, allowed_updates=intake.WANTED
        )
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
