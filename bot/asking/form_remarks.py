"""What a questionnaire's file says that chat does otherwise, in words: a line for each kind of remark."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from flows import words as wording
from flows.xlsform import remarks

NAMED = 5
"""Questions that a line of the report names before it only counts them."""

LACKING = frozenset({"file.missing", "file.unreadable", "empty.form"})
"""Remarks with which a form cannot be asked."""


def report(found: Iterable[remarks.Remark], words: wording.Catalogue) -> Iterator[str]:
    """What is worth knowing about a form, a line for each kind."""
    ordered = sorted(found, key=lambda remark: (remark.code, remark.row))
    for code, group in itertools.groupby(ordered, key=lambda remark: remark.code):
        names = list(dict.fromkeys(remark.name for remark in group))
        shown = ", ".join(names[:NAMED])
        if len(names) > NAMED:
            shown = words.say("import.more", names=shown, n=len(names) - NAMED)
        yield words.say(f"remark.{code}", names=shown)
