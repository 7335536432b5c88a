"""The document and the institution."""

from __future__ import annotations

from document_templates.fields.base import Fields


class DocumentFacts(Fields, frozen=True):
    """The document itself."""

    title: str
    version: str
    status: str
    date: str
    completeness: str
    classification: str
    """Who may read it, and why."""
    summary_line: str
    """One sentence that says what the document is made of."""
    language: str


class InstitutionFacts(Fields, frozen=True):
    """The institution."""

    name: str
    country: str
    currency: str
    branches: str
    target_date: str
