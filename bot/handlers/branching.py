"""/branches: the register of branches in chat: add, rename, close with what was answered there, and open again."""

from __future__ import annotations

import dataclasses
import re
import uuid
from collections.abc import Sequence

import msgspec

from bot import limits, views
from bot.asking import surveys
from bot.documents import signing
from bot.handlers import common, filling, lists, registering
from bot.people import access, branches, team
from bot.reminders import reminding
from bot.seats import seating
from bot.work import Work
from flows import declaring, entities, nouns
from flows.reading import text as reading_text
from storage import port

ADD, RENAME = "branches.add", "branches.name"
"""Topics in which typed words are names."""


async def list_(work: Work, argument: str = "") -> None:
    """The branches; one of them where its id is given; `page 2` turns the list."""
    found = await common.allowed_team(work, access.Deed.PEOPLE)
    if found is None:
        return
    common.leave_topic(work)
    word, _, page = argument.partition(" ")
    if found.branch(argument) or _closed(found, argument):
        _one(work, found, argument)
    else:
        _list(work, found, int(page) if word == "page" and page.isdecimal() else 0)


async def picked(work: Work, topic: str, value: str) -> None:
    """Add, rename, close, or open again; or fill in for all of them."""
    if topic.startswith(filling.TOPIC):
        await filling.picked(work, topic, value)
        return
    found = await common.allowed_team(work, access.Deed.PEOPLE)
    if found is None or not common.is_open_to_change(work, found):
        return
    branch = found.branch(value)
    match topic.partition(".")[2]:
        case "add":
            work.now_talking(topic=ADD, draft={})
            work.show(views.View(work.words.html("branches.send"), (_cancel(work),)))
        case "name" if branch is not None:
            work.now_talking(topic=RENAME, draft={"branch": branch.id})
            work.show(views.View(work.words.html("branches.new_name", name=branch.name), (_cancel(work),)))
        case "close" if branch is not None:
            _ask(work, found, branch)
        case "closed" if branch is not None and _may_close(found, branch):
            await _close(work, found, branch)
        case "open" if (closed := _closed(found, value)) is not None:
            await _open(work, found, closed)
        case _:
            _list(work, found)


async def said(work: Work, text: str) -> None:
    """Names of new branches, or the new name of one."""
    found = await common.allowed_team(work, access.Deed.PEOPLE)
    if found is None or not common.is_open_to_change(work, found):
        return
    renamed = str(work.conversation.draft.get("branch", ""))
    if work.conversation.topic == RENAME:
        names, given = [text], [renamed]
    else:
        names = [name for part in re.split(r"[\n,;]", text) if (name := " ".join(part.split()))]
        given = [str(uuid.uuid4()) for _ in names]
    changes = [_change(id_, name, creates=not renamed) for id_, name in zip(given, names, strict=True)]
    taken = branches.take(found.assessment.branches, changes, country=found.assessment.institution.country)
    if isinstance(taken, nouns.Problem) or not names or not all(_plain(name) for name in names):
        problem = taken if isinstance(taken, nouns.Problem) else nouns.Problem("branches.unnamed")
        work.show(views.View(_refusal(work, problem), (_cancel(work),)))
        return
    common.leave_topic(work)
    if taken.added or taken.changed:
        found = await _reopened(work, found)
    after = registering.keep(work, found, taken)
    _list(work, after, before=registering.said(taken, work.words))


def _refusal(work: Work, problem: nouns.Problem) -> str:
    """Why names are not taken, said to somebody who can send others at once."""
    return work.words.html(f"branches.bad.{problem.code.rpartition('.')[2]}", **problem.values)


def _plain(name: str) -> str:
    return " ".join(reading_text.clean(name).split())


def _change(id_: str, name: str, *, creates: bool) -> entities.Change:
    return entities.Change(declaring.BRANCHES, id_, creates, not creates, _plain(name), {})


