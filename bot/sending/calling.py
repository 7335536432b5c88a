"""Calls of the Bot API that must succeed some time: how long to wait before they are tried again."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

from telegram import error

from bot import limits


def pause(attempts: int, longest: dt.timedelta = limits.LONGEST_WAIT) -> float:
    """Seconds before the next try: doubling from half a second to the longest wait."""
    doubled: float = 0.5 * 2.0 ** min(attempts - 1, 20)
    return min(doubled, longest.total_seconds())


def seconds(value: int | dt.timedelta) -> float:
    """Seconds of a wait that Telegram asks for."""
    return value.total_seconds() if isinstance(value, dt.timedelta) else float(value)


async def until_taken(call: Callable[[], Awaitable[object]], *, tries: int = 1) -> None:
    """Call; where Telegram asks to wait, wait as long and call again. Troubles on the way there count as tries."""
    troubles = 0
    while True:
        try:
            await call()
        except error.RetryAfter as wait:
            await asyncio.sleep(seconds(wait.retry_after))
        except error.BadRequest:  # which the library counts among them
            raise
        except error.NetworkError:
            troubles += 1
            if troubles >= tries:
                raise
            await asyncio.sleep(pause(troubles))
        else:
            return
