"""Answers of all branches in Excel: a section goes out with a row a branch, and whoever knows them all sends it back."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping, Sequence

import msgspec

from bot import limits, views
from bot.asking import drawing, keeping, places
from bot.handlers import carrying, common, faults, moving, registering, releasing
from bot.people import access, delegations, team
from bot.receiving import fetching
from bot.reminders import follow_ups
from bot.work import Work
from flows import engine, entering, nouns
from flows.worksheets import asked, files, tables
from storage import records

TOPIC = "branches.sheet"


async def picked(work: Work, topic: str, value: str) -> None:
    """Which section it is to be, the sheet of one, or the good rows of the sheet that came back last."""
    found = await _allowed(work)
    if found is None:
        return
    match topic.removeprefix(TOPIC):
        case ".send" if (flow := _flow(found, value)) is not None:
            await _send(work, found, flow)
        case ".good":
            await _take_good(work, found)
        case _:
            _which(work, found)


async def said(work: Work) -> None:
    """Words are no file: say what is waited for."""
    work.say(views.View(work.words.html("filling.send")))


async def took(work: Work, attachment: nouns.Attachment) -> bool:
    """Take a sheet of branches' answers that came back, whenever it comes; whether the file was one."""
    awaited = work.conversation.topic == TOPIC
    if attachment.kind != "file" or not (awaited or attachment.name.casefold().endswith(tables.EXCEL)):
        return False
    if not await common.assessments(work):
        # what a stranger sends is not even fetched
        return False
    try:
        content = await work.fetch(attachment)
    except fetching.FetchError as problem:
        if awaited:
            work.say(views.View(work.words.html(problem.code)))
        return awaited
    mark = await asyncio.to_thread(files.marked, content)
    if mark is None and not awaited:
        return False
    await _received(work, content, mark)
    return True


async def _allowed(work: Work) -> team.Team | None:
    found = await common.allowed_team(work, access.Deed.FILL)
    return found if found is not None and common.is_open_to_change(work, found) else None


# --- going out ---------------------------------------------------------------------------------------


def _which(work: Work, found: team.Team) -> None:
    """Ask for the section: those that a branch has still to hand in, and that hold more than lists."""
    words = work.words
    flows = [flow for flow in found.library.flows() if _flow(found, flow.id) and _open(found, flow)]
    rows = [(views.Button(work.told(flow).title, views.Pick(f"{TOPIC}.send", flow.id)),) for flow in flows]
    text = words.html("filling.which" if flows else "filling.none", institution=found.institution)
    work.show(views.View(text, (*rows, (common.go(work, "button.back", "branches"),))))


def _flow(found: team.Team, id_: str) -> nouns.Flow | None:
    """A section that every branch answers, by its flow's id; None where there is no such, or it is all lists."""
    flow = next((flow for flow in found.library.flows() if flow.id == id_), None)
    has_rows = flow is not None and flow.per is nouns.Per.BRANCH and bool(asked.columns_of(flow))
    return flow if has_rows else None


def _open(found: team.Team, flow: nouns.Flow) -> Sequence[records.Section]:
    return [one for one in found.sections if one.flow == flow.id and one.state in team.OPEN_STATES]


async def _send(work: Work, found: team.Team, flow: nouns.Flow) -> None:
    words = work.words
    whole = await _whole(work, found, flow, asked.Mark(found.assessment.id, flow.id, work.now))
    waiting = sum(place.is_open for place in whole.places)
    if not waiting:
        _which(work, found)
        return
    content = await asyncio.to_thread(files.write_branches, whole, words)
    work.now_talking(topic=TOPIC, draft={"flow": flow.id}, section="")
    title, closed = whole.flow.title, len(whole.places) - waiting
    text = views.text(
        words.html("filling.caption", title=title, n=waiting),
        words.html("filling.closed", n=closed) if closed else "",
    )
    work.deliver(
        views.View(text, ((common.go(work, "button.cancel", "cancel"),),)),
        content=base64.b64encode(content).decode("ascii"),
        name=words.say("table.file", title=views.file_name(title)),
    )


async def _whole(work: Work, found: team.Team, flow: nouns.Flow, mark: asked.Mark) -> asked.Asked:
    """The section with what each branch says so far, by branch in their order."""
    sessions = await work.sessions(found.assessment.id)
    sections = {one.branch: one for one in found.sections if one.flow == flow.id}
    places = []
    for branch in found.assessment.branches:
        if (section := sections.get(branch.id)) is not None:
            session = sessions.get(section.id) or engine.start(flow)
            ahead = moving.ahead(found.library, flow, session)
            is_open = section.state in team.OPEN_STATES and ahead is not None
            places.append(asked.Place(branch.id, branch.name, ahead or session, is_open))
    return asked.Asked(work.told(flow), mark, tuple(places))


# --- coming back ---------------------------------------------------------------------------------------


async def _received(work: Work, content: bytes, mark: asked.Mark | None) -> None:
    """Read a sheet: take it as it is, or name every row and cell that is wrong."""
    if mark is not None:
        await common.go_to(work, mark.assessment)
    else:
        mark = asked.Mark(work.conversation.assessment, work.conversation.draft.get("flow", ""), work.now)
    current = await common.current_team(work)
    known = current is not None and current.assessment.id == mark.assessment
    if current is None or not known or not current.may(work.person.id, access.Deed.FILL):
        # whose it is, and whether it is, is nobody's business
        work.say(views.View(work.words.html("filling.unknown")))
        return
    found, flow = await _allowed(work), _flow(current, mark.flow)
    if found is None:
        return
    if flow is None:
        work.say(views.View(work.words.html("filling.unknown")))
        return
    whole = await _whole(work, found, flow, mark)
    filled = await asyncio.to_thread(files.read_branches, whole, content, now=work.now)
    if isinstance(filled, nouns.Problem):
        work.say(views.View(drawing.problem_text(filled, work.words)))
    elif filled.faults:
        _show_faults(work, mark, filled)
    else:
        await _take(work, found, whole, filled)


