"""How fast Telegram lets a bot write: one chat a message a second, all chats thirty, short bursts allowed."""

from __future__ import annotations

import math

from bot.practice import limits


class Allowance:
    """A bucket that fills at a steady rate up to the size of a burst."""

    def __init__(self, burst: float, per_second: float, now: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left = burst
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 means now."""
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (1 - self._left) / self._per_second)

    def spend(self) -> None:
        """Take one."""
        self._left -= 1


class Pace:
    """The allowances of every chat and every bot."""

    def __init__(self) -> None:
        self._allowances: dict[tuple[int, int | None], Allowance] = {}

    def retry_after(self, bot_id: int, person_id: int, now: float) -> int:
        """Whole seconds the bot must wait before this chat takes a message; 0 takes the message."""
        chat = self._allowance((bot_id, person_id), limits.CHAT_BURST, limits.CHAT_MESSAGES_PER_SECOND, now)
        overall = self._allowance(
            (bot_id, None), limits.OVERALL_BURST, limits.OVERALL_MESSAGES_PER_SECOND, now
        )
        wait = max(chat.wait(now), overall.wait(now))
        if wait > 0:
            return math.ceil(wait)
        chat.spend()
        overall.spend()
        return 0

    def _allowance(self, key: tuple[int, int | None], burst: int, per_second: int, now: float) -> Allowance:
        return self._allowances.setdefault(key, Allowance(burst, per_second, now))
