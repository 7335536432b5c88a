"""Files that people sent, fetched from Telegram where their content is wanted."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable

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
            copy = io.BytesIO()
            await file.download_to_memory(copy)
        except error.BadRequest as refusal:
            large = "too big" in refusal.message
            raise FetchError("problem.file_too_large" if large else "problem.file_gone") from None
        except error.TelegramError:
            raise FetchError(NOT_FETCHED) from None
        if copy.tell() > limits.FETCHED_BYTES:
            raise FetchError("problem.file_too_large")
        return copy.getvalue()  # which copies nothing


class Fetched:
    """The files of one turn: each is fetched once, however many parts of the bot ask whose it is."""

    def __init__(self, fetch: Fetch, places: asyncio.Semaphore) -> None:
        self._fetch = fetch
        self._places = places
        self._has_place = False
        self._known: dict[str, bytes | FetchError] = {}

    async def __call__(self, attachment: nouns.Attachment) -> bytes:
        """The bytes, as `Fetch`; waits in line until there is room for them."""
        if not self._has_place:
            await self._places.acquire()
            self._has_place = True
        if attachment.file_id not in self._known:
            try:
                self._known[attachment.file_id] = await self._fetch(attachment)
            except FetchError as problem:
                self._known[attachment.file_id] = problem
        found = self._known[attachment.file_id]
        if isinstance(found, FetchError):
            raise found
        return found

    def forget(self) -> None:
        """Let go of the files, and of the room for them."""
        self._known.clear()
        if self._has_place:
            self._has_place = False
            self._places.release()


class Shelf:
    """Room for the files of so many turns: what lies in memory at once has a limit, whoever sends how many."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._places = asyncio.Semaphore(limits.FILES_AT_ONCE)

    @contextlib.asynccontextmanager
    async def of_turn(self) -> AsyncIterator[Fetched]:
        """What a turn fetches, until it is over."""
        fetched = Fetched(self._fetch, self._places)
        try:
            yield fetched
        finally:
            fetched.forget()