async def _reopened(work: Work, found: team.Team) -> team.Team:
    """What is asked of a new branch is not approved, and a plan of other branches is not what was signed."""
    if found.assessment.state != "in_review":
        return found
    reason = work.words.say("branches.reason")
    return dataclasses.replace(found, assessment=await signing.opened(work, found, reason))


# --- what is shown -------------------------------------------------------------------------------------


def _list(work: Work, found: team.Team, page: int = 0, *, before: str = "") -> None:
    words = work.words
    buttons = [
        views.Button(_label(work, found, branch), views.Go("branches", branch.id))
        for branch in found.assessment.branches
    ]
    buttons += [
        views.Button(words.say("branches.label.closed", name=branch.name), views.Go("branches", branch.id))
        for branch in found.assessment.closed
    ]
    rows = lists.rows(work, buttons, page, lambda at: views.Go("branches", f"page {at}"))
    add = views.Button(words.say("branches.add"), views.Pick("branches.add"))
    text = words.html("branches.title", institution=found.institution, n=len(found.assessment.branches))
    sheet = views.Button(words.say("filling.button"), views.Pick(filling.TOPIC))
    ways = (
        (add,),
        (sheet,),
        (common.go(work, "lead.people", "people"), common.go(work, "button.tasks", "tasks")),
    )
    work.show(views.View(views.text(before, text), (*rows, *ways)))


def _label(work: Work, found: team.Team, branch: nouns.Branch) -> str:
    holder = found.holder(team.Seat(nouns.Role.BRANCH_STAFF, branch.id))
    if holder is None:
        return work.words.say("branches.label.empty", name=branch.name)
    return work.words.say("branches.label", name=branch.name, who=holder.name)


def _one(work: Work, found: team.Team, id_: str) -> None:
    words = work.words
    back = (common.go(work, "button.back", "branches"),)
    closed = _closed(found, id_)
    if closed is not None:
        again = views.Button(words.say("branches.open"), views.Pick("branches.open", closed.id))
        work.show(views.View(words.html("branches.is_closed", name=closed.name), ((again,), back)))
        return
    branch = found.branch(id_)
    assert branch is not None  # noqa: S101  # who calls has looked
    sections = [section for section in found.ordered() if section.branch == branch.id]
    rows: list[tuple[views.Button, ...]] = [
        (views.Button(words.say("branches.rename"), views.Pick("branches.name", branch.id)),),
        (
            views.Button(
                words.say("lead.invite"),
                views.Go("invite", team.Seat(nouns.Role.BRANCH_STAFF, branch.id).code),
            ),
        ),
    ]
    if _may_close(found, branch):
        close = views.Pick("branches.close", branch.id)
        rows.append((views.Button(words.say("branches.close"), close, style="danger"),))
    head = words.html("branches.one.head_office" if branch.head_office else "branches.one", name=branch.name)
    work.show(views.View(views.text(head, found.lines(sections, words)), (*rows, back)))


def _cancel(work: Work) -> tuple[views.Button, ...]:
    return (common.go(work, "button.cancel", "branches"),)


# --- closing ---------------------------------------------------------------------------------------------


def _closed(found: team.Team, id_: str) -> nouns.Branch | None:
    return next((branch for branch in found.assessment.closed if branch.id == id_), None)


def _may_close(found: team.Team, branch: nouns.Branch) -> bool:
    """The head office stays, and with it one branch at least."""
    return not branch.head_office and len(found.assessment.branches) > 1


def _ask(work: Work, found: team.Team, branch: nouns.Branch) -> None:
    words = work.words
    answered = sum(section.answered for section in found.sections if section.branch == branch.id)
    holder = found.holder(team.Seat(nouns.Role.BRANCH_STAFF, branch.id))
    text = views.text(
        words.html("branches.close.ask", name=branch.name, n=answered),
        words.html("branches.close.who", who=holder.name) if holder is not None else "",
    )
    yes = views.Button(words.say("branches.close"), views.Pick("branches.closed", branch.id), style="danger")
    keep = views.Button(words.say("button.keep"), views.Go("branches", branch.id))
    work.show(views.View(text, ((yes,), (keep,))))


