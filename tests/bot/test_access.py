"""Who may do what: every leader's command by everybody, and other people's things by their ids."""

from __future__ import annotations

import itertools
import re

import msgspec
import pytest

from bot.people import access
from bot.practice import people
from flows import nouns
from storage import port, records
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
    refusal = "made by whoever runs this bot" if command == "new" else "That is for"
    assert (refusal not in said) == ((who, command) in MAY)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_stranger_leads_nothing(planted: running.Running, command: str) -> None:
    shown = await planted.said(await planted.newcomer(), f"/{command}")
    assert "Jitegemea" not in words(shown) + "".join(labels(shown))


@pytest.mark.parametrize("who", [running.MANAGER, running.EKAI, running.MWENDE])
async def test_from_the_start_nobody_leads_but_whom_the_settings_name(bot: running.Running, who: int) -> None:
    disk = await bot.disk()
    assert [await disk.assessments(), await disk.person(who), await disk.person(running.OWNER)] == [
        [],
        None,
        None,
    ]
    somebody = bot.person(who)
    for command in (*COMMANDS, "people", "branches", "archive", "template"):
        await bot.said(somebody, f"/{command}")
        await bot.said(somebody, "Nuru")
    for typed in ("/new", "Nuru", "KE", "Nakuru"):
        await bot.said(somebody, typed)
        stands = await disk.conversation(who)
        assert stands is not None
        assert not stands.topic.startswith("new"), "nothing is begun"
    assert [await disk.assessments(), await disk.memberships(person=who)] == [[], []]
    await bot.created("Umoja")
    assert [part.person for part in await disk.memberships(assessment=(await bot.assessment()).id)] == [
        running.OWNER
    ]


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


@pytest.mark.parametrize(
    "seat", ["Project manager", "Mifos specialist", "IT", "Finance", "Operations", "Training"]
)
async def test_ids_of_what_another_institution_has_are_answered_like_those_that_nobody_has(
    planted: running.Running, seat: str
) -> None:
    theirs, disk = (await planted.assessment()).id, await planted.disk()
    section, at = await planted.section("branch_power", "machakos"), planted.time()
    flow = nouns.Flow("survey_5ec2e7", "1", "Cooling", (nouns.Question("text", "a", "a", label="Fridges?"),))
    kept = (
        records.Survey(theirs, flow.id, "1", at, running.MANAGER, "cooling", flow),
        records.Template(theirs, "used", at, running.MANAGER, "5e" * 32, "cooling.docx", body=b"PK"),
        records.Template(theirs, "proposed", at, running.MANAGER, "5f" * 32, "cooling.docx", body=b"PK"),
        records.PlanFile(theirs, "0.7", at, running.MANAGER, "60" * 32, b"PK", "en", "61" * 32),
        records.Delegation("62" * 32, theirs, section.id, "grid_hours", running.EKAI, at),
    )
    await disk.commit([port.Put(one) for one in kept])
    somebody = await planted.newcomer("Nekesa")
    await planted.joined(somebody, (await planted.created("Nuru"))[seat])
    before = await records_of(planted, theirs)
    for command, argument, nobodys in (
        ("survey", flow.id, "survey_0a0a0a"),
        ("survey", f"{flow.id} 1", "survey_0a0a0a 1"),
        ("template", f"use {'5f' * 32}", f"use {'0a' * 32}"),
        ("template", f"use {'5e' * 32}", f"use {'0a' * 32}"),
        ("plan", "0.7", "0.9"),
        ("changes", "0.7", "0.9"),
        ("start", "62" * 32, "0a" * 32),
        ("start", flow.id, "survey_0a0a0a"),
        ("asked", "62" * 32, "0a" * 32),
        ("review", f"{section.id} grid_hours", f"{'0a' * 8} grid_hours"),
        ("why", f"{section.id} grid_hours", f"{'0a' * 8} grid_hours"),
        ("assume", f"{section.id} grid_hours", f"{'0a' * 8} grid_hours"),
        ("invite", "branch_staff:lodwar", "branch_staff:nowhere"),
        ("people", str(running.EKAI), "710009999"),
        ("branches", "lodwar", "nowhere"),
        ("switch", theirs, "0a" * 8),
    ):
        told = []
        for given in (argument, nobodys):
            shown = await planted.said(somebody, f"/{command} {given}")
            said = words(shown) + " ".join(labels(shown))
            told.append(said.replace(given, "…").replace(given.replace("_", " "), "…"))
        assert told[0] == told[1], f"/{command} {argument}"
        assert not re.search("Cooling|Lodwar|Machakos|Jitegemea|Ekai|Achieng", told[0]), f"/{command}"
    assert await records_of(planted, theirs) == before
    assert [await disk.template(theirs, one.state) for one in kept[1:3]] == [*kept[1:3]]
    assert await disk.plan_file(theirs, "0.7") == kept[3]
    assert list(await disk.delegations(theirs)) == [kept[4]]


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


