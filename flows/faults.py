"""A fault of our own, as a log may tell it: where it arose and its kind, not its words, which may be somebody's answer."""

from __future__ import annotations

import traceback


def places(fault: BaseException | None) -> str:
    """The places in the code that led to a fault, and its kind; before it those of the fault that it came of."""
    told: list[str] = []
    while fault is not None:
        told = [*traceback.format_tb(fault.__traceback__), f"{type(fault).__qualname__}\n", *told]
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "".join(told)
