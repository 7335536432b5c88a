"""The whole plan as JSON: every sentence said, every figure under its number with its trace in words."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import msgspec

from planning import figures, nouns, parameter_words, trace, words

FORMAT = "groundwork-plan/1"
"""The format that this program writes."""


def encode(plan: nouns.Plan, language: str) -> bytes:
    """The plan in a language as indented JSON, ending with a line break."""
    told = {
        "format": FORMAT,
        "language": language,
        "figures": {one.number: _figure(plan, one, language) for one in figures.numbered(plan)},
        "plan": _said(plan, language),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _figure(plan: nouns.Plan, found: figures.Numbered, language: str) -> dict[str, Any]:
    """One figure: where it stands, its numbers, and its trace."""
    told = trace.of(plan, found)
    values: dict[str, Any] = _said(found.figure, language)
    return {
        "place": words.say(found.place, language),
        **{name: values[name] for name in ("label", "value", "unit", "low", "high", "source")},
        "said": words.say(told.value, language),
        "trace": [
            {
                "title": words.say(part.title, language),
                "lines": [words.say(line, language) for line in part.lines],
            }
            for part in told.parts
        ],
    }


def _said(value: Any, language: str) -> Any:
    """A value with its texts said: what is left are plain dicts, lists, numbers and words."""
    match value:
        case nouns.Text():
            return words.say(value, language)
        case nouns.Parameter():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return _said({**fields, "origin": parameter_words.origin(value)}, language)
        case msgspec.Struct():
            return {name: _said(getattr(value, name), language) for name in value.__struct_fields__}
        case dict():
            return {name: _said(one, language) for name, one in value.items()}
        case tuple() | list():
            return [_said(one, language) for one in value]
        case enum.Enum():
            return value.value
        case dt.datetime() | dt.date():
            return value.isoformat()
    return value
