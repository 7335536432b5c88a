"""What a turn leaves on the screen: the question that stands, and the record of what was said."""

from __future__ import annotations

import dataclasses
import datetime as dt

import markupsafe

from bot import views
from bot.asking import answers, calendars, drawing, places
from bot.handlers import colleagues, moving
from bot.people import delegations, team
from bot.work import Work
from flows import nouns, review
from storage import port, records


@dataclasses.dataclass(frozen=True)
class Done:
    """A turn that was worked out, with all that it stands on."""

    place: places.Place
    before: nouns.Session | None
    """The section's session as it was kept."""
    session: nouns.Session
    """The same without the parts that nobody will answer any more."""
    going: moving.Going
    flow: nouns.Flow
    """The questions in the person's language."""
    event: nouns.AnyEvent
    turn: nouns.Turn
    found: team.Team | None
    """The team, where something of the section is handed on."""
    about: records.Screen | None = None
    """The earlier screen whose question was answered."""

    @property
    def is_handed_in(self) -> bool:
        """Whether the section, or the colleague's part, leaves the person."""
        return any(isinstance(effect, nouns.HandedIn) for effect in self.turn.effects)

    @property
    def prompt(self) -> nouns.Prompt:
        """What the person should see."""
        return next(effect.prompt for effect in self.turn.effects if isinstance(effect, nouns.Show))


async def show(work: Work, done: Done, stored: list[nouns.Stored], others: answers.Others) -> None:
    """Show the question that stands; the one that was answered becomes a line of the record."""
    place, flow, session, prompt, event = done.place, done.flow, done.turn.session, done.prompt, done.event
    choosing = isinstance(event, nouns.Picked) and prompt.several
    turning = isinstance(event, nouns.Reviewed) and prompt.kind == "review"
    page = work.conversation.draft.get("page", 0) if choosing else 0
    if isinstance(event, nouns.Reviewed):
        page = event.page
    if not choosing:
        work.now_talking(draft={})
    said = _just_said(flow, session, stored, work.now)
    view = drawing.draw(prompt, work.words, page=page, just_said=said, others=others)
    view = await with_more(work, place, session, prompt, view)
    if not (choosing or turning or isinstance(event, nouns.Amended)):
        close_answered(work, flow, place, session, stored)
    work.show(view, section=place.id, revision=session.revision, key=prompt.key, in_place=choosing or turning)


async def with_more(
    work: Work,
    place: places.Place,
    session: nouns.Session,
    prompt: nouns.Prompt,
    view: views.View,
    month: str = "",
) -> views.View:
    """The view with a month to tap at where a date is asked, and for a colleague with the way to give it back."""
    rows = view.rows
    if prompt.type == "date" and prompt.kind == "question":
        assessment = await work.storage.assessment(place.section.assessment)
        country = assessment.institution.country if assessment is not None else ""
        first = calendars.month_of(month, calendars.first_month(session, prompt.key, work.now.date()))
        rows = (*calendars.rows(first, work.words, country), *rows)
    if place.delegation is not None:
        rows = (*rows, colleagues.way_out(work, place.delegation))
    return views.View(view.text, rows)


async def others(work: Work, place: places.Place, session: nouns.Session) -> answers.Others:
    """For whom what was handed on waits, as this turn leaves it, and the names of others who answered here."""
    owner = str(place.section.owner or "")
    answered = {answer.by for answer in session.answers.values()} - {owner, ""}
    if place.delegation is not None or not (session.handed or answered):
        return answers.NOBODY
    found = await team.load(work.storage, work.library, place.section.assessment)
    if found is None:
        return answers.NOBODY
    made = [
        change.record
        for change in work.changes
        if isinstance(change, port.Put | port.PutNew) and isinstance(change.record, records.Delegation)
    ]
    waiting = {
        one.key: delegations.waits(found, one, work.words)
        for one in (*delegations.standing(found, place.section.id), *made)
        if one.ended_at is None
    }
    return answers.Others(waiting, found.names(answered))


def say_changed(
    work: Work, flow: nouns.Flow, was: nouns.Session, now: nouns.Session, about: records.Screen
) -> None:
    """Say what an earlier answer is now and what it was, also at its question."""
    before, after = (review.line(flow, each, about.key, now=work.now) for each in (was, now))
    if after is None:
        return
    said = answers.answered(after, work.words)
    work.send(work.person.id, "close", token=about.token, text=views.View(said).text)
    if before is not None:
        answer = answers.in_words(before, work.words)
        said = markupsafe.Markup("\n").join([said, work.words.html("amend.before", answer=answer)])
    work.say(views.View(said))


def close_answered(
    work: Work,
    flow: nouns.Flow,
    place: places.Place,
    session: nouns.Session,
    stored: list[nouns.Stored],
) -> None:
    """Turn the question into a line of the record, so that the chat reads as what was said."""
    if work.standing is None or work.standing.section != place.id or not stored:
        return
    line = review.line(flow, session, stored[-1].key, now=work.now)
    if line is not None:
        work.close(answers.answered(line, work.words))


def _just_said(
    flow: nouns.Flow, session: nouns.Session, stored: list[nouns.Stored], now: dt.datetime
) -> nouns.ReviewLine | None:
    """The line of an answer of which more can be said: a number given as known, or one without a value."""
    if not stored:
        return None
    answer = stored[-1].answer
    is_number = isinstance(answer.value, int | float) and answer.sure is nouns.Sure.KNOWN
    is_open = answer.sure in (nouns.Sure.UNKNOWN, nouns.Sure.ASKED)
    return review.line(flow, session, stored[-1].key, now=now) if is_number or is_open else None
