"""Methods that send files, and the one that fetches them."""

from __future__ import annotations

import mimetypes
from typing import Any

from bot.practice import entities, errors, limits, pictures, state, world
from bot.practice.methods import calls, sending, texts

_ATTACHED = "attach://"


def send_document(call: calls.Call) -> state.JSON:
    """Any file."""
    return _send(call, "document")


def send_photo(call: calls.Call) -> state.JSON:
    """A picture."""
    return _send(call, "photo")


def send_voice(call: calls.Call) -> state.JSON:
    """A spoken message."""
    return _send(call, "voice")


def send_audio(call: calls.Call) -> state.JSON:
    """A recording with a title."""
    return _send(call, "audio")


def send_media_group(call: calls.Call) -> list[state.JSON]:
    """Two to ten photos or documents as one album."""
    chat = call.chat()
    items: Any = call.value("media", "can't parse media JSON object")
    if not isinstance(items, list):
        raise errors.bad_request("expected an Array of InputMedia")
    fewest, most = limits.ALBUM_ITEMS
    if not fewest <= len(items) <= most:
        raise errors.bad_request(f"media group must contain {fewest}-{most} items")
    contents = []
    for item in items:
        if not isinstance(item, dict) or item.get("type") not in ("photo", "document", "audio"):
            raise errors.bad_request("can't parse InputMedia: type of the media is unsupported")
        file = _file(call, item["type"], item.get("media"))
        caption = texts.formatted_text(item.get("caption", ""), item.get("parse_mode", ""), [])
        contents.append(_content(file, call, texts.checked_caption(caption)))
    call.keep_pace(chat)
    album = f"{chat.bot_id}{call.world.state.last_event}"
    return [sending.put(call, chat, {"media_group_id": album, **content}, None) for content in contents]


def get_file(call: calls.Call) -> state.JSON:
    """Where a file may be fetched from; bots may not fetch big ones."""
    file_id = call.text("file_id")
    if not file_id:
        raise errors.bad_request("file_id not specified")
    file = call.world.state.files.get(file_id)
    if file is None or file.bot_id != call.bot.id:
        raise errors.bad_request("invalid file_id")
    if file.size > limits.DOWNLOAD_BYTES:
        raise errors.bad_request("file is too big")
    return {**_identity(file), "file_path": file.path}


def keep(here: world.World, bot_id: int, kind: str, upload: calls.Upload) -> state.StoredFile:
    """Store an upload, whoever sent it; refused where it is empty or no picture though it should be one."""
    if not upload.content:
        raise errors.bad_request("file must be non-empty")
    if len(upload.content) > limits.UPLOAD_BYTES:
        raise errors.too_large()
    size = _picture_size(upload.content) if kind == "photo" else (0, 0)
    guessed = mimetypes.guess_type(upload.name)[0]
    mime_type = guessed or upload.mime_type or "application/octet-stream"
    file = here.keep_file(bot_id, kind, upload.name, upload.content, mime_type)
    file.width, file.height = size
    return file


def file_fields(file: state.StoredFile, *, duration: int = 0) -> state.JSON:
    """The field of a message that holds a file."""
    described = {**_identity(file), "mime_type": file.mime_type}
    match file.kind:
        case "photo":
            return {"photo": [{**_identity(file), "width": file.width, "height": file.height}]}
        case "voice":
            return {"voice": {**described, "duration": duration}}
        case "video":
            return {"video": {**described, "width": 0, "height": 0, "duration": duration}}
        case "audio":
            return {"audio": {**described, "file_name": file.name, "duration": duration}}
        case _:
            return {"document": {**described, "file_name": file.name}}


def _send(call: calls.Call, kind: str) -> state.JSON:
    chat = call.chat()
    caption = texts.caption(call)
    given = call.parameters.get(kind) or (f"{_ATTACHED}{kind}" if kind in call.uploads else "")
    return sending.deliver(call, chat, _content(_file(call, kind, given), call, caption))


def _content(file: state.StoredFile, call: calls.Call, caption: entities.Formatted) -> state.JSON:
    fields = file_fields(file, duration=call.integer("duration") or 0)
    return {**fields, **texts.fields(caption, "caption", "caption_entities")}


def _file(call: calls.Call, kind: str, given: Any) -> state.StoredFile:
    """The file a parameter names: an upload in this request, or one Telegram has already."""
    if not given or not isinstance(given, str):
        raise errors.bad_request(f"there is no {kind} in the request")
    if given.startswith(_ATTACHED):
        upload = call.uploads.get(given.removeprefix(_ATTACHED))
        if upload is None:
            raise errors.bad_request(f"there is no {kind} in the request")
        return keep(call.world, call.bot.id, kind, upload)
    if given.startswith(("http://", "https://")):
        raise errors.bad_request("failed to get HTTP URL content")  # the local Telegram never goes out
    known = call.world.state.files.get(given)
    if known is None or known.bot_id != call.bot.id:
        raise errors.bad_request(
            "wrong remote file identifier specified: can't unserialize it. Wrong string length"
        )
    if known.kind != kind:
        raise errors.bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def _picture_size(content: bytes) -> tuple[int, int]:
    if len(content) > limits.PHOTO_BYTES:
        raise errors.bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {limits.PHOTO_BYTES} bytes"
        )
    size = pictures.dimensions(content)
    if size is None or min(size) == 0:
        raise errors.bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > limits.PHOTO_SIDES or max(size) > limits.PHOTO_RATIO * min(size):
        raise errors.bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _identity(file: state.StoredFile) -> state.JSON:
    return {"file_id": file.file_id, "file_unique_id": file.file_unique_id, "file_size": file.size}
