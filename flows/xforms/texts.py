"""The words of an XForm: labels with answers in them, and their translations."""

from __future__ import annotations

import re

from flows.expressions import nodes, steps
from flows.xforms import elements

_ITEXT = re.compile(r"\s*jr:itext\(\s*(['\"])(.*?)\1\s*\)\s*")

_SPACE = re.compile(r"[ \t\r\n]+")


def words(element: nodes.PlainNode) -> str:
    """The text inside, with `${…}` where an output shows an answer."""
    parts: list[str] = []
    for child in element.children:
        if child.kind is nodes.Kind.TEXT:
            parts.append(child.text)
        elif child.kind is nodes.Kind.ELEMENT and steps.local_name(child) == "output":
            shown = (elements.attribute(child, "value") or elements.attribute(child, "ref")).strip()
            parts.append(f"${{{shown}}}")
        elif child.kind is nodes.Kind.ELEMENT:
            parts.append(words(child))
    return _SPACE.sub(" ", "".join(parts)).strip()


class Texts:
    """The texts of a form by language and id."""

    def __init__(self, model: nodes.PlainNode) -> None:
        self.default = ""
        self.by_language: dict[str, dict[str, str]] = {}
        for translation in elements.below(model, "translation"):
            language = elements.attribute(translation, "lang")
            if not self.by_language or elements.has(translation, "default"):
                self.default = language
            self.by_language[language] = {
                elements.attribute(text, "id"): said
                for text in elements.inside(translation, "text")
                if (said := self._plain(text)) is not None
            }

    def _plain(self, text: nodes.PlainNode) -> str | None:
        """The value without a form: pictures and sounds are for other clients."""
        for value in elements.inside(text, "value"):
            if not elements.attribute(value, "form"):
                return words(value)
        return None

    def of(self, element: nodes.PlainNode | None, own_id: str) -> str:
        """The words of a label or hint in the default language; the others are kept under its own id."""
        if element is None:
            return ""
        named = _ITEXT.fullmatch(elements.attribute(element, "ref"))
        if named is None:
            path = elements.attribute(element, "ref")
            return f"${{{path.strip()}}}" if path else words(element)
        return self.message(named[0], own_id)

    def message(self, text: str, own_id: str) -> str:
        """The words of a message, which may be written out or named by `jr:itext('id')`."""
        named = _ITEXT.fullmatch(text)
        if named is None:
            return text
        for texts in self.by_language.values():
            if named[2] in texts:
                texts[own_id] = texts[named[2]]
        return self.by_language.get(self.default, {}).get(named[2], "")
