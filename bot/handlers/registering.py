"""Branches that a survey adds and changes when it is handed in: the register, new sections, and who is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import markupsafe
import msgspec

from bot import limits
from bot.asking import surveys
from bot.people import branches, team
from bot.work import Work
from flows import declaring, engine, entities, expressions, nouns
from flows import words as wording
from storage import records


async def read(
    work: Work, section: records.Section, flow: nouns.Flow, session: nouns.Session
) -> branches.Taken | nouns.Problem:
    """What the register becomes when the section is handed in, or why it cannot be."""
    assessment = await work.storage.assessment(section.assessment)
    if assessment is None:
        return branches.Taken((), ())
    try:
        changes = entities.changes(flow, session, source=section.id, now=work.now)
    except expressions.TooHeavyError:
        return nouns.Problem(engine.TOO_HEAVY)
    own = [change for change in changes if change.dataset == declaring.BRANCHES]
    return branches.take(assessment.branches, own, country=assessment.institution.country)


def keep(work: Work, found: team.Team, taken: branches.Taken) -> team.Team:
    """Keep the register; each new branch gets the sections of a branch. The team as it is then."""
    if not taken.added and not taken.changed:
        return found
    assessment = msgspec.structs.replace(found.assessment, branches=taken.branches)
    # the team was read after the register: what changed between the two is met like any change meanwhile
    work.change(msgspec.structs.replace(found.assessment, branches=taken.before), assessment)
    found = dataclasses.replace(found, assessment=assessment)
    places = [branch.id for branch in taken.added]
    made = [
        section
        for flow in found.library.flows()
        if places and flow.per is nouns.Per.BRANCH
        for section in surveys.ask(work, found, flow, places)
    ]
    return dataclasses.replace(found, sections=[*found.sections, *made])


def said(taken: branches.Taken, words: wording.Catalogue) -> str:
    """The sentences on what was added and changed; empty where nothing was."""
    parts = {"branches.added": taken.added, "branches.changed": taken.changed}
    return markupsafe.Markup(" ").join(
        words.html(code, n=len(named), names=listed([one.name for one in named], words))
        for code, named in parts.items()
        if named
    )


def listed(names: Sequence[str], words: wording.Catalogue) -> str:
    """Names of branches in a sentence; the rest of many is counted."""
    shown = ", ".join(names[: limits.BRANCHES_NAMED])
    rest = len(names) - limits.BRANCHES_NAMED
    return words.say("branches.more", names=shown, n=rest) if rest > 0 else shown
