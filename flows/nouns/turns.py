"""What comes of an event: the next session, and what the shell shows and keeps."""

from __future__ import annotations

from typing import Any

from flows.nouns.answers import Answer, Sure
from flows.nouns.base import Noun
from flows.nouns.sessions import Session


class Problem(Noun, frozen=True):
    """Why an act was not taken, as a message id of the catalogue with its values, or in the flow's own words."""

    code: str
    values: dict[str, Any] = {}
    text: str = ""
    """The flow author's constraint_message; shown instead of the catalogue's words when there is one."""


class Option(Noun, frozen=True):
    """A choice as it is offered now."""

    name: str
    label: str
    chosen: bool = False


class ReviewLine(Noun, frozen=True):
    """One answer in the list at a section's end."""

    key: str
    label: str
    shown: str
    """The answer in words: choice labels, number with unit; empty where nothing is answered."""
    sure: Sure
    kind: str = "question"
    """question, entry (a heading for one entry of a repeat), or repeat (`shown` is how many entries it has)."""
    comment: str = ""
    rival: str = ""
    """What the reviewer proposes in its place, in words."""
    by: str = ""
    """Id of who gave the answer there."""
    handed: str | None = None
    """Key of the part in which it waits for a colleague; None where it does not."""


class Wanted(Noun, frozen=True):
    """One of several numbers that a message may give at once."""

    key: str
    label: str
    """What it is, in few words."""


class Prompt(Noun, frozen=True):
    """What the respondent should see now; the shell words and draws it."""

    kind: str
    """question, repeat, confirm, review, submitted or paused."""
    title: str
    """The section's title."""
    key: str = ""
    group: str = ""
    """The heading of the group or entry that the question stands in."""
    type: str = ""
    label: str = ""
    hint: str = ""
    unit: str = ""
    together: tuple[Wanted, ...] = ()
    """The numbers that one message may give, this question's first; none where it is one only."""
    example: str = ""
    """Such a message."""
    options: tuple[Option, ...] = ()
    several: bool = False
    current: str = ""
    """The answer already there, in words."""
    proposed: str = ""
    """For confirm: the reading, in words."""
    doubted: bool = False
    """For confirm: whether it was read without doubt, but is unusual."""
    hidden: bool = False
    """For confirm: whether what looks like a client's data is hidden in it."""
    evidence: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """Acts that may be offered as buttons: tags of the events, such as back, skipped, unknown, paused."""
    position: int = 0
    total: int = 0
    """The question's place among those that apply now, and how many there are."""
    problem: Problem | None = None
    comment: str = ""
    """What the reviewer said of the answer that came back."""
    rival: str = ""
    """The answer that the reviewer proposes in the place of the one there, in words."""
    by: str = ""
    """Id of who gave the answer there."""
    handed: str | None = None
    """Key of the part in which it waits for a colleague; None where it does not."""
    lines: tuple[ReviewLine, ...] = ()
    """For review: every answer that applies; for repeat: one line an entry."""
    missing: int = 0
    """For review: how many questions are still open."""
    waits: bool = False
    """For review: whether all that is still open waits for colleagues."""


class Effect(Noun, frozen=True, tag_field="effect"):
    """Something the shell must do after a turn."""


class Show(Effect, frozen=True, tag="show"):
    """Show this prompt."""

    prompt: Prompt


class Stored(Effect, frozen=True, tag="stored"):
    """An answer was given or changed."""

    key: str
    answer: Answer


class Erased(Effect, frozen=True, tag="erased"):
    """An answer is gone, because its entry was removed."""

    key: str


class HandedIn(Effect, frozen=True, tag="handed_in"):
    """The section is submitted: it leaves the respondent for review."""


class Stopped(Effect, frozen=True, tag="stopped"):
    """The respondent paused."""


AnyEffect = Show | Stored | Erased | HandedIn | Stopped


class Turn(Noun, frozen=True):
    """What comes of one event: the next session and what to do."""

    session: Session
    effects: tuple[AnyEffect, ...] = ()
