"""Where Mifos runs, how it is secured and set up."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag
from document_templates.fields.branches import Fact
from document_templates.fields.gaps import GapRow, WayRow


class HostingOptionRow(Fields, frozen=True):
    """A way to run the servers."""

    number: str
    name: str
    tag: Tag
    reasons: str
    cost: str
    wished: str


class Hosting(Fields, frozen=True):
    """The servers."""

    facts: list[Fact]
    options: list[HostingOptionRow]
    gaps: list[GapRow]
    ways: list[WayRow]
    advice: list[str]
    warnings: list[str]


class SecurityRow(Fields, frozen=True):
    """A requirement of security or backup."""

    item: str
    tag: Tag
    measure: str


class SettingRow(Fields, frozen=True):
    """A decision of the configuration workbook."""

    what: str
    """With a word where it cannot be changed later."""
    places: list[str]
    """Where it is set in Mifos: in words, and by Mifos's own names."""
    comes: str
    chosen: str
    tag: Tag
    decider: str
