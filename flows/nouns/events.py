"""What a person did."""

from __future__ import annotations

from flows.nouns.answers import Answer, Attachment, Point, Sure
from flows.nouns.base import Noun


class Event(Noun, frozen=True, tag_field="event"):
    """What a person did; each subclass is one kind of act."""


class Begin(Event, frozen=True, tag="begin"):
    """Open the section, or come back to it: show what stands."""


class Typed(Event, frozen=True, tag="typed"):
    """Sent words."""

    text: str


class Picked(Event, frozen=True, tag="picked"):
    """Pressed a choice: the answer of a select_one, a tick or untick of a select_multiple."""

    choice: str


class Ticked(Event, frozen=True, tag="ticked"):
    """Pressed Done under a list of ticks."""


class Located(Event, frozen=True, tag="located"):
    """Sent a location."""

    point: Point


class Attached(Event, frozen=True, tag="attached"):
    """Sent a photo, file or voice note: the answer of such a question, evidence beside any other."""

    attachment: Attachment


class Back(Event, frozen=True, tag="back"):
    """Go to the question before."""


class Skipped(Event, frozen=True, tag="skipped"):
    """Leave the question open for now."""


class Unknown(Event, frozen=True, tag="unknown"):
    """Say "I don't know": an answer, and an open point."""


class Estimated(Event, frozen=True, tag="estimated"):
    """Mark the last answer given as an estimate."""

    key: str


class Meant(Event, frozen=True, tag="meant"):
    """Say what an answer without a value means: that a colleague is asked, or that it does not concern them."""

    key: str
    sure: Sure


class Agreed(Event, frozen=True, tag="agreed"):
    """Take the answer that the reviewer proposes in the place of one's own."""

    key: str


class Kept(Event, frozen=True, tag="kept"):
    """Stay with one's own answer where the reviewer proposes another."""

    key: str


class Confirmed(Event, frozen=True, tag="confirmed"):
    """Answer yes or no to "did you mean …?"."""

    yes: bool


class AsWritten(Event, frozen=True, tag="as_written"):
    """Say that what was proposed to be hidden is no client's: keep the words as they were written."""


class Handed(Event, frozen=True, tag="handed"):
    """Hand a part to a colleague: a question, list, entry or group by its key, or with an empty one the section."""

    key: str = ""


class TakenBack(Event, frozen=True, tag="taken_back"):
    """Answer oneself what was handed to a colleague."""

    key: str = ""


class Added(Event, frozen=True, tag="added"):
    """Add an entry to the repeat that stands."""


class TableRow(Noun, frozen=True):
    """One entry of a repeat as a row of a table that was filled in."""

    number: int = 0
    """The entry that it changes; 0 for a new one."""
    answers: dict[str, Answer] = {}
    """By the question's path below its repeat; an answer that is not here stays as it is."""


class Filled(Event, frozen=True, tag="filled"):
    """Sent back the repeat that stands as a table: these rows of it are taken."""

    key: str
    rows: tuple[TableRow, ...]


class Finished(Event, frozen=True, tag="finished"):
    """Say that the repeat that stands is complete."""


class Opened(Event, frozen=True, tag="opened"):
    """Open one entry of the repeat that stands, to change it."""

    key: str


class Removed(Event, frozen=True, tag="removed"):
    """Remove one entry of the repeat that stands."""

    key: str


class Reviewed(Event, frozen=True, tag="reviewed"):
    """Ask for the list of one's answers."""

    page: int = 0


class Changed(Event, frozen=True, tag="changed"):
    """Go to one question, from the review or from anywhere, to answer it again."""

    key: str


class Amended(Event, frozen=True, tag="amended"):
    """Answer another question than the one that stands, as by replying to it; that one then stands again."""

    key: str
    answer: Typed | Located | Attached


class Paused(Event, frozen=True, tag="paused"):
    """Stop for now."""


class Submitted(Event, frozen=True, tag="submitted"):
    """Hand the section in."""


AnyEvent = (
    Begin | Typed | Picked | Ticked | Located | Attached | Back | Skipped | Unknown | Estimated | Meant
    | Agreed | Kept | Confirmed | AsWritten | Handed | TakenBack | Added | Filled | Finished | Opened | Removed
    | Reviewed | Changed | Amended | Paused | Submitted
)  # fmt: skip
