"""One document made of one plan and one template: told, rendered in the sandbox, finished, packed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docxtpl
import jinja2
from docx.document import Document
from docx.oxml.ns import qn

from document_templates import archive, captions, contents, context, errors, sandbox, tables
from planning import nouns

LONGEST_PROPERTY = 255
"""Letters that a core property may have."""


class Template(docxtpl.DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """docxtpl's template with core properties as plain text: escaping them twice would show `&amp;`."""

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        """Fill the core properties in the same sandbox."""
        sandboxed = (jinja_env or sandbox.Environment()).overlay(autoescape=False)
        properties = self.docx.core_properties
        for name in ("author", "comments", "identifier", "language", "subject", "title"):
            filled = sandboxed.from_string(getattr(properties, name)).render(context)
            setattr(properties, name, filled[:LONGEST_PROPERTY])


def make(
    plan: nouns.Plan,
    *,
    template: bytes,
    language: str = "en",
    version: str = "",
    pages: tuple[int, ...] | None = None,
) -> bytes:
    """The .docx; equal arguments give equal bytes. Raises `errors.TemplateError`.

    `pages` are the contents list's page numbers; empty prints stand-ins to measure with, None prints none.
    """
    told = context.plain(plan, language, version=version)
    rendered = Template(io.BytesIO(template))
    try:
        rendered.render(told, sandbox.Environment())
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as problem:
        raise errors.TemplateError(f"The template cannot be filled: {_sentence(problem)}") from problem
    document: Document = rendered.docx
    contents.fill(document, pages)
    captions.number(document)
    tables.fit(document)
    _speak(document, told["document"]["language"])
    _date(document, plan.made_on)
    saved = io.BytesIO()
    document.save(saved)
    return archive.pack(saved.getvalue())


def _sentence(problem: Exception) -> str:
    """What went wrong, with the words of the template around it where they are known."""
    around = " ".join(" ".join(getattr(problem, "docx_context", ())).split())
    words = str(problem).rstrip(".")
    return f"{words}, near “{around[:120]}”." if around else f"{words}."


def _speak(document: Document, language: str) -> None:
    """Let Word check spelling and read aloud in the plan's language."""
    for mark in (*document.styles.element.iter(qn("w:lang")), *document.element.iter(qn("w:lang"))):
        mark.set(qn("w:val"), language)
    for mark in document.settings.element.iter(qn("w:themeFontLang")):
        mark.set(qn("w:val"), language)


def _date(document: Document, made_on: dt.date) -> None:
    """The plan's day, not the clock's: the same answers give the same bytes."""
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime.combine(made_on, dt.time())
