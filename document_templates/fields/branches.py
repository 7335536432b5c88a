"""One page a branch."""

from __future__ import annotations

from document_templates.fields.base import Fields, Tag
from document_templates.fields.gaps import GapRow, WayRow
from document_templates.fields.photos import Photos


class LinkRow(Fields, frozen=True):
    """A line of a branch."""

    number: str
    """Of its first figure; the next two follow."""
    name: str
    technology: str
    provider: str
    speed: str
    availability: str
    cost: str


class LoadRow(Fields, frozen=True):
    """Devices that must keep running through a power cut."""

    device: str
    how_many: str
    watts: str
    battery: str
    """Whether they are on the battery."""


class Fact(Fields, frozen=True):
    """A label with its value."""

    label: str
    value: str


class DeviceRow(Fields, frozen=True):
    """Computers or printers: need, have, missing."""

    what: str
    need: str
    have: str
    missing: str
    tag: Tag


class BranchPage(Fields, frozen=True):
    """One branch's page."""

    name: str
    tag: Tag
    """The gravest of its gaps."""
    missing: str
    """What its gaps are, in one line."""
    profile: list[Fact]
    links: list[LinkRow]
    line: list[Fact]
    line_measures: list[str]
    loads: list[LoadRow]
    power: list[Fact]
    power_measures: list[str]
    """The last one names what must keep running."""
    devices: list[DeviceRow]
    device_measures: list[str]
    environment: list[str]
    gaps: list[GapRow]
    ways: list[WayRow]
    """How the gaps may be filled."""
    advice: list[str]
    """What is advised for each gap, and why."""
    warnings: list[str]
    facts: list[Fact]
    """Profile, lines and power in one list."""
    photos: Photos
