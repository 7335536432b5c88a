"""Calls of the Bot API that must succeed some time: how long to wait before they are tried again."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import error

from bot import limits

Result = TypeVar("Result")


def pause(attempts: int, longest: dt.timedelta = limits.LONGEST_WAIT) -> float:
    """Seconds before the next try: doubling from half a second to the longest wait."""
    doubled: float = 0.5 * 2.0 ** min(attempts - 1, 20)
    return min(doubled, longest.total_seconds())


def seconds(value: int | dt.timedelta) -> float:
    """Seconds of a wait that Telegram asks for."""
    return value.total_seconds() if isinstance(value, dt.timedelta) else float(value)


async def until_taken(
    call: Callable[[], Awaitable[Result]], *, tries: int = 1, longest: dt.timedelta | None = None
) -> Result:
    """What a call returns; where Telegram asks to wait, wait as long and call again. Troubles on the way count as tries.

    With `longest`, for calls that somebody waits for, a wait counts as a try too, and a longer one is waited for by nobody.
    """
    troubles = 0
    while True:
        try:
            return await call()
        except error.RetryAfter as wait:
            pausing = seconds(wait.retry_after)
            if longest is not None:
                troubles += 1
                if troubles >= tries or pausing > longest.total_seconds():
                    raise
        except error.BadRequest:  # which the library counts among them
            raise
        except error.NetworkError:
            troubles += 1
            if troubles >= tries:
                raise
            pausing = pause(troubles)
        await asyncio.sleep(pausing)
