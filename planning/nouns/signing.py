"""What the record of sign-off says when a plan is made."""

from __future__ import annotations

import datetime as dt
import enum

from planning.nouns.base import Noun


class Signs(enum.StrEnum):
    """For whom somebody signs."""

    INSTITUTION = "institution"
    MANAGER = "manager"
    SPECIALIST = "specialist"


class Signature(Noun, frozen=True):
    """Somebody who is to sign, or has signed these answers."""

    name: str
    """Empty where the person was erased since."""
    signs: Signs
    day: dt.date | None = None
    """When they signed; None while they have not."""


class Opened(Noun, frozen=True):
    """Something was opened again, which voids the signatures."""

    day: dt.date
    who: str
    """Empty where the person was erased since."""
    reason: str
    signed: int
    """How many versions had been signed off by then."""


class SignOff(Noun, frozen=True):
    """Who signs, who has, and why something was opened again."""

    signatures: tuple[Signature, ...] = ()
    mark: str = ""
    """The beginning of the digest of the answers, to compare by eye."""
    opened: tuple[Opened, ...] = ()
