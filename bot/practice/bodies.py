"""Requests in any of the forms the Bot API takes: query string, urlencoded, multipart, JSON."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from aiohttp import web

from bot.practice import errors, limits
from bot.practice.methods import calls

REQUEST_BYTES = limits.UPLOAD_BYTES + 1024 * 1024
"""A whole request: the biggest file and some room for the other fields."""


async def read(request: web.Request) -> tuple[dict[str, Any], dict[str, calls.Upload]]:
    """The parameters and uploads of a request; those of the body win over the address."""
    if (request.content_length or 0) > REQUEST_BYTES:
        raise errors.too_large()
    parameters: dict[str, Any] = dict(request.query)
    uploads: dict[str, calls.Upload] = {}
    try:
        match request.content_type:
            case "application/json":
                parameters.update(_json_object(await request.read()))
            case "multipart/form-data":
                await _read_multipart(request, parameters, uploads)
            case "application/x-www-form-urlencoded":
                parameters.update({name: str(value) for name, value in (await request.post()).items()})
    except web.HTTPRequestEntityTooLarge:
        raise errors.too_large() from None
    except ConnectionError:  # the bot was ended while it sent: nobody hears the answer
        raise errors.bad_request("the request was cut off") from None
    return parameters, uploads


def _json_object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        given = json.loads(body)
    except ValueError:
        raise errors.bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise errors.bad_request("object expected")
    return given


async def _read_multipart(
    request: web.Request, parameters: dict[str, Any], uploads: dict[str, calls.Upload]
) -> None:
    reader = await request.multipart()
    left = REQUEST_BYTES
    async for part in reader:
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            raise errors.bad_request("can't parse multipart body")
        content = bytearray()
        while chunk := await part.read_chunk(size=64 * 1024):
            left -= len(chunk)
            if left < 0:
                raise errors.too_large()
            content += chunk
        if part.filename is None:
            parameters[part.name] = content.decode("utf-8", "replace")
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
            uploads[part.name] = calls.Upload(part.filename, mime_type, bytes(content))
