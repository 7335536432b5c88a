"""Whatever is sent in whatever state, something comes back, and nothing fails behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot import routing
from bot.practice import people
from bot.rehearsal import respondent
from tests.bot import running
from tests.bot.running import data, labels, words

Enter = Callable[[running.Running], Awaitable[people.Person]]


async def stranger(bot: running.Running) -> people.Person:
    return await bot.newcomer()


async def invited(bot: running.Running) -> people.Person:
    known = (await bot.telegram.people()).get("Nekesa")
    if known is None:
        tokens = await bot.created()
        known = await bot.newcomer("Nekesa", about=tokens["Training"])
    token = next(p.about for p in bot.world.state.people.values() if p.id == known.id)
    await bot.after(known, known.start(token))
    return known


def creating(*typed: str) -> Enter:
    async def enter(bot: running.Running) -> people.Person:
        owner = bot.person(running.OWNER)
        for line in ("/new", *typed):
            await bot.said(owner, line)
        return owner

    return enter


async def deciding_to_create(bot: running.Running) -> people.Person:
    owner = await creating("Nuru", "KE", "Nakuru")(bot)
    await bot.tapped(owner, "Not decided")
    return owner


async def resting(bot: running.Running) -> people.Person:
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    return ekai


def answering(section: str, *acts: str) -> Enter:
    async def enter(bot: running.Running) -> people.Person:
        ekai = await resting(bot)
        shown = await bot.tapped(ekai, f"{section} · Lodwar")
        for act in acts:
            shown = await bot.tapped(ekai, act) if act in labels(shown) else await bot.said(ekai, act)
        return ekai

    return enter


async def nothing_left(bot: running.Running) -> people.Person:
    mwende = bot.person(running.MWENDE)
    await bot.said(mwende, "/tasks")
    return mwende


async def reviewing(bot: running.Running) -> people.Person:
    # As the button of the notice does: the list before it is a state of its own, and takes a look at every section.
    manager, section = bot.person(running.MANAGER), await bot.section("branch_power", "machakos")
    await bot.said(manager, f"/review {section.id}")
    return manager


async def remarking(bot: running.Running) -> people.Person:
    manager = await reviewing(bot)
    await bot.tapped(manager, "↩ Send back with a remark")
    await bot.tapped(manager, "The whole section")
    return manager


async def proposing(bot: running.Running) -> people.Person:
    manager = await reviewing(bot)
    await bot.tapped(manager, "⇄ Propose another answer")
    await bot.tapped(manager, "How many times a week does the power go off while you work?")
    return manager


def asked(what: str = "The whole section", *acts: str) -> Enter:
    """Amina, to whom Ekai sent a link to a part of his section once, having followed it and done this."""

    async def enter(bot: running.Running) -> people.Person:
        amina = (await bot.telegram.people()).get("Amina")
        if amina is None:
            ekai = await answering("Your branch")(bot)
            shown, since = await bot.tapped(ekai, "Ask a colleague"), bot.now
            await bot.tapped(ekai, next(label for label in labels(shown) if label.startswith(what)))
            said = "".join(words(event.get("message", {})) for event in bot.events(ekai, since))
            amina = await bot.newcomer("Amina", about=said.partition("start=")[2].split()[0])
        token = next(p.about for p in bot.world.state.people.values() if p.id == amina.id)
        shown = await bot.after(amina, amina.start(token))
        for act in acts:
            if act in labels(shown):
                shown = await bot.tapped(amina, act)
            elif not act.startswith("Start"):
                shown = await bot.said(amina, act)
        return amina

    return enter


async def taken_back(bot: running.Running) -> people.Person:
    ekai, amina = bot.person(running.EKAI), await asked("Only this question", "Start")(bot)
    shown = await bot.said(ekai, "/asked")
    if back := [label for label in labels(shown) if label.startswith("Take back")]:
        await bot.tapped(ekai, back[0])
    return await asked()(bot) if back else amina


async def waiting(bot: running.Running) -> people.Person:
    if "Amina" not in await bot.telegram.people():
        await asked("Only this question", "Start")(bot)
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/asked")
    return ekai


SURVEY = b"""
flow: cooling
title: Cooling
survey: [{type: text, name: colour, label: Which colour?}]
"""


def adding(*taps: str) -> Enter:
    async def enter(bot: running.Running) -> people.Person:
        manager = bot.person(running.MANAGER)
        await bot.said(manager, "/survey")
        await bot.after(manager, manager.send_file("cooling.yaml", SURVEY))
        for tap in taps:
            await bot.tapped(manager, tap)
        return manager

    return enter


async def about_to_remove(bot: running.Running) -> people.Person:
    manager = bot.person(running.MANAGER)
    if not await (await bot.disk()).surveys((await bot.assessment()).id):
        await adding("Branch manager", "✓ Add the survey")(bot)
    await bot.said(manager, "/survey")
    await bot.tapped(manager, "Cooling")
    await bot.tapped(manager, "Remove the survey")
    return manager


def after(command: str, who: int = running.EKAI) -> Enter:
    async def enter(bot: running.Running) -> people.Person:
        person = bot.person(who)
        await bot.said(person, command)
        return person

    return enter


STATES = {
    "a stranger": stranger,
    "invited": invited,
    "naming an institution": creating(),
    "choosing a country": creating("Nuru"),
    "naming branches": creating("Nuru", "KE"),
    "choosing a date": creating("Nuru", "KE", "Nakuru"),
    "about to create": deciding_to_create,
    "at the list of sections": resting,
    "asked for a number": answering("Your branch"),
    "asked for a choice": answering("Internet"),
    "asked for yes or no": answering("Your branch", "none"),
    "at a list": answering("How you work"),
    "checking answers": answering("Your branch", "Skip for now", "Check my answers"),
    "paused": answering("Your branch", "Pause"),
    "with everything handed in": nothing_left,
    "asked whether to forget": after("/forget"),
    "choosing a language": after("/language"),
    "inviting": after("/invite", running.OWNER),
    "asked by a colleague": asked(),
    "answering for a colleague": asked("The whole section", "Start"),
    "having answered for a colleague": asked("Only this question", "Start", "640"),
    "with a part that was taken back": taken_back,
    "waiting for a colleague": waiting,
    "at the list to review": after("/review", running.MANAGER),
    "reading a review": reviewing,
    "writing a remark": remarking,
    "proposing another answer": proposing,
    "at the sign-off": after("/sign", running.MANAGER),
    "naming who signs": after("/sign who", running.MANAGER),
    "at the surveys": after("/survey", running.MANAGER),
    "choosing who answers a survey": adding(),
    "choosing how often": adding("Finance"),
    "about to add a survey": adding("Branch manager"),
    "about to remove a survey": about_to_remove,
    "practising": after("/practice"),
}


@pytest.fixture
def tick_seconds() -> float:
    """Seldom: nobody moves the clock here, and two thousand acts take a while."""
    return 60.0


def said(text: str) -> Callable[[running.Running, people.Person], Awaitable[Any]]:
    return lambda _, person: person.say(text)


async def stale(bot: running.Running, person: people.Person) -> None:
    # A button of an earlier screen, or where there is none yet, one that never was.
    old = [message for message in await person.messages() if people.buttons(message)]
    if old:
        await person.tap(people.buttons(old[0])[0]["text"], message=old[0])
    else:
        await forged(bot, person)


async def forged(bot: running.Running, person: people.Person) -> None:
    await bot.after(person, person.start())
    await person.forge(await person.last_message(), "never-was.0")


async def edited(bot: running.Running, person: people.Person) -> None:
    own = [
        message for message in await person.messages() if not message["from"]["is_bot"] and "text" in message
    ]
    if not own:
        await bot.after(person, person.say("A first word"))
        own = [message for message in await person.messages() if not message["from"]["is_bot"]]
    await person.edit(own[-1], f"{own[-1]['text']} again")


async def reply(bot: running.Running, person: people.Person) -> None:
    # To the oldest message that is there, whatever it was about.
    if not await person.messages():
        await bot.after(person, person.start())
    await person.say("12", reply_to=(await person.messages())[0])


async def deleted(bot: running.Running, person: people.Person) -> None:
    await person.delete_chat()
    await person.say("Is anybody there?")


async def photo(_: running.Running, person: people.Person) -> None:
    await person.send_file("photo.png", respondent.PHOTO, kind="photo")


async def document(_: running.Running, person: people.Person) -> None:
    await person.send_file("list.pdf", b"%PDF-1.4", mime_type="application/pdf")


async def voice(_: running.Running, person: people.Person) -> None:
    await person.send_file("note.ogg", b"OggS", kind="voice", mime_type="audio/ogg")


ACTS: dict[str, Callable[[running.Running, people.Person], Awaitable[Any]]] = {
    **{f"/{name}": said(f"/{name}") for name in routing.COMMANDS},
    "an unknown command": said("/fly me"),
    "/start with a wrong link": said("/start nowhere"),
    "/status of page 99": said("/status 99"),
    "/review of nothing": said("/review nothing 7"),
    "/review of what is approved": said("/review approved 9"),
    "/sign of nothing": said("/sign nothing"),
    "/remind nobody": said("/remind 1"),
    "/invite everybody": said("/invite all"),
    "/language of nowhere": said("/language xx"),
    "words": said("Hello there"),
    "a number": said("12"),
    "yes": said("yes"),
    "the longest words": said("word " * 800),
    "a photo": photo,
    "a document": document,
    "a questionnaire": lambda _, person: person.send_file("cooling.yaml", SURVEY),
    "a broken questionnaire": lambda _, person: person.send_file("cooling.yaml", b"flow: ["),
    "a voice message": voice,
    "a location": lambda _, person: person.send_location(3.119, 35.597),
    "a contact": lambda _, person: person.send_contact(),
    "an edited message": edited,
    "a reply to the oldest message": reply,
    "a forwarded message": lambda _, person: person.say("12", forwarded_from="Lokiru"),
    "a sticker": lambda _, person: person.send_sticker(),
    "a video": lambda _, person: person.send_file("v.mp4", b"mp4", kind="video", mime_type="video/mp4"),
    "a stale button": stale,
    "a forged button": forged,
    # the last: with the chat go the messages that bring a reviewer back to a section
    "words in a deleted chat": deleted,
}


@pytest.mark.parametrize("state", STATES)
async def test_nothing_is_met_with_silence(planted: running.Running, state: str) -> None:
    silent = []
    for name, act in ACTS.items():
        person = await STATES[state](planted)
        before = planted.now
        await act(planted, person)
        if "button" in name:
            await person.wait_for_answer()
        await planted.settled()
        if not planted.events(person, before):
            silent.append(name)
    assert silent == []


# A stranger has been shown no button yet.
@pytest.mark.parametrize("state", [state for state in STATES if state != "a stranger"])
async def test_every_button_of_every_screen_is_answered(planted: running.Running, state: str) -> None:
    person = await STATES[state](planted)
    faces = labels(await person.last_message())
    for face in faces:
        person = await STATES[state](planted)
        shown = await person.last_message()
        if face not in labels(shown):
            continue  # an earlier button changed what stands: its answer was checked then
        before = planted.now
        await person.forge(shown, data(shown, face))
        await person.wait_for_answer()
        await planted.settled()
        news = [event for event in planted.events(person, before) if event["kind"] != "answer"]
        assert news, f"nothing was shown for {face!r} under {words(shown)!r}"
