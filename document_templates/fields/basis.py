"""What the plan rests on, what a branch needs before it begins, and who signs."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag


class Basis(Fields, frozen=True):
    """What the plan rests on, as sentences; each list says so where nothing is known."""

    scope: list[str]
    assumptions: list[str]
    constraints: list[str]
    dependencies: list[str]
    tolerances: list[str]
    """How far the plan may be missed before somebody above the project manager decides."""


class ConditionRow(Fields, frozen=True):
    """Something that must be true before a branch begins."""

    what: str
    tag: Tag
    """Whether it is true today."""


class Signer(Fields, frozen=True):
    """Somebody who signs the plan."""

    role: str
    name: str
    """Empty where it is not known: it is written in by hand."""
    signature: str
    """That it was signed in chat; empty where it is signed by hand."""
    date: str
    """On which day; empty where it is signed by hand."""


class GoLive(Fields, frozen=True):
    """Whether a branch begins, how it goes back, and who signs."""

    conditions: list[ConditionRow]
    decides: list[str]
    """What was said about who decides, and on what conditions."""
    way_back: list[str]
    signers: list[Signer]


class TermRow(Fields, frozen=True):
    """A word of the trade that the plan uses."""

    term: str
    meaning: str
