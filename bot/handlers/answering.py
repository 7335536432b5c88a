"""Answering: the person's acts reach the form engine, and what it shows reaches their screen."""

from __future__ import annotations

import dataclasses

import markupsafe
import msgspec

from bot import branches, calendars, drawing, follow_ups, reminding, team, views
from bot.handlers import common, moving, registering, tasks
from bot.work import Work
from flows import engine, lifecycles, nouns, progress, review
from storage import port, records


async def open_section(work: Work, section_id: str, key: str = "") -> None:
    """Open a section of the person's, at one question where a key is given."""
    event = nouns.Changed(key) if key else nouns.Begin()
    section = await work.storage.section(section_id)
    if section is None:
        await _refuse(work, "section.gone")
        return
    work.now_talking(assessment=section.assessment, section=section_id, topic="", draft={})
    await _advance(work, section, event)


async def give(work: Work, event: nouns.AnyEvent) -> None:
    """Give an event to the section that is open."""
    section = await work.storage.section(work.conversation.section)
    if section is None:
        await _refuse(work, "problem.nothing_asked")
        return
    work.now_talking(assessment=section.assessment)
    await _advance(work, section, event)


async def amend(
    work: Work, about: records.Screen, answer: nouns.Typed | nouns.Located | nouns.Attached
) -> None:
    """Give an answer to the question of an earlier screen; what stands then stands again."""
    section = await work.storage.section(about.section)
    if section is None:
        await _refuse(work, "section.gone")
        return
    await _advance(work, section, nouns.Amended(about.key, answer), about)


async def turn_choices(work: Work, page: int) -> None:
    """Show another page of the choices of the question that stands."""
    work.now_talking(draft={"page": page})
    await _turned(work, page=page)


async def turn_month(work: Work, month: str) -> None:
    """Show another month of the date that is asked."""
    await _turned(work, month=month)


async def _turned(work: Work, *, page: int = 0, month: str = "") -> None:
    """Show what stands once more, in place."""
    section = await work.storage.section(work.conversation.section)
    session = await work.storage.session(work.conversation.section) if section else None
    if section is None or session is None:
        await _refuse(work, "problem.nothing_asked")
        return
    flows = await work.library.of(work.storage, section.assessment)
    flow = work.told(flows.flow(section.flow, session.version))
    prompt = engine.show(flow, session, now=work.now)
    view = await _with_calendar(
        work, section, session, prompt, drawing.draw(prompt, work.words, page=page), month
    )
    work.show(view, section=section.id, revision=session.revision, key=prompt.key, in_place=True)


async def _with_calendar(
    work: Work,
    section: records.Section,
    session: nouns.Session,
    prompt: nouns.Prompt,
    view: views.View,
    month: str = "",
) -> views.View:
    """The view of a question for a date with a month to tap at; any other as it is."""
    if prompt.type != "date" or prompt.kind != "question":
        return view
    assessment = await work.storage.assessment(section.assessment)
    country = assessment.institution.country if assessment is not None else ""
    first = calendars.month_of(month, calendars.first_month(session, prompt.key, work.now.date()))
    return views.View(view.text, (*calendars.rows(first, work.words, country), *view.rows))


