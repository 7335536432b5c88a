"""One-use links to seats: made, and written as the address that a phone opens."""

from __future__ import annotations

import hashlib
import secrets

import msgspec

from bot import limits
from bot.people import team
from bot.work import Work
from storage import records

TOKEN_BYTES = 16
"""128 random bits: a link cannot be guessed."""


class Link(msgspec.Struct, frozen=True):
    """A link that was just made: the only moment at which it can be read."""

    seat: team.Seat
    url: str
    invitation: records.Invitation


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(work: Work, found: team.Team, seat: team.Seat, name: str = "") -> Link:
    """A new link to a seat, for whoever is to sit there."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = records.Invitation(
        token_hash=token_hash(token),
        assessment=found.assessment.id,
        role=seat.role,
        branch=seat.branch,
        name=name,
        created_by=work.person.id,
        created_at=work.now,
        expires_at=work.now + limits.INVITATION_LIFE,
    )
    work.put(invitation)
    return Link(seat, f"https://t.me/{work.bot_name}?start={token}", invitation)
