"""The register of branches: what a survey adds and changes when it is handed in, and what it refuses whole."""

from __future__ import annotations

import asyncio
import uuid

import msgspec
import pytest

from bot import limits
from bot.asking import surveys
from bot.people import branches, team
from bot.practice import people
from flows import entities, nouns
from tests.bot import running
from tests.bot.running import labels, words
from tests.bot.test_surveys import added, kept, planted

__all__ = ["planted"]

NAKURU, KISUMU = nouns.Branch("branch-1", "Nakuru"), nouns.Branch("branch-2", "Kisumu", country="UG")
NEW = "0b7f5ac4-3c58-4f3d-9b66-2f9ac0e2d2f6"


def change(
    id_: str = NEW,
    label: str = "Eldoret",
    *,
    creates: bool = True,
    updates: bool = False,
    properties: dict[str, str] | None = None,
    **more: str,
) -> entities.Change:
    return entities.Change("branches", id_, creates, updates, label, {**(properties or {}), **more})


def taken(*changes: entities.Change) -> branches.Taken:
    found = branches.take((NAKURU, KISUMU), changes, country="KE")
    assert isinstance(found, branches.Taken), found
    return found


def test_a_branch_is_added_with_what_the_register_knows_and_what_it_does_not() -> None:
    found = taken(
        change(label="  Eldoret\n Town ", country="ug", timezone="Africa/Kampala", rooms="4", owner="")
    )
    expected = nouns.Branch(
        NEW, "Eldoret Town", country="UG", timezone="Africa/Kampala", properties={"rooms": "4"}
    )
    assert found == branches.Taken((NAKURU, KISUMU), (NAKURU, KISUMU, expected), added=(expected,))


def test_a_branch_is_changed_in_its_place_and_only_in_what_was_said() -> None:
    found = taken(change("branch-2", "", creates=False, updates=True, rooms="4"))
    after = msgspec.structs.replace(KISUMU, properties={"rooms": "4"})
    assert found == branches.Taken((NAKURU, KISUMU), (NAKURU, after), changed=(after,))
    emptied = branches.take(
        found.branches, [change("branch-2", "Kisumu East", updates=True, rooms="", country="")], country="KE"
    )
    assert isinstance(emptied, branches.Taken)
    assert emptied.branches[1] == nouns.Branch("branch-2", "Kisumu East")


def test_the_same_again_changes_nothing() -> None:
    once = taken(change(rooms="4"))
    again = branches.take(once.branches, [change(rooms="4")], country="KE")
    assert again == branches.Taken(once.branches, once.branches)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(change(label=" \u200b "), "unnamed", id="no name"),
        pytest.param(change(label="naKURU"), "there", id="a name that is there"),
        pytest.param(change("branch-2", "Nakuru", updates=True), "there", id="a name that another has"),
        pytest.param(change(label="x" * 81), "long_name", id="a long name"),
        pytest.param(change("", creates=False, updates=True), "none_chosen", id="none chosen"),
        pytest.param(change("branch-9", creates=False, updates=True), "unknown", id="none of ours"),
        pytest.param(change("eldoret"), "bad_id", id="an id that may say the name"),
        pytest.param(change(NEW.replace("-", "+")), "bad_id", id="an id that is nearly one"),
        pytest.param(change(country="Kenya"), "no_country", id="no country's code"),
        pytest.param(change(country="001"), "no_country", id="a continent's code"),
        pytest.param(change(timezone="Nairobi"), "no_timezone", id="no time zone"),
        pytest.param(change(country="US", subdivision="XX"), "no_subdivision", id="no region"),
        pytest.param(change(subdivision="XX"), "no_subdivision", id="no region of the institution's country"),
        pytest.param(change(rooms="x" * 501), "long_property", id="a long property"),
        pytest.param(
            change(properties={f"p{n}": "x" for n in range(41)}), "too_many_properties", id="many properties"
        ),
    ],
)
def test_what_cannot_be_taken_is_named_and_takes_the_others_with_it(
    given: entities.Change, code: str
) -> None:
    fine = change(str(uuid.UUID(int=7)), "Machakos")
    found = branches.take((NAKURU, KISUMU), [fine, given], country="KE")
    assert isinstance(found, nouns.Problem)
    assert found.code == f"branches.{code}"


def test_a_property_as_long_as_may_be_is_kept_whole() -> None:
    long = "x" * limits.PROPERTY_CHARACTERS
    assert taken(change(rooms=long)).branches[-1].properties == {"rooms": long}


