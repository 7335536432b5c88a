"""A gap and the ways to fill it."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag


class GapRow(Fields, frozen=True):
    """Something needed that is not there."""

    number: str
    """Of its figures; a dash where it has none."""
    id: str
    area: str
    what: str
    need: str
    have: str
    missing: str
    tag: Tag
    support: str
    urgency: str
    score: str
    times: str
    use_case: str
    resolution: str
    """With a word where nobody chose it yet."""
    effort: str
    note: str


class WayRow(Fields, frozen=True):
    """A way to fill a gap."""

    number: str
    gap: str
    way: str
    """With a sign where it is advised."""
    what: str
    cost: str
    """Over the plan's years."""
    days: str
    tag: Tag
