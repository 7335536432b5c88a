"""The plans of the shipped sample institutions, whole and half empty, in every language."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources

import msgspec

from document_templates import document, rendering
from flows import book, shipped
from planning import nouns
from planning import plan as planning

NAMES = ("village_bank", "sme_lender", "savings_cooperative")
"""Four branches, twelve and forty."""
LANGUAGES = ("en", "fr", "es", "sw")
TODAY = dt.date(2026, 11, 26)


@functools.cache
def plan(name: str, language: str, *, half: bool = False) -> nouns.Plan:
    """The plan of a sample; of half of its sections where `half`."""
    file = importlib.resources.files("flows") / "samples" / f"{name}.answers.json"
    given = book.decode(file.read_bytes())
    if half:
        given = msgspec.structs.replace(given, sections=given.sections[::2])
    told = [shipped.in_language(flow, language) for flow in shipped.assessment()]
    return planning.make_plan(shipped.book_in_language(given, language), told, today=TODAY, prove=False)


def rendered(name: str, language: str, *, half: bool = False) -> bytes:
    """That plan as a Word file, without measured page numbers."""
    template = rendering.STANDARD_TEMPLATE.read_bytes()
    return document.make(plan(name, language, half=half), template=template, language=language, version="0.1")
