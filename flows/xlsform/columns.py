"""Columns: how the headings of a sheet are understood, as pyxform does it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from pyxform import aliases, constants, question
from pyxform.parsing import sheet_headers

OWN = "groundwork"
"""Our own columns begin with `groundwork::`; ODK's tools pass over them."""

META = "meta"
"""The group of ODK's own data: no form may have one of that name."""

ALIASES: Mapping[str, Mapping[str, Any]] = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "settings": aliases.settings_header,
    "entities": aliases.entities_header,
}

FIELDS: Mapping[tuple[str, ...], str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("control", "jr:count"): "repeat_count",
    ("choice_filter",): "choice_filter",
    ("default",): "default",
}
"""Columns of the sheet survey that hold expressions -> our name of them."""

ENTITY_FIELDS = frozenset({"entity_id", "create_if", "update_if", "label"})
"""Columns of the sheet entities that hold expressions."""


class Cell(msgspec.Struct, frozen=True):
    """A filled cell: its row as the spreadsheet counts, its heading as written and as understood, its text."""

    row: int
    heading: str
    column: tuple[str, ...]
    text: str


def cells(
    sheet: str, rows: Sequence[Mapping[str, Any]] | None, headings: Sequence[Any] | None
) -> Iterator[Cell]:
    """The filled cells of a sheet, row by row."""
    doubled = any("::" in heading for heading in (headings[0] if headings else ()))
    for number, row in enumerate(rows or (), 2):
        for heading, text in row.items():
            if isinstance(text, str):
                yield Cell(number, heading, understood(sheet, heading, doubled=doubled), text)


@functools.lru_cache(maxsize=4096)
def understood(sheet: str, heading: str, *, doubled: bool = True) -> tuple[str, ...]:
    """What a heading stands for: `constraint message::French` is `("bind", "jr:constraintMsg", "French")`."""
    known = set(question.MultipleChoiceQuestion.get_slot_names()) if sheet == constants.SURVEY else set()
    _, tokens = sheet_headers.process_header(heading, doubled, dict(ALIASES.get(sheet, {})), known)
    return tuple(tokens)
