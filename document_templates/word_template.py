"""docxtpl's template, made to fill every part that holds words, and to heal what Word does to tags."""

from __future__ import annotations

import re
from typing import Any

import docxtpl
import jinja2
from lxml import etree

from document_templates import parts, passages, sandbox, structure

LONGEST_PROPERTY = 255
"""Letters that a property of the file may have."""

TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


_patched: dict[str, str] = {}
"""What docxtpl reads out of a part, remembered as long as what Jinja compiles of it."""


class Template(docxtpl.DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """A template whose notes, comments and properties are filled like its text, all in the same sandbox."""

    def patch_xml(self, src_xml: str) -> str:
        """The XML as Jinja reads it, with plain quotes in the tags."""
        if src_xml not in _patched:
            while len(_patched) >= sandbox.COMPILED:
                del _patched[next(iter(_patched))]
            _patched[src_xml] = TAG.sub(lambda tag: structure.healed(tag[0]), super().patch_xml(src_xml))
        return _patched[src_xml]

    def render_footnotes(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        """Fill footnotes, endnotes and comments."""
        for part in parts.every(self.docx):
            if parts.kind(part) in parts.NOTES:
                source = self.patch_xml(etree.tostring(parts.tree(part), encoding="unicode"))
                filled = self.render_xml_part(source, part, context, jinja_env or sandbox.Environment())
                parts.put(part, filled.encode())

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        """Fill the properties as plain text: escaping them twice would show `&amp;`."""
        plain = (jinja_env or sandbox.Environment()).overlay(autoescape=False)
        for part in parts.every(self.docx):
            if parts.kind(part) != "property":
                continue
            tree = parts.tree(part)
            for element in passages.properties(tree):
                if TAG.search(element.text):
                    filled = plain.from_string(structure.healed(element.text)).render(context)
                    element.text = filled[:LONGEST_PROPERTY]
            parts.put(part, etree.tostring(tree))
