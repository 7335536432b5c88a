"""/practice: a section of an invented institution, to try the chat in; nothing of it is kept among real answers.

What is practised lies in the conversation's draft, and goes when the person leaves it by any command.
"""

from __future__ import annotations

import markupsafe
import msgspec

from bot import views
from bot.asking import answers, drawing
from bot.handlers import answering, common, tasks
from bot.work import Work
from flows import engine, nouns, review, shipped

TOPIC = "practice"

SECTION = "branch_office"
"""The flow that is practised: numbers, ticks and a place, in the words of real ones."""


async def practice(work: Work, argument: str = "") -> None:
    """Begin to practise, or begin anew."""
    del argument
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return
    back = work.conversation.section or work.conversation.draft.get("back", "")
    work.now_talking(topic=TOPIC, draft={"back": back}, section="")
    work.say(views.View(work.words.html("practice.begin", institution=found.institution)))
    await give(work, nouns.Begin())


async def give(work: Work, event: nouns.AnyEvent) -> None:
    """Give an event to the practised section."""
    flow = work.told(next(flow for flow in shipped.assessment() if flow.id == SECTION))
    kept = work.conversation.draft.get("session")
    before = msgspec.convert(kept, nouns.Session) if kept else engine.start(flow)
    if before.version != flow.version:
        before, event = engine.start(flow), nouns.Begin()
    turn = engine.advance(flow, before, event, now=work.now)
    ended = any(isinstance(effect, nouns.HandedIn | nouns.Stopped) for effect in turn.effects)
    if ended:
        await leave(work, "practice.done")
        return
    prompt = next(effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
    stored = [effect for effect in turn.effects if isinstance(effect, nouns.Stored)]
    line = review.line(flow, turn.session, stored[-1].key, now=work.now) if stored else None
    choosing = isinstance(event, nouns.Picked) and prompt.several
    if line is not None and not choosing:
        work.close(_marked(work, answers.answered(line, work.words)))
    view = drawing.draw(prompt, work.words, just_said=line)
    work.now_talking(draft={**work.conversation.draft, "session": msgspec.to_builtins(turn.session)})
    rows = (*_given(view), (common.go(work, "button.leave_practice", "cancel"),))
    work.show(views.View(_marked(work, view.text), rows), in_place=choosing)


async def leave(work: Work, code: str) -> None:
    """End the practice, say so, and go back to where the person stood."""
    back = work.conversation.draft.get("back", "")
    said = work.words.html(code)
    work.close(_marked(work, said))
    work.now_talking(topic="", draft={})
    found = await common.current_team(work)
    if back:
        work.say(views.View(said))
        await answering.open_section(work, back)
    elif found is not None:
        await tasks.tasks_of(work, found, before=said)


def _given(view: views.View) -> tuple[tuple[views.Button, ...], ...]:
    """The buttons that give an event; others lead to what only real sections have."""
    rows = (tuple(b for b in row if isinstance(b.action, views.Answer)) for row in view.rows)
    return tuple(row for row in rows if row)


def _marked(work: Work, text: str) -> str:
    """A message that says of itself that it is practice."""
    return views.text(work.words.html("practice.mark"), markupsafe.Markup(text))  # noqa: S704  # HTML of ours
