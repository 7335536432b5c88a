"""The names of the numbers assumed, and where each was found, in every language; `parameters.yaml` says them in English."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping

import flows.words
from flows import translations
from planning import nouns, parameters

FOLDER = "words/parameters"
"""Where the catalogues of other languages lie, in this package."""

NAME, ORIGIN = "parameter", "origin"
"""What the codes begin with."""


@functools.cache
def english() -> Mapping[str, translations.Message]:
    """The sentences by their codes, `parameter.inflation` and `origin.inflation`."""
    said: dict[str, translations.Message] = {}
    labels = parameters.labels()
    for one in parameters.default():
        said[f"{NAME}.{one.name}"] = labels[one.name]
        said[f"{ORIGIN}.{one.name}"] = one.origin
    return said


@functools.cache
def catalogue(language: str) -> flows.words.Catalogue:
    """The sentences in a language, over the English."""
    base = flows.words.Catalogue(flows.words.BASE_LANGUAGE, english())
    file = importlib.resources.files("planning") / FOLDER / f"{language}.po"
    if language == flows.words.BASE_LANGUAGE or not file.is_file():
        return base
    found = translations.read(file.read_text("utf-8"), language).said(english())
    return flows.words.Catalogue(language, found, base)


def is_ours(code: str) -> bool:
    """Whether a code is one of these."""
    return code.partition(".")[0] in (NAME, ORIGIN)


def name(one: str) -> nouns.Text:
    """A parameter's name as people read it."""
    return nouns.Text(f"{NAME}.{one}")


def origin(one: nouns.Parameter) -> nouns.Words:
    """Where a number was found; of an institution's own, who put it there."""
    return one.origin if one.replaced or not one.origin else nouns.Text(f"{ORIGIN}.{one.name}")


def named(language: str) -> Mapping[str, str]:
    """What people may write for a parameter -> the parameter: as it is said to them, and as formulas name it."""
    spoken = catalogue(language)
    names = {_folded(spoken.say(f"{NAME}.{one.name}")): one.name for one in parameters.default()}
    return names | {one.name: one.name for one in parameters.default()}


def _folded(words: str) -> str:
    return "_".join(words.replace("_", " ").casefold().split())
