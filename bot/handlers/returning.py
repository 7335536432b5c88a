"""A section goes back to whoever answered it: with a remark, with another answer, or opened again with a reason."""

from __future__ import annotations

import dataclasses

import msgspec

from bot import limits, views
from bot.asking import answers, drawing
from bot.documents import signing
from bot.handlers import common
from bot.people import team
from bot.reminders import reminding
from bot.work import Work
from flows import disputing, form, instance, lifecycles, nouns, review, shipped, stops
from storage import port, records

COMMENT, PROPOSAL = "review.comment", "review.propose"
"""Topics in which typed words are the remark, or the other answer."""


@dataclasses.dataclass(frozen=True)
class Done:
    """A section that went back, and what the reviewer is told."""

    section: records.Section
    said: str


def find(found: team.Team, section_id: str) -> records.Section | None:
    """A section of the assessment by its id."""
    return next((section for section in found.sections if section.id == section_id), None)


def with_section(found: team.Team, after: records.Section) -> team.Team:
    """The team with one section as it became."""
    sections = [after if other.id == after.id else other for other in found.sections]
    return dataclasses.replace(found, sections=sections)


def may_go_back(section: records.Section) -> bool:
    """Whether a section can be sent back, or opened again."""
    return lifecycles.may("section", section.state, "give_back")


async def picked(
    work: Work, found: team.Team, section: records.Section, topic: str, value: str
) -> Done | None:
    """A button on the way back: which answer it is about, or the choice that is proposed in its place."""
    match topic:
        case "review.return":
            await _which(work, found, section, COMMENT)
        case "review.other":
            await _which(work, found, section, PROPOSAL)
        case "review.comment":
            _ask_remark(work, found, section, value)
        case "review.propose":
            await _ask_other(work, found, section, value)
        case _:
            key, _, choice = value.partition(" ")
            return await _propose(work, found, section, key, choice)
    return None


async def said(work: Work, found: team.Team, section: records.Section, text: str) -> Done | None:
    """The remark, or the other answer in words."""
    key = work.conversation.draft.get("key", "")
    if work.conversation.topic == PROPOSAL:
        return await _propose(work, found, section, key, text)
    comment = text.strip()
    if not 1 <= len(comment) <= limits.COMMENT_CHARACTERS:
        words = work.words.html("review.comment.long", limit=limits.COMMENT_CHARACTERS)
        work.show(views.View(words, ((common.go(work, "button.cancel", "cancel"),),)))
        return None
    return await _return(work, found, section, key, comment)


async def _which(work: Work, found: team.Team, section: records.Section, topic: str) -> None:
    words = work.words
    rows = []
    if topic == COMMENT:
        rows.append((views.Button(words.say("review.whole"), views.Pick(topic, section.id)),))
    for line in await lines(work, found, section):
        if line.kind == "question" and len(rows) < limits.SEATS_SHOWN:
            about = views.Pick(topic, f"{section.id} {line.key}")
            rows.append((views.Button(line.label, about),))
    rows.append((common.go(work, "button.back", "review", section.id),))
    title = views.bold(found.title(section, words) + found.place(section, words))
    work.show(views.View(views.text(title, words.html("review.which")), tuple(rows)))


def _ask_remark(work: Work, found: team.Team, section: records.Section, key: str) -> None:
    work.now_talking(topic=COMMENT, draft={"section": section.id, "key": key})
    owner = found.people.get(section.owner or 0)
    code = "review.reason" if section.state == "approved" else "review.comment"
    text = work.words.html(code, name=owner.name if owner else work.words.say("status.nobody"))
    work.show(views.View(text, ((common.go(work, "button.cancel", "cancel"),),)))


