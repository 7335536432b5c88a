"""What nobody has said yet."""

from __future__ import annotations

import datetime as dt
import enum

from planning.nouns.base import Noun


class Reason(enum.StrEnum):
    """Why a point is open."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    ASKED = "asked"
    """Its respondent asks a colleague."""
    SKIPPED = "skipped"
    RETURNED = "returned"
    DISPUTED = "disputed"
    """The reviewer proposes another answer, and nobody has decided."""
    REFUSED = "refused"
    """Answered with what the question does not take."""
    NOT_HANDED_IN = "not_handed_in"


class OpenPoint(Noun, frozen=True):
    """Something that nobody has said yet, with who owes it and by when."""

    id: str
    """Stable: flow, branch and key joined by `:`; the key is empty where a whole section is owed."""
    question: str
    """The question's label, or the section's title where the whole section is owed."""
    flow: str
    reason: Reason
    section: str = ""
    """The section's title."""
    branch: str = ""
    branch_name: str = ""
    key: str = ""
    owner: str = ""
    """Name of who owes it: the section's owner, else the project manager; empty where neither is named."""
    asked: str = ""
    """Name of the colleague for whom the owner waits; empty while nobody has opened the link."""
    asked_on: dt.date | None = None
    """Since when; None where no colleague was asked."""
    owner_role: str = ""
    """The role that owes it, for where no name is known."""
    due: dt.date | None = None
    questions: int = 1
    """How many questions the point stands for."""
    remark: str = ""
    """What the respondent noted beside it."""
    seeds: tuple[str, ...] = ()
    """Ids of the framework that it serves."""
