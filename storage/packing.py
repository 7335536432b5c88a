"""Values to bytes and back: MessagePack, a third smaller than JSON and able to hold bytes and times."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any, TypeVar

import msgspec

from flows import nouns
from storage import port

T = TypeVar("T")


def pack(value: Any) -> bytes:
    """Bytes of a value; `UnkeepableError` for what cannot be kept, as half an emoji or a number over 64 bits."""
    try:
        return msgspec.msgpack.encode(value)
    except (UnicodeEncodeError, OverflowError, TypeError) as error:
        raise port.UnkeepableError(
            f"This cannot be kept: {error}. Change the value and try again."
        ) from error


def unpack(packed: bytes, kind: type[T]) -> T:
    """The value again; anything undeclared in it comes back as plain lists, dicts and values."""
    found: T = _reading(kind).decode(packed)  # type: ignore[arg-type]  # a class can be hashed
    return found


@functools.cache
def _reading(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """Made once for a kind, which takes longer than reading a value."""
    return msgspec.msgpack.Decoder(kind)


def utc(when: dt.datetime) -> dt.datetime:
    """The same moment in UTC; `UnkeepableError` for a time without a zone, which is no moment at all."""
    if when.tzinfo is None:
        raise port.UnkeepableError(f"The time {when.isoformat()} has no time zone. Give it one.")
    return when.astimezone(dt.UTC)


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def to_microseconds(when: dt.datetime) -> int:
    """A moment as microseconds since 1970 in UTC: exact, short and in order."""
    return (utc(when) - EPOCH) // dt.timedelta(microseconds=1)


def from_microseconds(count: int) -> dt.datetime:
    """The moment again."""
    return EPOCH + dt.timedelta(microseconds=count)


def without(session: nouns.Session, by: str, pseudonym: str) -> nouns.Session:
    """The session with a pseudonym in the place of who proposed an answer in it."""
    renamed = {
        key: msgspec.structs.replace(
            session.disputes[key], proposed=msgspec.structs.replace(proposed, by=pseudonym)
        )
        for key, proposed in rivals(session, by).items()
    }
    proposed = session.proposed
    if proposed is not None and proposed.by == by:
        proposed = msgspec.structs.replace(proposed, by=pseudonym)
    return msgspec.structs.replace(session, proposed=proposed, disputes={**session.disputes, **renamed})


def rivals(session: nouns.Session, by: str) -> dict[str, nouns.Answer]:
    """The answers that this person proposed in the place of others'."""
    return {key: one.proposed for key, one in session.disputes.items() if one.proposed.by == by}


def plain(value: Any) -> Any:
    """A value as JSON could hold it."""
    return msgspec.to_builtins(value, str_keys=True)
