"""The server's clock: the machine's time plus an offset that only moves forward."""

from __future__ import annotations

import datetime as dt
import os
import time
import zoneinfo
from collections.abc import Callable
from pathlib import Path


class Clock:
    """Seconds since 1970, and a hand to move them; the offset is told to others through a file."""

    def __init__(
        self, *, source: Callable[[], float] = time.time, offset: float = 0.0, file: Path | None = None
    ) -> None:
        self._source = source
        self._file = file
        self.offset = offset
        self._publish()

    def now(self) -> float:
        """The time everyone in this world sees."""
        return self._source() + self.offset

    def forward(self, seconds: float) -> None:
        """Jump ahead; time that has been seen cannot be unseen, so never back."""
        if not seconds >= 0:
            raise ValueError("The clock only moves forward.")
        self.offset += seconds
        self._publish()

    def until_next(self, time_of_day: dt.time, timezone: zoneinfo.ZoneInfo) -> float:
        """Seconds to the next time a wall clock in that time zone shows this time of day."""
        now = dt.datetime.fromtimestamp(self.now(), timezone)
        target = dt.datetime.combine(now.date(), time_of_day, timezone)
        if target <= now:
            target = dt.datetime.combine(now.date() + dt.timedelta(days=1), time_of_day, timezone)
        return target.timestamp() - self.now()

    def reset(self) -> None:
        """Back to the machine's time, for a world that starts anew."""
        self.offset = 0.0
        self._publish()

    def _publish(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_name(self._file.name + ".new")
        beside.write_text(f"{self.offset}\n", encoding="ascii")
        os.replace(beside, self._file)  # a reader sees the old offset or the new one, never half of it
