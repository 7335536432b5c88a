"""Flow files, written: what `loading` reads, in the order in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import yaml

from flows import errors, kinds, loading, nouns, others

WIDTH = 110
"""Characters of a line, as in the shipped flows."""


class _Inline(dict[str, Any]):
    """Keys with values in one line: a choice."""


class _Words(list[str]):
    """A list of words in one line."""


class _Dumper(yaml.SafeDumper):
    """YAML with short lists and choices in one line, and list items set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # PyYAML's signature
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Inline,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True),
)
_Dumper.add_representer(
    _Words, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


UNWRITTEN = ("actions", "entries", "values")
"""What a flow has of an XForm alone, and a file of ours has no words for."""


def text(flow: nouns.Flow) -> str:
    """The flow as the text of a file; raises FlowErrors for one that a file cannot hold whole."""
    lost = [f"`{field}`" for field in UNWRITTEN if getattr(flow, field)]
    lost += [f"the table `{name}`" for name, table in flow.tables.items() if table.xml]
    if lost:
        what = f"A flow file cannot hold {', '.join(lost)} of this form."
        raise errors.FlowErrors([errors.FlowError(flow.file, 0, what, "Send the XForm itself with /survey.")])
    writer = _Writer(flow)
    top = {
        "flow": flow.id,
        "version": flow.version,
        "title": flow.title,
        "role": str(flow.role),
        "per": str(flow.per),
        "about": flow.about,
        "language": flow.language,
        "root": flow.root if flow.root != loading.ROOT else "",
        "choices": {name: writer.choices(name, choices) for name, choices in lists(flow.children).items()},
        "tables": {name: [_Inline(row) for row in table.rows] for name, table in flow.tables.items()},
        "entities": [_filled(entity, loading.ENTITY_KEYS) for entity in flow.entities],
        "settings": flow.settings,
        "namespaces": flow.namespaces,
        "survey": writer.items(flow.children),
    }
    kept = {key: value for key, value in top.items() if value or key == "survey"}
    return yaml.dump(kept, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def lists(items: tuple[nouns.Item, ...]) -> dict[str, tuple[nouns.Choice, ...]]:
    """The choice lists of a flow's questions by name, without the choices that `or_other` adds."""
    found: dict[str, tuple[nouns.Choice, ...]] = {}
    for question in _questions(items):
        name = question.type.partition(" ")[2]
        if name and question.itemset is None:
            known = found.get(name)
            if known is None or len(question.choices) < len(known):
                found[name] = question.choices
    # where others choose from the list too and have it, it is the list's own
    shared = {each.type.partition(" ")[2] for each in _questions(items) if not each.or_other}
    for question in _questions(items):
        name, added = question.type.partition(" ")[2], (others.OTHER,)
        if (
            question.or_other
            and name not in shared
            and question.choices == found[name]
            and question.choices[-1:] == added
        ):
            found[name] = question.choices[:-1] or question.choices
    return found


def without_asked(items: tuple[nouns.Item, ...]) -> Iterator[nouns.Item]:
    """The items without the questions that `or_other` adds behind a select."""
    added = ""
    for item in items:
        if item.path != added:
            yield item
        is_other = isinstance(item, nouns.Question) and item.or_other
        added = item.path + others.SUFFIX if is_other else ""


def _questions(items: tuple[nouns.Item, ...]) -> Iterator[nouns.Question]:
    for item in items:
        if isinstance(item, nouns.Question):
            yield item
        else:
            yield from _questions(item.children)


class _Writer:
    """Knows the translations, which stand beside the words that they translate."""

    def __init__(self, flow: nouns.Flow) -> None:
        self.translations = flow.translations

    def choices(self, list_name: str, choices: tuple[nouns.Choice, ...]) -> list[Mapping[str, str]]:
        """A choice list."""
        return [
            _Inline(
                {"name": choice.name, "label": choice.label}
                | self._translated(f"{list_name}:{choice.name}", "label")
                | choice.extra
            )
            for choice in choices
        ]

    def items(self, items: tuple[nouns.Item, ...]) -> list[dict[str, Any]]:
        """The items of a survey, a group or a repeat."""
        return [self._item(item) for item in without_asked(items)]

    def _item(self, item: nouns.Item) -> dict[str, Any]:
        written: dict[str, Any] = {"type": self._type(item), "name": item.name}
        keys = loading.QUESTION_KEYS if isinstance(item, nouns.Question) else loading.REPEAT_KEYS
        for key in keys:
            value = getattr(item, key, None)
            if value and key not in written and key != "children":
                written[key] = _plain(value)
            if key in loading.TRANSLATED:
                written |= self._translated(f"{item.path}:{key}", key)
        if not isinstance(item, nouns.Question):
            written["children"] = self.items(item.children)
        return written

    def _type(self, item: nouns.Item) -> str:
        if isinstance(item, nouns.Question):
            return f"{item.type} {loading.OTHER}" if item.or_other else item.type
        return kinds.HOLDERS[isinstance(item, nouns.Repeat)]

    def _translated(self, identifier: str, column: str) -> dict[str, str]:
        return {
            f"{column}::{language}": texts[identifier]
            for language, texts in self.translations.items()
            if identifier in texts
        }


def _plain(value: object) -> object:
    """A field as YAML has it."""
    match value:
        case tuple():
            return _Words(value)
        case nouns.Itemset():
            return _Inline(msgspec.structs.asdict(value))
        case True:
            return "yes"
    return value


def _filled(value: nouns.Noun, keys: Iterable[str]) -> dict[str, Any]:
    """The fields that say something."""
    return {key: field for key in keys if (field := getattr(value, key))}
