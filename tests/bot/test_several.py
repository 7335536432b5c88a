"""One person, several seats and several institutions: every button leads where it was meant."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.practice import people
from tests.bot import running
from tests.bot.running import labels, words


@pytest.fixture
async def nekesa(bot: running.Running) -> people.Person:
    """Project manager of Nuru, and of Amana a branch manager and trainer; she was at Amana last."""
    person = await bot.newcomer("Nekesa")
    first = await bot.created("Nuru", "Nakuru")
    await bot.joined(person, first["Project manager"])
    await bot.forward_to(bot.time() + dt.timedelta(seconds=5))
    second = await bot.created("Amana", "Meru")
    for seat in ("Branch manager, Meru", "Training"):
        await bot.joined(person, second[seat])
    return person


async def test_all_her_seats_are_in_one_list_an_institution(
    bot: running.Running, nekesa: people.Person
) -> None:
    shown = await bot.said(nekesa, "/tasks")
    assert "Amana" in words(shown)
    assert {"Power · Meru", "Training", "Another institution"} <= set(labels(shown))
    assert "Where we stand" not in labels(shown), "she leads Nuru, not Amana"
    await bot.tapped(nekesa, "Another institution")
    shown = await bot.tapped(nekesa, "Nuru")
    assert "Where we stand" in labels(shown)


async def test_a_notice_of_the_other_institution_leads_there(
    bot: running.Running, nekesa: people.Person
) -> None:
    barasa = await bot.newcomer("Barasa")
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/switch")
    await bot.tapped(owner, "Nuru")
    token = await bot.link(owner, "… Finance: link not used yet")
    await bot.joined(barasa, token)
    await bot.said(barasa, "/leave")
    await bot.tapped(barasa, "Let the project manager decide")
    await bot.tapped(barasa, "Give it up")
    told = await nekesa.last_message()
    assert "Nobody sits at Finance in Nuru" in words(told)
    shown = await bot.tapped(nekesa, "Finance", message=told)
    assert "Finance in Nuru" in words(shown)
    assert "Nuru" in words(await bot.said(nekesa, "/tasks"))


async def test_an_old_list_of_one_institution_stays_that_ones(
    bot: running.Running, nekesa: people.Person
) -> None:
    await bot.said(nekesa, "/switch")
    await bot.tapped(nekesa, "Nuru")
    old = await bot.said(nekesa, "/people")
    await bot.said(nekesa, "/switch")
    await bot.tapped(nekesa, "Amana")
    shown = await bot.tapped(nekesa, "Nekesa · Project manager", message=old)
    assert "Nekesa in Nuru" in words(shown)


async def test_a_button_of_an_institution_that_she_left_opens_nothing_there(
    bot: running.Running, nekesa: people.Person
) -> None:
    await bot.said(nekesa, "/switch")
    await bot.tapped(nekesa, "Nuru")
    old = await bot.said(nekesa, "/people")
    await bot.said(nekesa, "/leave")
    await bot.tapped(nekesa, "Let the project manager decide")
    await bot.tapped(nekesa, "Give it up")
    shown = await bot.tapped(nekesa, "Nekesa · Project manager", message=old)
    assert "Nuru" not in words(shown)
    assert "That is for" in words(shown)


async def test_who_left_where_they_were_is_at_another_from_then_on(
    bot: running.Running, nekesa: people.Person
) -> None:
    for seat in ("Branch manager, Meru", "Training"):
        await bot.said(nekesa, "/leave")
        if seat in labels(await nekesa.last_message()):
            await bot.tapped(nekesa, seat)
        await bot.tapped(nekesa, "Let the project manager decide")
        await bot.tapped(nekesa, "Give it up")
    of_nuru = await bot.said(nekesa, "/people")
    third = await bot.created("Tumaini", "Kisumu")
    await bot.joined(nekesa, third["Project manager"])
    shown = await bot.tapped(nekesa, "Nekesa · Project manager", message=of_nuru)
    assert "Nekesa in Nuru" in words(shown)


async def test_the_menu_offers_the_other_institution_to_whoever_has_one(
    bot: running.Running, nekesa: people.Person
) -> None:
    chat = await nekesa.chat()
    assert "switch" in {command["command"] for command in chat["commands"]}
    assert "/switch" in words(await bot.said(nekesa, "/help"))
