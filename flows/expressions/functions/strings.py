"""Functions on text."""

from __future__ import annotations

import base64
import binascii
import math
import re

from flows.expressions import context, patterns, values
from flows.expressions.functions.registry import Function, at_least, between, exactly

XML_SPACE = re.compile(r"[ \t\r\n]+")
"""What XML calls white space; other blanks stay as they are."""


def own_text(at: context.Context, arguments: tuple[values.Value, ...]) -> str:
    """The text of the only argument, or of the node where the evaluation stands."""
    return values.to_string(arguments[0]) if arguments else at.node.text


def string(at: context.Context, *arguments: values.Value) -> str:
    """The argument as text."""
    return own_text(at, arguments)


def concat(_at: context.Context, *arguments: values.Value) -> str:
    """All texts one after the other; of nodes, every one's."""
    return values.bounded("".join(values.texts(arguments)))


def join(_at: context.Context, separator: values.Value, *arguments: values.Value) -> str:
    """All texts with the separator between."""
    return values.bounded(values.to_string(separator).join(values.texts(arguments)))


def contains(_at: context.Context, text: values.Value, part: values.Value) -> bool:
    """Whether the part stands in the text."""
    return values.to_string(part) in values.to_string(text)


def starts_with(_at: context.Context, text: values.Value, start: values.Value) -> bool:
    """Whether the text begins so."""
    return values.to_string(text).startswith(values.to_string(start))


def ends_with(_at: context.Context, text: values.Value, end: values.Value) -> bool:
    """Whether the text ends so."""
    return values.to_string(text).endswith(values.to_string(end))


def substring_before(_at: context.Context, text: values.Value, mark: values.Value) -> str:
    """What stands before the mark's first place; nothing without it."""
    whole, sought = values.to_string(text), values.to_string(mark)
    place = whole.find(sought)
    return whole[:place] if place > 0 else ""


def substring_after(_at: context.Context, text: values.Value, mark: values.Value) -> str:
    """What stands after the mark's first place; nothing without it."""
    whole, sought = values.to_string(text), values.to_string(mark)
    place = whole.find(sought)
    return whole[place + len(sought) :] if place >= 0 else ""


def half_up(number: float) -> float:
    """XPath's rounding: halves go up; infinities and NaN stay."""
    return number if math.isnan(number) or math.isinf(number) else math.floor(number + 0.5)


def substring(at: context.Context, text: values.Value, start: values.Value, *length: values.Value) -> str:
    """XPath's substring: characters count from 1, both numbers are rounded."""
    whole = values.to_string(text)
    first = half_up(values.to_number(start, at))
    end = first + half_up(values.to_number(length[0], at)) if length else math.inf
    if math.isnan(first) or math.isnan(end):
        return ""
    return whole[int(max(1, min(first, len(whole) + 1))) - 1 : int(max(1, min(end, len(whole) + 1))) - 1]


def substr(at: context.Context, text: values.Value, start: values.Value, *end: values.Value) -> str:
    """ODK's substr: from `start` up to before `end`, counted from 0, or from the end where negative."""
    whole = values.to_string(text)
    return whole[place(start, whole, at) : place(end[0], whole, at) if end else None]


def place(value: values.Value, whole: str, at: context.Context) -> int:
    """An index into `whole`; what is no number counts as 0, what lies far outside as just outside."""
    number = values.to_number(value, at)
    return 0 if math.isnan(number) else int(max(-len(whole) - 1, min(number, len(whole) + 1)))


def string_length(at: context.Context, *arguments: values.Value) -> float:
    """The number of characters."""
    return float(len(own_text(at, arguments)))


def normalize_space(at: context.Context, *arguments: values.Value) -> str:
    """Without blanks at the ends, and with single ones between."""
    return XML_SPACE.sub(" ", own_text(at, arguments)).strip(" ")


def translate(_at: context.Context, text: values.Value, old: values.Value, new: values.Value) -> str:
    """Each character of `old` becomes the one at its place in `new`, or goes."""
    replacements: dict[int, str] = {}
    becomes = values.to_string(new)
    for index, character in enumerate(values.to_string(old)):
        replacements.setdefault(ord(character), becomes[index : index + 1])
    return values.to_string(text).translate(replacements)


def regex(at: context.Context, text: values.Value, pattern: values.Value) -> bool:
    """Whether the regular expression is found in the text; `^` and `$` hold it to the ends."""
    return patterns.compiled(values.to_string(pattern)).search(values.to_string(text), at.visits.spend)


def base64_decode(_at: context.Context, text: values.Value) -> str:
    """The text that base64 stands for; nothing for what is no base64 of UTF-8."""
    try:
        return base64.b64decode(values.to_string(text), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


FUNCTIONS = (
    Function(
        name="string", implementation=string, counts=between(0, 1), example="string(value)", constant=False
    ),
    Function(name="concat", implementation=concat, counts=at_least(0), example="concat(text, text, …)"),
    Function(name="join", implementation=join, counts=at_least(1), example="join(separator, ${question})"),
    Function(name="contains", implementation=contains, counts=exactly(2), example="contains(text, part)"),
    Function(
        name="starts-with", implementation=starts_with, counts=exactly(2), example="starts-with(text, start)"
    ),
    Function(name="ends-with", implementation=ends_with, counts=exactly(2), example="ends-with(text, end)"),
    Function(
        name="substring-before",
        implementation=substring_before,
        counts=exactly(2),
        example="substring-before(text, mark)",
    ),
    Function(
        name="substring-after",
        implementation=substring_after,
        counts=exactly(2),
        example="substring-after(text, mark)",
    ),
    Function(
        name="substring",
        implementation=substring,
        counts=between(2, 3),
        example="substring(text, start, length)",
    ),
    Function(name="substr", implementation=substr, counts=between(2, 3), example="substr(text, start, end)"),
    Function(
        name="string-length",
        implementation=string_length,
        counts=between(0, 1),
        example="string-length(text)",
        constant=False,
    ),
    Function(
        name="normalize-space",
        implementation=normalize_space,
        counts=between(0, 1),
        example="normalize-space(text)",
        constant=False,
    ),
    Function(
        name="translate", implementation=translate, counts=exactly(3), example="translate(text, old, new)"
    ),
    Function(
        name="regex", implementation=regex, counts=exactly(2), example="regex(text, pattern)", constant=False
    ),
    Function(
        name="base64-decode", implementation=base64_decode, counts=exactly(1), example="base64-decode(text)"
    ),
)
