"""The change history."""

from __future__ import annotations

from document_templates.fields.base import Fields


class HistoryRow(Fields, frozen=True):
    """A version that was issued, and what changed with it."""

    version: str
    date: str
    who: str
    """Who asked for it."""
    changes: list[str]
    """What weighs most first; never empty."""
