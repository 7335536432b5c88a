"""Digits as people write them, with points, commas and spaces among them."""

from __future__ import annotations

import math
import re

LARGEST = 10**15
"""Above this a float no longer holds every whole number; no microfinance figure comes near."""

_GROUPED = re.compile(r"\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*")


def value(written: str, *, whole: bool, grouping: str) -> tuple[float, bool] | None:
    """The value of digits with points, commas and spaces in them, and whether it can be read one way only."""
    sign = -1 if written.startswith("-") else 1
    body = written.lstrip("+- ")
    marks = [mark for mark in body if not mark.isdigit()]
    kinds = set(marks)
    certain = True
    if len(kinds) > 2 or (len(kinds) == 2 and marks.count(marks[-1]) > 1):
        return None
    if len(kinds) == 2:
        if marks[-1] in " '":
            return None
        whole_part, _, fraction = body.rpartition(marks[-1])
        if not _GROUPED.fullmatch(whole_part):
            return None
    elif _GROUPED.fullmatch(body) and not body.startswith("0"):
        mark = marks[0]
        groups = mark in " '" or len(marks) > 1 or whole or mark in grouping
        certain = mark in " '" or len(marks) > 1 or mark == grouping == ","
        whole_part, fraction = (body, "") if groups else tuple(body.split(mark))
    elif len(marks) > 1 or kinds & set(" '"):
        return None
    else:
        whole_part, fraction = re.split(r"[.,]", body) if marks else (body, "")
    digits = re.sub(r"\D", "", whole_part) or "0"
    if len(digits) > len(str(LARGEST)):
        return math.inf, certain
    return sign * (float(f"{digits}.{fraction}") if fraction else int(digits)), certain