async def _advance(
    work: Work, section: records.Section, event: nouns.AnyEvent, about: records.Screen | None = None
) -> None:
    if section.owner != work.person.id:
        await _refuse(work, "section.not_yours")
        return
    assessment = await work.storage.assessment(section.assessment)
    if assessment is None or section.branch in {branch.id for branch in assessment.closed}:
        await _refuse(work, "section.gone")
        return
    flows = await work.library.of(work.storage, section.assessment)
    flow = flows.flow(section.flow)
    if section.state not in team.OPEN_STATES:
        found = await common.current_team(work)
        who = ", ".join(person.name for person in found.reviewers()) if found else ""
        await _refuse(work, "section.closed", title=work.told(flow).title, who=who)
        return
    before = await work.storage.session(section.id)
    session = before if before is not None else engine.start(flow)
    going = moving.on(work, flows, section, session, event)
    if going.said:
        work.say(views.View(going.said))
    flow, event = work.told(going.flow), going.event
    turn = engine.advance(flow, going.session, event, now=work.now, by=str(work.person.id))
    shown = next((effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show)), None)
    if shown is not None and shown.problem is not None and shown.problem.code == engine.TOO_HEAVY:
        work.say(views.View(drawing.problem_text(shown.problem, work.words)))
        return
    handed_in = any(isinstance(effect, nouns.HandedIn) for effect in turn.effects)
    register = await registering.read(work, section, going.flow, turn.session) if handed_in else None
    if isinstance(register, nouns.Problem):
        work.say(views.View(drawing.problem_text(register, work.words)))
        return
    _keep(work, section, before, turn)
    _note(work, section, going.session.cursor, event)
    if follow_ups.has(going.flow, turn.effects):
        work.changes += follow_ups.rows(assessment, section, going.flow, turn.effects, work.now)
    section = _counted(work, flow, section, turn.session)
    stored = [effect for effect in turn.effects if isinstance(effect, nouns.Stored)]
    if register is not None:
        await _handed_in(work, flow, section, register)
    elif any(isinstance(effect, nouns.Stopped) for effect in turn.effects):
        work.put(section)
        work.now_talking(section="")
        rows = ((views.Button(work.words.say("button.open"), views.Open(section.id)),),)
        work.close(views.bold(flow.title))
        work.show(views.View(work.words.html("section.paused", title=flow.title), rows))
    elif about is not None and any(effect.key == about.key for effect in stored):
        work.put(section)
        _say_changed(work, flow, going.session, turn.session, about)
        if work.conversation.section == section.id and shown is not None:
            await _show(work, flow, section, turn.session, shown, event, stored)
        elif work.conversation.section:
            await give(work, nouns.Begin())
    elif shown is not None:
        work.put(section)
        work.now_talking(assessment=section.assessment, section=section.id, topic="")
        await _show(work, flow, section, turn.session, shown, event, stored)


def _keep(work: Work, section: records.Section, before: nouns.Session | None, turn: nouns.Turn) -> None:
    revision = before.revision if before is not None else -1
    # whose section it is may be changed by somebody else at this moment
    work.changes += [port.Unchanged(section), port.PutSession(section.id, turn.session, revision)]
    for effect in turn.effects:
        if isinstance(effect, nouns.Stored):
            work.changes.append(port.PutAnswer(section.id, effect.key, effect.answer))
        elif isinstance(effect, nouns.Erased):
            work.changes.append(port.DropAnswer(section.id, effect.key))


def _note(work: Work, section: records.Section, cursor: str, event: nouns.AnyEvent) -> None:
    """Remember what the message was said to, so that a change of it or a reply to it is known."""
    if isinstance(event, nouns.Amended):
        work.note_answer(section.id, event.key)
    elif isinstance(event, nouns.Typed | nouns.Located | nouns.Attached) and cursor:
        work.note_answer(section.id, cursor)


def _say_changed(
    work: Work, flow: nouns.Flow, was: nouns.Session, now: nouns.Session, about: records.Screen
) -> None:
    """Say what an earlier answer is now and what it was, also at its question."""
    before, after = review.line(flow, was, about.key), review.line(flow, now, about.key)
    if after is None:
        return
    said = drawing.answered(after, work.words)
    work.send(work.person.id, "close", token=about.token, text=views.View(said).text)
    if before is not None:
        answer = drawing.in_words(before, work.words)
        said = markupsafe.Markup("\n").join([said, work.words.html("amend.before", answer=answer)])
    work.say(views.View(said))


def _counted(
    work: Work, flow: nouns.Flow, section: records.Section, session: nouns.Session
) -> records.Section:
    count = progress.of(flow, session, now=work.now)
    state = section.state
    if state == "not_started":
        state = lifecycles.next_state("section", state, "begin")
    return msgspec.structs.replace(
        section,
        version=session.version,
        state=state,
        answered=count.answered,
        total=count.total,
        changed_at=work.now,
    )


