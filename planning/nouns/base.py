"""What every noun of a plan is, and two limits on what a plan says."""

from __future__ import annotations

import msgspec


class Noun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value: equal by content, never changed in place."""


YEARS_AHEAD = 20
"""A day further from today than these years is a slip."""

MOST_NAMED = 12
"""Branches that a sentence names; who has more finds the rest in the plan."""
