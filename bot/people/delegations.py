"""Delegations as people are told of them: which still stand, what each is about, for whom it waits and since when."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import NamedTuple

import msgspec

from bot import limits, views
from bot.people import team, working_hours
from flows import engine, handing, locales, nouns, shipped, versions
from flows import words as wording
from storage import records

GIVEN, REFUSED, TAKEN_BACK, ANSWERED = "given", "refused", "taken_back", "answered"
EXPIRED, LEFT, CLOSED, GONE, OWN = "expired", "left", "closed", "gone", "own"
"""Why a delegation is over; `records.Delegation.end` says what each means."""

TOLD = frozenset({GIVEN, REFUSED, LEFT})
"""Ends that a colleague brought about: the owner is told of them."""


class About(NamedTuple):
    """A delegation with what somebody is told of it, in their language."""

    delegation: records.Delegation
    section: records.Section
    label: str
    """The question, list, entry or group, or the section's title."""
    title: str
    """The section with its branch; the same as the label for a whole section."""
    asks: int | None
    """How many questions and lists of it are open; None where it is not asked now."""

    def where(self, words: wording.Catalogue) -> str:
        """The section behind the label, in brackets; nothing for a whole section."""
        return words.say("hand.where", title=self.title) if self.title != self.label else ""


def standing(found: team.Team, section: str) -> list[records.Delegation]:
    """The delegations of a section that are not over."""
    return [one for one in found.delegations if one.section == section and one.ended_at is None]


def dead(found: team.Team, one: records.Delegation, now: dt.datetime) -> str:
    """Why nobody will answer a delegation that is not over: its link expired, or who took it is gone; else empty."""
    if one.taken_at is not None:
        return "" if one.colleague in found.people else LEFT
    return EXPIRED if one.expires_at is not None and one.expires_at <= now else ""


def ended(one: records.Delegation, why: str, now: dt.datetime) -> records.Delegation:
    """A delegation that is over."""
    return msgspec.structs.replace(one, ended_at=now, end=why, place=None)


def about(
    found: team.Team,
    one: records.Delegation,
    session: nouns.Session | None,
    language: str,
    now: dt.datetime,
) -> About | None:
    """What a delegation is about; None where its section is gone."""
    section = next((each for each in found.sections if each.id == one.section), None)
    if section is None:
        return None
    words = wording.catalogue("bot", language)
    version = session.version if session is not None else ""
    flow = shipped.in_language(found.library.flow(section.flow, version), language)
    part = handing.part(flow, session or engine.start(flow), one.key, now=now)
    title = found.named(section, words)
    item = versions.item_at(flow, one.key)
    label = part.label if part is not None else item.label if item is not None else ""
    return About(
        one,
        section,
        short(label) if one.key and label else title,
        title,
        part.asks if part is not None else None,
    )


def short(label: str) -> str:
    """A question's words on one line, as they are quoted."""
    return (
        textwrap.shorten(label, limits.LABEL_CHARACTERS, placeholder=" …") or label[: limits.LABEL_CHARACTERS]
    )


def waits(found: team.Team, one: records.Delegation, words: wording.Catalogue) -> str:
    """For whom it waits, and since when."""
    colleague = found.people.get(one.colleague or 0)
    at = one.taken_at if colleague is not None else one.asked_at
    zone = working_hours.Calendar.of(found.assessment, "").zone
    day = locales.date(at.astimezone(zone).date(), words.language) if at is not None else ""
    if colleague is None:
        return words.say("asked.unopened", day=day)
    return words.say("asked.waits", name=colleague.name, day=day)


def asker(found: team.Team, one: records.Delegation, words: wording.Catalogue) -> str:
    """Whose answer it is in the end: the section's owner, else who asked, else the project manager."""
    section = next((each for each in found.sections if each.id == one.section), None)
    owner = found.people.get((section.owner if section is not None else None) or one.asked_by)
    return owner.name if owner is not None else words.say("role.project_manager")


def notice(found: team.Team, one: About, reason: str, words: wording.Catalogue) -> views.View:
    """What the owner is told of a part that came back, with the way to it while the section is open."""
    colleague = found.people.get(one.delegation.colleague or 0)
    name = colleague.name if colleague is not None else words.say("asked.somebody")
    text = words.html(f"hand.{reason}.notice", name=name, label=one.label, where=one.where(words))
    if one.section.state not in team.OPEN_STATES:
        return views.View(text)
    go = views.Button(words.say("reminder.go"), views.Open(one.section.id, one.delegation.key))
    return views.View(text, ((go,),))


def in_the_morning(
    found: team.Team, section: records.Section, one: records.Delegation, owner: int, due: dt.datetime
) -> records.Reminder:
    """The same for an owner who may not be written to now: with what else is to be said then."""
    id_ = f"{one.assessment}:handed:{one.token_hash}"
    return records.Reminder(
        id_, found.assessment.id, owner, due, "handed", section=section.id, key=one.token_hash
    )
