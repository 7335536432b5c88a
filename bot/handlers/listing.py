"""People by an Excel list: the sheet goes out, comes back with names, and becomes links once nothing is wrong with it."""

from __future__ import annotations

import asyncio
import base64

import markupsafe
import msgspec

from bot import limits, views
from bot.asking import drawing
from bot.handlers import common, faults, links, sheets
from bot.people import access, team
from bot.seats import invitations, people_list, seating
from bot.work import Work
from flows import nouns

TOPIC = "people.list"


async def send(work: Work, found: team.Team) -> None:
    """Send the list and wait for it; where every seat has somebody there is nothing to fill in."""
    words = work.words
    if not seating.empty(found):
        rows = ((common.go(work, "lead.people", "people"), common.go(work, "button.back", "invite")),)
        work.show(views.View(words.html("list.nobody"), rows))
        return
    content = await asyncio.to_thread(people_list.write, found, words, work.now)
    title = words.say("list.title", institution=found.institution)
    work.now_talking(topic=TOPIC, draft={}, section="")
    work.deliver(
        views.View(words.html("list.caption"), ((common.go(work, "button.cancel", "cancel"),),)),
        content=base64.b64encode(content).decode("ascii"),
        name=f"{views.file_name(title)}.xlsx",
    )


async def received(work: Work, attachment: nouns.Attachment) -> None:
    """Read the list that came back: ask how the links are to go out, or name every row and cell that is wrong."""
    found = await common.allowed_team(work, access.Deed.INVITE)
    if found is None:
        return
    words = work.words
    content = await common.fetched(work, attachment)
    if content is None:
        return
    taken = await asyncio.to_thread(people_list.read, found, words, content, work.now)
    if isinstance(taken, nouns.Problem):
        work.say(views.View(drawing.problem_text(taken, words)))
    elif taken.faults:
        work.say(views.View(faults.text(work, taken.faults, taken.faulty_rows)))
    elif not taken.wanted:
        work.say(views.View(words.html("list.empty")))
    else:
        _ask(work, found, taken)


async def said(work: Work) -> None:
    """Words are no file: say what is waited for."""
    work.say(views.View(work.words.html("list.send")))


async def invited(work: Work, found: team.Team, value: str) -> None:
    """Make the links that were asked for, as messages or as a sheet in the language of `value`."""
    kept = work.conversation.draft.get("wanted", ())
    wanted = [msgspec.convert(one, people_list.Wanted) for one in kept]
    empty = {seat.code: seat for seat in seating.empty(found)}
    late = [one for one in wanted if one.seat not in empty]
    common.leave_topic(work)
    made = [invitations.make(work, found, empty[one.seat], one.name) for one in wanted if one.seat in empty]
    work.close(work.words.html("list.made", n=len(made)))
    if value == "messages":
        for link in made:
            links.forward(work, found, link)
    elif made:
        await sheets.send_links(work, found, made, work.person.language)
    said_ = work.words.html("list.late", n=len(late)) if late else ""
    rows = ((common.go(work, "links.button", "invite", "links"), common.go(work, "lead.people", "people")),)
    work.show(views.View(views.text(work.words.html("list.made", n=len(made)), said_), rows))


def _ask(work: Work, found: team.Team, taken: people_list.Taken) -> None:
    words = work.words
    lines = [
        words.html("list.line", name=one.name, seat=found.seat_name(team.Seat.read(one.seat), words))
        for one in taken.wanted[: limits.CHOICES_A_PAGE]
    ]
    if len(taken.wanted) > limits.CHOICES_A_PAGE:
        lines.append(words.html("table.more", n=len(taken.wanted) - limits.CHOICES_A_PAGE))
    text = views.text(
        words.html("list.read", n=len(taken.wanted)),
        markupsafe.Markup("\n").join(lines),
        words.html("list.nameless", n=taken.nameless) if taken.nameless else "",
    )
    rows = (
        (views.Button(words.say("list.messages"), views.Pick("invite.list", "messages"), style="primary"),),
        (views.Button(words.say("list.sheet"), views.Pick("invite.list", "sheet")),),
        (common.go(work, "button.cancel", "cancel"),),
    )
    work.now_talking(draft={"wanted": [msgspec.to_builtins(one) for one in taken.wanted]})
    work.show(views.View(text, rows))
