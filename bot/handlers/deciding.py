"""Two answers stand, the respondent's and the reviewer's: the project manager decides which one counts."""

from __future__ import annotations

import msgspec

from bot import views
from bot.asking import answers, keeping
from bot.handlers import common
from bot.people import access, team
from bot.reminders import follow_ups
from bot.work import Work
from flows import disputing, nouns, progress, review, shipped
from storage import records

THEIRS, PROPOSED = "theirs", "proposed"
"""What a button decides for: the respondent's answer, or the one proposed."""


async def picked(work: Work, found: team.Team, section: records.Section, value: str) -> bool:
    """Show both answers, or take the decision that a button brings; whether one was taken."""
    if not found.may(work.person.id, access.Deed.DECIDE) or section.state != "submitted":
        return True
    key, _, choice = value.partition(" ")
    session = await work.storage.session(section.id)
    if session is None or key not in session.disputes:
        return True
    flow = found.library.flow(section.flow, session.version)
    if choice in (THEIRS, PROPOSED):
        _decide(work, found, section, session, key, proposed=choice == PROPOSED)
        return True
    line = review.line(work.told(flow), session, key)
    if line is None:
        _decide(work, found, section, session, key, proposed=False)
        return True
    _ask(work, found, section, session, line)
    return False


def _ask(
    work: Work, found: team.Team, section: records.Section, session: nouns.Session, line: nouns.ReviewLine
) -> None:
    words = work.words
    theirs = answers.in_words(msgspec.structs.replace(line, rival=""), words)
    answer = session.answers.get(line.key)
    given_by = _name(work, found, answer.by if answer is not None else "")
    proposed_by = _name(work, found, session.disputes[line.key].proposed.by)
    text = words.html(
        "review.decide.which",
        label=line.label,
        answer=theirs,
        given_by=given_by,
        rival=line.rival,
        proposed_by=proposed_by,
    )
    rows = (
        (_button(theirs, f"{section.id} {line.key} {THEIRS}"),),
        (_button(line.rival, f"{section.id} {line.key} {PROPOSED}"),),
        (common.go(work, "button.back", "review", section.id),),
    )
    work.show(views.View(text, rows))


def _button(label: str, value: str) -> views.Button:
    return views.Button(label, views.Pick("review.decide", value))


def _decide(
    work: Work,
    found: team.Team,
    section: records.Section,
    session: nouns.Session,
    key: str,
    *,
    proposed: bool,
) -> None:
    flow = found.library.flow(section.flow, session.version)
    turn = disputing.decide(flow, session, key, proposed=proposed, now=work.now)
    keeping.keep(work, section, session, turn.session, turn.effects)
    work.changes += follow_ups.rows(found.assessment, section, flow, turn.effects, work.now)
    count = progress.of(flow, turn.session, now=work.now)
    counted = msgspec.structs.replace(
        section, answered=count.answered, total=count.total, changed_at=work.now
    )
    work.put(counted)
    owner = found.people.get(section.owner or 0)
    line = review.line(flow, turn.session, key, now=work.now)
    if owner is not None and owner.id != work.person.id and line is not None:
        theirs = work.words_of(owner)
        told = review.line(shipped.in_language(flow, owner.language), turn.session, key) or line
        notice = theirs.html(
            "review.decided.notice",
            name=work.person.name,
            label=told.label,
            answer=answers.in_words(told, theirs),
        )
        work.tell(owner.id, views.View(notice))


def _name(work: Work, found: team.Team, by: str) -> str:
    return found.names([by]).get(by) or work.words.say("status.nobody")