async def _show(
    work: Work,
    flow: nouns.Flow,
    section: records.Section,
    session: nouns.Session,
    prompt: nouns.Prompt,
    event: nouns.AnyEvent,
    stored: list[nouns.Stored],
) -> None:
    choosing = isinstance(event, nouns.Picked) and prompt.several
    turning = isinstance(event, nouns.Reviewed) and prompt.kind == "review"
    page = work.conversation.draft.get("page", 0) if choosing else 0
    if isinstance(event, nouns.Reviewed):
        page = event.page
    if not choosing:
        work.now_talking(draft={})
    view = drawing.draw(prompt, work.words, page=page, just_said=_just_said(flow, session, stored))
    view = await _with_calendar(work, section, session, prompt, view)
    if not (choosing or turning or isinstance(event, nouns.Amended)):
        _close_answered(work, flow, section, session, stored)
    work.show(
        view,
        section=section.id,
        revision=session.revision,
        key=prompt.key,
        in_place=choosing or turning,
    )


def _just_said(
    flow: nouns.Flow, session: nouns.Session, stored: list[nouns.Stored]
) -> nouns.ReviewLine | None:
    """The line of an answer of which more can be said: a number given as known, or one without a value."""
    if not stored:
        return None
    answer = stored[-1].answer
    is_number = isinstance(answer.value, int | float) and answer.sure is nouns.Sure.KNOWN
    is_open = answer.sure in (nouns.Sure.UNKNOWN, nouns.Sure.ASKED)
    return review.line(flow, session, stored[-1].key) if is_number or is_open else None


def _close_answered(
    work: Work,
    flow: nouns.Flow,
    section: records.Section,
    session: nouns.Session,
    stored: list[nouns.Stored],
) -> None:
    # The question turns into a line of the record, so that the chat reads as what was said.
    if work.standing is None or work.standing.section != section.id or not stored:
        return
    line = review.line(flow, session, stored[-1].key)
    if line is not None:
        work.close(drawing.answered(line, work.words))


async def _handed_in(
    work: Work, flow: nouns.Flow, section: records.Section, register: branches.Taken
) -> None:
    state = lifecycles.next_state("section", section.state, "submit")
    section = msgspec.structs.replace(section, state=state, comment="")
    work.put(section)
    work.now_talking(section="")
    work.close(views.bold(flow.title))
    found = await common.current_team(work)
    if found is None:
        return
    sections = [section if other.id == section.id else other for other in found.sections]
    found = registering.keep(work, dataclasses.replace(found, sections=sections), register)
    reviewers = found.reviewers()
    for reviewer in reviewers:
        theirs = work.words_of(reviewer)
        notice = theirs.html(
            "review.notice",
            name=work.person.name,
            title=found.title(section, theirs),
            place=found.place(section, theirs),
        )
        rows = [(views.Button(theirs.say("review.look"), views.Go("review", section.id)),)]
        if register.added:
            rows.append((views.Button(theirs.say("lead.invite"), views.Go("invite")),))
        if reviewer.id != work.person.id:
            work.tell(
                reviewer.id, views.View(views.text(notice, registering.said(register, theirs)), tuple(rows))
            )
    if not found.owed(work.person.id):
        work.changes.append(port.Remove(reminding.owed(None, found.assessment.id, work.person.id, work.now)))
    names = ", ".join(reviewer.name for reviewer in reviewers)
    done = work.words.html("section.submitted", title=flow.title, reviewer=names)
    await tasks.tasks_of(work, found, before=views.text(done, registering.said(register, work.words)))


async def _refuse(work: Work, code: str, **values: object) -> None:
    found = await common.current_team(work)
    refusal = work.words.html(code, **values)
    if found is None:
        work.show(views.View(refusal))
    else:
        await tasks.tasks_of(work, found, before=refusal)