def test_no_more_branches_than_an_assessment_may_have() -> None:
    full = [nouns.Branch(f"branch-{number}", f"B{number}") for number in range(limits.BRANCHES)]
    found = branches.take(full, [change()], country="KE")
    assert isinstance(found, nouns.Problem)
    assert found.code == "branches.too_many"


# --- over the phone --------------------------------------------------------------------------------

THREE = ("Nairobi Kariobangi", "Machakos", "Lodwar")

FOUND = """
| survey |
| | type | name | label | save_to |
| | text | called | What is the new branch called? | |
| | integer | rooms | How many rooms has it? | rooms |
| settings |
| | form_title | form_id | version |
| | Opened | opened | 1 |
| entities |
| | list_name | label |
| | branches | ${called} |
"""

CHANGED = """
| survey |
| | type | name | label | save_to |
| | select_one_from_file branches.csv | which | Which branch? | |
| | text | called | What is it called now? | |
| settings |
| | form_title | form_id | version |
| | Renamed | renamed | 1 |
| entities |
| | list_name | label | entity_id |
| | branches | ${called} | ${which} |
"""


async def names(bot: running.Running) -> list[str]:
    return [branch.name for branch in (await bot.assessment()).branches]


async def begun(bot: running.Running, form: str, *taps: str) -> people.Person:
    """The form added by the project manager, for the owner, who sits at IT; its first question stands."""
    manager, owner = bot.person(running.MANAGER), bot.person(running.OWNER)
    await added(bot, manager, form.encode(), *(taps or ("IT", "Once")), name="form.md")
    await bot.tapped(owner, "Begin", message=await owner.last_message())
    return owner


async def test_a_new_branch_has_its_sections_and_the_project_manager_is_told(
    planted: running.Running,
) -> None:
    manager = planted.person(running.MANAGER)
    before = await (await planted.disk()).sections((await planted.assessment()).id)
    owner = await begun(planted, FOUND)
    await planted.said(owner, "Eldoret")
    await planted.said(owner, "4")
    done = await planted.tapped(owner, "✓ Hand in")
    assert "New branch: Eldoret." in words(done)
    notice = await manager.last_message()
    assert "New branch: Eldoret." in words(notice)
    assert await names(planted) == [*THREE, "Eldoret"]

    assessment = await planted.assessment()
    eldoret = assessment.branches[-1]
    assert eldoret.properties == {"rooms": "4"}
    after = await (await planted.disk()).sections(assessment.id)
    asked = {each.flow for each in before if each.branch == "lodwar"}
    assert {each.flow for each in after if each.branch == eldoret.id} == asked
    await planted.tapped(manager, labels(notice)[-1], message=notice)
    assert any("Eldoret" in label for label in labels(await manager.last_message()))
    await planted.said(manager, "/status")
    shown = await planted.tapped(manager, "By branch")
    assert any("Eldoret" in label for label in labels(shown))


@pytest.mark.parametrize(
    ("dataset", "told", "not_told"),
    [
        pytest.param("branches", "adds or changes branches of", "also fills", id="the register"),
        pytest.param(
            "visits", "also fills the list visits", "adds or changes", id="a list of somebody else's"
        ),
    ],
)
async def test_who_adds_a_survey_is_told_what_handing_it_in_does(
    planted: running.Running, dataset: str, told: str, not_told: str
) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/survey")
    form = FOUND.replace("| | branches |", f"| | {dataset} |")
    await planted.after(manager, manager.send_file("form.md", form.encode()))
    await planted.tapped(manager, "IT")
    shown = words(await planted.tapped(manager, "Once"))
    assert told in shown
    assert not_told not in shown


async def test_a_list_of_somebody_elses_leaves_the_register_alone(planted: running.Running) -> None:
    owner = await begun(planted, FOUND.replace("| | branches |", "| | visits |"))
    await planted.said(owner, "Eldoret")
    await planted.said(owner, "4")
    assert "Opened is handed in" in words(await planted.tapped(owner, "✓ Hand in"))
    assert await names(planted) == list(THREE)


async def test_a_refusal_is_one_sentence_and_leaves_all_as_it_was(planted: running.Running) -> None:
    owner = await begun(planted, FOUND)
    await planted.said(owner, "lodwar")
    review = await planted.said(owner, "4")
    refused = await planted.tapped(owner, "✓ Hand in")
    assert words(refused) == "There is a branch lodwar already. Change the name, then hand in again."
    assert len(await names(planted)) == 3
    [survey] = await kept(planted)
    assert (await planted.section(survey.flow)).state == "in_progress"
    await planted.tapped(owner, "1", message=review)
    await planted.said(owner, "Eldoret")
    assert "New branch: Eldoret." in words(await planted.tapped(owner, "✓ Hand in"))


