"""What every noun of an assessment is."""

from __future__ import annotations

import msgspec


class Noun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value: equal by content, never changed in place (`msgspec.structs.replace` makes the next one)."""