def _show_faults(work: Work, mark: asked.Mark, filled: asked.Filled) -> None:
    words = work.words
    text = views.text(
        faults.text(work, filled.faults, filled.faulty_rows),
        _left_alone(work, filled) if filled.answers else "",
    )
    rows = []
    if filled.answers:
        label = words.say("table.good", n=len(filled.answers))
        rows.append((views.Button(label, views.Pick(f"{TOPIC}.good")),))
    rows.append((common.go(work, "button.back", "branches"),))
    kept = msgspec.structs.replace(filled, faults=())
    work.now_talking(topic=TOPIC, draft={"mark": mark.text, "filled": msgspec.to_builtins(kept)}, section="")
    work.show(views.View(text, tuple(rows)))


async def _take_good(work: Work, found: team.Team) -> None:
    """Take the good rows of the sheet that was sent last, as far as they still fit."""
    draft = work.conversation.draft
    mark = asked.Mark.read(str(draft.get("mark", "")))
    flow = _flow(found, mark.flow) if mark is not None else None
    if mark is None or flow is None or mark.assessment != found.assessment.id:
        _which(work, found)
        return
    filled = msgspec.convert(draft["filled"], asked.Filled)
    whole = await _whole(work, found, flow, mark)
    await _take(work, found, whole, await asyncio.to_thread(files.fitting, whole, filled, now=work.now))


async def _take(work: Work, found: team.Team, whole: asked.Asked, filled: asked.Filled) -> None:
    """Enter the answers in the sections that they belong to, and tell whose these are."""
    sections = {one.branch: one for one in found.sections if one.flow == whole.flow.id}
    sessions = await work.sessions(found.assessment.id)
    entered = []
    for branch, answers in filled.answers.items():
        section = sections[branch]
        entered.append(_enter(work, found, section, sessions.get(section.id), answers))
        await asyncio.sleep(0)  # others go on meanwhile
    _tell(work, found, entered, filled.answers)
    words = work.words
    left = _left_alone(work, filled)
    nothing = "filling.none_taken" if left else "filling.nothing"
    text = views.text(
        words.html("filling.taken", n=len(entered)) if entered else words.html(nothing),
        found.lines(entered[: limits.BRANCHES_NAMED], words),
        words.html("table.more", n=len(entered) - limits.BRANCHES_NAMED)
        if len(entered) > limits.BRANCHES_NAMED
        else "",
        left,
    )
    if work.conversation.section:
        # a question of their own stands: it goes on standing
        work.say(views.View(text))
        return
    common.leave_topic(work)
    ways = (common.go(work, "button.tasks", "tasks"), common.go(work, "lead.branches", "branches"))
    work.show(views.View(text, (ways,)))


def _enter(
    work: Work,
    found: team.Team,
    section: records.Section,
    before: nouns.Session | None,
    answers: asked.Answers,
) -> records.Section:
    """The section with these answers, as if its owner had given them but for their name."""
    session = before or engine.start(found.library.flow(section.flow))
    going = moving.on(work, found.library, section, session, nouns.Begin())
    carried = carrying.on(work, found, places.Place(section), session, going)
    found, going = carried.found, carried.going
    turn = entering.enter(work.told(going.flow), going.session, answers, now=work.now, by=str(work.person.id))
    gone = set(going.session.handed) - set(turn.session.handed)
    releasing.released(work, found, section, turn.session, gone, delegations.ANSWERED)
    keeping.keep(work, section, before, turn.session, turn.effects)
    work.changes += follow_ups.rows(found.assessment, section, going.flow, turn.effects, work.now)
    # when it changed last says whether its owner has to be reminded: this was not their doing
    after = keeping.counted(work.told(going.flow), section, turn.session, work.now)
    work.put(after)
    return after


def _tell(
    work: Work,
    found: team.Team,
    entered: Sequence[records.Section],
    answers: Mapping[str, asked.Answers],
) -> None:
    """Whose section it is hears of it, once; what stands on their screen stays."""
    owners = dict.fromkeys(section.owner or 0 for section in entered)
    for person in (found.people[one] for one in owners if one in found.people and one != work.person.id):
        theirs = work.words_of(person)
        mine = [section for section in entered if section.owner == person.id]
        names = [branch.name for one in mine if (branch := found.branch(one.branch)) is not None]
        text = theirs.html(
            "filling.notice",
            n=sum(len(answers[section.branch]) for section in mine),
            name=work.person.name,
            title=found.title(mine[0], theirs),
            branches=registering.listed(names, theirs),
        )
        look = views.Open(mine[0].id) if len(mine) == 1 else views.Go("tasks")
        work.tell(person.id, views.View(text, ((views.Button(theirs.say("button.open"), look),),)))


def _left_alone(work: Work, filled: asked.Filled) -> str:
    """What of a sheet is not taken, though nothing is wrong with it."""
    words = work.words
    names = registering.listed(filled.closed, words)
    return views.text(
        faults.remarks(work, filled.remarks),
        words.html("filling.left", n=len(filled.closed), names=names) if filled.closed else "",
    )
