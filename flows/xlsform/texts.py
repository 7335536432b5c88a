"""Words of a form: in its own language and in others, as their authors typed them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyxform import constants, xls2json_backends
from pyxform.parsing import sheet_headers

from flows.xlsform import columns

LAST_SAVED = re.compile(r"\$\{\s*last-saved#[^}]*\}")
"""The answer of the form before: chat keeps none."""

SETTINGS_ROW = 2
"""The only row that counts on the sheet settings."""

DEFAULT = "default"
"""pyxform's name of the language of columns that name none."""


class Texts:
    """The cells of a form by sheet, row and column, and the translations found in them."""

    def __init__(self, sheets: xls2json_backends.DefinitionData, survey: Mapping[str, Any]) -> None:
        self.translations: dict[str, dict[str, str]] = {}
        self._cells = {
            (sheet, cell.row, cell.column): cell.text
            for sheet in ("survey", "choices", "settings")
            for cell in columns.cells(sheet, getattr(sheets, sheet), getattr(sheets, f"{sheet}_header"))
        }
        named: dict[int, dict[str, str]] = {}
        for (sheet, row, column), text in self._cells.items():
            if sheet == "choices" and column in (("list name",), ("name",)):
                named.setdefault(row, {})[column[0]] = text
        self._choices = {(row.get("list name"), row.get("name")): number for number, row in named.items()}
        declared = str(survey.get(constants.DEFAULT_LANGUAGE_KEY) or DEFAULT)
        self.language = declared if declared != DEFAULT else next(_languages(survey), DEFAULT)

    def cell(self, row: int, *column: str) -> str:
        """What stands in a column of the sheet survey; empty where nothing does."""
        return self._cells.get(("survey", row, column), "").strip()

    def setting(self, column: tuple[str, ...], words: object) -> str:
        """Words of the sheet settings."""
        return self._typed("settings", SETTINGS_ROW, column, str(words or ""))

    def said(self, identifier: str, row: int, column: tuple[str, ...], words: object) -> str:
        """Words of the sheet survey in the form's language; `identifier` keeps those in others."""
        return self._said(identifier, "survey", row, column, words)

    def choice(self, list_name: str, name: str, words: object) -> str:
        """The label of a choice."""
        row = self._choices.get((list_name, name), 0)
        if not row and isinstance(words, Mapping):  # the choice that `or_other` adds
            return str(next(iter(words.values())))
        return self._said(f"{list_name}:{name}", "choices", row, ("label",), words)

    def _said(self, identifier: str, sheet: str, row: int, column: tuple[str, ...], words: object) -> str:
        return LAST_SAVED.sub("", self._own(identifier, sheet, row, column, words))

    def _own(self, identifier: str, sheet: str, row: int, column: tuple[str, ...], words: object) -> str:
        if not isinstance(words, Mapping):
            return self._typed(sheet, row, column, str(words or ""))
        own = ""
        for language, text in words.items():
            said = self._typed(sheet, row, (*column, language), str(text or ""))
            if language in (self.language, DEFAULT):
                own = said or own
            elif said:
                self.translations.setdefault(str(language), {})[identifier] = said
        # a label in another language is better than none
        return own or (str(next(iter(words.values()), "") or "") if column == ("label",) else "")

    def _typed(self, sheet: str, row: int, column: tuple[str, ...], text: str) -> str:
        """The text with the typographic quotes that pyxform straightens for the sake of expressions."""
        for place in (column, column[:-1]):
            typed = self._cells.get((sheet, row, place), "")
            if typed and sheet_headers.clean_text_values(typed, strip_whitespace=True) == text.strip():
                return typed.strip()
        return text


def _languages(survey: Mapping[str, Any]) -> Iterator[str]:
    """The languages of a form in the order of its columns."""
    for child in survey.get(constants.CHILDREN, ()):
        label = child.get("label")
        if isinstance(label, Mapping):
            yield from (str(language) for language in label)
        yield from _languages(child)
