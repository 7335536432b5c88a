"""Catalogues: every sentence a person may read has a code, and a file a language says it.

English is the source, in YAML: `code: sentence with {names}`, or a singular and a plural (`one`, `other`),
chosen by the value named `n`; where that is 0, the sentence of `code.none`, if there is one. Other languages are gettext catalogues of the same codes (`flows.translations`).
"""

from __future__ import annotations

import functools
import gettext
import importlib.resources
from collections.abc import Callable, Mapping

import markupsafe
import yaml
from babel.messages import plurals

from flows import locales, translations

Message = translations.Message

NONE = ".none"
"""Behind a code: how it is said of nothing at all."""

BASE_LANGUAGE = "en"
"""The language in which every sentence exists; others fall back to it."""


class Catalogue:
    """The sentences of one language; a missing one is said in the base language."""

    def __init__(
        self, language: str, messages: Mapping[str, Message], fallback: Catalogue | None = None
    ) -> None:
        self.language = language
        self._messages = messages
        self._fallback = fallback
        self._form = plural_form(language)

    def __contains__(self, code: str) -> bool:
        return code in self._messages or (self._fallback is not None and code in self._fallback)

    def codes(self) -> frozenset[str]:
        """The codes that this language says itself."""
        return frozenset(self._messages)

    def say(self, code: str, /, **values: object) -> str:
        """Say `code` as plain text; raises KeyError for an unknown code or a value that is not given."""
        return self._pattern(code, values).format(**values)

    def html(self, code: str, /, **values: object) -> markupsafe.Markup:
        """Say `code` as HTML: the sentence may hold tags, the values are escaped."""
        return markupsafe.Markup(self._pattern(code, values)).format(**values)  # noqa: S704  # our own sentence

    def _pattern(self, code: str, values: Mapping[str, object]) -> str:
        of_none = self._messages.get(f"{code}{NONE}") if values.get("n") == 0 else None
        message = of_none or self._messages.get(code)
        if message is None:
            if self._fallback is None:
                raise KeyError(code)
            return self._fallback._pattern(code, values)
        if isinstance(message, str):
            return message
        return message[self._form(float(str(values["n"])))]


@functools.cache
def plural_form(language: str) -> Callable[[float], int]:
    """How a language counts: the number of the form that goes with so many, as gettext numbers them."""
    whole = gettext.c2py(plurals.get_plural(language).plural_expr)
    category = locales.of(language).plural_form
    # gettext counts whole numbers only: half an hour takes the form of a whole number of its category
    alike = {category(number): whole(number) for number in range(200, -1, -1)}

    def form(count: float) -> int:
        return int(whole(abs(int(count))) if count.is_integer() else alike.get(category(count), whole(200)))

    return form


@functools.cache
def english(package: str) -> Mapping[str, Message]:
    """The sentences of a package in the base language, in the order of its file `words/en.yaml`."""
    file = importlib.resources.files(package) / "words" / f"{BASE_LANGUAGE}.yaml"
    found = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {
        code: said if isinstance(said, str) else (said["one"], said["other"]) for code, said in found.items()
    }


@functools.cache
def catalogue(package: str, language: str) -> Catalogue:
    """The catalogue of a package in a language: its file `words/<language>.po`, over the base language's."""
    source = english(package)
    if language == BASE_LANGUAGE:
        return Catalogue(BASE_LANGUAGE, source)
    file = importlib.resources.files(package) / "words" / f"{language}.po"
    said = translations.read(file.read_text("utf-8"), language).said(source) if file.is_file() else {}
    return Catalogue(language, said, catalogue(package, BASE_LANGUAGE))


@functools.cache
def languages(package: str) -> tuple[str, ...]:
    """The languages that a package can speak, the base language first."""
    folder = importlib.resources.files(package) / "words"
    found = {file.name.removesuffix(".po") for file in folder.iterdir() if file.name.endswith(".po")}
    return (BASE_LANGUAGE, *sorted(found))
