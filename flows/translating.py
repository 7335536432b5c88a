"""A flow in another language: the same questions, conditions and choices, in other words.

Words are found by id: `site/power:label` is the label of the item at that path, `days:mon` a choice of a list,
`:title` and `:about` are the flow's own. A form's own translations and our catalogues name them alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from flows import form, nouns

FLOW_TEXTS = ("title", "about")
ITEM_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "short")
"""Fields that people read."""


def texts(flow: nouns.Flow) -> dict[str, str]:
    """Everything that people read of a flow, by id, in its order."""
    found = {f":{field}": getattr(flow, field) for field in FLOW_TEXTS}
    for item in _items(flow.children):
        for field in ITEM_TEXTS:
            found[f"{item.path}:{field}"] = getattr(item, field, "")
        if isinstance(item, nouns.Question):
            found |= {f"{_list(item)}:{choice.name}": choice.label for choice in item.choices}
    return {id_: text for id_, text in found.items() if text}


def choices(flow: nouns.Flow) -> frozenset[str]:
    """The ids of the words that stand on buttons; an answer that is only shown has none."""
    questions = (item for item in _items(flow.children) if isinstance(item, nouns.Question))
    asked = (question for question in questions if question.read_only not in form.ALWAYS)
    return frozenset(f"{_list(question)}:{choice.name}" for question in asked for choice in question.choices)


def told(flow: nouns.Flow, words: Mapping[str, Any], language: str) -> nouns.Flow:
    """The flow in that language, in these words; what they lack is said as the flow says it."""
    own = {field: words.get(f":{field}", getattr(flow, field)) for field in FLOW_TEXTS}
    children = tuple(_told(item, words) for item in flow.children)
    return msgspec.structs.replace(flow, language=language, children=children, **own)


def _told(item: nouns.Item, words: Mapping[str, Any]) -> nouns.Item:
    changes = {
        field: words[f"{item.path}:{field}"] for field in ITEM_TEXTS if f"{item.path}:{field}" in words
    }
    if not isinstance(item, nouns.Question):
        children = tuple(_told(child, words) for child in item.children)
        return msgspec.structs.replace(item, children=children, **changes)
    choices = tuple(
        msgspec.structs.replace(choice, label=words.get(f"{_list(item)}:{choice.name}", choice.label))
        for choice in item.choices
    )
    return msgspec.structs.replace(item, choices=choices, **changes)


def _items(children: tuple[nouns.Item, ...]) -> Iterator[nouns.Item]:
    for item in children:
        yield item
        if not isinstance(item, nouns.Question):
            yield from _items(item.children)


def _list(question: nouns.Question) -> str:
    """The name of the question's choice list."""
    return question.type.partition(" ")[2]
