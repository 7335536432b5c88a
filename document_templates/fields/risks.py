"""What could go wrong, and how far the institution is."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag


class ReadyRow(Fields, frozen=True):
    """How ready one place is, and what would raise the whole score most."""

    number: str
    place: str
    score: str
    missing: str


class RiskRow(Fields, frozen=True):
    """A risk."""

    id: str
    what: str
    response: str
    likelihood: str
    impact: str
    score: str
    tag: Tag
    owner: str
    because: str
