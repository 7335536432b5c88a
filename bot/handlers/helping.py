"""/help and /cancel: what can be done here, and the way out of anything."""

from __future__ import annotations

import markupsafe

from bot import menu, views
from bot.handlers import common, practising, tasks
from bot.work import Work


async def help_(work: Work, argument: str = "") -> None:
    """The commands that apply to this person."""
    del argument
    found = await common.current_team(work)
    roles = found.roles(work.person.id) if found is not None else ()
    several = len(await common.assessments(work)) > 1
    lines = [
        work.words.html("help.line", command=name, what=work.words.say(f"command.{name}"))
        for name in menu.commands(roles, owner=work.owner, several=several)
    ]
    text = work.words.html("help.text", commands=markupsafe.Markup("\n").join(lines))
    work.say(views.View(text))


async def cancel(work: Work, argument: str = "") -> None:
    """Leave whatever topic stands; answers given are kept."""
    del argument
    if work.conversation.topic == practising.TOPIC:
        await practising.leave(work, "practice.left")
        return
    busy = bool(work.conversation.topic or work.conversation.section)
    common.leave_topic(work)
    code = "cancel.done" if busy else "cancel.nothing"
    found = await common.current_team(work)
    if found is None:
        work.show(views.View(work.words.html(code)))
    else:
        await tasks.tasks_of(work, found, before=work.words.html(code))