async def _close(work: Work, found: team.Team, branch: nouns.Branch) -> None:
    """The branch leaves the plan; its answers, its sections and who sat there are kept for the day it opens again."""
    found = await _reopened(work, found)
    seat = team.Seat(nouns.Role.BRANCH_STAFF, branch.id)
    for link in await seating.open_links(work, found):
        if link.branch == branch.id:
            work.change(link, msgspec.structs.replace(link, revoked=True))
    kept = tuple(each for each in found.assessment.branches if each.id != branch.id)
    after = _with(work, found, kept, (*found.assessment.closed, branch))
    _tell(work, found, seat, "branches.closed.notice", branch)
    _list(work, after, before=work.words.html("branches.close.done", name=branch.name))


async def _open(work: Work, found: team.Team, branch: nouns.Branch) -> None:
    """The branch is asked again, by what is asked of branches today; what it said before is there."""
    register = found.assessment.branches
    if branch.name.casefold() in {each.name.casefold() for each in register}:
        there = nouns.Problem("branches.there", {"name": branch.name})
        _list(work, found, before=_refusal(work, there))
        return
    if len(register) >= limits.BRANCHES:
        full = nouns.Problem("branches.too_many", {"name": branch.name, "limit": limits.BRANCHES})
        _list(work, found, before=_refusal(work, full))
        return
    found = await _reopened(work, found)
    closed = tuple(each for each in found.assessment.closed if each.id != branch.id)
    after = _with(work, await _whole(work, found), (*register, branch), closed)
    known = {flow.id: flow for flow in after.library.flows()}
    there_already = {section.flow for section in after.sections if section.branch == branch.id}
    for section in after.sections:
        if section.branch == branch.id and section.flow not in known:
            # a survey that was removed while the branch was closed
            work.changes.append(port.Remove(section))
    after = dataclasses.replace(after, sections=[one for one in after.sections if one.flow in known])
    made = [
        section
        for flow in known.values()
        if flow.per is nouns.Per.BRANCH and flow.id not in there_already
        for section in surveys.ask(work, after, flow, [branch.id])
    ]
    after = dataclasses.replace(after, sections=[*after.sections, *made])
    seat = team.Seat(nouns.Role.BRANCH_STAFF, branch.id)
    holder = after.holder(seat)
    if holder is not None and after.owed(holder.id):
        work.put(reminding.first(after.assessment, branch.id, holder.id, work.now))
    _tell(work, after, seat, "branches.opened.notice", branch)
    _list(work, after, before=work.words.html("branches.open.done", name=branch.name))


async def _whole(work: Work, found: team.Team) -> team.Team:
    """The team with what belongs to closed branches as well."""
    assessment = found.assessment.id
    return dataclasses.replace(
        found,
        memberships=team.current(await work.storage.memberships(assessment=assessment)),
        sections=await work.storage.sections(assessment),
    )


def _with(
    work: Work, found: team.Team, kept: Sequence[nouns.Branch], closed: Sequence[nouns.Branch]
) -> team.Team:
    assessment = msgspec.structs.replace(found.assessment, branches=tuple(kept), closed=tuple(closed))
    work.change(found.assessment, assessment)
    return team.seen(dataclasses.replace(found, assessment=assessment))


def _tell(work: Work, found: team.Team, seat: team.Seat, code: str, branch: nouns.Branch) -> None:
    """Who answers there hears of it."""
    holder = found.holder(seat)
    if holder is not None and holder.id != work.person.id:
        text = work.words_of(holder).html(
            code, name=work.person.name, branch=branch.name, institution=found.institution
        )
        work.tell(holder.id, views.View(text))
