"""python-telegram-bot's bot, of which a call can also be had as it is: JSON there and JSON back."""

from __future__ import annotations

from typing import Any

import msgspec
from telegram import error
from telegram.ext import ExtBot
from telegram.request import BaseRequest


class Sent(msgspec.Struct, frozen=True):
    """What is read of a message that was sent."""

    message_id: int


class Client(ExtBot[None]):
    """Adds `call` for what comes most often: updates, of which the library makes objects that it may not know, and
    messages, of which it makes objects that nobody reads; these took as long as everything else in sending one.
    """

    async def call(
        self, method: str, kind: Any, *, read_timeout: float | None = None, **parameters: Any
    ) -> Any:
        """What a method of the Bot API returns, read from its JSON as this kind; parameters are JSON's values.

        The library's errors; NetworkError where the answer is not of this kind, and so not Telegram's.
        """
        patience = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        try:
            return msgspec.convert(await self._post(method, parameters, read_timeout=patience), kind)
        except (KeyError, msgspec.ValidationError):
            raise error.NetworkError(f"{method} was answered with something else") from None
