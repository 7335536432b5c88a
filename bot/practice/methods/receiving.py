"""How a bot gets its updates: by asking for them, or by a webhook."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.practice import errors, limits, state
from bot.practice.methods import calls

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(call: calls.Call) -> list[state.JSON]:
    """Updates from `offset` on, waiting up to `timeout` seconds; everything below `offset` is confirmed.

    A second call ends the first with a 409. What is not confirmed comes again.
    """
    here, bot = call.world, call.bot
    if bot.webhook is not None:
        raise errors.conflict(errors.POLLED_UNDER_WEBHOOK)
    _allow_updates(call)
    offset = call.integer("offset") or 0
    limit = min(max(call.integer("limit") or limits.UPDATES_AT_ONCE, 1), limits.UPDATES_AT_ONCE)
    here.drop_stale(bot)
    if offset < 0:
        offset = bot.updates[max(offset, -len(bot.updates))]["update_id"] if bot.updates else 0
    here.confirm(bot, offset)
    turn = here.pollers[bot.id] = here.pollers.get(bot.id, 0) + 1
    here.changed()
    loop = asyncio.get_running_loop()
    until = loop.time() + min(max(call.integer("timeout") or 0, 0), limits.POLL_SECONDS)
    while not bot.updates and not here.closing and (left := until - loop.time()) > 0:
        await here.news(left)
        if bot.webhook is not None:
            raise errors.conflict(errors.POLL_ENDED_BY_WEBHOOK)
        if here.pollers[bot.id] != turn:
            raise errors.conflict(errors.POLLED_ELSEWHERE)
    return bot.updates[:limit]


def set_webhook(call: calls.Call) -> bool:
    """Deliver updates to an address from now on; an empty address ends that."""
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    secret = call.text("secret_token")
    _check_url(url)
    if len(secret) > limits.SECRET_TOKEN_LENGTH:
        raise errors.bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise errors.bad_request("secret token contains unallowed characters")
    _allow_updates(call)
    _drop_pending(call)
    call.bot.webhook = state.Webhook(
        url=url,
        secret_token=secret,
        max_connections=min(max(call.integer("max_connections") or limits.WEBHOOK_CONNECTIONS, 1), 100),
    )
    call.world.changed()
    return True


def delete_webhook(call: calls.Call) -> bool:
    """Back to asking."""
    _drop_pending(call)
    call.bot.webhook = None
    call.world.changed()
    return True


def get_webhook_info(call: calls.Call) -> state.JSON:
    """Where updates go, how many wait, and what went wrong last."""
    webhook = call.bot.webhook
    info: state.JSON = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.updates),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_date:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    return info


def _check_url(url: str) -> None:
    """This server delivers to this machine alone, there over plain HTTP and to any port."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise errors.bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host:
        raise errors.bad_request("invalid webhook URL specified")
    if host != "localhost" and not _is_loopback(host):
        if parts.scheme != "https":
            raise errors.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        raise errors.bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _allow_updates(call: calls.Call) -> None:
    given: Any = call.value("allowed_updates", "can't parse allowed_updates JSON object")
    if isinstance(given, list):
        call.bot.allowed_updates = [str(kind) for kind in given] or None


def _drop_pending(call: calls.Call) -> None:
    if call.flag("drop_pending_updates"):
        call.bot.updates.clear()
        call.bot.update_dates.clear()
