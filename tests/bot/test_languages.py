"""Each person in their own language, over HTTP against the real bot: French, Spanish, Swahili and English in one assessment."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from bot.practice import people
from flows import shipped, translating
from flows import words as wording
from tests.bot import running
from tests.bot.running import labels, words

SEAT = "Branch manager, Nakuru"

LANGUAGES = ("fr", "es", "sw")

NAMES = {"en": "English", "fr": "Français", "es": "Español", "sw": "Kiswahili"}


def say(language: str, code: str, **values: object) -> str:
    """What the bot says for a code in a language, without tags."""
    said = wording.catalogue("bot", language).say(code, **values)
    return re.sub(r"<[^>]*>", "", said)


def told(language: str, flow: str) -> dict[str, str]:
    """Everything that a section says in a language, by id."""
    section = next(each for each in shipped.assessment() if each.id == flow)
    return translating.texts(shipped.in_language(section, language))


async def seated(bot: running.Running, language: str) -> people.Person:
    """A branch manager whose phone speaks that language, with the sections open."""
    tokens = await bot.created()
    manager = await bot.newcomer("Awa", language_code=language)
    await bot.after(manager, manager.start(tokens[SEAT]))
    await bot.tapped(manager, say(language.partition("-")[0], "hello.start"))
    return manager


@pytest.mark.parametrize(
    ("phone", "spoken"),
    [("fr", "fr"), ("fr-CA", "fr"), ("ES-mx", "es"), ("sw", "sw"), ("en", "en"), ("pt-br", "en"), ("", "en")],
)
async def test_a_stranger_is_greeted_in_the_language_of_the_phone(
    bot: running.Running, phone: str, spoken: str
) -> None:
    stranger = await bot.newcomer("Awa", language_code=phone)
    greeted = await bot.after(stranger, stranger.start())
    assert words(greeted) == say(spoken, "hello.stranger")


ANSWERS: dict[str, list[tuple[str, Any]]] = {
    # as people of each language type them: numbers, numerals, choices, "I don't know"
    "fr": [
        ("1 250", 1250),
        ("neuf", 9),
        ("environ quatre", 4),
        ("aucun", 0),
        ("3 personnes", 3),
        ("8,5 heures", 8.5),
    ],
    "es": [
        ("1.250", 1250),
        ("nueve", 9),
        ("unos cuatro", 4),
        ("ninguno", 0),
        ("3 personas", 3),
        ("8,5 horas", 8.5),
    ],
    "sw": [("1,250", 1250), ("tisa", 9), ("kama nne", 4), ("hakuna", 0), ("watu 3", 3), ("saa 8.5", 8.5)],
}
REST = {
    "fr": ("lundi et mardi", "je ne sais pas"),
    "es": ("lunes y martes", "no sé"),
    "sw": ("jumatatu na jumanne", "sijui"),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_branch_manager_joins_answers_reviews_and_hands_in(
    bot: running.Running, language: str
) -> None:
    manager = await seated(bot, language)
    office = told(language, "branch_office")
    listed = await bot.said(manager, "/tasks")
    assert say(language, "tasks.title", institution="Nuru") in words(listed)
    shown = await bot.tapped(manager, f"{office[':title']} · Nakuru")
    assert office["clients:label"] in words(shown)
    assert office["clients:hint"] in words(shown)
    for typed, _ in ANSWERS[language]:
        shown = await bot.said(manager, typed)
        if say(language, "button.yes") in labels(shown):
            shown = await bot.tapped(manager, say(language, "button.yes"))
    assert office["working_days:label"] in words(shown)
    days, unsure = REST[language]
    shown = await bot.said(manager, days)
    assert office["location:label"] in words(shown)
    shown = await bot.said(manager, unsure)
    assert say(language, "review.title", title=office[":title"]) in words(shown)
    assert office["days:mon"] in words(shown)
    shown = await bot.tapped(manager, say(language, "button.submit"))
    assert office[":title"] in words(shown)
    kept = await bot.answers("branch_office", "branch-1")
    asked = ("clients", "staff_total", "loan_officers", "tellers", "users_at_once", "opening_hours")
    assert [kept[name] for name in asked] == [value for _, value in ANSWERS[language]]
    assert kept["working_days"] == ["mon", "tue"]
    assert (await bot.section("branch_office", "branch-1")).state == "submitted"
    notice = await bot.person(running.OWNER).last_message()
    assert words(notice) == "Awa handed in Your branch · Nakuru."


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_cannot_be_read_is_said_in_the_language(bot: running.Running, language: str) -> None:
    manager = await seated(bot, language)
    await bot.said(manager, "/tasks")
    await bot.tapped(manager, f"{told(language, 'branch_office')[':title']} · Nakuru")
    refused = await bot.said(manager, "xyz")
    assert say(language, "problem.not_a_number", given="xyz") in words(refused)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reminder_comes_in_the_language(bot: running.Running, language: str) -> None:
    manager = await seated(bot, language)
    await bot.forward_to(running.NOW + dt.timedelta(days=3))
    go = say(language, "reminder.go")
    reminder = await manager.wait_for(lambda message: go in labels(message), timeout=10)
    assert say(language, "reminder.tomorrow", hour=9) in labels(reminder)
    assert told(language, "branch_power")[":title"] in words(reminder)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_people_see_one_question_in_two_languages(bot: running.Running, language: str) -> None:
    manager = await seated(bot, language)
    await bot.said(manager, "/tasks")
    await bot.tapped(manager, f"{told(language, 'branch_office')[':title']} · Nakuru")
    await bot.said(manager, "12")
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/status")
    await bot.tapped(owner, "By branch")
    status = await bot.tapped(owner, "Nakuru: 0 of 6 handed in")
    assert "Your branch · in progress" in words(status)


async def test_the_language_is_changed_by_its_own_name_in_the_middle_of_a_section(
    bot: running.Running,
) -> None:
    manager = await seated(bot, "en")
    await bot.said(manager, "/tasks")
    await bot.tapped(manager, "Your branch · Nakuru")
    offered = await bot.said(manager, "/language")
    assert labels(offered) == ["English", "Español", "Français", "Kiswahili"]
    changed = await bot.tapped(manager, "Kiswahili")
    assert words(changed) == say("sw", "language.done")
    shown = await bot.tapped(manager, say("sw", "button.open"))
    assert told("sw", "branch_office")["clients:label"] in words(shown)
    again = await bot.after(manager, manager.start())
    assert say("sw", "tasks.title", institution="Nuru") in words(again)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
async def test_the_day_that_is_given_as_an_example_may_be_sent(bot: running.Running, language: str) -> None:
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/language")
    await bot.tapped(owner, NAMES[language])
    for typed in ("/new", "Nuru", "KE"):
        await bot.said(owner, typed)
    asked = words(await bot.said(owner, "Nakuru"))
    refused = words(await bot.said(owner, "1.1.2020"))
    [example] = re.findall(re.escape(say(language, "new.bad.date", day="#")).replace(r"\#", "(.+)"), refused)
    assert example in asked
    confirmed = await bot.said(owner, example)
    assert example in words(confirmed)
    assert say(language, "new.create") in labels(confirmed)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_menu_and_description_are_there_in_every_language(bot: running.Running, language: str) -> None:
    await bot.logs.wait_for("introduced")
    me = next(iter(bot.world.state.bots.values()))
    assert say(language, "bot.description") in me.descriptions.values()
    commands = str(me.commands)
    assert say(language, "command.tasks") in commands


async def test_a_spanish_project_manager_leads(bot: running.Running) -> None:
    tokens = await bot.created()
    lead = await bot.newcomer("Rosa", language_code="es")
    await bot.after(lead, lead.start(tokens["Project manager"]))
    await bot.tapped(lead, say("es", "hello.start"))
    status = await bot.said(lead, "/status")
    assert say("es", "status.by.place") in labels(status)
    assert "4 de marzo de 2031" in words(status)
    people_ = await bot.said(lead, "/invite")
    assert say("es", "invite.sent", seat=f"{say('es', 'role.branch_staff')}, Nakuru") in labels(people_)
    assert say("es", "review.none") in words(await bot.said(lead, "/review"))
    await bot.said(lead, "/plan")
    carried = await lead.wait_for(lambda message: "document" in message, timeout=30)
    assert "Plan de implementación de Nuru, 0.1" in words(carried)
    # the day to promise is said where many read no further
    assert "Prometa el " in words(carried)
    assert carried["document"]["file_name"] == "Nuru plan de implementación 0.1.docx"
