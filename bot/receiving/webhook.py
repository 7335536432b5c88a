"""Webhooks: Telegram calls us; it is told OK only after the update is kept."""

from __future__ import annotations

import asyncio
import hmac
import itertools

import msgspec
import structlog
from aiohttp import web
from telegram import Bot, error

from bot import settings
from bot.receiving import acts, intake
from bot.sending import calling
from storage import port

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
BODY_BYTES = 1_000_000
"""Telegram's updates are a few kilobytes; more is not Telegram."""
PATIENCE_SECONDS = 10.0
"""For a request's head, and again for its body: Telegram sends both at once, and who dawdles holds a line that others want."""


CALLED_PORTS = (443, 80, 88, 8443)
"""Where Telegram's own Bot API calls: https://core.telegram.org/bots/api#setwebhook."""


def check(given: settings.Settings) -> None:
    """Raises SettingsError without an address that Telegram calls, or without the secret it shall bring."""
    if not given.webhook_url or not given.webhook_secret:
        raise settings.SettingsError(
            f"Webhooks need {settings.PREFIX}WEBHOOK_URL and {settings.PREFIX}WEBHOOK_SECRET: set both, or use polling."
        )
    url = settings.address(given.webhook_url)
    if url is None:
        raise settings.SettingsError(
            f"{settings.PREFIX}WEBHOOK_URL is no web address: write it as https://bot.example.org."
        )
    api = settings.address(given.telegram_api_url)
    if api is None or api.hostname != settings.TELEGRAM:
        return
    if url.scheme != "https" or (url.port or CALLED_PORTS[0]) not in CALLED_PORTS:
        raise settings.SettingsError(
            f"{settings.PREFIX}WEBHOOK_URL is not one that Telegram calls: it must begin with https:// and may have "
            f"the ports {', '.join(map(str, CALLED_PORTS))}."
        )


async def serve(bot: Bot, inbox: intake.Intake, given: settings.Settings) -> None:
    """Register the webhook and listen until cancelled; raises SettingsError for an address or port that will not do."""
    check(given)
    heard: set[web.RequestHandler] = set()

    async def receive(request: web.Request) -> web.Response:
        # Checked before the body is read: a stranger's bytes are never parsed.
        secrets = request.headers.getall(SECRET_HEADER, [])
        # of two, a proxy before us may have looked at the other one
        secret = secrets[0] if len(secrets) == 1 else ""
        if not hmac.compare_digest(_as_sent(secret), given.webhook_secret.encode()):
            refusal = web.Response(status=403)
            # kept open, a few thousand of such lines would leave none for Telegram
            refusal.force_close()
            return refusal
        heard.add(request.protocol)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                body = await request.read()
            update = msgspec.json.decode(body, type=dict[str, object])
        except TimeoutError:
            return web.Response(status=408)
        except (
            msgspec.DecodeError, UnicodeDecodeError, RecursionError, ConnectionError, web.RequestPayloadError,
        ):  # fmt: skip
            return web.Response(status=400)
        number = update.get("update_id")
        if type(number) is not int or abs(number) > acts.LARGEST:
            return web.Response(status=400)
        try:
            await inbox.keep([update])
        except port.StorageError:
            # Telegram tries again later.
            return web.Response(status=503)
        return web.Response()

    app = web.Application(client_max_size=BODY_BYTES)
    # Whichever path the proxy leaves of the address: the secret decides, not the path.
    app.router.add_post("/{path:.*}", receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, given.webhook_port)
        await _register(bot, given)
        await _hang_up(runner, heard)
    finally:
        await runner.cleanup()


def _as_sent(header: str) -> bytes:
    """The header's bytes: whatever is no UTF-8 in it came in as surrogates."""
    return header.encode("utf-8", "surrogateescape")


async def _listen(runner: web.AppRunner, number: int) -> None:
    try:
        await web.TCPSite(runner, "0.0.0.0", number).start()  # noqa: S104  # behind the TLS proxy
    except OSError as problem:
        raise settings.SettingsError(
            f"Port {number} cannot be listened on ({problem.strerror}): "
            f"free it, or set {settings.PREFIX}WEBHOOK_PORT to another."
        ) from None


async def _hang_up(runner: web.AppRunner, heard: set[web.RequestHandler]) -> None:
    """Close lines on which nobody has said yet what they want."""
    before: set[web.RequestHandler] = set()
    while runner.server is not None:
        await asyncio.sleep(PATIENCE_SECONDS)
        open_now = set(runner.server.connections)
        heard &= open_now
        for line in before & open_now - heard:
            line.force_close()
        before = open_now - heard


async def _register(bot: Bot, given: settings.Settings) -> None:
    for attempt in itertools.count(1):
        try:
            await bot.set_webhook(
                given.webhook_url, secret_token=given.webhook_secret, allowed_updates=intake.WANTED
            )
        except error.BadRequest as problem:
            raise settings.SettingsError(
                f"The Bot API refuses the webhook ({problem.message}): "
                f"check {settings.PREFIX}WEBHOOK_URL and {settings.PREFIX}WEBHOOK_SECRET."
            ) from None
        except error.InvalidToken:
            raise
        except error.RetryAfter as wait:
            await asyncio.sleep(calling.seconds(wait.retry_after))
        except error.TelegramError as problem:
            log.warning("webhook not registered", reason=type(problem).__name__, attempts=attempt)
            await asyncio.sleep(calling.pause(attempt))
        else:
            return
