"""The page of a template's fields: every group with what each field means, and what it says for the sample."""

from __future__ import annotations

import ast
import datetime as dt
import functools
import inspect
import itertools
import sys
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from bot import sample
from document_templates import context, fields, sandbox, shapes
from flows import shipped
from flows import words as wording
from planning import plan as planning

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], str]

SAMPLE_DAY = dt.date(2026, 11, 26)
"""On which the sample's plan is made, so that the page is the same on every day."""

LONGEST_EXAMPLE = 70
"""Letters of an example."""

HOW = """Write a field into a Word document as `{{ institution.name }}`, in the text, a table, a text box, a header, a footer, a
note, a comment or a property of the file. `groundwork template lint` checks a template; in chat, send it behind `/template`.

A list is looped over: as paragraphs with `{%p for branch in branches %}` and `{%p endfor %}`, each in a paragraph of its own; as rows
of a table with `{%tr for row in risks %}` and `{%tr endfor %}`, each in a row of its own; as cells with `{%tc …`; within a paragraph
with `{% for …`. Conditions are `{%p if costs.rows %}`, `{%p else %}`, `{%p endif %}`. Numbers, dates and money are written for the
reader's language already; nothing is blank."""


def parts(table: Table) -> Iterator[str]:
    """The page's parts."""
    yield HOW
    yield (
        "Filters: "
        + ", ".join(f"`{name}`" for name in sorted(sandbox.FILTERS))
        + ". In a loop: "
        + (", ".join(f"`loop.{name}`" for name in shapes.LOOP) + ".")
    )
    told, found = _examples()
    yield "## Where to begin"
    yield table(("Field", "Is", "Meaning"), _rows(fields.Document))
    for group in _groups(fields.Document):
        yield f"## {_title(group)}"
        yield inspect.cleandoc(group.__doc__ or "")
        rows = [(*row, found.get(f"{group.__name__}.{name}", "")) for name, row in _named_rows(group)]
        yield table(("Field", "Is", "Meaning", "In the sample"), rows)
    yield "## Chapters"
    yield table(
        ("Field", "Title"), ((f"`chapter.{key}`", chapter.title) for key, chapter in told.chapter.items())
    )
    yield "## Words"
    words = wording.catalogue("document_templates", wording.BASE_LANGUAGE)
    plain = [(f"`word.{code}`", told.word[code]) for code in wording.english("document_templates")
             if code in shapes.words() and code in told.word]  # fmt: skip
    yield f"The document's own words, in the language of the plan; in English ({len(plain)} of {len(words.codes())} sentences):"
    yield table(("Field", "Says"), plain)


def _named_rows(group: type[msgspec.Struct]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    meanings = _meanings(group)
    for name, shape in typing.get_type_hints(group).items():
        yield name, (f"`{name}`", _kind(shape), meanings.get(name) or _plain(name, shape))


def _plain(name: str, shape: shapes.Shape) -> str:
    """What a field without a sentence of its own means: what it holds, or its name in words."""
    inner = shapes.element(shape) or shape
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return inspect.cleandoc(inner.__doc__ or "")
    return f"{name.replace('_', ' ').capitalize()}."


def _rows(group: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    return (row for _, row in _named_rows(group))


def _kind(shape: shapes.Shape) -> str:
    """What a field is: text, yes or no, a group, or a list of these."""
    if shapes.is_list(shape):
        inner = _kind(shapes.element(shape))
        return f"list of {inner}s" if inner == "text" else f"list of {inner}"
    if typing.get_args(shape):
        return "[words](#words)" if typing.get_args(shape)[1] is str else "[chapters](#chapters)"
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return f"[{_title(shape).lower()}](#{_title(shape).lower().replace(' ', '-')})"
    return "yes or no" if shape is bool else "text"


def _title(group: type) -> str:
    """A group's name in words, as Branch page."""
    return (
        "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in group.__name__)
        .strip()
        .capitalize()
    )


def _groups(group: type[msgspec.Struct], seen: set[type] | None = None) -> Iterator[type[msgspec.Struct]]:
    """The groups behind a group's fields, each once, in the order in which they are met."""
    seen = {fields.Document} if seen is None else seen
    for shape in typing.get_type_hints(group).values():
        while typing.get_args(shape):
            shape = typing.get_args(shape)[-1]  # noqa: PLW2901  # what a list or a mapping holds
        if issubclass(shape, msgspec.Struct) and shape not in seen:
            seen.add(shape)
            yield shape
            yield from _groups(shape, seen)


@functools.cache
def _meanings(group: type) -> Mapping[str, str]:
    """The sentence below each field of a struct, which Python itself does not keep."""
    module = ast.parse(inspect.getsource(sys.modules[group.__module__]))
    body = next(
        node.body for node in module.body if isinstance(node, ast.ClassDef) and node.name == group.__name__
    )
    said = {}
    for field, below in itertools.pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            said[getattr(field.target, "id", "")] = " ".join(str(below.value.value).split())
    return said


@functools.cache
def _examples() -> tuple[fields.Document, Mapping[str, str]]:
    """The sample's fields, and for each field of each group the first thing that one says."""
    plan = planning.make_plan(sample.answers(), shipped.assessment(), today=SAMPLE_DAY, prove=False)
    told = context.tell(plan, wording.BASE_LANGUAGE)
    found: dict[str, str] = {}
    _gather(told, found)
    return told, found


def _gather(value: Any, found: dict[str, str]) -> None:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if isinstance(inner, str) and inner.strip():
                found.setdefault(f"{type(value).__name__}.{name}", _shown(inner))
            _gather(inner, found)
    elif isinstance(value, dict):
        for inner in value.values():
            _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)


def _shown(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_EXAMPLE else plain[: LONGEST_EXAMPLE - 1] + "…"
