"""Items: what pyxform's JSON says of questions, groups and repeats, as a flow has them."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyxform import aliases, constants, utils

from flows import errors, form, kinds, nouns, others, wording
from flows.xlsform import columns, converting, lists, remarks, texts, types

Json = Mapping[str, Any]

_WORDS: Mapping[str, tuple[str, ...]] = {
    "label": ("label",),
    "hint": ("hint",),
    "guidance_hint": ("guidance_hint",),
    "constraint_message": ("bind", "jr:constraintMsg"),
    "required_message": ("bind", "jr:requiredMsg"),
}
"""What people read, by our name of it -> its column as pyxform understands it."""

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_OR_OTHER = re.compile(r" (or specify other|or_other|or other)$")
_GENERATED_LABEL = "generated_table_list_label_"
_GENERATED_HEADER = "reserved_name_for_field_list_labels_"


class Builder:
    """Makes the items of one form, and gathers translations, tables and remarks on the way."""

    def __init__(self, survey: Json, words: texts.Texts, files: Mapping[str, bytes]) -> None:
        self.survey = survey
        self.texts = words
        self.files = files
        self.tables: dict[str, nouns.Table] = {}
        self.remarks: list[remarks.Remark] = []
        self.external: Mapping[str, Sequence[Json]] = {}
        self._lists: dict[str, tuple[nouns.Choice, ...]] = {}
        self._repeats = _repeats_of(survey)

    def items(self, children: Sequence[Json], above: str) -> tuple[nouns.Item, ...]:
        """The items of a form, a group or a repeat."""
        return tuple(item for child in children for item in self._item(child, children, above))

    def _item(self, child: Json, siblings: Sequence[Json], above: str) -> Iterator[nouns.Item]:
        type_, name = child[constants.TYPE], str(child[constants.NAME])
        path = f"{above}/{name}" if above else name
        if type_ in types.EXTERNAL:
            self._external_file(child)
        elif type_ == "entity" or name == constants.META or _is_generated(child, siblings):
            return
        elif type_ == constants.LOOP:
            yield from self._holder({**child, constants.CHILDREN: _looped(child)}, siblings, path)
        elif type_ in (constants.GROUP, constants.REPEAT):
            yield from self._holder(child, siblings, path)
        elif self._has_other(child):
            yield from others.asked(self._question(child, path))
        elif not self._asks_which(child, siblings):
            yield self._question(child, path)

    def _has_other(self, child: Json) -> bool:
        return _OR_OTHER.search(self.texts.cell(_line(child), "type")) is not None

    def _asks_which(self, child: Json, siblings: Sequence[Json]) -> bool:
        """Whether it is the question that pyxform added behind an `or_other`."""
        return not _line(child) and any(
            child[constants.NAME] == f"{each[constants.NAME]}{others.SUFFIX}" and self._has_other(each)
            for each in siblings
        )

    # --- groups and repeats ------------------------------------------------------------------------

    def _holder(self, child: Json, siblings: Sequence[Json], path: str) -> Iterator[nouns.Item]:
        children = self.items(child[constants.CHILDREN], path)
        generated: Json = next((each for each in child[constants.CHILDREN] if _labels_table(each)), {})
        control, bind = child.get("control") or {}, child.get("bind") or {}
        label = self._said({**generated, **child}, path, "label")
        self._remark_looks(child, path)
        if not children:
            self._remark("empty", child, path)
            return
        common: dict[str, Any] = {
            "name": str(child[constants.NAME]),
            "path": path,
            "children": children,
            "relevant": _expression(bind.get("relevant")),
            "read_only": _expression(bind.get("readonly")),
            "appearance": self.texts.cell(_line(child), "control", "appearance")
            or str(control.get("appearance", "")),
            "line": _line(child),
        }
        if child[constants.TYPE] != constants.REPEAT:
            yield nouns.Group(label=label, **common)
            return
        own = _own(child)
        yield nouns.Repeat(
            label=label or _readable(common["name"]),
            hint=self._said(child, path, "hint"),
            repeat_count=_expression(_count(control.get("jr:count"), siblings)),
            is_fixed=own.get("is_fixed") == "yes",
            seed=_words(own.get("seed")),
            **common,
        )

    # --- questions ---------------------------------------------------------------------------------

    def _question(self, child: Json, path: str) -> nouns.Question:
        type_, bind, control = child[constants.TYPE], child.get("bind") or {}, child.get("control") or {}
        kind = types.kind(type_)
        constraint, hint = types.defaults(type_)
        label = self._said(child, path, "label")
        said_hint = self._said(child, path, "hint") or hint
        calculation = _expression(_plain(bind.get("calculate")))
        if not label and not said_hint and not child.get("media"):
            # pyxform shows nobody a question without words; what it computes is still there
            kind = kind if kind in ("hidden", "calculate") else "calculate" if calculation else "hidden"
        self._remark_looks(child, path)
        if type_ in types.BACKGROUND:
            self._remark("background", child, path)
        own = _own(child)
        offers = kind in kinds.SELECTS
        # what marks places on the map of a geopoint is no list to choose from
        list_name, choices, itemset = self._choices(child) if offers else ("", (), None)
        is_silent = kind in ("hidden", "calculate")
        return nouns.Question(
            type=f"{kind} {list_name}".strip() if not is_silent else kind,
            name=str(child[constants.NAME]),
            path=path,
            label=label or ("" if is_silent else said_hint or _readable(str(child[constants.NAME]))),
            hint=said_hint if label else "",
            guidance_hint=self._said(child, path, "guidance_hint"),
            choices=() if is_silent else choices,
            itemset=None if is_silent else itemset,
            relevant=_expression(bind.get("relevant")),
            required=_expression(bind.get("required")),
            required_message=self._said(child, path, "required_message"),
            constraint=_expression(_plain(bind.get("constraint"))) or constraint,
            constraint_message=self._said(child, path, "constraint_message"),
            calculation=calculation,
            default=self._default(child),
            trigger=tuple(wording.bare(word) for word in child.get("trigger") or ()),
            choice_filter=_expression(child.get("choice_filter")) if offers else "",
            read_only=_expression(bind.get("readonly")),
            appearance=self.texts.cell(_line(child), "control", "appearance")
            or str(control.get("appearance", "")),
            parameters=self._parameters(child),
            preload=types.preload(type_, bind),
            save_to=str(bind.get(constants.ENTITIES_SAVETO_NS, "")),
            seed=_words(own.get("seed")),
            unit=str(own.get("unit", "")),
            plausible=_expression(own.get("plausible")),
            evidence=_words(own.get("evidence")),
            together=_words(own.get("together")),
            short=str(own.get("short", "")),
            example=str(own.get("example", "")),
            follow_up=str(own.get("follow_up", "")),
            agenda=str(own.get("agenda", "")),
            line=_line(child),
        )

    def _default(self, child: Json) -> str:
        default = str(child.get("default") or "")
        if texts.LAST_SAVED.search(default):
            self._remark("last_saved", child, str(child[constants.NAME]))
            return ""
        if not utils.default_is_dynamic(default, child[constants.TYPE]):
            return self.texts.said("", _line(child), ("default",), default)
        # a sum without a call is a text to a flow unless it stands in brackets
        return default if form.is_dynamic(default) else f"({default})"

    def _parameters(self, child: Json) -> dict[str, str]:
        given = child.get("parameters") or {}
        if not isinstance(given, Mapping):
            return dict(pair.split("=", 1) for pair in str(given).replace(" =", "=").split() if "=" in pair)
        return {str(key): str(value) for key, value in given.items() if value is not None}

    # --- choices -----------------------------------------------------------------------------------

    def _choices(self, child: Json) -> tuple[str, tuple[nouns.Choice, ...], nouns.Itemset | None]:
        """The name of the choice list with its choices, or where among the answers they are found."""
        if child[constants.TYPE] == constants.SELECT_ONE_EXTERNAL:
            name = str(child.get("query", child.get(constants.ITEMSET)))
            rows = [{**row, "name": str(row.get("name", ""))} for row in self.external.get(name, ())]
            return name, self._list(name, rows), None
        name = str(child.get(constants.ITEMSET) or child.get(constants.LIST_NAME_U) or "")
        if not name:
            return "", (), None
        if reference := _REFERENCE.fullmatch(name.strip()):
            column = reference[1]
            nodes = f"${{{self._repeats.get(column, column)}}}[./{column} != '']"
            return name, (), nouns.Itemset(nodes, column, column)
        if pathlib.PurePath(name).suffix in constants.EXTERNAL_INSTANCE_EXTENSIONS:
            return self._from_file(child, name)
        return name, self._list(name, self.survey.get(constants.CHOICES, {}).get(name, ())), None

    def _list(self, name: str, rows: Sequence[Json]) -> tuple[nouns.Choice, ...]:
        if name not in self._lists:
            self._lists[name] = tuple(
                nouns.Choice(
                    str(row[constants.NAME]),
                    self.texts.choice(name, str(row[constants.NAME]), row.get("label")) or str(row[constants.NAME]),
                    lists.further(row),
                )
                for row in rows
                if row.get(constants.NAME)
            )  # fmt: skip
            if any(row.get("media") for row in rows):
                self.remarks.append(remarks.Remark("media", "choices", name=name))
        return self._lists[name]

    def _from_file(self, child: Json, file: str) -> tuple[str, tuple[nouns.Choice, ...], None]:
        parameters = self._parameters(child)
        is_geojson = file.endswith(".geojson")
        value = parameters.get("value") or ("id" if is_geojson else "name")
        label = parameters.get("label") or ("title" if is_geojson else "label")
        name = pathlib.PurePath(file).stem
        rows = self._file(child, file)
        if rows and not any(row.get(value) for row in rows):
            self._remark("file.unreadable", child, f"{file}: No row has anything in the column {value}")
        return name, lists.choices(rows, value=value, label=label), None

    def _external_file(self, child: Json) -> None:
        extension = ".csv" if child[constants.TYPE] == "csv-external" else ".xml"
        name = pathlib.PurePath(str(child[constants.NAME])).stem
        self.tables[name] = nouns.Table(file=name + extension, rows=self._file(child, name + extension))

    def pull(self, row: int, name: str) -> None:
        """Read the file that `pulldata` looks into, unless a row of its own names it already."""
        if name not in self.tables:
            file = f"{name}.csv"
            self.tables[name] = nouns.Table(file=file, rows=self._file({converting.ROW: row}, file))

    def _file(self, child: Json, file: str) -> tuple[dict[str, str], ...]:
        # files are sent in chat, where a name has no folders
        file = pathlib.PurePath(file.replace("\\", "/")).name
        if file not in self.files:
            self._remark("file.missing", child, file)
            return ()
        try:
            return lists.read(file, self.files[file])
        except errors.FlowErrors as problem:
            self._remark("file.unreadable", child, f"{file}: {problem.errors[0].what.rstrip('.')}")
            return ()

    def _said(self, child: Json, path: str, field: str) -> str:
        """The words of one of an item's columns in the form's language."""
        column = _WORDS[field]
        words: Any = child
        for key in column:
            words = words.get(key) if isinstance(words, Mapping) else None
        return self.texts.said(f"{path}:{field}", _line(child), column, words)

    # --- remarks -----------------------------------------------------------------------------------

    def _remark(self, code: str, child: Json, name: str) -> None:
        self.remarks.append(remarks.Remark(code, "survey", _line(child), name))

    def _remark_looks(self, child: Json, path: str) -> None:
        for look in remarks.looks(str((child.get("control") or {}).get("appearance", ""))):
            self._remark(f"look.{look}", child, path)
        if child.get("media"):
            self._remark("media", child, path)
        if (child.get("control") or {}).get("intent"):
            self._remark("intent", child, path)


def _line(child: Json) -> int:
    return int(child.get(converting.ROW, 0))


def _own(child: Json) -> Mapping[str, str]:
    own = child.get(columns.OWN)
    return own if isinstance(own, Mapping) else {}


def _expression(cell: object) -> str:
    """An expression as the flow has it: nothing is known of an earlier form, so its answers are empty."""
    return texts.LAST_SAVED.sub("''", str(cell or ""))


def _plain(cell: object) -> object:
    """`yes` and `no` as an expression."""
    return aliases.BINDING_CONVERSIONS.get(str(cell), cell)


def _words(cell: object) -> tuple[str, ...]:
    return tuple(str(cell or "").split())


def _readable(name: str) -> str:
    """A name as words, for what has none."""
    return name.replace("_", " ").strip().capitalize() or name


def _repeats_of(survey: Json, repeat: str = "") -> dict[str, str]:
    """The name of each question in a repeat -> the innermost repeat's."""
    found = {}
    for child in survey.get(constants.CHILDREN, ()):
        inner = str(child[constants.NAME]) if child[constants.TYPE] == constants.REPEAT else repeat
        if repeat:
            found[str(child[constants.NAME])] = repeat
        found |= _repeats_of(child, inner)
    return found


