"""From the bytes of an XLSForm to a flow, or to everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from pyxform import constants

from flows import dead_ends, errors, form, nouns
from flows.xlsform import checks, columns, converting, items, lists, opening, remarks, texts

SETTINGS = ("instance_name", "allow_choice_duplicates", "style", "public_key", "submission_url")
"""What the sheet settings may say besides title, id, version and language."""


SAVE_TO = "save_to"

INSTANCE_ID = "${instanceID}"


class Imported(nouns.Noun, frozen=True):
    """A form that runs here, and what is worth knowing about it."""

    flow: nouns.Flow
    remarks: tuple[remarks.Remark, ...] = ()


def load(data: bytes, name: str = "", *, files: Mapping[str, bytes] | None = None) -> Imported:
    """The flow of an XLSForm; `files` are those beside it, by name. Raises FlowErrors."""
    try:
        return _load(data, name, files or {})
    except RecursionError:
        raise opening.refusal(
            name, "Its groups stand too deep inside each other.", "Put fewer groups inside groups."
        ) from None


def _load(data: bytes, name: str, files: Mapping[str, bytes]) -> Imported:
    opened = opening.read(data, name)
    survey = converting.convert(opened, name)
    wrong = tuple(checks.check(opened.sheets, name))
    if wrong:
        raise errors.FlowErrors(wrong)
    words = texts.Texts(opened.sheets, survey)
    builder = items.Builder(survey, words, files)
    builder.external = _external(opened)
    flow = _flow(survey, opened, builder, name)
    try:
        dead_ends.refuse(form.of(flow))
    except errors.FlowErrors as problem:
        raise errors.FlowErrors(_placed(error, name) for error in problem.errors) from None
    return Imported(flow, (*opened.remarks, *_settings_remarks(survey), *builder.remarks))


def _flow(survey: Mapping[str, Any], opened: opening.Opened, builder: items.Builder, name: str) -> nouns.Flow:
    children = builder.items(survey[constants.CHILDREN], "")
    for row, table in checks.pulled(opened.sheets):
        builder.pull(row, table)
    if not children:
        builder.remarks.append(remarks.Remark("empty.form", "survey"))
    own: Mapping[str, Any] = survey.get(columns.OWN) or {}
    language = builder.texts.language if builder.texts.language != texts.DEFAULT else "en"
    return nouns.Flow(
        id=str(survey[constants.ID_STRING]),
        version=str(survey.get("version") or "1"),
        title=builder.texts.setting(("title",), survey.get("title") or survey[constants.ID_STRING]),
        children=(*children, *_metadata(survey)),
        role=nouns.Role(_one_of(nouns.Role, own.get("role"), nouns.Role.SPECIALIST)),
        per=nouns.Per(_one_of(nouns.Per, own.get("per"), nouns.Per.ORGANISATION)),
        about=builder.texts.setting((columns.OWN, "about"), own.get("about")),
        language=str(own.get("language") or language),
        translations=builder.texts.translations,
        tables={**builder.tables, **_further_lists(survey, children)},
        entities=tuple(_entities(opened, survey)),
        root=str(survey[constants.NAME]),
        settings={key: str(survey[key]) for key in SETTINGS if survey.get(key)},
        file=name,
    )


def _placed(error: errors.FlowError, name: str) -> errors.FlowError:
    """An error of the flow, with its sheet and its column."""
    sheet, _, field = error.field.rpartition(".")
    is_column = field in columns.FIELDS.values() or field in columns.ENTITY_FIELDS or field == SAVE_TO
    return msgspec.structs.replace(
        error, file=name, sheet=sheet or constants.SURVEY, column=field if is_column else ""
    )


def _one_of(known: Iterable[str], word: object, otherwise: str) -> str:
    return str(word) if word in list(known) else otherwise


def _metadata(survey: Mapping[str, Any]) -> tuple[nouns.Item, ...]:
    """ODK's own data of a form, where an expression asks for it."""
    if INSTANCE_ID not in json.dumps(survey, default=str):
        return ()
    path = f"{constants.META}/instanceID"
    known = nouns.Question("hidden", "instanceID", path, preload="uid")
    return (nouns.Group(constants.META, constants.META, (known,)),)


def _further_lists(survey: Mapping[str, Any], children: Iterable[nouns.Item]) -> dict[str, nouns.Table]:
    """The choice lists of which no question offers the choices: expressions may look into them."""
    offered = set(_offered(children))
    return {
        name: nouns.Table(rows=tuple(_row(choice) for choice in choices))
        for name, choices in survey.get(constants.CHOICES, {}).items()
        if name not in offered
    }


def _offered(children: Iterable[nouns.Item]) -> Iterator[str]:
    for item in children:
        if isinstance(item, nouns.Question):
            yield item.type.partition(" ")[2]
        else:
            yield from _offered(item.children)


def _row(choice: Mapping[str, Any]) -> dict[str, str]:
    label = choice.get("label") or ""
    said = next(iter(label.values()), "") if isinstance(label, Mapping) else label
    row = {"name": str(choice["name"]), "label": str(said), **lists.further(choice)}
    return {column: cell for column, cell in row.items() if cell}


def _external(opened: opening.Opened) -> dict[str, list[Mapping[str, Any]]]:
    """The lists of the sheet external_choices."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    rows: dict[int, dict[str, Any]] = {}
    sheets = opened.sheets
    for cell in columns.cells("choices", sheets.external_choices, sheets.external_choices_header):
        rows.setdefault(cell.row, {})["::".join(cell.column)] = cell.text
    for number, row in rows.items():
        found.setdefault(str(row.get("list name", "")), {})[number] = row
    return {name: list(members.values()) for name, members in found.items()}


def _entities(opened: opening.Opened, survey: Mapping[str, Any]) -> Iterator[nouns.Entity]:
    """What the answers create or update in a register."""
    rows: dict[int, dict[str, str]] = {}
    sheets = opened.sheets
    for cell in columns.cells("entities", sheets.entities, sheets.entities_header):
        rows.setdefault(cell.row, {})[cell.column[0]] = cell.text.strip()
    within = dict(_declared(survey[constants.CHILDREN], ""))
    for line, row in rows.items():
        dataset = row.get("dataset", "")
        yield nouns.Entity(
            dataset=dataset,
            within=within.get(dataset, ""),
            line=line,
            **{field: row.get(field, "") for field in sorted(columns.ENTITY_FIELDS)},
        )


def _declared(children: Iterable[Mapping[str, Any]], above: str) -> Iterator[tuple[str, str]]:
    """Each dataset with the path of the group or repeat into which pyxform has put its entity."""
    for child in children:
        inside = child.get(constants.CHILDREN, ())
        if child[constants.TYPE] == constants.ENTITY:
            named = {each[constants.NAME]: each.get("value", "") for each in inside}
            yield named["dataset"], above.rpartition(constants.META)[0].rstrip("/")
        elif child[constants.TYPE] in (constants.GROUP, constants.REPEAT):
            name = str(child[constants.NAME])
            yield from _declared(inside, f"{above}/{name}" if above else name)


def _settings_remarks(survey: Mapping[str, Any]) -> Iterator[remarks.Remark]:
    if survey.get("public_key"):
        yield remarks.Remark("encryption", "settings")
    if survey.get("style"):
        yield remarks.Remark("style", "settings", name=str(survey["style"]))
