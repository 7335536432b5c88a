"""The flows that come with Groundwork, read from the package itself once, and what they say in each language."""

from __future__ import annotations

import collections
import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

import msgspec

from flows import form, loading, locales, nouns, translating, translations

FOLDER = "assessment"
"""The folder of the Mifos assessment, one file a section, in the order of their numbers."""

TRANSLATED = "words"
"""The folder in it with a folder a language, and there a catalogue a section, by the section's id."""


@functools.cache
def assessment() -> tuple[nouns.Flow, ...]:
    """The flows of the Mifos assessment, in order; raises FlowErrors where one is broken."""
    files = importlib.resources.files("flows") / FOLDER
    names = sorted(file.name for file in files.iterdir() if file.name.endswith(".yaml"))
    return tuple(loading.load((files / name).read_text("utf-8"), file=f"{FOLDER}/{name}") for name in names)


_told: collections.OrderedDict[tuple[int, str], tuple[nouns.Flow, nouns.Flow]] = collections.OrderedDict()


def in_language(flow: nouns.Flow, language: str) -> nouns.Flow:
    """A flow as it is asked in a language, made once; what is not translated is said as the flow says it."""
    if locales.means(flow.language, language):
        return flow
    known = _told.get((id(flow), language))
    # the pair holds the flow, so its id cannot be given to another while it is kept
    if known is not None and known[0] is flow:
        return known[1]
    made = _made(flow, language)
    _told[id(flow), language] = (flow, made)
    if len(_told) > form.KEPT:
        _told.popitem(last=False)
    return made


def _made(flow: nouns.Flow, language: str) -> nouns.Flow:
    own = (words for name, words in flow.translations.items() if locales.means(name, language))
    words: collections.ChainMap[str, Any] = collections.ChainMap({}, *own, dict(_said(flow, language)))
    return translating.told(flow, words, language)


def book_in_language(book: nouns.AnswerBook, language: str) -> nouns.AnswerBook:
    """A book with its surveys as they are asked in a language."""
    surveys = tuple(in_language(survey, language) for survey in book.surveys)
    return msgspec.structs.replace(book, surveys=surveys)


def _said(flow: nouns.Flow, language: str) -> Mapping[str, translations.Message]:
    """What our catalogue of a section says in that language; nothing where there is none."""
    file = importlib.resources.files("flows") / FOLDER / TRANSLATED / language / f"{flow.id}.po"
    if not file.is_file():
        return {}
    return translations.read(file.read_text("utf-8"), language).said(translating.texts(flow))
