"""Choice lists of a form: from its sheets, or from the files beside it."""

from __future__ import annotations

import csv
import io
import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from flows import nouns

OWN_COLUMNS = frozenset({"name", "label", "media", "list name", "list_name", "__row", "parent"})
"""Columns of a choice that are no further columns to filter by."""

MAX_FILE_BYTES = 5_000_000
"""A file of data beside a form; the villages of a country have 2 MB."""

MAX_FILE_ROWS = 50_000
"""As many rows as a sheet may have."""


class FileError(ValueError):
    """A file of data cannot be read; the message says why."""


def further(row: Mapping[str, Any]) -> dict[str, str]:
    """The further columns of a choice, by which a filter may choose."""
    return {
        column: cell for column, cell in row.items() if column not in OWN_COLUMNS and isinstance(cell, str)
    }


def read(name: str, data: bytes) -> tuple[dict[str, str], ...]:
    """The rows of a .csv, .xml or .geojson file; raises FileError."""
    if len(data) > MAX_FILE_BYTES:
        raise FileError(f"it has more than {MAX_FILE_BYTES:,} bytes")
    try:
        rows = _READERS[pathlib.PurePath(name).suffix.lower()](data)
    except KeyError:
        raise FileError("it is no .csv, .xml or .geojson") from None
    except (ValueError, csv.Error, ElementTree.ParseError, RecursionError) as problem:
        raise FileError(f"it cannot be read: {problem}") from None
    if len(rows) > MAX_FILE_ROWS:
        raise FileError(f"it has more than {MAX_FILE_ROWS:,} rows")
    return rows


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


def _csv(data: bytes) -> tuple[dict[str, str], ...]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return tuple(
        {column.strip(): cell.strip() for column, cell in row.items() if column and isinstance(cell, str)}
        for row in csv.DictReader(text)
    )


def _xml(data: bytes) -> tuple[dict[str, str], ...]:
    if b"<!" in data.replace(b"\0", b"").replace(b"<!--", b""):
        raise FileError("it defines XML entities")
    root = ElementTree.fromstring(data)  # noqa: S314  # no entities, and small
    return tuple({cell.tag: (cell.text or "").strip() for cell in item} for item in root)


def _geojson(data: bytes) -> tuple[dict[str, str], ...]:
    features = json.loads(data)["features"]
    return tuple(_feature(feature) for feature in features if isinstance(feature, dict))


def _feature(feature: Mapping[str, Any]) -> dict[str, str]:
    columns = {key: str(cell) for key, cell in (feature.get("properties") or {}).items() if cell is not None}
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Point":
        longitude, latitude, *_ = geometry["coordinates"]
        columns["geometry"] = f"{latitude} {longitude} 0 0"
    if "id" in feature:
        columns["id"] = str(feature["id"])
    return columns


_READERS = {".csv": _csv, ".xml": _xml, ".geojson": _geojson}
