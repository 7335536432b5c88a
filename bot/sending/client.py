"""python-telegram-bot's bot, of which a call can also be had as it is: JSON there and JSON back."""

from __future__ import annotations

from typing import Any

from telegram._utils.types import ODVInput
from telegram.ext import ExtBot
from telegram.request import BaseRequest


class Client(ExtBot[None]):
    """Adds `call` for what comes most often: updates, of which the library makes objects that it may not know, and
    messages, of which it makes objects that nobody reads; these took as long as everything else in sending one.
    """

    async def call(
        self, method: str, *, read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE, **parameters: Any
    ) -> Any:
        """What a method of the Bot API returns, as JSON; the library's errors. Parameters are JSON's values."""
        return await self._post(method, parameters, read_timeout=read_timeout)