async def test_what_is_sent_back_and_handed_in_again_means_the_same_branch(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    owner = await begun(planted, FOUND)
    await planted.said(owner, "Eldoret")
    await planted.said(owner, "4")
    await planted.tapped(owner, "✓ Hand in")
    [survey] = await kept(planted)
    for called, told in (("Eldoret", ""), ("Eldoret East", "Changed branch: Eldoret East.")):
        found = await planted.section(survey.flow)
        await planted.said(manager, f"/review {found.id}")
        await planted.tapped(manager, "↩ Send back with a remark")
        await planted.tapped(manager, "The whole section")
        await planted.said(manager, "Is that its name?")
        await planted.tapped(owner, "Go to the question", message=await owner.last_message())
        await planted.tapped(owner, "1")
        await planted.said(owner, called)
        done = words(await planted.tapped(owner, "✓ Hand in"))
        assert "New branch" not in done
        assert told in done
        assert bool(told) == ("Changed branch" in done)
        assert await names(planted) == [*THREE, called]


async def test_a_branch_is_changed_by_its_id(planted: running.Running) -> None:
    owner = await begun(planted, CHANGED)
    await planted.tapped(owner, "Lodwar")
    await planted.said(owner, "Lodwar Town")
    assert "Changed branch: Lodwar Town." in words(await planted.tapped(owner, "✓ Hand in"))
    assert await names(planted) == [*THREE[:2], "Lodwar Town"]
    found = await (await planted.disk()).sections((await planted.assessment()).id)
    assert len({each.branch for each in found if each.branch}) == 3


async def test_what_a_survey_kept_of_a_branch_another_can_read(planted: running.Running) -> None:
    owner = await begun(planted, FOUND)
    await planted.said(owner, "Eldoret")
    await planted.said(owner, "4")
    await planted.tapped(owner, "✓ Hand in")
    assessment = await planted.assessment()
    found = team.Team(assessment, {}, [], [], None)  # type: ignore[arg-type]  # no flow is looked at
    rows = surveys.register(found).decode().splitlines()
    assert rows[0] == "name,label,country,subdivision,timezone,rooms"
    assert rows[-1] == f"{assessment.branches[-1].id},Eldoret,KE,,Africa/Nairobi,4"


async def test_two_who_hand_in_at_once_both_add_theirs(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    mwende = planted.person(running.MWENDE)
    await added(planted, manager, FOUND.encode(), "Branch manager", name="form.md")
    for person, called in ((ekai, "Eldoret"), (mwende, "Kisumu")):
        await planted.tapped(person, "Begin", message=await person.last_message())
        await planted.said(person, called)
        await planted.said(person, "4")
    await asyncio.gather(ekai.tap("✓ Hand in"), mwende.tap("✓ Hand in"))
    await planted.settled()
    assert sorted(await names(planted)) == sorted([*THREE, "Eldoret", "Kisumu"])


XFORM = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>Opened</h:title><model>
<instance><data id="opened"><called/><meta><entity dataset="branches" create="1" id=""><label/></entity></meta></data></instance>
<bind nodeset="/data/called" type="string" entities:saveto="sign"/>
<bind nodeset="/data/meta/entity/label" calculate="{label}"/>
</model></h:head><h:body><input ref="/data/called"><label>What is it called?</label></input></h:body></h:html>
"""


async def test_an_xform_keeps_the_register_too_and_is_refused_where_its_label_leads_nowhere(
    planted: running.Running,
) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await planted.said(manager, "/survey")
    wrong = XFORM.format(label="called").strip().encode()
    refused = await planted.after(manager, manager.send_file("opened.xml", wrong))
    place = 'opened.xml:5: <bind nodeset="/data/meta/entity/label">, attribute calculate'
    assert place in words(refused)
    await added(
        planted, manager, XFORM.format(label="/data/called").encode(), "IT", "Once", name="opened.xml"
    )
    await planted.tapped(owner, "Begin", message=await owner.last_message())
    await planted.said(owner, "Eldoret")
    assert "New branch: Eldoret." in words(await planted.tapped(owner, "✓ Hand in"))
    assert (await planted.assessment()).branches[-1].properties == {"sign": "Eldoret"}
