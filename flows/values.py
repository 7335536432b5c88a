"""Values: as the types of questions have them, and as XForms writes them."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Callable, Mapping, Sequence

from flows import nouns
from flows.expressions import values as xpath

Choices = Sequence[nouns.Choice]


def fitting(value: nouns.Value, kind: str, choices: Choices) -> nouns.Value:
    """The value as a question of that kind has it; None where it cannot be that, as a choice no longer offered."""
    return None if value is None else _FITTING.get(kind, _as_is)(value, choices)


def written(value: nouns.Value) -> str:
    """A value as XForms writes it: names of choices and coordinates separated by spaces."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return xpath.number_text(value)
        case list():
            return " ".join(value)
        case nouns.Point():
            figures = (value.latitude, value.longitude, value.altitude, value.accuracy)
            return " ".join(xpath.number_text(float(figure)) for figure in figures)
        case nouns.Attachment():
            return value.name or value.file_id
    return value


def as_number(text: str) -> int | float | None:
    """The finite number that a text is, whole where it can be, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _decimal(value: nouns.Value, _: Choices) -> nouns.Value:
    number = value if isinstance(value, int | float) else as_number(written(value))
    # an integer that no float can hold is no measure of anything
    return number if number is not None and abs(number) <= sys.float_info.max else None


def _integer(value: nouns.Value, choices: Choices) -> nouns.Value:
    number = _decimal(value, choices)
    return int(number) if isinstance(number, int | float) and number == int(number) else None


def _one_choice(value: nouns.Value, choices: Choices) -> nouns.Value:
    return value if any(choice.name == value for choice in choices) else None


def _several_choices(value: nouns.Value, choices: Choices) -> nouns.Value:
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    return [choice.name for choice in choices if choice.name in names] or None


def _date(value: nouns.Value, _: Choices) -> nouns.Value:
    try:
        return dt.date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def _time(value: nouns.Value, _: Choices) -> nouns.Value:
    try:
        return dt.time.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _date_time(value: nouns.Value, _: Choices) -> nouns.Value:
    try:
        return dt.datetime.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _ranked(value: nouns.Value, choices: Choices) -> nouns.Value:
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    offered = {choice.name for choice in choices}
    return [name for name in dict.fromkeys(names) if name in offered] or None


def _point(value: nouns.Value, _: Choices) -> nouns.Value:
    if isinstance(value, str):
        figures = [as_number(part) for part in value.split()]
        if len(figures) in (2, 3, 4) and None not in figures:
            return nouns.Point(*(float(figure or 0) for figure in figures))
    return value if isinstance(value, nouns.Point) else None


def _attachment(value: nouns.Value, _: Choices) -> nouns.Value:
    return value if isinstance(value, nouns.Attachment) else None


def _text(value: nouns.Value, _: Choices) -> nouns.Value:
    return written(value) or None


def _as_is(value: nouns.Value, _: Choices) -> nouns.Value:
    return value


_FITTING: Mapping[str, Callable[[nouns.Value, Choices], nouns.Value]] = {
    "integer": _integer,
    "decimal": _decimal,
    "select_one": _one_choice,
    "select_multiple": _several_choices,
    "date": _date,
    "geopoint": _point,
    "image": _attachment,
    "file": _attachment,
    "audio": _attachment,
    "video": _attachment,
    "range": _decimal,
    "time": _time,
    "dateTime": _date_time,
    "rank": _ranked,
    "acknowledge": _text,
    "barcode": _text,
    "geotrace": _text,
    "geoshape": _text,
    "text": _text,
}
