"""Bodies as they were sealed before they were sealed for their whole row."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.ciphers import aead

from storage import packing, sealing


def close(key: sealing.Key, body: bytes, *place: object) -> bytes:
    """The body, sealed for the table and the row's key alone."""
    nonce = os.urandom(sealing.NONCE_BYTES)
    return bytes([key.number]) + nonce + aead.AESGCM(key.secret).encrypt(nonce, body, packing.pack(place))
