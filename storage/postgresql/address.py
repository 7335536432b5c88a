"""Whether an address can be read as it is meant: what cannot is refused without a word of it, for it holds a password."""

from __future__ import annotations

import urllib.parse

from storage import port

LAST_PORT = 65_535
"""TCP counts ports in sixteen bits."""


def unreadable() -> port.StorageError:
    """What to say of an address that cannot be read; never the address itself."""
    return port.StorageError(
        "GROUNDWORK_DATABASE_URL cannot be read: write it as postgresql://USER:PASSWORD@HOST:PORT/NAME, and in the "
        "password / as %2F, ? as %3F, # as %23, @ as %40, [ as %5B, ] as %5D and % as %25."
    )


def check(url: str) -> None:
    """`StorageError` where signs of the password would be taken for the end of it, or a port is none."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        raise unreadable() from None
    if parts.netloc.count("@") > 1 or parts.fragment or "@" in parts.path + parts.query:
        raise unreadable()
    for host in parts.netloc.rpartition("@")[2].split(","):
        number = host.rpartition("]")[2].partition(":")[2]
        if number and not (number.isascii() and number.isdigit() and 0 < int(number) <= LAST_PORT):
            raise port.StorageError(
                f"GROUNDWORK_DATABASE_URL names a port that is none: write a number from 1 to {LAST_PORT}."
            )
