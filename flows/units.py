"""Amounts with their units in words: "1 hour", "8 hours", "1 time a week"."""

from __future__ import annotations

from collections.abc import Mapping

ONE: Mapping[str, str] = {
    "branches": "branch", "clients": "client", "copies": "copy", "cores": "core", "days": "day", "digits": "digit",
    "hours": "hour", "lines": "line", "minutes": "minute", "months": "month", "pages": "page", "people": "person",
    "pieces": "piece", "records": "record", "rehearsals": "rehearsal", "rows": "row", "times": "time",
    "weeks": "week", "years": "year",
}  # fmt: skip
"""English units of which there can be one; symbols as Mbps stay as they are."""


def amount(number: str, value: float, unit: str) -> str:
    """The number, as written already, with the unit of so many."""
    if value == 1:
        head, space, rest = unit.partition(" ")
        unit = ONE.get(head, head) + space + rest
    return f"{number} {unit}".strip()
