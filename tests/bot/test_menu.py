"""Telegram's menu names the commands of the person's roles, and /switch leads from one institution to another."""

from __future__ import annotations

import pytest

from bot import menu
from tests.bot import running
from tests.bot.running import labels, words


@pytest.mark.parametrize(
    ("person", "there", "missing"),
    [
        pytest.param(
            running.EKAI, {"tasks", "mydata", "forget"}, {"review", "plan", "new"}, id="branch staff"
        ),
        pytest.param(running.MANAGER, {"review", "plan", "status"}, {"new"}, id="project manager"),
        pytest.param(running.OWNER, {"new", "switch", "invite"}, set(), id="owner"),
    ],
)
async def test_the_menu_follows_the_roles(
    planted: running.Running, person: int, there: set[str], missing: set[str]
) -> None:
    await planted.said(planted.person(person), "/start")
    names = set(planted.menu(person))
    assert there <= names
    assert not missing & names


async def test_a_seat_changes_the_menu(bot: running.Running) -> None:
    tokens = await bot.created()
    newcomer = await bot.newcomer("Nekesa")
    await bot.said(newcomer, "/start")
    assert "plan" not in bot.menu(newcomer.id)
    await bot.joined(newcomer, tokens["Project manager"])
    assert "plan" in bot.menu(newcomer.id)


async def test_help_and_menu_name_the_same(planted: running.Running) -> None:
    owner = planted.person(running.OWNER)
    await planted.said(owner, "/start")
    told = words(await planted.said(owner, "/help"))
    assert [f"/{name}" for name in planted.menu(owner.id)] == [
        word for word in told.split() if word.startswith("/")
    ]


async def test_from_one_institution_to_the_other_and_back(planted: running.Running) -> None:
    owner = planted.person(running.OWNER)
    await planted.created("Nuru")
    assert "Nuru" in words(await planted.said(owner, "/status"))
    assert {"Nuru", "Jitegemea Credit Scheme"} <= set(labels(await planted.said(owner, "/switch")))
    await planted.tapped(owner, "Jitegemea Credit Scheme")
    assert "Jitegemea" in words(await planted.said(owner, "/status"))


async def test_nobody_switches_to_what_is_not_theirs(planted: running.Running) -> None:
    await planted.created("Nuru")
    theirs = (await planted.assessment()).id
    ekai = planted.person(running.EKAI)
    shown = await planted.said(ekai, f"/switch {theirs}")
    assert "Nuru" not in words(shown) + "".join(labels(shown))


def test_everybody_has_a_way_out() -> None:
    assert {"help", "forget", "mydata", "privacy"} <= set(menu.commands())
