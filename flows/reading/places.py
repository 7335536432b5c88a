"""Locations typed as two decimal numbers: "-1.286, 36.817", "1.286 S 36.817 E"."""

from __future__ import annotations

import math
import re

from flows import nouns
from flows.reading import outcome, text

NO_FIX = 0.001
"""Degrees around 0, 0, in the sea: what a phone sends whose receiver has found no satellite yet."""

_PAIR = re.compile(
    r"([-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*([nsNS]?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*([ewEW]?)"
)


def place(typed: str) -> outcome.Outcome:
    """The location in the words: latitude first, decimal degrees."""
    match = _PAIR.fullmatch(text.western(typed))
    if match is None:
        return outcome.refused("not_a_place", given=typed)
    latitude = float(match[1]) * (-1 if match[2] in "sS" and match[2] else 1)
    longitude = float(match[3]) * (-1 if match[4] in "wW" and match[4] else 1)
    return located(nouns.Point(latitude, longitude))


def located(point: nouns.Point) -> outcome.Outcome:
    """The point, if it lies on the earth, and is not what a phone sends that does not know where it is."""
    figures = (point.latitude, point.longitude, point.altitude, point.accuracy)
    if not all(map(math.isfinite, figures)) or abs(point.latitude) > 90 or abs(point.longitude) > 180:
        return outcome.refused("no_such_place")
    if max(abs(point.latitude), abs(point.longitude)) < NO_FIX:
        return outcome.refused("no_fix")
    return outcome.Reading(point)


LEAST = {"geotrace": 2, "geoshape": 3}
"""Places that a way, or what encloses something, has at the least."""


def trace(typed: str, kind: str) -> outcome.Outcome:
    """The places in the words, one a line or with `;` between, as XForms writes them; a shape is closed."""
    found: list[nouns.Point] = []
    for part in re.split(r"[;\n]", typed):
        if not part.strip():
            continue
        read = place(part.strip())
        if not isinstance(read, outcome.Reading) or not isinstance(read.value, nouns.Point):
            return read
        found.append(read.value)
    if len(found) < LEAST[kind]:
        return outcome.refused("too_few_places", least=LEAST[kind])
    if kind == "geoshape" and found[0] != found[-1]:
        found.append(found[0])
    return outcome.Reading("; ".join(f"{point.latitude} {point.longitude} 0 0" for point in found))
