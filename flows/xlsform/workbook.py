"""A flow as an XLSForm workbook that ODK's tools take; our own columns begin with `groundwork::`."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import babel

from flows import form, kinds, loading, nouns, sheets, tables, writing
from flows.xlsform import columns

SURVEY_COLUMNS: Mapping[str, str] = {
    "label": "label",
    "hint": "hint",
    "guidance_hint": "guidance_hint",
    "required": "required",
    "required_message": "required_message",
    "relevant": "relevant",
    "constraint": "constraint",
    "constraint_message": "constraint_message",
    "calculation": "calculation",
    "default": "default",
    "trigger": "trigger",
    "choice_filter": "choice_filter",
    "read_only": "read_only",
    "repeat_count": "repeat_count",
    "appearance": "appearance",
    "parameters": "parameters",
    "save_to": "save_to",
    "seed": f"{columns.OWN}::seed",
    "unit": f"{columns.OWN}::unit",
    "plausible": f"{columns.OWN}::plausible",
    "evidence": f"{columns.OWN}::evidence",
    "together": f"{columns.OWN}::together",
    "short": f"{columns.OWN}::short",
    "example": f"{columns.OWN}::example",
    "follow_up": f"{columns.OWN}::follow_up",
    "agenda": f"{columns.OWN}::agenda",
    "is_fixed": f"{columns.OWN}::is_fixed",
}
"""Fields of items -> headings, in the order in which people read them."""

PRELOADS: Mapping[str, str] = {
    "timestamp start": "start",
    "timestamp end": "end",
    "date today": "today",
    "property deviceid": "deviceid",
    "property phonenumber": "phonenumber",
    "property username": "username",
    "property email": "email",
}
"""What a device fills in by itself -> XLSForm's type for it."""

Row = dict[str, str]


def write(flow: nouns.Flow) -> bytes:
    """The workbook, with the sheets survey, choices, settings and, where there are any, entities.

    Tables that `pulldata` looks into are not in it: ODK takes these only as `files` beside the form.
    """
    beside = _pulled(flow.children)
    rows: dict[str, Sequence[Row]] = {
        "survey": list(_survey(flow, flow.children, beside)),
        "choices": list(_choices(flow, beside)),
        "settings": [_settings(flow)],
        "entities": [_entity(entity) for entity in flow.entities],
    }
    return sheets.workbook({name: _table(name, found) for name, found in rows.items() if found})


def files(flow: nouns.Flow) -> dict[str, bytes]:
    """The .csv files that belong beside the workbook, by name."""
    lists = writing.lists(flow.children)
    found = {}
    for name in sorted(_pulled(flow.children)):
        rows: Sequence[Mapping[str, str]] = ()
        if name in flow.tables:
            rows = flow.tables[name].rows
        elif name in lists:
            rows = [{"name": each.name, "label": each.label} | each.extra for each in lists[name]]
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        if headings:
            made = io.StringIO(newline="")
            writer = csv.DictWriter(made, headings, restval="")
            writer.writeheader()
            writer.writerows(rows)
            found[f"{name}.csv"] = made.getvalue().encode()
    return found


def _pulled(items: Iterable[nouns.Item]) -> frozenset[str]:
    """The tables that the items' expressions look into by `pulldata`."""
    found: frozenset[str] = frozenset()
    for item in items:
        cells = (getattr(item, field, "") for field in SURVEY_COLUMNS)
        for cell in cells:
            if isinstance(cell, str) and "pulldata" in cell:
                found |= tables.pulled(cell)
        if not isinstance(item, nouns.Question):
            found |= _pulled(item.children)
    return found


def _table(sheet: str, rows: Sequence[Row]) -> list[list[sheets.Cell]]:
    """The rows under their headings; only columns that hold something, in the order of the sheet."""
    order = [*_FIRST[sheet], *SURVEY_COLUMNS.values()] if sheet in _FIRST else []
    found = dict.fromkeys(heading for row in rows for heading, cell in row.items() if cell)

    def place(heading: str) -> int:
        column = heading if heading in order else heading.partition("::")[0]
        return order.index(column) if column in order else len(order)

    headings = sorted(found, key=place)
    table: list[list[sheets.Cell]] = [list(headings)]
    table += [[row.get(heading) or None for heading in headings] for row in rows]
    return table


