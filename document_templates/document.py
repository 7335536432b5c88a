"""One document made of one plan and one template: told, rendered in the sandbox, finished, packed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

import jinja2
from docx.document import Document
from docx.oxml.ns import qn

from document_templates import (
    archive,
    captions,
    contents,
    context,
    direction,
    errors,
    findings,
    keeping,
    pictures,
    sandbox,
    tables,
    word_template,
)
from planning import nouns

FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, SyntaxError,
    RecursionError,
)  # fmt: skip
"""What Jinja, docxtpl, python-docx and lxml raise over a template that somebody else made."""


def make(
    plan: nouns.Plan,
    *,
    template: bytes,
    language: str = "en",
    version: str = "",
    pages: tuple[int, ...] | None = None,
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """The .docx; equal arguments give equal bytes. Raises `errors.TemplateError`.

    `pages` are the contents list's page numbers; empty prints stand-ins to measure with, None prints none.
    `photos` are contents by file id, empty where that is no picture.
    """
    shown = photos or {}
    told = context.plain(plan, language, version=version, photos=shown)
    rendered = word_template.Template(io.BytesIO(template))
    try:
        rendered.render(told, sandbox.Environment())
        pictures.place(rendered.docx, shown, context.descriptions(told))
        return _finished(rendered.docx, plan, told["document"]["language"], pages)
    except FAULTS as problem:
        raise errors.TemplateError(
            findings.Finding("not_filled_in", {"reason": _sentence(problem)})
        ) from problem


def _finished(document: Document, plan: nouns.Plan, language: str, pages: tuple[int, ...] | None) -> bytes:
    """The filled document with its list, numbers and widths, packed."""
    contents.fill(document, pages)
    captions.number(document)
    tables.fit(document)
    keeping.keep(document)
    _speak(document, language)
    if direction.is_right_to_left(language):
        direction.turn(document)
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
        mark.set(qn("w:bidi"), language)
    for mark in document.settings.element.iter(qn("w:themeFontLang")):
        mark.set(qn("w:val"), language)


def _date(document: Document, made_on: dt.date) -> None:
    """The plan's day, not the clock's: the same answers give the same bytes."""
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime.combine(made_on, dt.time())
