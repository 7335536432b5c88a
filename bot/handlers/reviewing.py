"""/review: a leader reads what was handed in, approves it, or sends it back with a remark."""

from __future__ import annotations

import dataclasses

import markupsafe
import msgspec

from bot import access, drawing, limits, reminding, team, views
from bot.handlers import common
from bot.work import Work
from flows import form, instance, lifecycles, nouns, review, stops
from storage import port, records

MOST_DIGITS = 4
"""Of a page's number: nothing has so many pages."""


async def review_sections(work: Work, argument: str = "") -> None:
    """The sections that wait for review, or one of them where its id is given."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    common.leave_topic(work)
    section_id, _, page = argument.partition(" ")
    section = _find(found, section_id)
    if section is not None:
        await _section(work, found, section, _number(page))
    else:
        await _waiting(work, found, page=_number(argument))


async def picked(work: Work, topic: str, value: str) -> None:
    """A button of the section under review: approve, send back, or the answer a remark is about."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    section_id, _, key = value.partition(" ")
    section = _find(found, section_id)
    if section is None or section.state != "submitted":
        await _waiting(work, found)
    elif topic == "review.approve":
        await _approve(work, found, section)
    elif topic == "review.return":
        await _which(work, found, section)
    else:
        work.now_talking(topic="review.comment", draft={"section": section.id, "key": key})
        owner = found.people.get(section.owner or 0)
        text = work.words.html("review.comment", name=owner.name if owner else "")
        work.show(views.View(text, ((common.go(work, "button.cancel", "cancel"),),)))


