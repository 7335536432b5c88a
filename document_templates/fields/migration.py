"""The data to be moved."""

from __future__ import annotations

from document_templates.fields.base import Fields
from document_templates.fields.branches import Fact


class MigrationRow(Fields, frozen=True):
    """A kind of record to move."""

    number: str
    order: str
    entity: str
    records: str
    source: str
    period: str
    quality: str
    by_hand: str
    template: str


class Migration(Fields, frozen=True):
    """The data to move."""

    strategy: str
    method: str
    facts: list[Fact]
    rows: list[MigrationRow]
    steps: list[str]
    challenges: list[str]
    not_carried: list[str]
    warnings: list[str]
