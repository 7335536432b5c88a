"""Faults and slowness that can be switched on, so that a bot can be seen to survive them."""

from __future__ import annotations

import msgspec

from bot.practice import errors, limits

CONTENT = "file"
"""What stands for a method where a file's content fails, once getFile has said where it is."""


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One way to fail: which method (`*` is any), how, and how many times (None is until switched off).

    `code` answers with that HTTP code; `cut` drops the connection `before` or `after` the work is done;
    `latency` waits so many seconds first, or until other faults are switched on; `person` limits the fault to calls that name this chat.
    """

    method: str = "*"
    code: int = 0
    description: str = ""
    retry_after: int = 0
    cut: str = ""
    latency: float = 0.0
    times: int | None = None
    person: int | None = None

    def refusal(self) -> errors.Refusal:
        """What the server says in place of an answer."""
        if self.retry_after:
            return errors.too_many_requests(self.retry_after)
        return errors.Refusal(self.code, self.description or _DESCRIPTIONS.get(self.code, "Fault"))


_DESCRIPTIONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    403: "Forbidden: bot was blocked by the user",
}


class Switches(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything the page can switch: faults, rate limits, and two times tests need shorter or longer."""

    faults: list[Fault] = []
    rate_limits: bool = True
    callback_life_seconds: float = limits.CALLBACK_LIFE_SECONDS
    webhook_retry_seconds: float = 1.0

    def next_fault(self, method: str, person_id: int | None) -> Fault | None:
        """The first fault that applies to this call, used up by one."""
        for fault in self.faults:
            if fault.method not in ("*", method) or fault.person not in (None, person_id):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times == 0:
                    self.faults.remove(fault)
            return fault
        return None
