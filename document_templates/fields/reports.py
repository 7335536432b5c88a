"""The reports."""

from __future__ import annotations

from document_templates.fields.base import Fields


class ReportRow(Fields, frozen=True):
    """A report the institution needs."""

    number: str
    rank: str
    name: str
    priority: str
    use_case: str
    contents: str
    format: str
    stock: str
    effort: str
    when: str
    """Whether it is due before acceptance testing."""
