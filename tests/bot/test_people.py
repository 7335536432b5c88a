"""People and branches managed in chat: who may, what becomes of work and answers, who is told."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from bot import library, limits
from bot.asking import books
from bot.operations import retention
from bot.people import access
from bot.people import team as team_of
from bot.practice import people
from flows import nouns
from storage import port, records
from tests.bot import running
from tests.bot.running import data, labels, words

WHO = {"branch staff": running.EKAI, "project manager": running.MANAGER, "owner": running.OWNER}


async def heard(bot: running.Running, person: int, since: int) -> str:
    """Everything that somebody was told since an event."""
    await bot.settled()
    return "\n".join(words(event.get("message", {})) for event in bot.events(bot.person(person), since))


async def holders(bot: running.Running, role: str) -> set[tuple[str, int]]:
    found = await (await bot.disk()).memberships(assessment=(await bot.assessment()).id)
    return {(part.branch, part.person) for part in found if part.role == role and part.branch != "kariobangi"}


async def at(bot: running.Running, leader: people.Person, person: int, *taps: str) -> str:
    """What stands after opening somebody's page and tapping on."""
    shown = await bot.said(leader, f"/people {person}")
    for tap in taps:
        shown = await bot.tapped(leader, next(label for label in labels(shown) if label.startswith(tap)))
    return words(shown)


@pytest.fixture
async def team(planted: running.Running) -> running.Running:
    """The sample institution, whose people have all begun the chat."""
    for person in (*WHO.values(), running.MWENDE):
        await planted.said(planted.person(person), "/start")
    return planted


@pytest.mark.parametrize(
    ("who", "command"),
    [
        pytest.param(*pair, id=f"{pair[0]}: /{pair[1]}")
        for pair in itertools.product(
            WHO, ("people", "branches", "invite links", "invite sheet", "invite list")
        )
    ],
)
async def test_only_leaders_manage(team: running.Running, who: str, command: str) -> None:
    said = words(await team.said(team.person(WHO[who]), f"/{command}"))
    assert ("That is for" in said) == (who == "branch staff")


async def test_the_list_names_everybody_with_their_seats(team: running.Running) -> None:
    shown = await team.said(team.person(running.MANAGER), "/people")
    assert "Ekai Lokwang · Branch manager, Lodwar" in labels(shown)
    assert "Achieng Odhiambo · Project manager and 3 more" in labels(shown)


