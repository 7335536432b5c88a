"""Files that people sent, fetched from Telegram where their content is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Bot, error

from bot import limits
from flows import nouns

NOT_FETCHED = "problem.file_not_fetched"
"""The word on a file that did not come this time."""


class FetchError(Exception):
    """The file could not be had; `code` is the catalogue's word on it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Fetch = Callable[[nouns.Attachment], Awaitable[bytes]]
"""Gets the content of a file that was sent; raises FetchError."""


async def nothing(attachment: nouns.Attachment) -> bytes:
    """What a turn that Telegram has no part in gets of a file."""
    del attachment
    raise FetchError(NOT_FETCHED)


class Fetcher:
    """Fetches the content of an attachment; nothing of it is kept."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, attachment: nouns.Attachment) -> bytes:
        """The bytes; raises FetchError for what is too large or does not come."""
        if attachment.size > limits.FETCHED_BYTES:
            raise FetchError("problem.file_too_large")
        try:
            file = await self._bot.get_file(attachment.file_id)
            content = bytes(await file.download_as_bytearray())
        except error.BadRequest as refusal:
            large = "too big" in refusal.message
            raise FetchError("problem.file_too_large" if large else "problem.file_gone") from None
        except error.TelegramError:
            raise FetchError(NOT_FETCHED) from None
        if len(content) > limits.FETCHED_BYTES:
            raise FetchError("problem.file_too_large")
        return content
