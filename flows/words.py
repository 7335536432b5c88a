"""Catalogues: every sentence a person may read has a code, and a file a language says it.

A catalogue is YAML: `code: sentence with {names}`, or one sentence a plural category
(`one`, `few`, `other` …, Unicode CLDR's) chosen by the value named `n`.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping

import babel
import markupsafe
import yaml

Message = str | Mapping[str, str]

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
        self._plural = babel.Locale.parse(language).plural_form

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
        message = self._messages.get(code)
        if message is None:
            if self._fallback is None:
                raise KeyError(code)
            return self._fallback._pattern(code, values)
        if isinstance(message, str):
            return message
        category = self._plural(float(str(values["n"])))
        return message.get(category, message["other"])


@functools.cache
def catalogue(package: str, language: str) -> Catalogue:
    """The catalogue of a package in a language: its file `words/<language>.yaml`, over the base language's."""
    folder = importlib.resources.files(package) / "words"
    fallback = None if language == BASE_LANGUAGE else catalogue(package, BASE_LANGUAGE)
    file = folder / f"{language}.yaml"
    messages = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) if file.is_file() else {}
    return Catalogue(language, messages, fallback)


@functools.cache
def languages(package: str) -> tuple[str, ...]:
    """The languages that a package can speak, the base language first."""
    folder = importlib.resources.files(package) / "words"
    found = {file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")}
    return (BASE_LANGUAGE, *sorted(found - {BASE_LANGUAGE}))
