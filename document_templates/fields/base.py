"""What every field of a template is."""

from __future__ import annotations

import msgspec


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """A group of fields; a template reaches one by its name and a dot."""


class Tag(Fields, frozen=True):
    """A judgement: sign and word, with a level that a template may colour by."""

    level: str
    """red, amber, green or grey."""
    text: str