def _labels_table(child: Json) -> bool:
    return str(child[constants.NAME]).startswith(_GENERATED_LABEL) and not _line(child)


def _is_generated(child: Json, siblings: Sequence[Json]) -> bool:
    """Whether pyxform added it: the count of a repeat, or the headings of a grid."""
    if _line(child):
        return False
    name = str(child[constants.NAME])
    counts = (str((each.get("control") or {}).get("jr:count", "")) for each in siblings)
    return name.startswith((_GENERATED_LABEL, _GENERATED_HEADER)) or f"${{{name}}}" in counts


def _count(cell: object, siblings: Sequence[Json]) -> object:
    """The count of a repeat as its author wrote it."""
    name = wording.bare(str(cell or ""))
    generated = (each for each in siblings if each[constants.NAME] == name and not _line(each))
    return next((each["bind"]["calculate"] for each in generated), cell)


def _looped(child: Json) -> list[Json]:
    """The children of a loop: a group for each choice of its list, with `%(name)s` and `%(label)s` filled in."""
    return [
        {
            constants.TYPE: constants.GROUP,
            constants.NAME: choice[constants.NAME],
            "label": choice.get("label"),
            converting.ROW: child.get(converting.ROW, 0),
            constants.CHILDREN: [_filled(each, choice) for each in child[constants.CHILDREN]],
        }
        for choice in child.get(constants.COLUMNS, ())
        if choice[constants.NAME] != "none"
    ]


def _filled(value: Any, choice: Json, language: str = "") -> Any:
    """The cells of a loop's item, those by language each in its own."""
    if isinstance(value, Mapping):
        return {key: _filled(each, choice, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_filled(each, choice, language) for each in value)
    if isinstance(value, str):
        for column in ("name", "label"):
            value = value.replace(f"%({column})s", _in_language(choice.get(column), language))
    return value


def _in_language(words: object, language: str) -> str:
    """Words in a language, or in the first that they have."""
    if not isinstance(words, Mapping):
        return str(words or "")
    return str(words.get(language) or next(iter(words.values()), ""))
