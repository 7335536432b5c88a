"""Workers, where only one process works on a storage: it lives as long as anybody, and all that waits is its own."""

from __future__ import annotations

from storage import pacing


class Alone:
    """The part of `port.Storage` about workers that one process needs no database for."""

    def __init__(self) -> None:
        self._buckets = pacing.Buckets()

    async def beat(self) -> None:
        """Nobody waits for a sign of life."""

    @property
    def holds(self) -> bool:
        """Nobody takes anything away."""
        return True

    @property
    def rank(self) -> int:
        """Nobody is older."""
        return 0

    async def reserve(self, bucket: int, pace: pacing.Pace) -> float:
        """Take one from a bucket; returns the seconds until it may be spent."""
        return self._buckets.take(bucket, pace)
