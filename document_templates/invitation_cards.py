"""What stands on the cards of a sheet of invitations."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Card(msgspec.Struct, frozen=True):
    """What stands on one card, in the language of who reads it."""

    title: str
    """Who is meant, as the branch."""
    about: str
    """What this is, in two sentences."""
    how: str
    link: str
    until: str
    picture: str
    """What the square is, for who cannot see it."""


def sheet(title: str, cards: Sequence[Card], language: str) -> bytes:
    """The cards as a Word file; python-docx is loaded with the first one."""
    from document_templates import invitation_sheets

    return invitation_sheets.make(title, cards, language)