async def said(work: Work, text: str) -> None:
    """The remark with which a section goes back."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    section = _find(found, work.conversation.draft.get("section", ""))
    if section is None or section.state != "submitted":
        await _waiting(work, found)
        return
    comment = text.strip()
    if not 1 <= len(comment) <= limits.COMMENT_CHARACTERS:
        words = work.words.html("review.comment.long", limit=limits.COMMENT_CHARACTERS)
        work.show(views.View(words, ((common.go(work, "button.cancel", "cancel"),),)))
        return
    await _return(work, found, section, work.conversation.draft.get("key", ""), comment)


def _number(page: str) -> int:
    return int(page) if page.isdecimal() and len(page) < MOST_DIGITS else 0


async def _waiting(work: Work, found: team.Team, before: str = "", page: int = 0) -> None:
    words = work.words
    waiting = [section for section in found.ordered() if section.state == "submitted"]
    if not waiting:
        all_done = all(section.state == "approved" for section in found.sections)
        code = "review.all.approved" if all_done else "review.none"
        text = views.text(before, words.html(code, institution=found.institution))
        work.show(views.View(text, ((common.go(work, "lead.plan", "plan"),),)))
        return
    size = limits.CHOICES_A_PAGE
    page = min(page, (len(waiting) - 1) // size)
    rows: list[tuple[views.Button, ...]] = [
        (
            views.Button(
                found.title(section, words) + found.place(section, words), views.Go("review", section.id)
            ),
        )
        for section in waiting[page * size : (page + 1) * size]
    ]
    turn = [common.go(work, "button.earlier", "review", str(page - 1))] if page else []
    if (page + 1) * size < len(waiting):
        turn.append(common.go(work, "button.more", "review", str(page + 1)))
    rows += [tuple(turn)] if turn else []
    work.show(views.View(views.text(before, words.html("review.list", n=len(waiting))), tuple(rows)))


async def _section(work: Work, found: team.Team, section: records.Section, page: int) -> None:
    words = work.words
    lines = await _lines(work, found, section)
    owner = found.people.get(section.owner or 0)
    head = words.html(
        "review.section",
        title=found.title(section, words),
        place=found.place(section, words),
        name=owner.name if owner else words.say("status.nobody"),
    )
    pages = _cut([_line(line, work) for line in lines])
    page = min(page, len(pages) - 1)
    rows: list[tuple[views.Button, ...]] = []
    turn = []
    if page:
        turn.append(common.go(work, "button.earlier", "review", f"{section.id} {page - 1}"))
    if page < len(pages) - 1:
        turn.append(common.go(work, "button.more", "review", f"{section.id} {page + 1}"))
    rows.append(tuple(turn))
    if section.state == "submitted":
        approve = views.Pick("review.approve", section.id)
        back = views.Pick("review.return", section.id)
        rows.append((views.Button(words.say("review.approve"), approve, style="success"),))
        rows.append((views.Button(words.say("review.return"), back),))
    rows.append((common.go(work, "button.back", "review"),))
    listing = markupsafe.Markup("\n").join(pages[page])
    work.show(views.View(views.text(head, listing), tuple(row for row in rows if row)))


def _line(line: nouns.ReviewLine, work: Work) -> str:
    if line.kind == "entry":
        return markupsafe.Markup("<u>{}</u>").format(line.label)
    return work.words.html("review.line", label=line.label, answer=drawing.in_words(line, work.words))


def _cut(lines: list[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    size = 0
    for line in lines:
        if pages[-1] and size + len(line) > limits.SHORT_MESSAGE_UNITS:
            pages.append([])
            size = 0
        pages[-1].append(line)
        size += len(line) + 1
    return pages


async def _approve(work: Work, found: team.Team, section: records.Section) -> None:
    state = lifecycles.next_state("section", section.state, "approve")
    after = msgspec.structs.replace(section, state=state, changed_at=work.now)
    work.put(after)
    _tell_owner(work, found, section, "review.approved.notice")
    sections = [after if other.id == section.id else other for other in found.sections]
    found = dataclasses.replace(found, sections=sections)
    if all(other.state == "approved" for other in sections) and found.assessment.state == "collecting":
        state = lifecycles.next_state("assessment", found.assessment.state, "complete")
        work.change(found.assessment, msgspec.structs.replace(found.assessment, state=state))
    done = work.words.html(
        "review.approved", title=found.title(section, work.words), place=found.place(section, work.words)
    )
    work.close(done)
    await _waiting(work, found)


async def _which(work: Work, found: team.Team, section: records.Section) -> None:
    words = work.words
    whole = views.Button(words.say("review.whole"), views.Pick("review.comment", section.id))
    rows = [(whole,)]
    for line in await _lines(work, found, section):
        if line.kind == "question" and len(rows) < limits.SEATS_SHOWN:
            about = views.Pick("review.comment", f"{section.id} {line.key}")
            rows.append((views.Button(line.label[: limits.BUTTON_TEXT], about),))
    rows.append((common.go(work, "button.back", "review", section.id),))
    title = views.bold(found.title(section, words) + found.place(section, words))
    work.show(views.View(views.text(title, words.html("review.which")), tuple(rows)))


async def _return(work: Work, found: team.Team, section: records.Section, key: str, comment: str) -> None:
    state = lifecycles.next_state("section", section.state, "give_back")
    after = msgspec.structs.replace(section, state=state, comment="" if key else comment, changed_at=work.now)
    work.put(after)
    session = await work.storage.session(section.id)
    if key and session is not None:
        remarks = {**session.comments, key: comment}
        changed = msgspec.structs.replace(session, comments=remarks, revision=session.revision + 1)
        work.changes.append(port.PutSession(section.id, changed, session.revision))
    _tell_owner(work, found, section, "review.came.back", comment=comment, key=key)
    if section.owner is not None:
        work.put(reminding.first(found.assessment, section.branch, section.owner, work.now))
    sections = [after if other.id == section.id else other for other in found.sections]
    owner = found.people.get(section.owner or 0)
    done = work.words.html(
        "review.returned",
        title=found.title(section, work.words),
        place=found.place(section, work.words),
        name=owner.name if owner else "",
    )
    common.leave_topic(work)
    await _waiting(work, dataclasses.replace(found, sections=sections), before=done)


def _tell_owner(
    work: Work, found: team.Team, section: records.Section, code: str, *, comment: str = "", key: str = ""
) -> None:
    owner = found.people.get(section.owner or 0)
    if owner is None or (owner.id == work.person.id and code != "review.came.back"):
        return
    theirs = work.words_of(owner)
    text = theirs.html(
        code, title=found.title(section, theirs), place=found.place(section, theirs), comment=comment
    )
    rows: tuple[tuple[views.Button, ...], ...] = ()
    if code == "review.came.back":
        rows = ((views.Button(theirs.say("reminder.go"), views.Open(section.id, key)),),)
    work.tell(owner.id, views.View(text, rows))


async def _lines(work: Work, found: team.Team, section: records.Section) -> list[nouns.ReviewLine]:
    session = await work.storage.session(section.id)
    if session is None:
        return []
    flow = work.told(found.library.flow(section.flow, session.version))
    way = stops.Way(instance.Instance(form.of(flow), session, work.now))
    return list(review.lines(way))


def _find(found: team.Team, section_id: str) -> records.Section | None:
    return next((section for section in found.sections if section.id == section_id), None)