async def _ask_other(
    work: Work, found: team.Team, section: records.Section, key: str, problem: str = ""
) -> None:
    """Ask which answer the reviewer would give: a choice to tap, or words."""
    session = await work.storage.session(section.id) or nouns.Session(section.flow, section.version)
    flow = work.told(found.library.flow(section.flow, session.version))
    options = disputing.question(flow, session, key, now=work.now)
    line = review.line(flow, session, key)
    if options is None or line is None:
        await _which(work, found, section, PROPOSAL)
        return
    work.now_talking(topic=PROPOSAL, draft={"section": section.id, "key": key})
    now = work.words.html("review.line", label=line.label, answer=answers.in_words(line, work.words))
    rows = [
        (views.Button(option.label, views.Pick("review.value", f"{section.id} {key} {option.name}")),)
        for option in options[: limits.SEATS_SHOWN]
    ]
    rows.append((common.go(work, "button.cancel", "cancel"),))
    text = views.text(problem, now, work.words.html("review.propose.how"))
    work.show(views.View(text, tuple(rows)))


async def _propose(
    work: Work, found: team.Team, section: records.Section, key: str, given: str
) -> Done | None:
    """Put another answer beside the one there, and send the section back so that its respondent says what they think."""
    session = await work.storage.session(section.id)
    if session is None:
        return None
    flow = work.told(found.library.flow(section.flow, session.version))
    after = disputing.propose(flow, session, key, given, now=work.now, by=str(work.person.id))
    if isinstance(after, nouns.Problem):
        await _ask_other(work, found, section, key, drawing.problem_text(after, work.words))
        return None
    work.changes.append(port.PutSession(section.id, after, session.revision))
    owner = found.people.get(section.owner or 0)
    notice = ""
    if owner is not None:
        theirs = work.words_of(owner)
        line = review.line(shipped.in_language(flow, owner.language), after, key)
        notice = theirs.html(
            "review.proposed.notice",
            name=work.person.name,
            title=found.title(section, theirs),
            place=found.place(section, theirs),
            label=line.label if line else "",
            rival=line.rival if line else "",
            answer=answers.in_words(msgspec.structs.replace(line, rival=""), theirs) if line else "",
        )
    return await _went_back(work, found, section, key, reason=given, notice=notice)


async def _return(work: Work, found: team.Team, section: records.Section, key: str, comment: str) -> Done:
    session = await work.storage.session(section.id)
    if key and session is not None:
        remarks = {**session.comments, key: comment}
        changed = msgspec.structs.replace(session, comments=remarks, revision=session.revision + 1)
        work.changes.append(port.PutSession(section.id, changed, session.revision))
    owner = found.people.get(section.owner or 0)
    notice = ""
    if owner is not None:
        theirs = work.words_of(owner)
        notice = theirs.html(
            "review.came.back",
            title=found.title(section, theirs),
            place=found.place(section, theirs),
            comment=comment,
        )
    return await _went_back(
        work, found, section, key, reason=comment, comment="" if key else comment, notice=notice
    )


async def _went_back(
    work: Work,
    found: team.Team,
    section: records.Section,
    key: str,
    *,
    reason: str,
    notice: str,
    comment: str = "",
) -> Done:
    """The section is its respondent's again; what was signed is opened with the reason, in the record."""
    state = lifecycles.next_state("section", section.state, "give_back")
    after = msgspec.structs.replace(section, state=state, comment=comment, changed_at=work.now)
    work.change(section, after)
    await signing.opened(work, found, reason)
    owner = found.people.get(section.owner or 0)
    if owner is not None:
        button = views.Button(work.words_of(owner).say("reminder.go"), views.Open(section.id, key))
        work.tell(owner.id, views.View(notice, ((button,),)))
        work.put(reminding.first(found.assessment, section.branch, owner.id, work.now))
    done = work.words.html(
        "review.returned",
        title=found.title(section, work.words),
        place=found.place(section, work.words),
        name=owner.name if owner else work.words.say("status.nobody"),
    )
    return Done(after, done)


async def lines(work: Work, found: team.Team, section: records.Section) -> list[nouns.ReviewLine]:
    """The answers of a section as a reviewer reads them."""
    session = await work.session(section.id)
    if session is None:
        return []
    flow = work.told(found.library.flow(section.flow, session.version))
    return list(review.lines(stops.Way(instance.Instance(form.of(flow), session, work.now))))
