"""Values: as the types of questions have them, and as XForms writes them."""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence

from flows import kinds, nouns
from flows.expressions import values as xpath

_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(rf"\d{{4}}-\d\d-\d\d(?:T{_CLOCK})?", re.ASCII)
_TIME = re.compile(_CLOCK + _ZONE, re.ASCII)
_MOMENT = re.compile(rf"\d{{4}}-\d\d-\d\dT{_CLOCK}{_ZONE}", re.ASCII)

Choices = Sequence[nouns.Choice] | None
"""What a select offers; None where any name will do for now."""


def fitting(value: nouns.Value, kind: str, choices: Choices) -> nouns.Value:
    """The value as a question of that kind has it; None where it cannot be that, as a choice no longer offered."""
    return None if value is None else _FITTING.get(kind, _as_is)(value, choices)


def written(value: nouns.Value, kind: str = "") -> str:
    """A value as XForms writes it: names of choices and coordinates separated by spaces."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _with_point(value) if kind == "decimal" else xpath.number_text(float(value))
        case list():
            return " ".join(value)
        case nouns.Point():
            figures = (value.latitude, value.longitude, value.altitude, value.accuracy)
            return " ".join(map(_with_point, figures))
        case nouns.Attachment():
            return value.name or value.file_id
        case str() if kind in kinds.TRACES:
            return ";".join(map(written, _places(value)))
    return value


def _with_point(number: float) -> str:
    """A decimal as XML Schema has it: with at least one digit behind the point."""
    text = xpath.number_text(float(number))
    return text if "." in text else f"{text}.0"


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
    return int(number) if isinstance(number, int | float) else None


INT_RANGE = range(-(2**31), 2**31)
"""What XForms' `int` holds; our own integers may be larger, as portfolios are."""


def _int(value: nouns.Value, choices: Choices) -> nouns.Value:
    number = _integer(value, choices)
    # whatever else stands before `in`, a range would be walked through to its end
    return number if isinstance(number, int) and number in INT_RANGE else None


def _one_choice(value: nouns.Value, choices: Choices) -> nouns.Value:
    if isinstance(value, list):
        value = value[0] if value else None
    name = written(value)
    return name if name and (choices is None or any(choice.name == name for choice in choices)) else None


def _several_choices(value: nouns.Value, choices: Choices) -> nouns.Value:
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    if choices is None:
        return list(dict.fromkeys(names)) or None
    return [choice.name for choice in choices if choice.name in names] or None


def _date(value: nouns.Value, _: Choices) -> nouns.Value:
    """The day; a moment of a known time zone is none, for elsewhere it is another day."""
    text = str(value)
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _time(value: nouns.Value, _: Choices) -> nouns.Value:
    text = str(value)
    try:
        return text if _TIME.fullmatch(text) and dt.time.fromisoformat(text) is not None else None
    except ValueError:
        return None


def _date_time(value: nouns.Value, _: Choices) -> nouns.Value:
    text = str(value)
    try:
        return text if _MOMENT.fullmatch(text) and dt.datetime.fromisoformat(text) else None
    except ValueError:
        return None


def _ranked(value: nouns.Value, choices: Choices) -> nouns.Value:
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    offered = names if choices is None else {choice.name for choice in choices}
    return [name for name in dict.fromkeys(names) if name in offered] or None


def _point(value: nouns.Value, _: Choices) -> nouns.Value:
    if isinstance(value, str):
        figures = [number for part in value.split() if (number := as_number(part)) is not None]
        if len(figures) not in (2, 3, 4) or len(figures) != len(value.split()):
            return None
        value = nouns.Point(*map(float, figures))
        return (
            value if abs(value.latitude) <= MAX_LATITUDE and abs(value.longitude) <= MAX_LONGITUDE else None
        )
    return value if isinstance(value, nouns.Point) else None


MAX_LATITUDE, MAX_LONGITUDE = 90, 180


def _trace(value: nouns.Value, choices: Choices) -> nouns.Value:
    """A way through places, as it was written; None where one of them is none."""
    del choices
    text = written(value)
    return text if None not in _places(text) else None


def _places(trace: str) -> list[nouns.Value]:
    """The places of a way; None for each that is none."""
    return [_point(part.strip(), None) for part in trace.strip().strip(";").split(";")]


def _attachment(value: nouns.Value, _: Choices) -> nouns.Value:
    return value if isinstance(value, nouns.Attachment) else None


def _text(value: nouns.Value, _: Choices) -> nouns.Value:
    return written(value) or None


def _as_is(value: nouns.Value, _: Choices) -> nouns.Value:
    return value


_FITTING: Mapping[str, Callable[[nouns.Value, Choices], nouns.Value]] = {
    "integer": _integer,
    "int": _int,
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
    "geotrace": _trace,
    "geoshape": _trace,
    "text": _text,
}