_FIRST: Mapping[str, tuple[str, ...]] = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}


# --- survey ----------------------------------------------------------------------------------------


def _survey(flow: nouns.Flow, items: tuple[nouns.Item, ...], beside: frozenset[str]) -> Iterator[Row]:
    for item in writing.without_asked(items):
        if item.name == columns.META:
            continue
        row = {"type": _type(item, beside), "name": item.name} | _fields(flow, item)
        if isinstance(item, nouns.Question):
            yield row
            continue
        kind = kinds.HOLDERS[isinstance(item, nouns.Repeat)]
        yield row | {"type": f"begin_{kind}"}
        yield from _survey(flow, item.children, beside)
        yield {"type": f"end_{kind}", "name": item.name}


def _fields(flow: nouns.Flow, item: nouns.Item) -> Row:
    row = {heading: _cell(field, getattr(item, field, "")) for field, heading in SURVEY_COLUMNS.items()}
    if len(flow.entities) > 1 and row["save_to"]:
        row["save_to"] = f"{_dataset(flow, item)}#{row['save_to']}"
    for field in loading.TRANSLATED:
        row |= _translated(flow, f"{item.path}:{field}", SURVEY_COLUMNS[field])
    return row


def _dataset(flow: nouns.Flow, item: nouns.Item) -> str:
    """The dataset of the entity that keeps an answer."""
    kept = {
        place.path: declared.entity.dataset
        for declared in form.of(flow).declarations
        for place in declared.properties.values()
    }
    return kept[item.path]


def _type(item: nouns.Item, beside: frozenset[str]) -> str:
    if not isinstance(item, nouns.Question):
        return ""
    if item.preload:
        return PRELOADS.get(item.preload, item.type)
    kind, _, choices = item.type.partition(" ")
    if choices in beside:
        return f"{kind}_from_file {choices}.csv"
    return f"{item.type} {loading.OTHER}" if item.or_other else item.type


def _cell(field: str, value: object) -> str:
    match value:
        case True:
            return "yes"
        case dict():
            return " ".join(f"{key}={each}" for key, each in value.items())
        case tuple() if field == "trigger":
            return ", ".join(f"${{{name}}}" for name in value)
        case tuple():
            return " ".join(value)
        case str():
            return value
    return ""


# --- the other sheets ------------------------------------------------------------------------------


def _choices(flow: nouns.Flow, beside: frozenset[str]) -> Iterator[Row]:
    for list_name, choices in writing.lists(flow.children).items():
        for choice in choices if list_name not in beside else ():
            row = {"list_name": list_name, "name": choice.name, "label": choice.label}
            yield row | _translated(flow, f"{list_name}:{choice.name}", "label") | choice.extra
    for name, table in flow.tables.items():
        for cells in table.rows if not table.file and name not in beside else ():
            yield {"list_name": name, "name": "", "label": ""} | cells


def _translated(flow: nouns.Flow, identifier: str, heading: str) -> Row:
    return {
        f"{heading}::{language}": texts[identifier]
        for language, texts in flow.translations.items()
        if identifier in texts
    }


def _settings(flow: nouns.Flow) -> Row:
    return {
        "form_title": flow.title,
        "form_id": flow.id,
        "version": flow.version,
        "default_language": _named(flow.language) if flow.translations else "",
        "name": flow.root if flow.root != loading.ROOT else "",
        **flow.settings,
        f"{columns.OWN}::role": str(flow.role),
        f"{columns.OWN}::per": str(flow.per),
        f"{columns.OWN}::about": flow.about,
        f"{columns.OWN}::language": flow.language,
    }


def _entity(entity: nouns.Entity) -> Row:
    return {
        "list_name": entity.dataset,
        "label": entity.label,
        "entity_id": entity.entity_id,
        "create_if": entity.create_if,
        "update_if": entity.update_if,
    }


@functools.cache
def _named(language: str) -> str:
    """A language in XLSForm's manner, as `French (fr)`."""
    try:
        name = babel.Locale.parse(language.replace("-", "_")).get_language_name("en")
    except (ValueError, babel.UnknownLocaleError):
        return language
    return f"{name} ({language})"
