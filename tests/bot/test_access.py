"""Who may do what: every leader's command by everybody, and other people's things by their ids."""

from __future__ import annotations

import itertools

import pytest

from bot.people import access
from bot.practice import people
from tests.bot import running
from tests.bot.running import data, labels, words

WHO = {"branch staff": running.EKAI, "project manager": running.MANAGER, "owner": running.OWNER}
MAY = {
    ("project manager", "status"), ("project manager", "remind"), ("project manager", "review"),
    ("project manager", "plan"), ("project manager", "invite"), ("project manager", "survey"),
    ("owner", "status"), ("owner", "remind"), ("owner", "review"), ("owner", "plan"), ("owner", "invite"),
    ("owner", "survey"), ("owner", "new"), ("project manager", "why"), ("project manager", "assume"),
    ("owner", "why"), ("owner", "assume"), ("project manager", "sign"), ("owner", "sign"),
}  # fmt: skip
"""Wanjiru is the sample's specialist as well, who reviews."""

COMMANDS = ("status", "remind", "review", "sign", "plan", "why", "assume", "invite", "survey", "new")

SURVEY = b"""
flow: cooling
version: "{version}"
title: Cooling
survey: [{type: text, name: colour, label: Which colour?}]
"""


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


async def with_survey(bot: running.Running) -> str:
    """The id of a survey that the sample's project manager has added."""
    manager = bot.person(running.MANAGER)
    for person in (running.EKAI, running.MWENDE):
        await bot.said(bot.person(person), "/start")
    await bot.said(manager, "/survey")
    await bot.after(manager, manager.send_file("cooling.yaml", SURVEY))
    for tap in ("Branch manager", "✓ Add the survey"):
        await bot.tapped(manager, tap)
    [kept] = await (await bot.disk()).surveys((await bot.assessment()).id)
    return kept.flow


async def survey_versions(bot: running.Running, assessment: str) -> list[str]:
    return [row.version for row in await (await bot.disk()).surveys(assessment)]


async def test_another_institutions_survey_is_not_found(planted: running.Running) -> None:
    flow = await with_survey(planted)
    nekesa = await outsider(planted)
    shown = await planted.said(nekesa, f"/survey {flow}")
    assert "There are none yet" in words(shown)
    assert "Cooling" not in words(shown) + "".join(labels(shown))


@pytest.mark.parametrize("button", ["Remove the survey", "really: Remove the survey"])
async def test_a_survey_is_removed_by_its_own_leaders_only(planted: running.Running, button: str) -> None:
    flow, theirs = await with_survey(planted), (await planted.assessment()).id
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, f"/survey {flow}")
    if button.startswith("really"):
        shown = await planted.tapped(manager, "Remove the survey")
    remove = data(shown, "Remove the survey")
    for other in (await outsider(planted), planted.person(running.EKAI)):
        own = await planted.said(other, "/tasks")
        if not people.buttons(own):
            own = await planted.said(other, "/language")
        await other.forge(own, remove)
        assert await other.wait_for_answer()
        await planted.settled()
    assert await survey_versions(planted, theirs) == ["{version}"]


async def test_a_new_version_reaches_ones_own_institution_only(planted: running.Running) -> None:
    await with_survey(planted)
    theirs = (await planted.assessment()).id
    nekesa = await outsider(planted)
    await planted.said(nekesa, "/survey")
    shown = await planted.after(nekesa, nekesa.send_file("cooling.yaml", SURVEY.replace(b"{version}", b"2")))
    assert "Who answers it?" in words(shown), "to them it is a new one"
    assert await survey_versions(planted, theirs) == ["{version}"]


async def test_who_leads_nothing_sends_no_survey(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/survey")
    shown = await planted.after(ekai, ekai.send_file("cooling.yaml", SURVEY))
    assert "Cooling" not in words(shown)
    assert await survey_versions(planted, (await planted.assessment()).id) == []


async def test_who_no_longer_leads_finishes_no_survey(planted: running.Running) -> None:
    tokens = await planted.created("Nuru")
    first, second = await planted.newcomer("Nekesa"), await planted.newcomer("Barasa")
    await planted.joined(first, tokens["Project manager"])
    await planted.said(first, "/survey")
    await planted.after(first, first.send_file("cooling.yaml", SURVEY))
    await planted.tapped(first, "Training")
    owner = planted.person(running.OWNER)
    await planted.joined(second, await planted.link(owner, "✓ Project manager: Nekesa"))
    await planted.tapped(first, "✓ Add the survey")
    assert await survey_versions(planted, (await planted.assessment()).id) == []


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
