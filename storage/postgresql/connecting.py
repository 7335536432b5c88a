"""Connections to PostgreSQL: pools that mend themselves, each set for what it does."""

from __future__ import annotations

import asyncpg

from storage.postgresql import address

CONNECT_SECONDS = 10.0
"""Reaching a database in the same network takes milliseconds; who waits longer waits in vain."""

ANSWER_SECONDS = 30.0
"""The longest statement reads a whole assessment in well under a second."""

PATIENCE_SECONDS = 15
"""How long to wait for another worker's transaction."""

IDLE_SECONDS = 5
"""When the server ends a transaction whose client has stopped in the middle: less than `PATIENCE_SECONDS`, so that a
frozen worker does not hold up the others for long."""

APPLICATION = "groundwork"
"""How the connections are named in pg_stat_activity."""

_SETTINGS = {
    "application_name": APPLICATION,
    "lock_timeout": f"{PATIENCE_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
}


async def connect(url: str) -> asyncpg.Connection:
    """One connection of its own; asyncpg's own errors, but for an address that cannot be read."""
    address.check(url)
    try:
        return await asyncpg.connect(url, timeout=CONNECT_SECONDS, server_settings=_SETTINGS)
    except asyncpg.InterfaceError:
        raise
    except (ValueError, OverflowError):  # they quote the address
        raise address.unreadable() from None


async def pool(url: str, size: int, *, durable: bool = True) -> asyncpg.Pool:
    """Connections for statements; where what they write may be lost with the server, they do not wait for its disk."""
    settings = _SETTINGS if durable else {**_SETTINGS, "synchronous_commit": "off"}
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        timeout=CONNECT_SECONDS,
        command_timeout=ANSWER_SECONDS,
        server_settings=settings,
        reset=_as_it_is,
    )


async def _as_it_is(connection: asyncpg.Connection) -> None:
    """Nothing is left on a connection that would have to be reset: that saves a round trip each time."""
