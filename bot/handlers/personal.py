"""/language, /privacy, /mydata, /forget: what concerns the person themselves."""

from __future__ import annotations

import base64

import msgspec

from bot import own_data, views
from bot.handlers import colleagues, common, releasing
from bot.operations import retention
from bot.people import delegations, team
from bot.seats import seating
from bot.work import Work
from flows import words as wording


async def language(work: Work, argument: str = "") -> None:
    """Ask for the language, or take the one named."""
    known = wording.languages("bot")
    if argument in known:
        work.person = msgspec.structs.replace(work.person, language=argument, language_chosen=True)
        found = await common.current_team(work)
        common.offer_menu(work, found.roles(work.person.id) if found is not None else ())
        # what stood is old now; it comes back in the new language
        rows: tuple[tuple[views.Button, ...], ...] = ((_way_on(work),),) if found is not None else ()
        work.show(views.View(work.words.html("language.done"), rows))
        return
    names = tuple(
        (views.Button(wording.catalogue("bot", code).say("language.name"), views.Go("language", code)),)
        for code in known
    )
    work.show(views.View(work.words.html("language.ask"), names))


def _way_on(work: Work) -> views.Button:
    if work.conversation.section:
        return views.Button(work.words.say("button.open"), views.Open(work.conversation.section))
    return common.go(work, "button.tasks", "tasks")


async def privacy(work: Work, argument: str = "") -> None:
    """What is kept, why, where, who sees it and how long."""
    del argument
    agreeing = {"join": views.Pick("join", "yes"), colleagues.TOPIC: views.Pick(f"{colleagues.TOPIC}.take")}
    if agree := agreeing.get(work.conversation.topic):
        # Reading this is part of deciding to join: the way on stays under it.
        start = views.Button(work.words.say("hello.start"), agree, style="primary")
        work.show(views.View(work.words.html("privacy.text"), ((start,),)))
        return
    work.say(views.View(work.words.html("privacy.text")))


async def my_data(work: Work, argument: str = "") -> None:
    """Everything that is kept about the person: as a page to read, and to the last detail as JSON."""
    del argument
    about = await work.storage.about(work.person.id)
    page = await own_data.page(work.storage, work.library, work.person, about, work.now)
    content = msgspec.json.format(msgspec.json.encode(about), indent=2)
    _send(work, "my-data.html", page, work.words.say("mydata.caption"))
    _send(work, "my-data.json", content, work.words.say("mydata.caption.json"))


def _send(work: Work, name: str, content: bytes, caption: str) -> None:
    encoded = base64.b64encode(content).decode("ascii")
    work.send(work.person.id, "document", content=encoded, name=name, caption=caption)


async def forget(work: Work, argument: str = "") -> None:
    """Ask once more before erasing."""
    del argument
    words = work.words
    work.now_talking(topic="", draft={})
    yes = views.Button(words.say("forget.yes"), views.Pick("forget", "yes"), style="danger")
    keep = views.Button(words.say("button.keep"), views.Pick("forget", "no"))
    work.show(views.View(words.html("forget.ask"), ((yes,), (keep,))))


async def forgotten(work: Work, answer: str) -> None:
    """Erase the person if they said yes; the last message is sent without being kept."""
    if answer != "yes":
        kept = work.words.html("forget.kept")
        work.close(kept)
        work.show(views.View(kept, ((_way_on(work),),)))
        return
    await erase(work)


async def erase(work: Work) -> None:
    """Erase the person with this turn: what they owed is handed on, and who waited for them hears of it."""
    pseudonym = retention.pseudonym(work.person.id, work.now)
    left = [found for name in await common.assessments(work) if (found := await _team(work, name))]
    work.erase(pseudonym, work.words.html("forget.done"))
    for found in left:
        _hand_over(work, found)
        for one in found.asked(work.person.id):
            section = next(each for each in found.sections if each.id == one.section)
            await releasing.came_back(work, found, section, one, delegations.LEFT)


async def _team(work: Work, assessment: str) -> team.Team | None:
    return await team.load(work.storage, work.library, assessment)


def _hand_over(work: Work, found: team.Team) -> None:
    """What the person still owed is the project manager's to give to somebody: they are told by seat, not by name."""
    after = seating.without(found, work.person.id)
    seating.lead_on(work, found, after)
    owed = sum(section.state in team.OPEN_STATES for section in found.owned(work.person.id))
    seating.tell_left(work, after, seating.seats_of(found, work.person.id), owed)
