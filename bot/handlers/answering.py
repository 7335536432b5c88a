"""Answering: the person's acts reach the form engine, and what it shows reaches their screen."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import library, views
from bot.asking import drawing, keeping, places
from bot.handlers import carrying, colleagues, common, moving, registering, releasing, showing, tasks
from bot.people import branches, team
from bot.reminders import follow_ups, reminding
from bot.work import Work
from flows import engine, handing, lifecycles, nouns
from storage import port, records


async def open_section(work: Work, place: str, key: str = "") -> None:
    """Open a section of the person's, or the part of another's that they answer; at a question where a key is given."""
    event = nouns.Changed(key) if key else nouns.Begin()
    found = await places.find(work, place)
    if found is None:
        await _refuse(work, "section.gone")
        return
    await enter(work, found, event)


async def enter(work: Work, place: places.Place, event: nouns.AnyEvent) -> None:
    """Let the conversation be about this place from now on, and do something there."""
    work.now_talking(assessment=place.section.assessment, section=place.id, topic="", draft={})
    await _advance(work, place, event)


async def give(work: Work, event: nouns.AnyEvent) -> None:
    """Give an event to the section that is open."""
    place = await places.find(work, work.conversation.section)
    if place is None:
        await _refuse(work, "problem.nothing_asked")
        return
    work.now_talking(assessment=place.section.assessment)
    await _advance(work, place, event)


async def amend(
    work: Work, about: records.Screen, answer: nouns.Typed | nouns.Located | nouns.Attached
) -> None:
    """Give an answer to the question of an earlier screen; what stands then stands again."""
    place = await places.find(work, about.section)
    if place is None:
        await _refuse(work, "section.gone")
        return
    await _advance(work, place, nouns.Amended(about.key, answer), about)


async def turn_choices(work: Work, page: int) -> None:
    """Show another page of the choices of the question that stands."""
    work.now_talking(draft={"page": page})
    await _turned(work, page=page)


async def turn_month(work: Work, month: str) -> None:
    """Show another month of the date that is asked."""
    await _turned(work, month=month)


async def _turned(work: Work, *, page: int = 0, month: str = "") -> None:
    """Show what stands once more, in place."""
    here = await places.standing(work)
    if here is None:
        await _refuse(work, "problem.nothing_asked")
        return
    prompt = engine.show(here.flow, here.session, now=work.now)
    view = drawing.draw(prompt, work.words, page=page)
    view = await showing.with_more(work, here.place, here.session, prompt, view, month)
    work.show(view, section=here.place.id, revision=here.session.revision, key=prompt.key, in_place=True)


async def _advance(
    work: Work, place: places.Place, event: nouns.AnyEvent, about: records.Screen | None = None
) -> None:
    section = place.section
    if not place.is_of(work.person.id):
        await _not_theirs(work, place)
        return
    assessment = await work.storage.assessment(section.assessment)
    if assessment is not None and assessment.state == "archived":
        await _refuse(work, "archive.over", institution=assessment.institution.name)
        return
    if assessment is None or section.branch in {branch.id for branch in assessment.closed}:
        await _refuse(work, "section.gone")
        return
    flows = await work.library.of(work.storage, section.assessment)
    if section.state not in team.OPEN_STATES:
        await _closed(work, place, work.told(flows.flow(section.flow)).title)
        return
    done = await _worked_out(work, flows, place, event)
    if done is None:
        return
    problem = done.prompt.problem
    if problem is not None and problem.code == engine.TOO_HEAVY:
        work.say(views.View(drawing.problem_text(problem, work.words)))
        return
    register = None
    if done.is_handed_in and place.delegation is None:
        register = await registering.read(work, section, done.going.flow, done.turn.session)
    if isinstance(register, nouns.Problem):
        work.say(views.View(drawing.problem_text(register, work.words)))
        return
    await _keep_and_show(work, dataclasses.replace(done, about=about), assessment, register)


async def _worked_out(
    work: Work, flows: library.Library, place: places.Place, event: nouns.AnyEvent
) -> showing.Done | None:
    """The turn that the event brings about; None where nothing is asked any more, which the person is told."""
    section = place.section
    before = await work.storage.session(section.id)
    session = before if before is not None else engine.start(flows.flow(section.flow))
    found = None
    if session.handed or place.delegation is not None:
        found = await team.load(work.storage, work.library, section.assessment)
    if found is not None and place.delegation is None:
        session, told = await releasing.woken(work, found, section, session)
        for each in told:
            work.say(views.View(each))
    going = moving.on(work, flows, section, place.seen(session), event)
    if going.said:
        work.say(views.View(going.said))
    carried = carrying.on(work, found, place, session, going) if found is not None else None
    if carried is not None:
        found, session, going = carried.found, carried.section, carried.going
    flow, event = work.told(going.flow), going.event
    if place.delegation is not None:
        is_over = carried is not None and carried.is_over
        meant = None if is_over else colleagues.asks(work, flow, going.session, place.delegation, event)
        if meant is None:
            if before is not None and session.version != before.version:
                moved, _ = handing.parted(session, going.session)
                work.changes.append(port.PutSession(section.id, moved, before.revision))
            if is_over and found is not None:
                await tasks.tasks_of(work, found)
            else:
                await colleagues.nothing(work, place)
            return None
        event = meant
    turn = engine.advance(flow, going.session, event, now=work.now, by=str(work.person.id))
    return showing.Done(place, before, session, going, flow, event, turn, found)


async def _keep_and_show(
    work: Work, done: showing.Done, assessment: records.Assessment, register: branches.Taken | None
) -> None:
    """Keep the turn, tell whom it concerns, and show what stands now."""
    place, section, turn, flow = done.place, done.place.section, done.turn, done.flow
    after = turn.session
    if place.delegation is not None and done.found is not None:
        after, place = await colleagues.went_on(work, done.found, place, done.session, turn)
    elif done.found is not None:
        gone = set(done.going.session.handed) - set(after.handed)
        releasing.released(work, done.found, section, after, gone, releasing.why(turn, done.event))
    keeping.keep(work, section, done.before, after, turn.effects)
    _note(work, done)
    if follow_ups.has(done.going.flow, turn.effects):
        work.changes += follow_ups.rows(assessment, section, done.going.flow, turn.effects, work.now)
    section = _counted(work, flow, place, after)
    stored = [effect for effect in turn.effects if isinstance(effect, nouns.Stored)]
    if register is not None:
        await _handed_in(work, flow, section, register)
        return
    work.put(section)
    if done.is_handed_in and done.found is not None:
        showing.close_answered(work, flow, place, after, stored)
        await colleagues.thanked(work, done.found, section, place)
    elif any(isinstance(effect, nouns.Stopped) for effect in turn.effects):
        work.now_talking(section="")
        rows = ((views.Button(work.words.say("button.open"), views.Open(place.id)),),)
        work.close(views.bold(flow.title))
        work.show(views.View(work.words.html("section.paused", title=flow.title), rows))
    elif done.about is not None and any(effect.key == done.about.key for effect in stored):
        showing.say_changed(work, flow, done.going.session, turn.session, done.about)
        if work.conversation.section == place.id:
            await showing.show(work, done, stored, await showing.others(work, place, after))
        elif work.conversation.section:
            await give(work, nouns.Begin())
    else:
        work.now_talking(assessment=section.assessment, section=place.id, topic="")
        await showing.show(work, done, stored, await showing.others(work, place, after))


async def _not_theirs(work: Work, place: places.Place) -> None:
    if place.delegation is not None:
        await colleagues.over(work, place)
    else:
        await _refuse(work, "section.not_yours")


async def _closed(work: Work, place: places.Place, title: str) -> None:
    """Nothing may change here any more: the section is handed in."""
    if place.delegation is not None:
        await colleagues.over(work, place)
        return
    found = await common.current_team(work)
    who = ", ".join(person.name for person in found.reviewers()) if found else ""
    await _refuse(work, "section.closed", title=title, who=who)


def _note(work: Work, done: showing.Done) -> None:
    """Remember what the message was said to, so that a change of it or a reply to it is known."""
    event, cursor = done.event, done.going.session.cursor
    if isinstance(event, nouns.Amended):
        work.note_answer(done.place.id, event.key)
    elif isinstance(event, nouns.Typed | nouns.Located | nouns.Attached) and cursor:
        work.note_answer(done.place.id, cursor)


def _counted(work: Work, flow: nouns.Flow, place: places.Place, session: nouns.Session) -> records.Section:
    section = keeping.counted(flow, place.section, session, work.now)
    # what a colleague does says nothing of the owner, who may have to be reminded
    return section if place.delegation is not None else msgspec.structs.replace(section, changed_at=work.now)


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
    if not found.owes(work.person.id):
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
