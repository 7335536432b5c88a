"""A chapter's heading and opening."""

from __future__ import annotations

from document_templates.fields.answers import AnswerBlock, OpenPointRow
from document_templates.fields.base import Fields
from document_templates.fields.figures import FigureRow
from document_templates.fields.gaps import GapRow


class Chapter(Fields, frozen=True):
    """What every chapter has."""

    title: str
    statements: list[str]
    figures: list[FigureRow]
    gaps: list[GapRow]
    answers: list[AnswerBlock]
    open_points: list[OpenPointRow]
    is_empty: bool
    """Whether nothing was computed, answered or left open for it."""
