"""/review: a leader goes through what was handed in, approves it, or opens what was approved again."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import markupsafe
import msgspec

from bot import limits, views
from bot.asking import answers, second_look
from bot.handlers import common, deciding, returning, signing
from bot.people import access, team
from bot.work import Work
from flows import doubts, lifecycles, nouns
from planning import words as plan_words
from storage import records

MOST_DIGITS = 4
"""Of a page's number: nothing has so many pages."""

APPROVED = "approved"
"""What asks for the sections that are approved already."""

SAID = frozenset({doubts.Doubt.UNUSUAL, doubts.Doubt.REFUSED})
"""Doubts that the answer's own words do not tell."""


async def review_sections(work: Work, argument: str = "") -> None:
    """The sections that wait for review, those approved, or one whose id is given; a page behind each."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    common.leave_topic(work)
    asked, _, page = argument.partition(" ")
    section = returning.find(found, asked)
    if section is not None:
        await _section(work, found, section, _number(page))
    elif asked == APPROVED:
        _approved(work, found, _number(page))
    else:
        await _waiting(work, found, page=_number(argument))


async def picked(work: Work, topic: str, value: str) -> None:
    """A button of a review: approve one or all that is plain; the rest is for sending back and deciding."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    section = returning.find(found, value.partition(" ")[0])
    if topic == "review.plain":
        await _approve_plain(work, found)
    elif section is None or not returning.may_go_back(section):
        await _waiting(work, found)
    elif topic == "review.approve":
        await _approve_one(work, found, section)
    elif topic == "review.decide":
        if await deciding.picked(work, found, section, value.partition(" ")[2]):
            await _section(work, found, section, 0)
    else:
        done = await returning.picked(work, found, section, topic, value.partition(" ")[2])
        await _after_return(work, found, done)


async def said(work: Work, text: str) -> None:
    """The remark or the other answer with which a section goes back."""
    found = await common.allowed_team(work, access.Deed.REVIEW)
    if found is None:
        return
    section = returning.find(found, work.conversation.draft.get("section", ""))
    if section is None or not returning.may_go_back(section):
        await _waiting(work, found)
        return
    await _after_return(work, found, await returning.said(work, found, section, text))


async def _after_return(work: Work, found: team.Team, done: returning.Done | None) -> None:
    if done is not None:
        common.leave_topic(work)
        await _next(work, returning.with_section(found, done.section), done.section, before=done.said)


def _number(page: str) -> int:
    return int(page) if page.isdecimal() and len(page) < MOST_DIGITS else 0


# --- lists -------------------------------------------------------------------------------------------


async def _waiting(work: Work, found: team.Team, before: str = "", page: int = 0) -> None:
    words = work.words
    waiting = [section for section in found.ordered() if section.state == "submitted"]
    done = common.go(work, "review.look_approved", "review", APPROVED)
    has_approved = any(section.state == "approved" for section in found.sections)
    if not waiting:
        all_done = all(section.state == "approved" for section in found.sections)
        code = "review.all.approved" if all_done else "review.none"
        text = views.text(before, words.html(code, institution=found.institution))
        ways = [common.go(work, "lead.plan", "plan")]
        ways += [common.go(work, "lead.sign", "sign")] if all_done else []
        ways += [done] if has_approved else []
        work.show(views.View(text, tuple((way,) for way in ways)))
        return
    look = await second_look.at(work, found)
    shown, turn = _page(work, waiting, page, "")
    lines = [_state(work, found, section, look) for section in shown]
    plain = sum(not look.count(section) for section in waiting)
    button = views.Button(words.say("review.approve.plain", n=plain), views.Pick("review.plain"))
    rows = _titles(work, found, shown) + turn
    rows += [(button,)] if plain else []
    rows += [(done,)] if has_approved else []
    text = views.text(before, words.html("review.list", n=len(waiting)), markupsafe.Markup("\n").join(lines))
    work.show(views.View(text, tuple(rows)))


