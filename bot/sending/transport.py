"""python-telegram-bot's transport on aiohttp: its default one is the bottleneck and slows with concurrency."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import msgspec
from telegram import error
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
"""Reaching Telegram over a slow line takes seconds, not minutes."""

READ_SECONDS = 20.0
"""Waiting for an answer; long polls ask for more themselves."""

UPLOAD_SECONDS = 120.0
"""Sending a plan over a slow line."""

ABOUT_THE_TOKEN = (401, 404)
"""What Telegram answers to a token that it does not know; pages of servers in between have these too."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """One pool of connections; polling and sending get one each, so that neither starves the other."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a call does not say."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's answer; PTB's TelegramError where it is no JSON object, as from a server in between."""
        try:
            return msgspec.json.decode(payload, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise error.TelegramError("Invalid server response") from problem

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # the pool waits as long as the call
    ) -> tuple[int, bytes]:
        """Call Telegram; returns status and body, raises PTB's NetworkError or TimedOut."""
        if self._session is None:
            raise RuntimeError("The transport is used before initialize().")
        uploading = request_data is not None and request_data.contains_files
        writing = _seconds(write_timeout, UPLOAD_SECONDS if uploading else 0.0)
        reading = _seconds(read_timeout, READ_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=writing + reading + CONNECT_SECONDS,
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
        )
        body = _body(request_data)
        headers = FORM if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, answer = response.status, await response.read()
        except TimeoutError as problem:
            raise error.TimedOut from problem
        except (aiohttp.ClientError, OSError) as problem:
            raise error.NetworkError(f"aiohttp {type(problem).__name__}") from problem
        if status in ABOUT_THE_TOKEN and b'"ok"' not in answer:
            # the library would say that Telegram refuses the token
            raise error.NetworkError(f"{status} from something that is not a Bot API server")
        return status, answer


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.url_encoded_parameters().encode("ascii")
    # Telegram shows a file's name as it comes: percent signs in place of its spaces would stay there.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        # As a file, a large body is sent piece by piece and does not hold up the loop.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form


def _seconds(given: ODVInput[float], otherwise: float) -> float:
    if isinstance(given, DefaultValue) or given is None:
        return otherwise
    return given
