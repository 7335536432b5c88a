"""Choice lists of a form: from its sheets, or from the files beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows import nouns, tables, xml
from flows.expressions import Kind

OWN_COLUMNS = frozenset({"name", "label", "media", "list name", "list_name", "__row", "parent"})
"""Columns of a choice that are no further columns to filter by."""


def further(row: Mapping[str, Any]) -> dict[str, str]:
    """The further columns of a choice, by which a filter may choose."""
    return {
        column: cell for column, cell in row.items() if column not in OWN_COLUMNS and isinstance(cell, str)
    }


def read(file: str, content: bytes) -> tuple[dict[str, str], ...]:
    """The rows of a .csv, .xml or .geojson file; raises FlowErrors."""
    table = tables.attached(file, content)
    if not table.xml:
        return table.rows
    [root] = xml.parse(table.xml, file=file).children
    items = (item for item in root.children if item.kind is Kind.ELEMENT)
    return tuple(
        {cell.name: cell.text.strip() for cell in item.children if cell.kind is Kind.ELEMENT}
        for item in items
    )


def choices(
    rows: Sequence[Mapping[str, str]], *, value: str = "name", label: str = "label"
) -> tuple[nouns.Choice, ...]:
    """The rows as choices; rows without a name are no choices."""
    return tuple(
        nouns.Choice(
            row[value],
            row.get(label) or row[value],
            {column: cell for column, cell in row.items() if cell and column not in (value, label)},
        )
        for row in rows
        if row.get(value)
    )
