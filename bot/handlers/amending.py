"""Amending: an answer to another question than the one that stands, by a reply, a changed or a forwarded message."""

from __future__ import annotations

from bot import views
from bot.asking import answers, places
from bot.handlers import answering
from bot.receiving import acts
from bot.work import Work
from flows import nouns, review
from storage import records


async def replied(
    work: Work, about: records.Screen, answer: nouns.Typed | nouns.Located | nouns.Attached
) -> None:
    """Take a reply to a question, or to the answer that was given to it, as its answer."""
    if about.section == work.conversation.section and (await _cursor(work, about.section)) == about.key:
        await answering.give(work, answer)
    else:
        await answering.amend(work, about, answer)


async def edited(work: Work, act: acts.Edited) -> None:
    """A message was changed: one that waits to be understood is read anew, of a taken one they are asked."""
    about = await work.asked_by(act.message_id)
    if about is None or not act.text:
        work.say(views.View(work.words.html("problem.edited")))
        return
    answer = nouns.Typed(act.text)
    if about.section == work.conversation.section and (await _cursor(work, about.section)) == about.key:
        await answering.give(work, answer)
        return
    line = await _line(work, about)
    if line is None:
        work.say(views.View(work.words.html("problem.edited")))
        return
    before = answers.in_words(line, work.words)
    said = work.words.html("amend.edited", answer=act.text, before=before)
    _offer(work, views.text(views.bold(line.label), said), views.Amend(about.section, about.key, answer))


async def forwarded(work: Work, text: str) -> None:
    """A forwarded message may be somebody's answer, or came here by mistake: ask."""
    section = work.conversation.section
    key = await _cursor(work, section)
    said = work.words.html("amend.forwarded", answer=text)
    _offer(work, said, views.Amend(section, key, nouns.Typed(text)))


async def taken(work: Work, offered: records.Screen, action: views.Amend) -> None:
    """The person said that the words offered are the answer."""
    about = records.Screen(offered.token, work.person.id, section=action.section, key=action.key)
    await replied(work, about, action.answer)


def _offer(work: Work, text: str, action: views.Amend) -> None:
    # beside what stands: whoever goes on without a tap keeps what was said
    row = (views.Button(work.words.say("button.take"), action),)
    work.tell(work.person.id, views.View(text, (row,)))


async def _cursor(work: Work, place: str) -> str:
    here = await places.at(work, place)
    return here.session.cursor if here is not None else ""


async def _line(work: Work, about: records.Screen) -> nouns.ReviewLine | None:
    here = await places.at(work, about.section)
    return review.line(here.flow, here.session, about.key) if here is not None else None
