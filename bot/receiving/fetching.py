"""Files that people sent, fetched from Telegram where their content is wanted."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import pathlib
from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec
from telegram import File, error

from bot import limits
from bot.sending import calling, client
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


class Found(msgspec.Struct, frozen=True):
    """What is read of getFile's answer: https://core.telegram.org/bots/api#file."""

    file_id: str
    file_unique_id: str
    file_path: str


class Fetcher:
    """Fetches the content of an attachment; nothing of it is kept."""

    def __init__(self, bot: client.Client) -> None:
        self._bot = bot

    async def __call__(self, attachment: nouns.Attachment) -> bytes:
        """The bytes; raises FetchError for what is too large or does not come."""
        if attachment.size > limits.FETCHED_BYTES:
            raise FetchError("problem.file_too_large")
        try:
            content = await calling.until_taken(
                functools.partial(self._content, attachment.file_id),
                tries=limits.FETCH_TRIES,
                longest=limits.FETCH_WAIT,
            )
        except error.BadRequest as refusal:
            large = "too big" in refusal.message
            raise FetchError("problem.file_too_large" if large else "problem.file_gone") from None
        except error.TelegramError:
            raise FetchError(NOT_FETCHED) from None
        if len(content) > limits.FETCHED_BYTES:
            raise FetchError("problem.file_too_large")
        return content

    async def _content(self, file_id: str) -> bytes:
        try:
            found = await self._bot.call("getFile", Found, file_id=file_id)
            copy = io.BytesIO()
            await self._file(found).download_to_memory(copy)
        except error.TimedOut:
            # whoever sent it waited for half a minute already
            raise FetchError(NOT_FETCHED) from None
        return copy.getvalue()  # which copies nothing

    def _file(self, found: Found) -> File:
        path = found.file_path
        if not pathlib.Path(path).is_file():  # where a Bot API server on this machine put it
            path = f"{self._bot.base_file_url}/{path}"
        file = File(found.file_id, found.file_unique_id, file_path=path)
        file.set_bot(self._bot)
        return file


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
