"""The functions of XPath 1.0 and of ODK's forms, in families; `BY_NAME` is all there is."""

from __future__ import annotations

from flows.expressions.functions import (
    choices,
    dates,
    geometry,
    hashing,
    instances,
    logic,
    nodesets,
    numbers,
    randomness,
    strings,
)
from flows.expressions.functions.registry import Function

FAMILIES = (strings, logic, numbers, nodesets, dates, choices, instances, geometry, hashing, randomness)

BY_NAME: dict[str, Function] = {
    function.name: function for family in FAMILIES for function in family.FUNCTIONS
}
"""Every function by the name that expressions use."""

__all__ = ["BY_NAME", "FAMILIES", "Function"]