def _approved(work: Work, found: team.Team, page: int) -> None:
    approved = [section for section in found.ordered() if section.state == "approved"]
    shown, turn = _page(work, approved, page, f"{APPROVED} ")
    rows = _titles(work, found, shown) + turn + [(common.go(work, "button.back", "review"),)]
    work.show(views.View(work.words.html("review.approved.list", n=len(approved)), tuple(rows)))


def _page(
    work: Work, sections: Sequence[records.Section], page: int, of: str
) -> tuple[Sequence[records.Section], list[tuple[views.Button, ...]]]:
    """The sections of a page, and the row that turns it."""
    size = limits.CHOICES_A_PAGE
    page = max(0, min(page, (len(sections) - 1) // size))
    turn = [common.go(work, "button.earlier", "review", f"{of}{page - 1}")] if page else []
    if (page + 1) * size < len(sections):
        turn.append(common.go(work, "button.more", "review", f"{of}{page + 1}"))
    return sections[page * size : (page + 1) * size], [tuple(turn)] if turn else []


def _titles(
    work: Work, found: team.Team, sections: Sequence[records.Section]
) -> list[tuple[views.Button, ...]]:
    return [(views.Button(_name(work, found, each), views.Go("review", each.id)),) for each in sections]


def _state(work: Work, found: team.Team, section: records.Section, look: second_look.Look) -> str:
    name = _name(work, found, section)
    count = look.count(section)
    return (
        work.words.html("review.doubtful", name=name, n=count)
        if count
        else work.words.html("review.plain", name=name)
    )


def _name(work: Work, found: team.Team, section: records.Section) -> str:
    return found.title(section, work.words) + found.place(section, work.words)


async def _next(work: Work, found: team.Team, after: records.Section, before: str = "") -> None:
    """Go on to the section that waits behind one, or to the list at the end."""
    behind = _behind(found, after)
    if behind is None:
        await _waiting(work, found, before)
    else:
        await _section(work, found, behind, 0, before)


def _behind(found: team.Team, section: records.Section) -> records.Section | None:
    """The section that waits for review behind another in the assessment's order; none behind the last."""
    ordered = list(found.ordered())
    place = next((number for number, each in enumerate(ordered) if each.id == section.id), 0)
    return next((each for each in ordered[place + 1 :] if each.state == "submitted"), None)


# --- one section -------------------------------------------------------------------------------------


async def _section(
    work: Work, found: team.Team, section: records.Section, page: int, before: str = ""
) -> None:
    words = work.words
    look = await second_look.at(work, found)
    lines = await returning.lines(work, found, section)
    owner = found.people.get(section.owner or 0)
    head = words.html(
        "review.section",
        title=found.title(section, words),
        place=found.place(section, words),
        name=owner.name if owner else words.say("status.nobody"),
    )
    against = [
        words.html("review.conflict", said=plan_words.say(one.said, work.person.language))
        for one in look.conflicts_of(section)
    ]
    doubtful = look.doubts_of(section)
    others = answers.Others(names=found.names({line.by for line in lines} - {str(section.owner or "")}))
    pages = _cut([_line(line, doubtful.get(line.key), work, others) for line in lines])
    page = min(page, len(pages) - 1)
    turn = []
    if page:
        turn.append(common.go(work, "button.earlier", "review", f"{section.id} {page - 1}"))
    if page < len(pages) - 1:
        turn.append(common.go(work, "button.more", "review", f"{section.id} {page + 1}"))
    rows = [tuple(turn), *_acts(work, found, section, lines), tuple(_ways(work, found, section))]
    text = views.text(
        before, head, markupsafe.Markup("\n").join(against), markupsafe.Markup("\n").join(pages[page])
    )
    work.show(views.View(text, tuple(row for row in rows if row)))


def _acts(
    work: Work, found: team.Team, section: records.Section, lines: Sequence[nouns.ReviewLine]
) -> list[tuple[views.Button, ...]]:
    """What may be done with a section as it stands."""
    words = work.words
    rows: list[tuple[views.Button, ...]] = []
    disputed = [line for line in lines if line.rival]
    if section.state == "submitted" and not disputed:
        approve = views.Pick("review.approve", section.id)
        rows.append((views.Button(words.say("review.approve"), approve, style="success"),))
    if section.state == "submitted" and found.may(work.person.id, access.Deed.DECIDE):
        rows += [
            (
                views.Button(
                    words.say("review.decide", label=line.label),
                    views.Pick("review.decide", f"{section.id} {line.key}"),
                ),
            )
            for line in disputed
        ]
    if returning.may_go_back(section):
        code = "review.reopen" if section.state == "approved" else "review.return"
        rows.append((views.Button(words.say(code), views.Pick("review.return", section.id)),))
        rows.append((views.Button(words.say("review.propose"), views.Pick("review.other", section.id)),))
    return rows


def _ways(work: Work, found: team.Team, section: records.Section) -> list[views.Button]:
    back = common.go(work, "button.back", "review")
    behind = _behind(found, section)
    return [back] if behind is None else [back, common.go(work, "review.next", "review", behind.id)]


def _line(line: nouns.ReviewLine, doubt: doubts.Doubt | None, work: Work, others: answers.Others) -> str:
    if line.kind == "entry":
        return markupsafe.Markup("<u>{}</u>").format(line.label)
    answer = answers.in_words(line, work.words, others)
    if line.kind == "repeat" and line.sure is nouns.Sure.KNOWN:
        return work.words.html("review.line.entries", label=line.label, answer=answer)
    if doubt is None:
        return work.words.html("review.line", label=line.label, answer=answer)
    if doubt in SAID:
        answer = work.words.say(f"review.{doubt}", answer=answer)
    return work.words.html("review.line.doubtful", label=line.label, answer=answer)


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


# --- approving ---------------------------------------------------------------------------------------


async def _approve_one(work: Work, found: team.Team, section: records.Section) -> None:
    session = await work.storage.session(section.id)
    if section.state != "submitted" or (session is not None and session.disputes):
        await _section(work, found, section, 0)
        return
    found = await _approve(work, found, [section])
    done = work.words.html(
        "review.approved", title=found.title(section, work.words), place=found.place(section, work.words)
    )
    work.close(done)
    await _next(work, found, section)


async def _approve_plain(work: Work, found: team.Team) -> None:
    """Approve every section that waits and wants no look; they are looked at anew, as they stand now."""
    look = await second_look.at(work, found)
    plain = [each for each in found.ordered() if each.state == "submitted" and not look.count(each)]
    found = await _approve(work, found, plain)
    await _waiting(work, found, before=work.words.html("review.approved.plain", n=len(plain)))


async def _approve(work: Work, found: team.Team, sections: Sequence[records.Section]) -> team.Team:
    """Approve sections and tell each owner once; the team as it is then."""
    after = {}
    for section in sections:
        state = lifecycles.next_state("section", section.state, "approve")
        after[section.id] = msgspec.structs.replace(section, state=state, changed_at=work.now)
        work.change(section, after[section.id])
    for owner in dict.fromkeys(section.owner for section in sections):
        theirs = [section for section in sections if section.owner == owner]
        _tell(work, found, owner, theirs)
    found = dataclasses.replace(found, sections=[after.get(each.id, each) for each in found.sections])
    if all(each.state == "approved" for each in found.sections) and found.assessment.state == "collecting":
        state = lifecycles.next_state("assessment", found.assessment.state, "complete")
        assessment = msgspec.structs.replace(found.assessment, state=state)
        work.change(found.assessment, assessment)
        found = dataclasses.replace(found, assessment=assessment)
        await signing.call(work, found)
    return found


def _tell(work: Work, found: team.Team, owner: int | None, sections: Sequence[records.Section]) -> None:
    person = found.people.get(owner or 0)
    if person is None or person.id == work.person.id:
        return
    words = work.words_of(person)
    lines = [
        words.html("review.approved.notice", title=found.title(each, words), place=found.place(each, words))
        for each in sections
    ]
    work.tell(person.id, views.View(markupsafe.Markup("\n").join(lines)))
