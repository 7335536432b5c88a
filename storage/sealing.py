"""Sealing: what is kept on a disk is unreadable, and unchangeable, without the key.

AES-256-GCM with a fresh random nonce for each body (NIST SP 800-38D; safe far beyond a billion bodies a key).
A sealed body is: a zero, one byte with the key's number, 12 bytes of nonce, the ciphertext with its 16 bytes of tag.
The place that a body lies in and the readable columns beside it are authenticated with it, so that neither can be
changed or exchanged. Bodies without the zero were sealed before that was so, for their place alone.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import pathlib
from collections.abc import Sequence

import msgspec
from cryptography import exceptions
from cryptography.hazmat.primitives.ciphers import aead

from storage import packing, port

KEY_BYTES = 32
NONCE_BYTES = 12
FIRST_NUMBER = 1
LAST_NUMBER = 255
"""The number is one byte of each body; after the last comes the first again."""

WHOLE_ROW = b"\x00"
"""What a body begins with that was sealed for its whole row; no key has this number."""


class Key(msgspec.Struct, frozen=True):
    """A secret and the number by which bodies say that it sealed them, so that keys can be exchanged."""

    number: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Key(number={self.number})"


def make_key(path: pathlib.Path) -> Key:
    """Write a new key to a file that only its owner can read; `StorageError` where there is a file already."""
    key = Key(FIRST_NUMBER, os.urandom(KEY_BYTES))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, (key,))
    except OSError as error:
        if path.exists():
            raise port.StorageError(
                f"There is a key in {path} already. Without it its data is lost, so nothing was written."
            ) from error
        raise port.StorageError(f"The key could not be written to {path}: {error.strerror}.") from error
    return key


def next_key(keys: Sequence[Key]) -> Key:
    """A new key with a number that none of these has."""
    number = keys[0].number % LAST_NUMBER + 1
    while number in {key.number for key in keys}:
        number = number % LAST_NUMBER + 1
    return Key(number, os.urandom(KEY_BYTES))


def replace_keys(path: pathlib.Path, keys: Sequence[Key]) -> None:
    """Write these keys, the newest first, in the place of a key file: it holds the old ones or the new ones, never less."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        was = path.stat()
        _write(fresh, keys)
        os.chmod(fresh, was.st_mode & 0o777)
        with contextlib.suppress(PermissionError):  # who may not give it away owns it already
            os.chown(fresh, was.st_uid, was.st_gid)
        os.replace(fresh, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise port.StorageError(f"The keys could not be written to {path}: {error.strerror}.") from error


def _write(path: pathlib.Path, keys: Sequence[Key]) -> None:
    lines = [f"{key.number} {base64.b64encode(key.secret).decode()}\n" for key in keys]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())


def load_keys(path: pathlib.Path) -> tuple[Key, ...]:
    """The keys in a file, the newest first: each a line with its number and 32 bytes in base64."""
    try:
        pairs = [line.split() for line in path.read_text("ascii").splitlines() if line.strip()]
        keys = tuple(Key(int(number), base64.b64decode(secret, validate=True)) for number, secret in pairs)
    except OSError as error:
        raise port.StorageError(
            f"The key file {path} cannot be read: {error.strerror}. Put the key there, "
            "or set GROUNDWORK_DATA_KEY_FILE to where it is."
        ) from error
    except (ValueError, binascii.Error) as error:
        raise port.StorageError(f"The file {path} holds no key. Put the right file there.") from error
    if not keys:
        raise port.StorageError(f"The file {path} holds no key. Put the right file there.")
    whole = all(len(key.secret) == KEY_BYTES and FIRST_NUMBER <= key.number <= LAST_NUMBER for key in keys)
    if not whole or len({key.number for key in keys}) < len(keys):
        raise port.StorageError(f"The file {path} holds no whole key. Put the right file there.")
    return keys


class Place(msgspec.Struct, frozen=True):
    """Where a body lies: the table, the row's key, and what its other readable columns say."""

    table: str
    key: tuple[object, ...] = ()
    beside: tuple[object, ...] = ()


class Seal:
    """Closes bodies with the newest key, and opens them with any."""

    def __init__(self, newest: Key, *older: Key) -> None:
        self.number = bytes([newest.number])
        self.prefix = WHOLE_ROW + self.number
        """What every body begins with that the newest key sealed."""
        self._ciphers = {bytes([key.number]): aead.AESGCM(key.secret) for key in (newest, *older)}

    def close(self, body: bytes, place: Place) -> bytes:
        """The body, sealed for its place."""
        nonce = os.urandom(NONCE_BYTES)
        return self.prefix + nonce + self._ciphers[self.number].encrypt(nonce, body, _of_row(place))

    def open(self, sealed: object, place: Place) -> bytes:
        """The body again; `StorageError` when another key sealed it, or it or its row was changed or moved."""
        # SQLite says in the row of what kind a value is: where that was damaged, words or a number come
        sealed = sealed if isinstance(sealed, bytes) else b""
        if sealed.startswith(WHOLE_ROW):
            sealed, authenticated = sealed[len(WHOLE_ROW) :], _of_row(place)
        else:
            authenticated = packing.pack((place.table, *place.key))
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            if (cipher := self._ciphers.get(sealed[:1])) is None:
                raise exceptions.InvalidTag
            return cipher.decrypt(nonce, ciphertext, authenticated)
        except (exceptions.InvalidTag, ValueError) as error:
            raise wrong_key(f"kept in a row of {place.table}") from error

    def has_key_of(self, sealed: object) -> bool:
        """Whether there is a key of the number by which this was sealed."""
        return isinstance(sealed, bytes) and sealed.removeprefix(WHOLE_ROW)[:1] in self._ciphers


def wrong_key(what: str = "kept here") -> port.StorageError:
    """What to say where the key does not open something."""
    return port.StorageError(
        f"The key does not open what is {what}: it is another database's key, or the data was "
        "changed. Set GROUNDWORK_DATA_KEY_FILE to the right key, or restore a backup."
    )


def _of_row(place: Place) -> bytes:
    """A row's place as bytes: lists within a list, which no place of an older body is."""
    return packing.pack((place.table, place.key, place.beside))
