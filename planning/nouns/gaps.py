"""What is missing, and the ways to fill it."""

from __future__ import annotations

import enum

from planning.nouns.base import Noun
from planning.nouns.figures import Figure
from planning.nouns.words import Text, Words


class Severity(enum.StrEnum):
    """How bad a gap or risk is; shown as sign and word (`severity.red` …), the colour is only a third."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def sign(self) -> str:
        """A sign that differs in shape, for print and colour-blind readers, and that office fonts have."""
        return {"red": "■", "amber": "▲", "green": "●"}[self.value]


class GapKind(enum.StrEnum):
    """What is missing."""

    FUNCTIONAL = "functional"
    PEOPLE = "people"
    INFRASTRUCTURE = "infrastructure"
    SECURITY = "security"


class Gap(Noun, frozen=True):
    """Something needed that is not there, and what is to be done about it."""

    kind: GapKind
    what: Words
    severity: Severity
    id: str = ""
    """The capability's or item's id, as `LPR-17`."""
    area: Words = ""
    """The module, branch or place that it belongs to."""
    branch: str = ""
    need: Figure | None = None
    have: Figure | None = None
    gap: Figure | None = None
    support: Text | None = None
    """Functional gaps: how far Mifos serves it."""
    note: Words = ""
    use_case: str = ""
    urgency: Text | None = None
    """must have, or nice to have, and from when."""
    times: Figure | None = None
    """Functional gaps: how many times a month it is used."""
    score: Figure | None = None
    """Functional gaps: impact times urgency, the order in which they are closed."""
    resolution: Text | None = None
    """What the institution chose, or what is proposed."""
    proposed: bool = False
    """Whether nobody chose the resolution yet."""
    effort: Figure | None = None
    """Days of a specialist."""


class Purchase(Noun, frozen=True):
    """What a way to fill a gap puts into the budget."""

    item: str
    """`cost.<item>` says it."""
    quantity: Figure
    price: Figure
    """Of one piece; of one piece and month where `monthly`."""
    life: str = ""
    """The parameter that holds the years after which it is bought again; empty where it is not."""
    monthly: bool = False


class Option(Noun, frozen=True):
    """One way to fill a gap of infrastructure."""

    way: Text
    """Reuse, repair, buy, rent, or do without."""
    what: Text
    cost: Figure
    """Over the plan's years, at today's prices."""
    days: Figure
    """Until it is there."""
    fit: Severity
    """Green: fills it; amber: fills it badly, or with work; red: not advised."""
    covers: float | None = None
    """How many pieces it fills; None where it fills the whole gap."""
    advised: bool = False
    """Whether it is taken: advised, or chosen by the project manager."""
    buys: tuple[Purchase, ...] = ()


class GapOptions(Noun, frozen=True):
    """The ways to fill one gap, the best first, with those that are taken: the one place where that is decided."""

    gap: str
    """The gap's id."""
    what: Words
    options: tuple[Option, ...]
    """None while nobody knows whether anything is missing."""
    advice: Text
    branch: str = ""
    buys: tuple[Purchase, ...] = ()
    """What the ways taken put into the budget."""

    @property
    def taken(self) -> tuple[Option, ...]:
        """The ways that fill the gap."""
        return tuple(one for one in self.options if one.advised)
