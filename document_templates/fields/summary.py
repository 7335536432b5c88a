"""Page one."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag
from document_templates.fields.risks import RiskRow


class Card(Fields, frozen=True):
    """A key figure of page one."""

    label: str
    value: str


class Decision(Fields, frozen=True):
    """What is needed, from whom, by when."""

    number: str
    what: str
    owner: str
    due: str
    tag: Tag


class Summary(Fields, frozen=True):
    """Page one."""

    warning: str
    """The sentence about the project manager where none is dedicated; empty otherwise."""
    cards: list[list[Card]]
    """Rows of three."""
    decisions: list[Decision]
    risks: list[RiskRow]
    """The five greatest."""
