"""A value with who gave it, how sure they are, and what proves it."""

from __future__ import annotations

import datetime as dt
import enum

from flows.nouns.base import Noun


class Sure(enum.StrEnum):
    """How much a respondent stands behind an answer."""

    KNOWN = "known"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
    ASKED = "asked"
    """Does not know, and asks a colleague."""
    NOT_APPLICABLE = "not_applicable"
    """Says that the question does not concern them: nobody owes an answer."""
    SKIPPED = "skipped"


class Attachment(Noun, frozen=True, tag_field="is", tag="attachment"):
    """A photo, file or voice note that a person sent: where it lies and what it is."""

    kind: str
    """image, file or audio."""
    file_id: str
    name: str = ""
    mime: str = ""
    size: int = 0
    """Bytes."""


class Point(Noun, frozen=True, tag_field="is", tag="point"):
    """A location in decimal degrees, altitude and accuracy in metres."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0


Value = str | int | float | list[str] | Point | Attachment | None
"""text, select_one, date and time (ISO 8601), traces and shapes as `str`; select_multiple and rank as
`list[str]`; None where nobody knows."""


class Answer(Noun, frozen=True):
    """A value with who gave it, when, how sure, and what proves it."""

    value: Value = None
    by: str = ""
    """Who gave it: the id of a person within the assessment; empty for the sample files' unnamed staff."""
    at: dt.datetime | None = None
    sure: Sure = Sure.KNOWN
    evidence: tuple[Attachment, ...] = ()
    note: str = ""
    """Where a figure comes from, when that is not a person: `published` or `illustrative` in the samples."""