async def test_words_add_no_survey_and_are_told_what_is_waited_for(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/survey")
    assert "send me the questionnaire as a file" in words(await planted.said(manager, "The cooling one"))
    await planted.after(manager, manager.send_file("cooling.yaml", SURVEY))
    assert "Tap one of the buttons above" in words(await planted.said(manager, "Yes, add it"))
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


# --- rights lost while something stands on the screen -----------------------------------------------------


async def taken_off(bot: running.Running) -> None:
    """The owner takes the project manager off the assessment."""
    owner = bot.person(running.OWNER)
    await bot.said(owner, f"/people {running.MANAGER}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await bot.tapped(owner, tap)


async def records_of(bot: running.Running, assessment: str) -> list[object]:
    """What a leader could have changed."""
    disk = await bot.disk()
    return [
        await disk.assessment(assessment),
        *await disk.sections(assessment),
        *await disk.memberships(assessment=assessment),
        *await disk.invitations(assessment),
        *await disk.sign_offs(assessment),
        *await disk.surveys(assessment),
        *await disk.reminders(assessment),
    ]


@pytest.mark.parametrize(
    ("way", "button"),
    [
        pytest.param(["/people 710000003"], "Remove from the assessment", id="removing somebody"),
        pytest.param(["/invite training:"], "+ Make a link to forward", id="inviting"),
        pytest.param(["/branches lodwar"], "Close the branch", id="closing a branch"),
        pytest.param(["/branches"], "Answers in Excel", id="filling in for the branches"),
        pytest.param(["/archive"], "Close the assessment", id="closing the assessment"),
        pytest.param(["/remind"], "☐ Ekai Lokwang", id="reminding"),
        pytest.param(["/review"], "✓ Approve all that is plain", id="approving"),
        pytest.param(["/sign who"], "☐ Ekai Lokwang", id="naming who signs"),
    ],
)
async def test_a_button_that_stands_does_nothing_for_who_was_taken_off(
    planted: running.Running, way: list[str], button: str
) -> None:
    manager, theirs = planted.person(running.MANAGER), (await planted.assessment()).id
    for typed in way:
        shown = await planted.said(manager, typed)
    face = next(label for label in labels(shown) if label.startswith(button))
    await taken_off(planted)
    before = await records_of(planted, theirs)
    said = await planted.tapped(manager, face, message=shown)
    assert "not part of an assessment" in words(said)
    assert await records_of(planted, theirs) == before


@pytest.mark.parametrize(
    ("command", "taps", "typed"),
    [
        pytest.param("/branches", ["+ Add branches"], "Kitui", id="the name of a branch"),
        pytest.param("/branches lodwar", ["Rename it"], "Kitui", id="another name for one"),
        pytest.param("/review {section}", ["↩ Send back with a remark", "The whole section"], "Why?", id="a remark"),
        pytest.param("/survey", [], "cooling.yaml", id="a survey's file"),
        pytest.param("/template", [], "ours.docx", id="a template's file"),
        pytest.param("/invite list", [], "people.xlsx", id="a list of people"),
    ],
)  # fmt: skip
async def test_what_was_waited_for_is_not_taken_from_who_was_taken_off(
    planted: running.Running, command: str, taps: list[str], typed: str
) -> None:
    manager, theirs = planted.person(running.MANAGER), (await planted.assessment()).id
    section = await planted.section("branch_power", "machakos")
    # a list of people is sent while some seat is empty
    seat = records.Membership(theirs, running.EKAI, "branch_staff", "lodwar")
    await (await planted.disk()).commit([port.Remove(seat)])
    await planted.said(manager, command.format(section=section.id))
    for tap in taps:
        await planted.tapped(manager, tap)
    await taken_off(planted)
    before = await records_of(planted, theirs)
    sends = manager.send_file(typed, SURVEY) if "." in typed else manager.say(typed)
    assert "not part of an assessment" in words(await planted.after(manager, sends))
    assert await records_of(planted, theirs) == before


async def test_who_lost_the_lead_meanwhile_opens_no_signed_answers(planted: running.Running) -> None:
    manager, theirs = planted.person(running.MANAGER), await planted.assessment()
    disk = await planted.disk()
    await disk.commit(
        [
            port.Put(msgspec.structs.replace(theirs, state="in_review")),
            *(
                port.Put(msgspec.structs.replace(one, state="approved"))
                for one in await disk.sections(theirs.id)
            ),
        ]
    )
    await planted.said(manager, "/sign who")
    await planted.tapped(manager, "☐ Achieng Odhiambo")
    await planted.said(manager, "/sign")
    for tap in ("✓ Sign", "✓ I sign", "↩ Open again with a reason"):
        await planted.tapped(manager, tap)
    await taken_off(planted)
    assert "not part of an assessment" in words(await planted.said(manager, "A new generator"))
    assert (await planted.assessment()).state == "signed_off"
