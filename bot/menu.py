"""The commands that a person may use: /help and Telegram's menu in their chat name just these."""

from __future__ import annotations

from collections.abc import Collection

from bot.people import access

EVERYONE = ("tasks", "asked", "practice", "leave", "language", "privacy", "mydata", "forget", "help")
LEADING = {
    "status": access.Deed.STATUS,
    "remind": access.Deed.REMIND,
    "reminders": access.Deed.REMIND,
    "review": access.Deed.REVIEW,
    "sign": access.Deed.SIGN_OFF,
    "plan": access.Deed.PLAN,
    "changes": access.Deed.PLAN,
    "why": access.Deed.PLAN,
    "assume": access.Deed.ASSUME,
    "whatif": access.Deed.PLAN,
    "dates": access.Deed.PLAN,
    "invite": access.Deed.INVITE,
    "people": access.Deed.PEOPLE,
    "branches": access.Deed.PEOPLE,
    "digest": access.Deed.GROUP,
    "archive": access.Deed.ARCHIVE,
    "survey": access.Deed.SURVEY,
    "template": access.Deed.TEMPLATE,
}

GLOBAL = ("start", "settings")
"""Commands that Telegram asks of every bot; with these, /help."""

CREATING = ("new", "switch")

ALL = frozenset((*GLOBAL, *EVERYONE, *LEADING, *CREATING))
"""Every command that is named to anybody."""


def commands(roles: Collection[str] = (), *, owner: bool = False, several: bool = False) -> tuple[str, ...]:
    """The names of the commands for somebody with these roles in the assessment they are at, of `several` or not."""
    creating = CREATING if owner else ("switch",) if several else ()
    leading = (name for name, deed in LEADING.items() if access.may(roles, deed))
    return (*leading, *creating, *EVERYONE)
