"""Sealing: what is kept on a disk is unreadable, and unchangeable, without the key.

AES-256-GCM with a fresh random nonce for each body (NIST SP 800-38D; safe far beyond a billion bodies a key).
A sealed body is: one byte with the key's number, 12 bytes of nonce, the ciphertext with its 16 bytes of tag.
The place that a body lies in is authenticated with it, so that bodies cannot be exchanged between rows.
"""

from __future__ import annotations

import base64
import binascii
import os
import pathlib

import msgspec
from cryptography import exceptions
from cryptography.hazmat.primitives.ciphers import aead

from storage import packing, port

KEY_BYTES = 32
NONCE_BYTES = 12
FIRST_NUMBER = 1


class Key(msgspec.Struct, frozen=True):
    """A secret and the number by which bodies say that it sealed them, so that keys can be exchanged."""

    number: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Key(number={self.number})"


def make_key(path: pathlib.Path) -> Key:
    """Write a new key to a file that only its owner can read; `StorageError` where there is a file already."""
    key = Key(FIRST_NUMBER, os.urandom(KEY_BYTES))
    line = f"{key.number} {base64.b64encode(key.secret).decode()}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise port.StorageError(
            f"There is a key in {path} already. Without it its data is lost, so nothing was written."
        ) from error
    except OSError as error:
        raise port.StorageError(f"The key could not be written to {path}: {error.strerror}.") from error
    return key


def load_key(path: pathlib.Path) -> Key:
    """The key in a file: its number and 32 bytes in base64 on one line."""
    try:
        number, secret = path.read_text("ascii").split()
        key = Key(int(number), base64.b64decode(secret, validate=True))
    except OSError as error:
        raise port.StorageError(
            f"The key file {path} cannot be read: {error.strerror}. Put the key there, "
            "or set GROUNDWORK_DATA_KEY_FILE to where it is."
        ) from error
    except (ValueError, binascii.Error) as error:
        raise port.StorageError(f"The file {path} holds no key. Put the right file there.") from error
    if len(key.secret) != KEY_BYTES or not FIRST_NUMBER <= key.number <= 255:
        raise port.StorageError(f"The file {path} holds no whole key. Put the right file there.")
    return key


class Seal:
    """Closes and opens bodies with one key."""

    def __init__(self, key: Key) -> None:
        self._prefix = bytes([key.number])
        self._cipher = aead.AESGCM(key.secret)

    def close(self, body: bytes, *place: object) -> bytes:
        """The body, sealed for its place: the table's name and the row's key."""
        nonce = os.urandom(NONCE_BYTES)
        return self._prefix + nonce + self._cipher.encrypt(nonce, body, packing.pack(place))

    def open(self, sealed: bytes, *place: object) -> bytes:
        """The body again; `StorageError` when another key sealed it, or it was changed or moved."""
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            if sealed[:1] != self._prefix:
                raise exceptions.InvalidTag
            return self._cipher.decrypt(nonce, ciphertext, packing.pack(place))
        except (exceptions.InvalidTag, ValueError) as error:
            raise port.StorageError(
                "The key does not open what is kept here: it is another database's key, or the data was "
                "changed. Set GROUNDWORK_DATA_KEY_FILE to the right key, or restore a backup."
            ) from error
