"""A pace that is kept over time: so many a second, with bursts, as one moment a bucket.

The generic cell rate algorithm: a bucket remembers when it will be empty again; whoever takes from it moves that
moment on by one interval, and waits for as long as it lies further ahead than a burst.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

KEPT = 1000
"""Buckets remembered before those that are empty again are forgotten."""


class Pace(msgspec.Struct, frozen=True):
    """How fast something may go."""

    rate: float
    """How many a second."""
    burst: float
    """How many at once."""

    def wait(self, empty_at: float, now: float) -> float:
        """Seconds until what was just taken from a bucket may be spent."""
        return max(0.0, empty_at - now - self.burst / self.rate)


class Buckets:
    """The buckets of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._empty_at: dict[int, float] = {}

    def take(self, bucket: int, pace: Pace) -> float:
        """Take one; returns the seconds until it may be spent."""
        now = self._clock()
        if len(self._empty_at) >= KEPT:
            self._empty_at = {key: moment for key, moment in self._empty_at.items() if moment > now}
        self._empty_at[bucket] = max(self._empty_at.get(bucket, now), now) + 1 / pace.rate
        return pace.wait(self._empty_at[bucket], now)
