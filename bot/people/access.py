"""Access: who may do what. The buttons follow it, and every act is checked against it all the same."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping

from flows import nouns

OWNER = "owner"

COLLEAGUE = "colleague"
"""The part of somebody who was asked a question by a colleague: it allows nothing but answering that."""

FORMER = "former"
"""The part of somebody who took part once: it allows nothing, and keeps their name with what they answered."""


class Deed(enum.StrEnum):
    """What may be allowed or not within an assessment."""

    INVITE = "invite"
    PEOPLE = "people"
    FILL = "fill"
    GROUP = "group"
    ARCHIVE = "archive"
    ERASE = "erase"
    STATUS = "status"
    REMIND = "remind"
    REVIEW = "review"
    PLAN = "plan"
    SURVEY = "survey"
    ASSUME = "assume"
    DECIDE = "decide"
    SIGN_OFF = "sign_off"
    SIGNERS = "signers"
    TEMPLATE = "template"


LEADERS = frozenset({OWNER, nouns.Role.PROJECT_MANAGER})
ALLOWED: Mapping[Deed, frozenset[str]] = {
    Deed.INVITE: LEADERS,
    # Who sits where, and which branches there are.
    Deed.PEOPLE: LEADERS,
    # Answers of every branch from one sheet: whoever sends it has a say over what others answer.
    Deed.FILL: LEADERS,
    # Who sees the counts beside those who take part.
    Deed.GROUP: LEADERS,
    Deed.ARCHIVE: LEADERS,
    # What many people wrote goes for good: whoever runs the bot says so.
    Deed.ERASE: frozenset({OWNER}),
    Deed.STATUS: LEADERS | {nouns.Role.SPECIALIST},
    Deed.REMIND: LEADERS,
    Deed.REVIEW: frozenset({nouns.Role.PROJECT_MANAGER, nouns.Role.SPECIALIST}),
    Deed.PLAN: LEADERS | {nouns.Role.SPECIALIST},
    # The specialist knows what the gap analysis still lacks; who answers owes to whoever leads.
    Deed.SURVEY: LEADERS | {nouns.Role.SPECIALIST},
    Deed.ASSUME: LEADERS | {nouns.Role.SPECIALIST},
    Deed.DECIDE: LEADERS,
    # Beside these, whoever is named to sign sees where the sign-off stands.
    Deed.SIGN_OFF: LEADERS | {nouns.Role.SPECIALIST},
    Deed.SIGNERS: LEADERS,
    # What the plan looks like is the institution's own affair.
    Deed.TEMPLATE: LEADERS,
}
"""Which roles may do it; a role of one assessment counts for nothing in another."""


AFTER_THE_END = frozenset({Deed.STATUS, Deed.PLAN, Deed.ARCHIVE, Deed.ERASE})
"""What is left to do with an assessment that is closed: look at it, and say how long it is kept."""


def may(roles: Collection[str], deed: Deed) -> bool:
    """Whether somebody with these roles in the assessment may do it."""
    return not ALLOWED[deed].isdisjoint(roles)


def who_may(deed: Deed) -> str:
    """The role to name to somebody who may not: the one closest to the work."""
    return nouns.Role.PROJECT_MANAGER if nouns.Role.PROJECT_MANAGER in ALLOWED[deed] else OWNER
