"""The words of the trade that this plan uses, explained: a board reads them, and half of it is new to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from document_templates import fields
from document_templates.teller import Teller

TERMS = (
    "acceptance", "ah", "contingency", "cut_over", "gap", "inverter", "kbps", "milestone", "open_point", "pilot",
    "rehearsal", "rule_of_thumb", "sim", "ups", "va", "wave",
)  # fmt: skip


def of(tell: Teller, told: fields.Document) -> list[fields.TermRow]:
    """The terms that occur, in the order of the alphabet."""
    parts = msgspec.structs.asdict(told)
    # the catalogue holds every word there is, used or not
    del parts["word"]
    text = "\n".join(_texts(msgspec.to_builtins(parts)))
    rows = [
        fields.TermRow(term=tell.word(f"term_{term}"), meaning=tell.word(f"means_{term}")) for term in TERMS
    ]
    used = [row for row in rows if _pattern(row.term).search(text)]
    return sorted(used, key=lambda row: row.term.casefold())


def _pattern(term: str) -> re.Pattern[str]:
    """A word with any ending, since words have plurals; an abbreviation just as it is written."""
    if term.islower():
        return re.compile(rf"\b{re.escape(term)}", re.IGNORECASE)
    return re.compile(rf"\b{re.escape(term)}\b")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
