"""The shapes of a template's fields, read off `fields.Document`: what stands behind `branch.power` and what does not."""

from __future__ import annotations

import difflib
import functools
import types
import typing
from typing import Any

import msgspec

import flows.words
from document_templates import fields
from planning import outline

Shape = Any
"""A class of `fields`, `list[…]`, `dict[str, …]`, `str` or `bool`; None where it cannot be known."""

LOOP = ("first", "last", "index", "index0", "revindex", "revindex0", "length", "previtem", "nextitem")
"""What a template may ask a loop."""


@functools.cache
def root() -> dict[str, Shape]:
    """The names that a template may begin with."""
    return typing.get_type_hints(fields.Document)


def members(shape: Shape, path: str) -> dict[str, Shape] | None:
    """The fields of what stands at `path`; None where it has none."""
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return _fields(shape)
    if _origin(shape) is dict:
        inner = typing.get_args(shape)[1]
        return dict.fromkeys(_keys(path), inner)
    return None


@functools.cache
def _fields(group: type[msgspec.Struct]) -> dict[str, Shape]:
    return typing.get_type_hints(group)


def element(shape: Shape) -> Shape:
    """What a list holds; None where it is no list."""
    return typing.get_args(shape)[0] if is_list(shape) else None


def list_of(shape: Shape) -> Shape:
    """The shape of a list of such; None where the shape is not known."""
    return None if shape is None else types.GenericAlias(list, (shape,))


def is_list(shape: Shape) -> bool:
    """Whether a template may loop over it."""
    return _origin(shape) is list


def _origin(shape: Shape) -> Any:
    return typing.get_origin(shape)


def nearest(name: str, known: typing.Iterable[str]) -> str:
    """The known name that was probably meant; empty where none is near."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def nearest_path(name: str) -> str:
    """The field one step from the root whose last word is like this one, as `institution.name`; empty where none is."""
    paths = {
        member: f"{first}.{member}"
        for first, shape in reversed(root().items())
        if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
        for member in _fields(shape)
    }
    return paths.get(nearest(name, paths), "")


def _keys(path: str) -> frozenset[str]:
    if path == "chapter":
        return frozenset(chapter.key for chapter in outline.CHAPTERS)
    return words()


@functools.cache
def words() -> frozenset[str]:
    """The document's own words that a template may print: sentences without a dot in their code."""
    codes = flows.words.catalogue("document_templates", flows.words.BASE_LANGUAGE).codes()
    return frozenset(code for code in codes if "." not in code)
