"""Secondary instances as trees of nodes: what `instance('id')` gives."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from flows import errors, expressions, nouns, xml

MAX_BYTES = 30_000_000
"""Of one attached file: what a phone could hold for a form."""

MAX_ROWS = 30_000
"""Of one attached table: what is looked through within a second, while somebody waits for the next question."""


class Instances(Mapping[str, expressions.Node]):
    """The node above the root of every table and choice list of a flow, by id.

    Each is built when an expression first asks for it: a long list takes seconds, and few are ever looked into.
    """

    def __init__(self, flow: nouns.Flow) -> None:
        self._tables = flow.tables
        self._choices = {name: choices for name, choices in _lists(flow.children) if name not in flow.tables}
        self._built: dict[str, expressions.Node] = {}

    def __getitem__(self, name: str) -> expressions.Node:
        if name not in self._built:
            self._built[name] = self._build(name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._choices
        yield from self._tables

    def __len__(self) -> int:
        return len(self._choices) + len(self._tables)

    def __contains__(self, name: object) -> bool:
        return name in self._choices or name in self._tables

    def _build(self, name: str) -> expressions.Node:
        if name in self._choices:
            return expressions.table(
                [{"name": each.name, "label": each.label, **each.extra} for each in self._choices[name]]
            )
        table = self._tables[name]
        return xml.parse(table.xml, file=name) if table.xml else expressions.table(table.rows)


def _lists(items: tuple[nouns.Item, ...]) -> Iterator[tuple[str, tuple[nouns.Choice, ...]]]:
    for item in items:
        if not isinstance(item, nouns.Question):
            yield from _lists(item.children)
        elif name := item.type.partition(" ")[2]:
            yield name, item.choices


def pulled(text: str) -> frozenset[str]:
    """The tables that an expression looks into by `pulldata`, where it says their names outright."""
    try:
        tree = expressions.parse(text)
    except expressions.ExpressionError:
        return frozenset()
    names = (call.arguments[0] for call in expressions.calls(tree) if call.name == "pulldata")
    return frozenset(name.value for name in names if isinstance(name, expressions.Text))


def attached(file: str, content: bytes) -> nouns.Table:
    """The table in an attached file: CSV, GeoJSON or XML by its name's ending; raises FlowErrors."""
    if len(content) > MAX_BYTES:
        raise _wrong(file, f"The file has more than {MAX_BYTES:,} bytes.", "Leave out rows or columns.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(file, "The file is not in UTF-8.", "Save it as UTF-8.") from None
    match file.rpartition(".")[2].casefold():
        case "csv":
            return nouns.Table(file, _rows(file, text))
        case "geojson":
            return nouns.Table(file, _features(file, text))
        case "xml":
            root = next(iter(xml.parse(text, file=file).children))
            return nouns.Table(file, xml=xml.written(root))
    raise _wrong(file, "Forms take tables as .csv, .geojson or .xml.", "Save it as one of these.")


def _rows(file: str, text: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file, whose first line names the columns."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _wrong(file, f"The file is no CSV: {error}.", "Save it as CSV with commas.") from None
    if len(lines) > MAX_ROWS:
        raise _too_long(file)
    heads = [name.strip() for name in lines[0]] if lines else []
    return tuple(dict(zip(heads, line, strict=False)) for line in lines[1:] if any(line))


def _features(file: str, text: str) -> tuple[dict[str, str], ...]:
    """The features of a GeoJSON file: their properties, and their geometry as ODK writes places."""
    try:
        collection = json.loads(text)
        features = collection["features"]
        if len(features) > MAX_ROWS:
            raise _too_long(file)
        return tuple(_feature(feature) for feature in features)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        what = "The file is no GeoJSON collection of points, lines and shapes."
        raise _wrong(file, what, 'It begins with {"type": "FeatureCollection", "features": […]}.') from None


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    geometry = feature["geometry"]
    places = geometry["coordinates"]
    if geometry["type"] == "Point":
        places = [places]
    elif geometry["type"] == "Polygon":
        places = places[0]
    where = "; ".join(f"{place[1]} {place[0]} 0 0" for place in places)
    properties = {key: "" if value is None else str(value) for key, value in feature["properties"].items()}
    own = {"id": str(feature["id"])} if "id" in feature else {}
    return {"geometry": where, **own, **properties}


def _too_long(file: str) -> errors.FlowErrors:
    return _wrong(file, f"The table has more than {MAX_ROWS:,} rows.", "Split it.")


def _wrong(file: str, what: str, fix: str) -> errors.FlowErrors:
    return errors.FlowErrors([errors.FlowError(file, 0, what, fix)])
