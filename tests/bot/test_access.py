"""Who may do what: every leader's command by everybody, and other people's things by their ids."""

from __future__ import annotations

import itertools

import pytest

from bot import access
from bot.practice import people
from tests.bot import running
from tests.bot.running import data, labels, words

WHO = {"branch staff": running.EKAI, "project manager": running.MANAGER, "owner": running.OWNER}
MAY = {
    ("project manager", "status"), ("project manager", "remind"), ("project manager", "review"),
    ("project manager", "plan"), ("project manager", "invite"),
    ("owner", "status"), ("owner", "remind"), ("owner", "review"), ("owner", "plan"), ("owner", "invite"),
    ("owner", "new"),
}  # fmt: skip
"""Wanjiru is the sample's specialist as well, who reviews."""

COMMANDS = ("status", "remind", "review", "plan", "invite", "new")


@pytest.mark.parametrize(
    ("who", "command"),
    [pytest.param(*pair, id=f"{pair[0]}: /{pair[1]}") for pair in itertools.product(WHO, COMMANDS)],
)
async def test_commands_by_role(planted: running.Running, who: str, command: str) -> None:
    said = words(await planted.said(planted.person(WHO[who]), f"/{command}"))
    assert ("That is for" not in said) == ((who, command) in MAY)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_stranger_leads_nothing(planted: running.Running, command: str) -> None:
    shown = await planted.said(await planted.newcomer(), f"/{command}")
    assert "Jitegemea" not in words(shown) + "".join(labels(shown))


async def outsider(bot: running.Running) -> people.Person:
    """The project manager of another institution."""
    tokens = await bot.created("Nuru")
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Project manager"])
    return nekesa


@pytest.mark.parametrize("command", ["review {section}", "invite branch_staff:lodwar", "switch {assessment}"])
async def test_another_institutions_ids_open_nothing(planted: running.Running, command: str) -> None:
    theirs = await planted.section("branch_power", "machakos")
    nekesa = await outsider(planted)
    shown = await planted.said(nekesa, f"/{command.format(section=theirs.id, assessment=theirs.assessment)}")
    assert "Machakos" not in words(shown) + "".join(labels(shown))
    assert "Lodwar" not in words(shown) + "".join(labels(shown))


async def test_a_leaders_button_does_nothing_for_another_institutions_leader(
    planted: running.Running,
) -> None:
    section = await planted.section("branch_power", "machakos")
    manager = planted.person(running.MANAGER)
    await planted.said(manager, f"/review {section.id}")
    approve = data(await manager.last_message(), "✓ Approve")
    nekesa = await outsider(planted)
    own = await planted.said(nekesa, "/status")
    await nekesa.forge(own, approve)
    assert await nekesa.wait_for_answer()
    await planted.settled()
    kept = await (await planted.disk()).section(section.id)
    assert kept is not None
    assert kept.state == "submitted"


async def test_a_section_is_answered_by_its_owner_only(planted: running.Running) -> None:
    tokens = await planted.created("Nuru")
    first, second = await planted.newcomer("Nekesa"), await planted.newcomer("Barasa")
    await planted.joined(first, tokens["Training"])
    await planted.tapped(first, "Training")
    await planted.said(first, "12")
    # the seat goes to somebody else while the first still has the question before her
    owner = planted.person(running.OWNER)
    await planted.joined(second, await planted.link(owner, "✓ Training: Nekesa"))
    await planted.said(first, "13")
    assert list((await planted.answers("training_needs")).values()) == [12]


def test_every_deed_is_somebodys() -> None:
    assert set(access.ALLOWED) == set(access.Deed)
    assert all(access.ALLOWED.values())
