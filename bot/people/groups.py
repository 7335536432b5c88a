"""Groups in which an assessment's digest may be asked for: which they are, linked and unlinked."""

from __future__ import annotations

import msgspec

from storage import records

ANONYMOUS_ADMIN = 1087968824
"""Telegram's GroupAnonymousBot: stands in a group for an administrator who does not say who they are."""

MOST = 10
"""Groups of one assessment; each is shown its counts."""


def linked(assessment: records.Assessment, group: records.Group) -> records.Assessment:
    """The assessment with a group more."""
    others = tuple(one for one in assessment.groups if one.chat != group.chat)
    return msgspec.structs.replace(assessment, groups=(*others, group))


def unlinked(assessment: records.Assessment, chat: int) -> records.Assessment:
    """The assessment without a group."""
    kept = tuple(group for group in assessment.groups if group.chat != chat)
    return msgspec.structs.replace(assessment, groups=kept)


def moved(assessment: records.Assessment, chat: int, to: int) -> records.Assessment:
    """The assessment with a group at its new number: Telegram gives one when a group becomes a supergroup."""
    groups = tuple(
        msgspec.structs.replace(group, chat=to) if group.chat == chat else group
        for group in assessment.groups
    )
    return msgspec.structs.replace(assessment, groups=groups)
