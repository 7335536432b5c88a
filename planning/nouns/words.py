"""What a reader sees: a sentence of the catalogue with its values, or words that somebody else wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planning.nouns.base import Noun


class Day(Noun, frozen=True, tag_field="is", tag="day"):
    """A date within a sentence, so that each language writes it its own way."""

    day: dt.date


class Amount(Noun, frozen=True, tag_field="is", tag="amount"):
    """A number with its unit within a sentence."""

    value: float
    unit: str = ""


class Text(Noun, frozen=True, tag_field="is", tag="text"):
    """A sentence of the catalogue, by its id, with the values that fill its places."""

    code: str
    values: Mapping[str, Value] = {}
    """Further texts are said in the same language; several are joined by commas."""


Value = str | int | float | None | Text | Day | Amount | tuple[str | Text, ...]
"""What fills a place in a sentence."""

Words = str | Text
"""What a reader sees: a sentence of the catalogue, or words that somebody else wrote."""
