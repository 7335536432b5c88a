"""What was answered, and what is still open."""

from __future__ import annotations

from document_templates.fields.base import Fields
from document_templates.fields.branches import Fact


class AnswerRow(Fields, frozen=True):
    """One answer."""

    label: str
    value: str
    sure: str
    """known, an estimate, not known …"""
    respondent: str
    by: str
    """The respondent, with the sign and word of a doubt where there is one."""
    on: str
    note: str


class Entry(Fields, frozen=True):
    """One entry of a list of answers: its questions with what was said to them."""

    name: str
    answers: list[Fact]


class AnswerList(Fields, frozen=True):
    """The entries of a list: as a table where few questions were asked or few words said, else as cards."""

    title: str
    columns: list[str]
    """Empty where the list is shown as cards."""
    rows: list[list[str]]
    cards: list[Entry]


class AnswerBlock(Fields, frozen=True):
    """What one respondent said for a chapter."""

    title: str
    state: str
    owner: str
    rows: list[AnswerRow]
    lists: list[AnswerList]


class OpenPointRow(Fields, frozen=True):
    """Something nobody has said yet."""

    number: str
    question: str
    place: str
    """The section, with the branch."""
    why: str
    owner: str
    waits: str
    """For which colleague its owner waits, and since when; empty where none was asked."""
    due: str


class LogRow(Fields, frozen=True):
    """Who answered one section."""

    section: str
    state: str
    who: str
    on: str
    """From the first day to the last."""
    known: str
    estimates: str
    open: str
    """How many answers are known, estimated, still owed."""
    remarks: str
    """Notes and evidence beside the answers."""
