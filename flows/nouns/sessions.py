"""Where one respondent stands in one section."""

from __future__ import annotations

import datetime as dt
import enum

from flows.nouns.answers import Answer, Value
from flows.nouns.base import Noun


class Mode(enum.StrEnum):
    """The conversation's states; `flows.lifecycles` says which follow which."""

    IDLE = "idle"
    ASKING = "asking"
    CONFIRMING = "confirming"
    REVIEWING = "reviewing"
    EDITING = "editing"
    PAUSED = "paused"


class Dispute(Noun, frozen=True):
    """Another answer that a reviewer proposes beside the respondent's: both stand until it is decided."""

    proposed: Answer
    kept: bool = False
    """Whether the respondent stays with theirs, so that the project manager has to decide."""


class Share(Noun, frozen=True):
    """The part of a section that a colleague answers for its owner; the rest is closed to them."""

    key: str = ""
    """Of a question, list, entry or group; empty for the whole section."""
    by: str = ""
    """Who answers it."""


class Session(Noun, frozen=True):
    """One respondent's place in one section: a value that survives any restart as JSON.

    An answer's key is its question's path with the entry number behind each repeat's name:
    `servers:2/memory` is the memory of the entry numbered 2. Numbers are never given twice,
    so removing an entry leaves the others' keys alone; `entries` holds their order.
    """

    flow: str
    version: str
    mode: Mode = Mode.IDLE
    cursor: str = ""
    """Key of the question (or repeat) that stands; empty before the first and at the review."""
    answers: dict[str, Answer] = {}
    values: dict[str, Value] = {}
    """Key -> what the form itself set where nobody answered: dynamic defaults, and values set by actions."""
    language: str = ""
    """The language the respondent chose; empty for that of the flow."""
    begun: dt.datetime | None = None
    """When it was first opened; what is drawn at random follows from it."""
    entries: dict[str, tuple[int, ...]] = {}
    """Key of a repeat -> the numbers of its entries, in order."""
    numbered: dict[str, int] = {}
    """Key of a repeat -> the highest number given to an entry, so that a removed entry's is not given again."""
    closed: tuple[str, ...] = ()
    """Keys of the repeats whose respondent said that nothing is left to add."""
    ticked: tuple[str, ...] = ()
    """Choices ticked so far where several may be chosen and Done is not yet pressed."""
    proposed: Answer | None = None
    """A reading of typed words, or an unusual answer, that waits for yes or no."""
    doubted: bool = False
    """Whether it waits because it is unusual."""
    written: Answer | None = None
    """The answer as it was written, where the one proposed hides what looks like a client's data."""
    following: dict[str, str] = {}
    """Key -> what the same message says for it, while the number before it waits for yes or no."""
    resume: Mode = Mode.ASKING
    """The mode to return to after a pause or a confirmation."""
    comments: dict[str, str] = {}
    """Key -> the reviewer's remark on an answer that came back."""
    disputes: dict[str, Dispute] = {}
    """Key -> what a reviewer proposes in the place of the answer there."""
    handed: tuple[str, ...] = ()
    """Keys of the parts that wait for a colleague: the owner is not asked there; empty for the whole section."""
    share: Share | None = None
    """Whose part this is, while a colleague answers it; None for the section's owner."""
    revision: int = 0
    """Grows with every turn; a button made at another revision is stale."""