async def test_what_is_no_page_is_the_first(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    first = labels(await team.said(manager, "/people"))
    for typed in ("/people page x", "/people everybody 3"):
        assert labels(await team.said(manager, typed)) == first


async def test_words_behind_the_list_are_no_longer_a_branchs_name(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await team.said(manager, "/branches")
    await team.tapped(manager, "+ Add branches")
    await team.said(manager, "/people")
    await team.said(manager, "Voi")
    assert "Voi" not in {branch.name for branch in (await team.assessment()).branches}


# --- seats -------------------------------------------------------------------------------------------------


async def test_a_seat_goes_to_somebody_named_with_what_is_open(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    asked = await at(
        team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Give it to somebody else",
        "Mwende Mutua · ",
    )  # fmt: skip
    assert "goes from Ekai Lokwang to Mwende Mutua" in asked
    assert await holders(team, "branch_staff") == {("lodwar", running.EKAI), ("machakos", running.MWENDE)}
    await team.tapped(manager, "✓ Do it")
    assert await holders(team, "branch_staff") == {("lodwar", running.MWENDE), ("machakos", running.MWENDE)}
    assert (await team.section("branch_power", "lodwar")).owner == running.MWENDE
    assert "asks you to answer for Branch manager, Lodwar" in await heard(team, running.MWENDE, since)
    assert "Mwende Mutua answers for Branch manager, Lodwar" in await heard(team, running.EKAI, since)
    tasks = await team.said(team.person(running.MWENDE), "/tasks")
    assert "Power · Lodwar" in labels(tasks), "one person has several seats"


@pytest.mark.parametrize(
    ("person", "name", "creates"),
    [
        pytest.param(running.MWENDE, "Mwende Mutua", False, id="branch staff"),
        pytest.param(running.OWNER, "Wanjiru Kamau", True, id="the owner"),
    ],
)
async def test_a_seat_given_makes_nobody_an_owner(
    team: running.Running, person: int, name: str, creates: bool
) -> None:
    await at(
        team, team.person(running.MANAGER), running.EKAI, "Change: Branch manager, Lodwar", "Give it to somebody else",
        name, "✓ Do it",
    )  # fmt: skip
    await team.settled()
    assert ("lodwar", person) in await holders(team, "branch_staff")
    assert ("new" in team.menu(person)) is creates


async def test_a_seat_left_empty_keeps_its_answers_and_waits(team: running.Running) -> None:
    ekai, manager = team.person(running.EKAI), team.person(running.MANAGER)
    await team.said(ekai, "/tasks")
    await team.tapped(ekai, "Your branch · Lodwar")
    await team.said(ekai, "7")
    before = await team.answers("branch_office", "lodwar")
    since = team.now
    await at(team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it")
    assert (await team.section("branch_office", "lodwar")).owner is None
    assert await team.answers("branch_office", "lodwar") == before
    assert "off you" in await heard(team, running.EKAI, since)
    said = words(await team.said(ekai, "8"))
    assert "Somebody else answers" in said
    assert await team.answers("branch_office", "lodwar") == before


async def test_a_person_moves_to_a_seat_that_somebody_has(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    asked = await at(
        team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Move the person to another seat",
        "✓ Branch manager, Machakos: Mwende Mutua",
    )  # fmt: skip
    assert "Mwende Mutua sits there now and loses the seat" in asked
    await team.tapped(manager, "✓ Do it")
    assert await holders(team, "branch_staff") == {("machakos", running.EKAI)}
    assert "Ekai Lokwang answers for Branch manager, Machakos" in await heard(team, running.MWENDE, since)


async def test_a_further_seat_is_given_and_taken_from_who_had_it(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    asked = await at(
        team, manager, running.EKAI, "+ Give a further seat", "✓ Branch manager, Machakos: Mwende Mutua"
    )
    assert "Ekai Lokwang gets Branch manager, Machakos as well" in asked
    assert "Mwende Mutua sits there now and loses the seat" in asked
    assert ("machakos", running.MWENDE) in await holders(team, "branch_staff"), "asked once more"
    done = words(await team.tapped(manager, "✓ Do it"))
    assert "Ekai Lokwang answers for Branch manager, Machakos now" in done
    assert await holders(team, "branch_staff") == {("lodwar", running.EKAI), ("machakos", running.EKAI)}
    assert "asks you to answer for Branch manager, Machakos" in await heard(team, running.EKAI, since)
    assert "Ekai Lokwang answers for Branch manager, Machakos" in await heard(team, running.MWENDE, since)


async def test_a_seat_that_nobody_has_is_given_as_a_further_one(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await at(team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it")
    since = team.now
    await at(team, manager, running.MWENDE, "+ Give a further seat", "○ Branch manager, Lodwar", "✓ Do it")
    assert await holders(team, "branch_staff") == {("lodwar", running.MWENDE), ("machakos", running.MWENDE)}
    assert "asks you to answer for Branch manager, Lodwar" in await heard(team, running.MWENDE, since)
    assert "Lodwar" not in await heard(team, running.EKAI, since)


async def test_who_gives_a_seat_up_takes_it_from_nobody(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    for taps in (
        ("Change: Branch manager, Lodwar", "Leave it empty"),
        ("Remove from the assessment", "Nobody for now"),
    ):
        assert "loses the seat" not in await at(team, manager, running.EKAI, *taps)


async def test_who_is_removed_has_no_way_in(team: running.Running) -> None:
    manager, ekai, since = team.person(running.MANAGER), team.person(running.EKAI), team.now
    asked = await at(team, manager, running.EKAI, "Remove from the assessment", "Nobody for now")
    assert "leaves Jitegemea" in asked
    await team.tapped(manager, "✓ Do it")
    assert await holders(team, "branch_staff") == {("machakos", running.MWENDE)}
    assert "taken you off the assessment" in await heard(team, running.EKAI, since)
    assert "not part of an assessment" in words(await team.said(ekai, "/tasks"))


@pytest.mark.parametrize(
    ("taps", "asked", "style"),
    [
        pytest.param(
            ("Change: Branch manager, Lodwar", "Give it to somebody else"),
            "Who takes over Branch manager, Lodwar from Ekai Lokwang?",
            "primary",
            id="a seat",
        ),
        pytest.param(
            ("Remove from the assessment",),
            "Who takes over what Ekai Lokwang has open?",
            "danger",
            id="everything",
        ),
    ],
)
async def test_what_is_taken_away_is_named_and_what_cannot_be_undone_is_red(
    team: running.Running, taps: tuple[str, ...], asked: str, style: str
) -> None:
    manager = team.person(running.MANAGER)
    assert asked in await at(team, manager, running.EKAI, *taps)
    shown = await team.tapped(manager, "Nobody for now")
    [button] = [one for one in people.buttons(shown) if one["text"] == "✓ Do it"]
    assert button["style"] == style


async def test_of_a_colleague_without_a_seat_who_is_erased_no_seat_is_empty(team: running.Running) -> None:
    helper = await team.newcomer("Nekesa")
    assessment, now = (await team.assessment()).id, team.time()
    section = await team.section("branch_power", "lodwar")
    asked = records.Delegation(
        "x", assessment, section.id, "grid_hours", running.EKAI, now, colleague=helper.id, taken_at=now
    )
    await team.said(helper, "/start")
    part = records.Membership(assessment, helper.id, access.COLLEAGUE)
    await (await team.disk()).commit([port.Put(asked), port.Put(part)])
    since = team.now
    await team.said(helper, "/forget")
    await team.tapped(helper, labels(await helper.last_message())[0])
    assert "any more" not in await heard(team, running.MANAGER, since)
    assert await (await team.disk()).person(helper.id) is None


@pytest.mark.parametrize(
    ("other", "told"),
    [
        pytest.param("Nobody for now", True, id="to nobody"),
        pytest.param("Mwende Mutua · ", False, id="to somebody"),
    ],
)
async def test_who_leads_is_told_of_a_seat_that_somebody_else_emptied(
    team: running.Running, other: str, told: bool
) -> None:
    since = team.now
    await at(team, team.person(running.OWNER), running.EKAI, "Remove from the assessment", other, "✓ Do it")
    said = await heard(team, running.MANAGER, since)
    left = "Nobody sits at Branch manager, Lodwar in Jitegemea Credit Scheme any more; 6 sections are open"
    assert (left in said) == told
    asked = "asks you to answer for Branch manager, Lodwar" in await heard(team, running.MWENDE, since)
    assert asked != told


async def test_a_persons_page_says_who_owns_the_assessment(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    assert "• owner of the assessment" in await at(team, manager, running.OWNER)
    assert "owner" not in await at(team, manager, running.EKAI)


async def test_an_owner_stays_one_whatever_a_manager_does(team: running.Running) -> None:
    await at(
        team, team.person(running.MANAGER), running.OWNER, "Remove from the assessment", "Nobody for now",
        "✓ Do it",
    )  # fmt: skip
    assert await holders(team, "owner") == {("", running.OWNER)}
    assert await holders(team, "specialist") == set()


async def test_who_is_removed_has_no_leaders_menu_any_more(team: running.Running) -> None:
    owner = team.person(running.OWNER)
    assert "plan" in team.menu(running.MANAGER)
    await at(team, owner, running.MANAGER, "Remove from the assessment", "Nobody for now", "✓ Do it")
    await team.settled()
    assert "plan" not in team.menu(running.MANAGER)


async def test_a_removed_leaders_own_way_back_is_closed(team: running.Running) -> None:
    manager, owner = team.person(running.MANAGER), team.person(running.OWNER)
    await team.said(manager, "/invite project_manager:")
    since = team.now
    await team.tapped(manager, "+ Make a link to forward")
    token = next(iter(running.links(team.events(manager, since)).values()))
    await at(team, owner, running.MANAGER, "Remove from the assessment", "Nobody for now", "✓ Do it")
    assert "does not work" in words(await team.after(manager, manager.start(token)))
    assert await holders(team, "project_manager") == set()


@pytest.mark.parametrize("button", ["✓ Do it", "Remove from the assessment", "Leave it empty"])
async def test_a_managers_button_does_nothing_in_other_hands(team: running.Running, button: str) -> None:
    manager = team.person(running.MANAGER)
    await at(team, manager, running.EKAI)
    if button != "Remove from the assessment":
        await team.tapped(manager, "Change: Branch manager, Lodwar")
    if button == "✓ Do it":
        await team.tapped(manager, "Leave it empty")
    code = data(await manager.last_message(), button)
    tokens = await team.created("Nuru")
    outsider = await team.newcomer("Nekesa")
    await team.joined(outsider, tokens["Project manager"])
    for other in (outsider, team.person(running.EKAI)):
        own = await team.said(other, "/tasks")
        await other.forge(own, code)
        await team.settled()
    await (await team.disk()).memberships(person=running.EKAI)
    kept = await (await team.disk()).memberships(person=running.EKAI)
    assert [(part.role, part.branch) for part in kept] == [("branch_staff", "lodwar")]


async def test_another_institutions_people_are_not_found(team: running.Running) -> None:
    tokens = await team.created("Nuru")
    outsider = await team.newcomer("Nekesa")
    await team.joined(outsider, tokens["Project manager"])
    for command in (f"people {running.EKAI}", "branches lodwar", "invite links"):
        shown = await team.said(outsider, f"/{command}")
        assert "Lodwar" not in words(shown) + "".join(labels(shown))
        assert "Ekai" not in words(shown) + "".join(labels(shown))


async def test_what_changed_while_somebody_thought_is_shown_anew(team: running.Running) -> None:
    manager, owner = team.person(running.MANAGER), team.person(running.OWNER)
    await at(team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Leave it empty")
    await at(
        team, owner, running.EKAI, "Change: Branch manager, Lodwar", "Give it to somebody else",
        "Mwende Mutua · ", "✓ Do it",
    )  # fmt: skip
    assert "changed meanwhile" in words(await team.tapped(manager, "✓ Do it"))
    assert ("lodwar", running.MWENDE) in await holders(team, "branch_staff")


@pytest.mark.parametrize(
    ("whose", "taps", "warned"),
    [
        pytest.param(running.MANAGER, ("Change: Project manager", "Leave it empty"), True, id="one's own is left empty"),
        pytest.param(running.MANAGER, ("Change: Project manager", "Move the person", "✓ Branch manager, Lodwar"), True, id="one moves oneself"),
        pytest.param(running.MANAGER, ("Remove from the assessment", "Nobody for now"), True, id="one takes oneself off"),
        pytest.param(running.MANAGER, ("+ Give a further seat", "✓ Mifos specialist"), False, id="one takes another besides"),
        pytest.param(running.MANAGER, ("Change: Finance", "Leave it empty"), False, id="a seat of one's own that does not lead"),
        pytest.param(running.EKAI, ("Change: Branch manager, Lodwar", "Leave it empty"), False, id="somebody else's"),
    ],
)  # fmt: skip
async def test_who_would_give_up_the_lead_is_warned(
    team: running.Running, whose: int, taps: tuple[str, ...], warned: bool
) -> None:
    asked = await at(team, team.person(running.MANAGER), whose, *taps)
    assert "✓ Do it" in labels(await team.person(running.MANAGER).last_message())
    assert ("you may no longer lead here" in asked) == warned


async def test_who_leads_from_now_on_gets_the_weekly_overview(team: running.Running) -> None:
    await at(
        team, team.person(running.OWNER), running.MANAGER, "Change: Project manager",
        "Give it to somebody else", "Mwende Mutua · ", "✓ Do it",
    )  # fmt: skip
    kept = await (await team.disk()).reminders((await team.assessment()).id)
    assert running.MWENDE in {row.person for row in kept if row.kind == "digest"}


async def test_from_a_persons_page_it_goes_back_to_everybody(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    shown = await at(team, manager, running.EKAI, "‹ Back")
    assert "4 people take part" in shown


# --- leaving -----------------------------------------------------------------------------------------------


async def test_who_leaves_names_who_takes_over(team: running.Running) -> None:
    ekai, since = team.person(running.EKAI), team.now
    asked = words(await team.said(ekai, "/leave"))
    assert "Who takes over Branch manager, Lodwar?" in asked
    await team.tapped(ekai, "Mwende Mutua")
    done = words(await team.tapped(ekai, "Give it up"))
    assert "do not answer for Branch manager, Lodwar any more" in done
    assert ("lodwar", running.MWENDE) in await holders(team, "branch_staff")
    assert "Ekai Lokwang asks you" in await heard(team, running.MWENDE, since)
    assert "handed Branch manager, Lodwar over to Mwende" in await heard(team, running.MANAGER, since)


async def test_who_leaves_it_to_the_manager_leaves_the_seat_empty(team: running.Running) -> None:
    ekai, since = team.person(running.EKAI), team.now
    await team.said(ekai, "/leave")
    await team.tapped(ekai, "Let the project manager decide")
    await team.tapped(ekai, "Give it up")
    assert await holders(team, "branch_staff") == {("machakos", running.MWENDE)}
    assert "Nobody sits at Branch manager, Lodwar" in await heard(team, running.MANAGER, since)


async def leaves(bot: running.Running) -> None:
    mwende = bot.person(running.MWENDE)
    while buttons := labels(await bot.said(mwende, "/leave")):
        if "Let the project manager decide" not in buttons:
            await bot.tapped(mwende, buttons[0])
        await bot.tapped(mwende, "Let the project manager decide")
        await bot.tapped(mwende, "Give it up")


async def is_removed(bot: running.Running) -> None:
    manager = bot.person(running.MANAGER)
    await at(bot, manager, running.MWENDE, "Remove from the assessment", "Nobody for now", "✓ Do it")


@pytest.mark.parametrize("goes", [leaves, is_removed])
async def test_who_left_keeps_their_name_with_what_they_answered(
    team: running.Running, goes: Callable[[running.Running], Awaitable[None]]
) -> None:
    manager, mwende = team.person(running.MANAGER), team.person(running.MWENDE)
    await goes(team)
    assert "Mwende Mutua" not in " ".join(labels(await team.said(manager, "/people")))
    section = await team.section("branch_power", "machakos")
    assert "· Mwende Mutua" in words(await team.said(manager, f"/review {section.id}"))
    assert "Mwende Mutua" in await named_in_the_plan(team)
    await team.said(mwende, "/forget")
    await team.tapped(mwende, "Erase me")
    assert "Mwende Mutua" not in words(await team.said(manager, f"/review {section.id}"))
    assert "Mwende Mutua" not in await named_in_the_plan(team)


async def named_in_the_plan(bot: running.Running) -> set[str]:
    storage = await bot.disk()
    found = await team_of.load(storage, library.Library.shipped(), (await bot.assessment()).id)
    assert found is not None
    return {person.name for person in (await books.book(storage, found, made_at=bot.time())).people}


async def test_with_the_assessment_goes_who_had_left_it(team: running.Running) -> None:
    await is_removed(team)
    erased = await retention.erasure(await team.disk(), await team.assessment(), team.time())
    assert running.MWENDE in {one.person for one in erased if isinstance(one, port.Forget)}


async def test_a_say_over_others_is_not_handed_on_by_who_only_has_it(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa, barasa = await bot.newcomer("Nekesa"), await bot.newcomer("Barasa")
    await bot.joined(nekesa, tokens["Mifos specialist"])
    await bot.joined(barasa, tokens["Training"])
    shown = await bot.said(nekesa, "/leave")
    assert "Barasa" not in labels(shown)
    own = data(shown, "Let the project manager decide")
    kept = await (await bot.disk()).screen(own.rpartition(".")[0])
    assert kept is not None
    assert [action.get("value") for action in kept.actions][:1] == ["specialist:|"]


async def test_who_has_no_seat_has_none_to_leave(bot: running.Running) -> None:
    await bot.created()
    assert "You have no seat" in words(await bot.said(bot.person(running.OWNER), "/leave"))


async def test_a_manager_who_is_erased_is_followed_by_the_owner(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    await team.said(manager, "/forget")
    await team.tapped(manager, "Erase me")
    told = await heard(team, running.OWNER, since)
    assert "Nobody sits at Project manager" in told


# --- branches ----------------------------------------------------------------------------------------------


async def test_branches_are_added_with_their_sections(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await team.said(manager, "/branches")
    await team.tapped(manager, "+ Add branches")
    shown = await team.said(manager, "Kitui\nVoi")
    assert "New branches: Kitui, Voi." in words(shown)
    register = {branch.name: branch.id for branch in (await team.assessment()).branches}
    assert (await team.section("branch_power", register["Voi"])).owner is None
    assert "○ Branch manager, Voi: nobody yet" in labels(await team.said(manager, "/invite"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("Lodwar", "There is a branch Lodwar already", id="a name that is there"),
        pytest.param("LODWAR", "There is a branch LODWAR already", id="in capitals"),
        pytest.param("x" * 81, "may have 80 characters", id="too long"),
        pytest.param("Kitui, kitui", "There is a branch kitui already", id="twice"),
        pytest.param(",;", "Send at least one name", id="none"),
        pytest.param("\u202e\u2066", "Send at least one name", id="only marks of direction"),
        pytest.param("Kitui, " + "y" * 4000, "may have 80 characters", id="a message full"),
    ],
)
async def test_names_that_cannot_be_taken(team: running.Running, typed: str, said: str) -> None:
    manager, before = team.person(running.MANAGER), (await team.assessment()).branches
    await team.said(manager, "/branches")
    await team.tapped(manager, "+ Add branches")
    assert said in words(await team.said(manager, typed))
    assert (await team.assessment()).branches == before
    assert "New branch: Kitui." in words(await team.said(manager, "Kitui")), "it may be sent at once again"


async def test_a_branch_is_renamed(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await team.said(manager, "/branches lodwar")
    await team.tapped(manager, "Rename it")
    await team.said(manager, "<b>Lod</b> & \u202eWar")
    assert next(b.name for b in (await team.assessment()).branches if b.id == "lodwar") == "<b>Lod</b> & War"
    assert "Power · <b>Lod</b> & War" in labels(await team.said(team.person(running.EKAI), "/tasks"))


async def test_a_closed_branch_leaves_everything_and_comes_back(team: running.Running) -> None:
    manager, mwende, since = team.person(running.MANAGER), team.person(running.MWENDE), team.now
    answered = await team.answers("branch_power", "machakos")
    assert answered
    await team.said(manager, "/branches machakos")
    asked = words(await team.tapped(manager, "Close the branch"))
    assert "answers are kept and come back" in asked
    await team.tapped(manager, "Close the branch")
    assert [branch.id for branch in (await team.assessment()).closed] == ["machakos"]
    assert "nothing more is asked of you" in await heard(team, running.MWENDE, since)
    for command in ("status", "review", "remind", "invite", "tasks"):
        shown = await team.said(manager, f"/{command}")
        assert "Machakos" not in words(shown) + "".join(labels(shown)), command
    shown = await team.said(mwende, "/tasks")
    assert "Machakos" not in words(shown) + "".join(labels(shown))
    await team.said(manager, "/branches machakos")
    assert "open again" in words(await team.tapped(manager, "Open it again"))
    assert await team.answers("branch_power", "machakos") == answered
    shown = await team.said(mwende, "/tasks")
    assert "Machakos" in words(shown) + "".join(labels(shown))


async def test_the_seat_of_a_branch_that_closed_meanwhile_is_not_asked_about(team: running.Running) -> None:
    manager, owner = team.person(running.MANAGER), team.person(running.OWNER)
    await at(team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Give it to somebody else")
    asked = await manager.last_message()
    await team.said(owner, "/branches lodwar")
    await team.tapped(owner, "Close the branch")
    await team.tapped(owner, "Close the branch")
    mwende = next(label for label in labels(asked) if label.startswith("Mwende Mutua · "))
    assert "changed meanwhile" in words(await team.tapped(manager, mwende, message=asked))


async def test_nobody_moves_to_a_branch_that_closed_meanwhile(team: running.Running) -> None:
    manager, owner = team.person(running.MANAGER), team.person(running.OWNER)
    await at(
        team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Move the person to another seat",
        "✓ Branch manager, Machakos: ",
    )  # fmt: skip
    asked = await manager.last_message()
    await team.said(owner, "/branches machakos")
    await team.tapped(owner, "Close the branch")
    await team.tapped(owner, "Close the branch")
    shown = words(await team.tapped(manager, "✓ Do it", message=asked))
    assert "changed meanwhile" in shown
    assert ("lodwar", running.EKAI) in await holders(team, "branch_staff")


async def test_a_survey_of_the_closed_days_is_asked_when_a_branch_opens(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await team.said(manager, "/branches machakos")
    await team.tapped(manager, "Close the branch")
    await team.tapped(manager, "Close the branch")
    survey = b"flow: cooling\ntitle: Cooling\nsurvey: [{type: text, name: colour, label: Which colour?}]\n"
    await team.said(manager, "/survey")
    await team.after(manager, manager.send_file("cooling.yaml", survey))
    for tap in ("Branch manager", "✓ Add the survey"):
        await team.tapped(manager, tap)
    await team.said(manager, "/branches machakos")
    await team.tapped(manager, "Open it again")
    [kept] = await (await team.disk()).surveys((await team.assessment()).id)
    assert (await team.section(kept.flow, "machakos")).owner == running.MWENDE


async def test_who_is_at_a_question_of_a_branch_that_closes_is_told(team: running.Running) -> None:
    manager, ekai = team.person(running.MANAGER), team.person(running.EKAI)
    await team.said(ekai, "/tasks")
    await team.tapped(ekai, "Your branch · Lodwar")
    await team.said(manager, "/branches lodwar")
    await team.tapped(manager, "Close the branch")
    await team.tapped(manager, "Close the branch")
    assert "not there any more" in words(await team.said(ekai, "7"))
    kept = await (await team.disk()).session((await team.section("branch_office", "lodwar")).id)
    assert kept is None or kept.answers == {}


async def test_the_head_office_stays(team: running.Running) -> None:
    head = next(branch for branch in (await team.assessment()).branches if branch.head_office)
    shown = await team.said(team.person(running.MANAGER), f"/branches {head.id}")
    assert "Close the branch" not in labels(shown)


async def state(bot: running.Running, state: str, *, approved: bool = True) -> records.Assessment:
    """The assessment in another state, all of it approved."""
    disk, assessment = await bot.disk(), await bot.assessment()
    sections = await disk.sections(assessment.id) if approved else ()
    await disk.commit(
        [
            port.Put(msgspec.structs.replace(assessment, state=state)),
            *(port.Put(msgspec.structs.replace(one, state="approved")) for one in sections),
        ]
    )
    return assessment


async def test_a_new_branch_is_asked_before_anybody_signs(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    await state(team, "in_review")
    await team.said(manager, "/branches")
    await team.tapped(manager, "+ Add branches")
    assert "New branch: Kitui." in words(await team.said(manager, "Kitui"))
    assert (await team.assessment()).state == "collecting"
    assert "6 sections are not approved yet" in words(await team.said(manager, "/sign"))


async def test_the_same_name_again_changes_nothing(team: running.Running) -> None:
    manager, before = team.person(running.MANAGER), await state(team, "in_review")
    await team.said(manager, "/branches lodwar")
    await team.tapped(manager, "Rename it")
    assert "3 branches" in words(await team.said(manager, "Lodwar"))
    assert (await team.assessment()).branches == before.branches
    assert (await team.assessment()).state == "in_review", "nothing has to be approved anew for that"


@pytest.mark.parametrize(
    ("taps", "typed"),
    [
        pytest.param(["+ Add branches"], "Kitui", id="what was typed"),
        pytest.param([], "+ Add branches", id="a button"),
    ],
)
async def test_of_what_was_signed_meanwhile_no_branch_changes(
    team: running.Running, taps: list[str], typed: str
) -> None:
    manager = team.person(running.MANAGER)
    shown = await team.said(manager, "/branches")
    for tap in taps:
        shown = await team.tapped(manager, tap)
    before = await state(team, "signed_off")
    act = manager.tap(typed, message=shown) if typed in labels(shown) else manager.say(typed)
    assert "are signed" in words(await team.after(manager, act))
    assert (await team.assessment()).branches == before.branches


async def test_with_a_branch_its_own_link_ends_and_no_other(team: running.Running) -> None:
    manager = team.person(running.MANAGER)
    theirs = await team.link(manager, "✓ Branch manager, Machakos: Mwende Mutua")
    other = await team.link(manager, "✓ Branch manager, Lodwar: Ekai Lokwang")
    await team.said(manager, "/branches machakos")
    for _ in range(2):
        await team.tapped(manager, "Close the branch")
    amina, barasa = await team.newcomer("Amina"), await team.newcomer("Barasa")
    assert "does not work" in words(await team.after(amina, amina.start(theirs)))
    assert "Branch manager, Lodwar" in words(await team.after(barasa, barasa.start(other)))


async def closed(bot: running.Running) -> people.Person:
    """The project manager, who has closed Machakos and stands before the button that opens it again."""
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/branches machakos")
    for _ in range(2):
        await bot.tapped(manager, "Close the branch")
    await bot.said(manager, "/branches machakos")
    return manager


async def another_has_its_name(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/branches")
    await bot.tapped(owner, "+ Add branches")
    await bot.said(owner, "MACHAKOS")


async def there_are_as_many_as_may_be(bot: running.Running) -> None:
    assessment = await bot.assessment()
    more = [nouns.Branch(f"b{n}", f"Branch {n}") for n in range(limits.BRANCHES - len(assessment.branches))]
    full = msgspec.structs.replace(assessment, branches=(*assessment.branches, *more))
    await (await bot.disk()).commit([port.Put(full)])


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        pytest.param(another_has_its_name, "There is a branch Machakos already", id="its name is taken"),
        pytest.param(there_are_as_many_as_may_be, "I take 200 branches at most", id="there is no room"),
    ],
)
async def test_a_branch_that_cannot_come_back_stays_closed(
    team: running.Running, meanwhile: Callable[[running.Running], Awaitable[None]], said: str
) -> None:
    manager = await closed(team)
    shown = await manager.last_message()
    await meanwhile(team)
    assert said in words(await team.tapped(manager, "Open it again", message=shown))
    assert [branch.id for branch in (await team.assessment()).closed] == ["machakos"]


async def test_a_branch_is_opened_once(team: running.Running) -> None:
    manager, owner = await closed(team), team.person(running.OWNER)
    shown = await manager.last_message()
    await team.said(owner, "/branches machakos")
    await team.tapped(owner, "Open it again")
    assert "is open again" not in words(await team.tapped(manager, "Open it again", message=shown))
    assert [branch.id for branch in (await team.assessment()).branches].count("machakos") == 1


SURVEY = b"""
flow: cooling
title: Cooling
survey: [{type: text, name: colour, label: Which colour?}]
"""


async def test_a_survey_that_was_removed_meanwhile_does_not_come_back_with_a_branch(
    team: running.Running,
) -> None:
    manager = team.person(running.MANAGER)
    await team.said(manager, "/survey")
    await team.after(manager, manager.send_file("cooling.yaml", SURVEY))
    for tap in ("Branch manager", "✓ Add the survey"):
        await team.tapped(manager, tap)
    await closed(team)
    await team.said(manager, "/survey")
    for tap in ("Cooling", "Remove the survey", "Remove the survey"):
        await team.tapped(manager, tap)
    await team.said(manager, "/branches machakos")
    assert "is open again" in words(await team.tapped(manager, "Open it again"))
    kept = await (await team.disk()).sections((await team.assessment()).id)
    assert {one.flow for one in kept} == {flow.id for flow in library.Library.shipped().flows()}
    shown = await team.said(team.person(running.MWENDE), "/tasks")
    assert "Cooling" not in words(shown) + "".join(labels(shown))


# --- people: the less usual ways -----------------------------------------------------------------------------


async def test_who_is_removed_may_be_followed_by_somebody_named(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    asked = await at(team, manager, running.EKAI, "Remove from the assessment", "Mwende Mutua · ")
    assert "Mwende Mutua takes over Branch manager, Lodwar" in asked
    done = words(await team.tapped(manager, "✓ Do it"))
    assert "Ekai Lokwang has no seat" in done
    assert await holders(team, "branch_staff") == {("lodwar", running.MWENDE), ("machakos", running.MWENDE)}
    assert "asks you to answer for Branch manager, Lodwar" in await heard(team, running.MWENDE, since)


async def test_a_leader_removes_themselves_and_hears_it_once(team: running.Running) -> None:
    manager, since = team.person(running.MANAGER), team.now
    asked = await at(team, manager, running.MANAGER, "Remove from the assessment", "Nobody for now")
    assert "you may no longer lead here" in asked
    await team.tapped(manager, "✓ Do it")
    told = await heard(team, running.MANAGER, since)
    assert "has taken you off" not in told
    assert "has no seat in Jitegemea" in told


async def test_an_owner_without_a_seat_is_nobodys_to_remove(bot: running.Running) -> None:
    await bot.created()
    shown = await bot.said(bot.person(running.OWNER), f"/people {running.OWNER}")
    assert "+ Give a further seat" in labels(shown)
    assert "Remove from the assessment" not in labels(shown)


async def test_who_is_on_the_way_to_a_seat_that_went_stays(team: running.Running) -> None:
    manager, owner = team.person(running.MANAGER), team.person(running.OWNER)
    await at(
        team, manager, running.EKAI, "Change: Branch manager, Lodwar", "Move the person to another seat",
        "✓ Branch manager, Machakos: Mwende Mutua",
    )  # fmt: skip
    shown = await manager.last_message()
    await team.said(owner, "/branches machakos")
    for _ in range(2):
        await team.tapped(owner, "Close the branch")
    assert "changed meanwhile" in words(await team.tapped(manager, "✓ Do it", message=shown))
    assert ("lodwar", running.EKAI) in await holders(team, "branch_staff")


async def another_took_it(bot: running.Running) -> None:
    await at(bot, bot.person(running.MANAGER), running.EKAI, "Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it")  # fmt: skip


async def it_was_closed(bot: running.Running) -> None:
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/archive")
    await bot.tapped(manager, "Close the assessment")


@pytest.mark.parametrize("meanwhile", [another_took_it, it_was_closed])
async def test_a_seat_that_is_not_theirs_to_give_any_more_is_not_given_up(
    team: running.Running, meanwhile: Callable[[running.Running], Awaitable[None]]
) -> None:
    ekai = team.person(running.EKAI)
    await team.said(ekai, "/leave")
    shown = await team.tapped(ekai, "Mwende Mutua")
    await meanwhile(team)
    before = await holders(team, "branch_staff")
    await team.tapped(ekai, "Give it up", message=shown)
    assert await holders(team, "branch_staff") == before


async def test_many_people_are_listed_page_by_page(team: running.Running) -> None:
    manager, disk = team.person(running.MANAGER), await team.disk()
    assessment = (await team.assessment()).id
    for number in range(limits.CHOICES_A_PAGE):
        person = records.Person(880000000 + number, f"Person {number:02}")
        part = records.Membership(assessment, person.id, "training")
        await disk.commit([port.Put(person), port.Put(part)])
    first = await team.said(manager, "/people")
    assert "‹ Earlier" not in labels(first)
    second = await team.tapped(manager, "More ›")
    assert labels(second)[0] not in labels(first)
    assert "More ›" not in labels(second)
    assert labels(await team.tapped(manager, "‹ Earlier")) == labels(first)


async def test_what_was_erased_has_no_team(team: running.Running) -> None:
    assert await team_of.load(await team.disk(), library.Library.shipped(), "gone") is None
