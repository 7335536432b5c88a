"""The time, as the bot knows it: the machine's, moved by a file where a demo or a test travels in time."""

from __future__ import annotations

import datetime as dt
import pathlib
from typing import Protocol


class Clock(Protocol):
    """Tells the time; given to whatever needs it, so that tests give their own."""

    def now(self) -> dt.datetime:
        """The present as an aware datetime in UTC."""


class SystemClock:
    """The machine's clock plus the seconds written in a file, where one is named."""

    def __init__(self, offset_file: pathlib.Path | None = None) -> None:
        self._offset_file = offset_file

    def now(self) -> dt.datetime:
        """The present as an aware datetime in UTC."""
        return dt.datetime.now(dt.UTC) + self._offset()

    def _offset(self) -> dt.timedelta:
        if self._offset_file is None:
            return dt.timedelta()
        try:
            return dt.timedelta(seconds=float(self._offset_file.read_text("ascii")))
        except (OSError, ValueError, OverflowError):
            return dt.timedelta()
