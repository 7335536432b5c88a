"""What the bot counts about itself: numbers for whoever watches the machine, never a name, an id or a word of anybody."""

from __future__ import annotations

import time
from collections.abc import Callable

import prometheus_client

TURN_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1, 5)
"""Steps of the histogram: from a turn on a quiet machine to one that a person takes for silence."""


class Metrics:
    """Counters in Prometheus' sense, and when each kind of work last went well."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        registry = self.registry = prometheus_client.CollectorRegistry()
        self._monotonic = monotonic
        self._well: dict[str, float] = {}
        self._refused: dict[str, float] = {}
        self._updates = prometheus_client.Counter(
            "groundwork_updates", "Updates of Telegram's that were kept, each once.", registry=registry
        )
        self._turns = prometheus_client.Histogram(
            "groundwork_turn_seconds", "From the beginning of a turn to its commit.",
            buckets=TURN_SECONDS, registry=registry,
        )  # fmt: skip
        self._faults = prometheus_client.Counter(
            "groundwork_faults", "What went wrong, by kind; each has a line in the log.", ["kind"],
            registry=registry,
        )  # fmt: skip
        self._delivered = prometheus_client.Counter(
            "groundwork_deliveries", "Messages that Telegram took.", registry=registry
        )
        self._reminded = prometheus_client.Counter(
            "groundwork_reminders", "Reminders that fell due and were looked at.", registry=registry
        )
        self._waiting = prometheus_client.Gauge(
            "groundwork_outgoing_people",
            "People for whom something waits to be delivered.",
            registry=registry,
        )

    def now(self) -> float:
        """Seconds of a clock that only goes forward."""
        return self._monotonic()

    def kept(self, updates: int) -> None:
        """So many updates are on the disk."""
        self._updates.inc(updates)

    def turned(self, seconds: float) -> None:
        """A turn was committed."""
        self._turns.observe(seconds)

    def delivered(self) -> None:
        """Telegram took a message."""
        self._delivered.inc()

    def reminded(self, reminders: int) -> None:
        """A look for due reminders came to its end."""
        self._reminded.inc(reminders)

    def outgoing(self, people: Callable[[], float]) -> None:
        """Where to ask how many people something waits for."""
        self._waiting.set_function(people)

    def fault(self, kind: str) -> None:
        """Something went wrong that a person may have to look at."""
        self._faults.labels(kind).inc()

    def faults(self, kind: str) -> int:
        """How often this went wrong since the start."""
        return int(self.registry.get_sample_value("groundwork_faults_total", {"kind": kind}) or 0)

    def well(self, part: str) -> None:
        """This part of the bot just did its work."""
        self._well[part] = self._monotonic()
        self._refused.pop(part, None)

    def refused(self, part: str) -> None:
        """This part could not do its work; it counts from the first time."""
        self._refused.setdefault(part, self._monotonic())

    def silent_for(self, part: str) -> float | None:
        """Seconds since this part last did its work; None before the first time."""
        return None if part not in self._well else self._monotonic() - self._well[part]

    def refused_for(self, part: str) -> float:
        """Seconds since this part began to fail; 0 while it works."""
        return self._monotonic() - self._refused[part] if part in self._refused else 0.0

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return prometheus_client.generate_latest(self.registry)
