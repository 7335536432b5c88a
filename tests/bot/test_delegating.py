"""A part of a section goes to a colleague by link, waits, and comes back; the link opens nothing else."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import string
import urllib.parse
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot import library
from bot.asking import books, places
from bot.handlers import delegating
from bot.people import team
from bot.practice import people
from storage import records
from tests.bot import running, test_filling
from tests.bot.running import data, labels, words

LINK = re.compile(r"start=([\w-]+)")
ASKS = "How many active clients"


async def at_power(bot: running.Running, *taps: str) -> people.Person:
    """Ekai at the first question of the branch's section on power, having tapped so."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    for tap in ("Your branch · Lodwar", *taps):
        await bot.tapped(ekai, tap)
    return ekai


async def handed(bot: running.Running, what: str, *taps: str) -> tuple[people.Person, str]:
    """Ekai hands the question that stands, or more, to a colleague: the link's token."""
    ekai = await at_power(bot, *taps)
    shown = await bot.tapped(ekai, "Ask a colleague")
    since = bot.now
    await bot.tapped(ekai, next(label for label in labels(shown) if label.startswith(what)))
    return ekai, token_in(bot.events(ekai, since))


def token_in(events: list[dict[str, Any]]) -> str:
    found = [LINK.search(words(event.get("message", {}))) for event in events]
    return next(match[1] for match in found if match)


async def taken(bot: running.Running, token: str, name: str = "Amina") -> people.Person:
    """A colleague who has followed the link and agreed."""
    amina = await bot.newcomer(name)
    await bot.after(amina, amina.start(token))
    await bot.tapped(amina, "Start")
    return amina


async def roles_of(bot: running.Running, person: people.Person) -> list[str]:
    """The roles that somebody has in any assessment."""
    return [part.role for part in await (await bot.disk()).memberships(person=person.id)]


async def test_one_question_goes_out_and_comes_back(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    shown = await ekai.last_message()
    assert "How many people work" in words(shown), "the owner goes on behind it"
    amina = await planted.newcomer("Amina")
    shown = await planted.after(amina, amina.start(token))
    assert "Ekai" in words(shown)
    assert ASKS in words(shown)
    assert "have? (Your branch · Lodwar), one question, about 1 min" in words(shown)
    shown = await planted.tapped(amina, "Start")
    assert ASKS in words(shown)
    assert "Your branch · 1 of 1" in words(shown)
    shown = await planted.said(amina, "640")
    assert "Thank you. Ekai" in words(shown)
    answer = (await planted.session("branch_office", "lodwar")).answers["clients"]
    assert (answer.value, answer.by) == (640, str(amina.id))
    await ekai.wait_for("Amina answered")


async def waiting(bot: running.Running) -> list[tuple[str, dt.date | None]]:
    """For whom parts wait and since when, as the answers say it that plans are made of."""
    storage = await bot.disk()
    found = await team.load(storage, library.Library.shipped(), (await bot.assessment()).id)
    assert found is not None
    kept = await books.book(storage, found, made_at=bot.time())
    return [(one.name, one.since) for section in kept.sections for one in section.waits.values()]


async def test_for_a_link_that_expired_nobody_waits(planted: running.Running) -> None:
    await handed(planted, "Only this question")
    await planted.stop()
    await planted.forward_to(running.NOW + dt.timedelta(days=15))
    assert await waiting(planted) == []


async def test_what_waits_is_seen_and_taken_back(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    assert await waiting(planted) == [("", dt.date(2031, 3, 4))]
    amina = await taken(planted, token)
    assert await waiting(planted) == [("Amina", dt.date(2031, 3, 4))]
    shown = await planted.said(ekai, "/tasks")
    assert "clients does your branch have? waits for Amina since 4 March 2031" in words(shown)
    await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.tapped(ekai, "Check my answers")
    assert "waits for Amina since 4 March 2031" in words(shown)
    shown = await planted.tapped(ekai, "1")
    assert "This waits for Amina" in words(shown)
    shown = await planted.tapped(ekai, "Take it back")
    assert ASKS in words(shown)
    assert "waits" not in words(shown)
    assert "Ekai Lokwang answers" in words(await amina.last_message())
    shown = await planted.said(amina, "640")
    assert "answers “How many active clients does your branch have?” after all" in words(shown)
    assert "clients" not in await planted.answers("branch_office", "lodwar")


async def test_the_list_of_what_waits_takes_back_too(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    shown = await planted.said(ekai, "/asked")
    assert "waits since 4 March 2031: nobody has opened the link yet" in words(shown)
    shown = await planted.tapped(ekai, "Take back: How many active clients does your branch have?")
    assert ASKS in words(shown)
    shown = await planted.said(ekai, "/asked")
    assert "you ask nothing of colleagues now" in words(shown)
    amina = await planted.newcomer("Amina")
    shown = await planted.after(amina, amina.start(token))
    assert "does not work" in words(shown)


async def test_a_colleague_gives_it_back(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.tapped(amina, "I cannot answer this")
    shown = await planted.tapped(amina, "Give it back")
    assert "It went back to Ekai" in words(shown)
    assert "Amina cannot answer" in words(await ekai.wait_for("cannot answer"))
    assert (await planted.session("branch_office", "lodwar")).handed == ()
    shown = await planted.after(amina, amina.start(token))
    assert "You gave" in words(shown)


async def test_who_declines_at_once_has_joined_nothing(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await planted.newcomer("Amina")
    await planted.after(amina, amina.start(token))
    shown = await planted.tapped(amina, "I cannot answer this")
    assert "It went back to Ekai" in words(shown)
    await ekai.wait_for("It is yours again")
    assert await roles_of(planted, amina) == []


async def test_what_the_owner_answers_meanwhile_is_not_overwritten(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "1")
    await planted.said(ekai, "512")
    assert "has been answered meanwhile" in words(await amina.last_message())
    shown = await planted.said(amina, "640")
    assert "has been answered meanwhile" in words(shown)
    assert (await planted.answers("branch_office", "lodwar"))["clients"] == 512


async def test_in_a_group_only_the_question_answered_meanwhile_is_passed_over(
    planted: running.Running,
) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.tapped(ekai, "1")
    await planted.said(ekai, "512")
    shown = await planted.said(amina, "640")
    assert "How many people work" in words(shown)
    said = [words(message) for message in await amina.messages()]
    assert any("yours was not taken" in one for one in said)
    assert (await planted.answers("branch_office", "lodwar")) == {"clients": 512}


async def test_a_section_is_answered_checked_and_given_back_whole(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    shown = await planted.said(amina, "640")
    while "Hand in" not in "".join(labels(shown)):
        shown = await planted.tapped(amina, "Skip for now")
    await planted.tapped(amina, "✓ Hand in")
    section = await planted.section("branch_office", "lodwar")
    assert (section.state, section.owner) == ("in_progress", running.EKAI), "its owner hands it in"
    await ekai.wait_for("Amina answered")
    await planted.said(ekai, "/tasks")
    shown = await planted.tapped(ekai, "Your branch · Lodwar")
    assert "640 clients · Amina" in words(shown)


async def test_a_whole_section_given_back_opens_at_its_first_question(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.tapped(amina, "I cannot answer this")
    await planted.tapped(amina, "Give it back")
    await ekai.wait_for("cannot answer")
    await planted.said(ekai, "/tasks")
    shown = await planted.tapped(ekai, "Your branch · Lodwar")
    assert ASKS in words(shown)
    assert "How many people work" in words(await planted.said(ekai, "512"))


async def test_what_waits_is_taken_back_where_the_answers_are_checked(planted: running.Running) -> None:
    ekai, _ = await handed(planted, "Only this question")
    shown = await planted.tapped(ekai, "Check my answers")
    assert "Take back 1" in labels(shown)
    shown = await planted.tapped(ekai, "Take back 1")
    assert ASKS in words(shown)
    assert "waits" not in words(shown)
    assert (await planted.session("branch_office", "lodwar")).handed == ()


async def test_parts_that_wait_are_taken_back_one_by_one_by_their_numbers(planted: running.Running) -> None:
    ekai, _ = await handed(planted, "Only this question")
    await planted.said(ekai, "9")
    await planted.tapped(ekai, "Ask a colleague")
    await planted.tapped(ekai, "The whole section: 6 open questions")
    shown = await ekai.last_message()
    assert [label for label in labels(shown) if "Take back" in label] == ["Take back 1", "Take back 3–8"]


async def test_handing_in_ends_what_waits(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "✓ Hand in")
    assert "handed in meanwhile" in words(await amina.last_message())
    shown = await planted.said(amina, "640")
    assert "handed in meanwhile" in words(shown)
    kept = await (await planted.disk()).section((await planted.section("branch_office", "lodwar")).id)
    assert kept is not None
    assert not kept.waits


async def test_an_expired_link_is_told_at_the_return(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    await planted.forward_to(running.NOW + dt.timedelta(days=15))
    amina = await planted.newcomer("Amina")
    shown = await planted.after(amina, amina.start(token))
    assert "too old" in words(shown)
    # the hourly look may have told it before the return does
    for _ in range(2):
        await planted.said(ekai, "/tasks")
        told = [one for one in await ekai.messages() if "Nobody opened your link" in words(one)]
        assert len(told) == 1
    assert (await planted.session("branch_office", "lodwar")).handed == ()


async def test_who_is_erased_leaves_the_answer_and_gives_the_rest_back(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    await planted.said(amina, "/forget")
    await planted.tapped(amina, "Erase me")
    told = await ekai.wait_for("is not here any more")
    assert "It is yours again" in words(told)
    shown = await planted.tapped(ekai, "Go to the question", message=told)
    assert "How many people work" in words(shown)
    session = await planted.session("branch_office", "lodwar")
    assert session.handed == ()
    assert session.answers["clients"].value == 640
    assert session.answers["clients"].by.startswith("erased-")
    assert not await (await planted.disk()).about(amina.id)


async def test_who_is_removed_gives_every_part_back(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    parts = []
    for _ in range(2):
        shown = await planted.tapped(ekai, "Ask a colleague")
        since = planted.now
        await planted.tapped(ekai, next(one for one in labels(shown) if one.startswith("Only this")))
        parts.append(token_in(planted.events(ekai, since)))
    for token in parts:
        await planted.after(amina, amina.start(token))
        await planted.tapped(amina, "Start")
    assert len((await planted.session("branch_office", "lodwar")).handed) == 2
    manager = planted.person(running.MANAGER)
    await planted.said(manager, f"/people {amina.id}")
    shown = await planted.tapped(manager, "Remove from the assessment")
    assert "2 parts that colleagues asked of Amina go back" in words(shown)
    since = planted.now
    shown = await planted.tapped(manager, "✓ Do it")
    assert "Amina is asked nothing in Jitegemea" in words(shown)
    told = [words(event.get("message", {})) for event in planted.events(ekai, since)]
    assert len([one for one in told if "is not here any more. It is yours again" in one]) == 2
    session = await planted.session("branch_office", "lodwar")
    assert (session.handed, session.answers["clients"].value) == ((), 640)
    assert "you ask nothing of colleagues now" in words(await planted.said(ekai, "/asked"))
    assert "taken you off" in words(await amina.last_message())
    shown = await planted.said(amina, "7")
    assert "went back to Ekai" in words(shown)
    assert await roles_of(planted, amina) == ["former"]


async def test_the_leader_sees_what_a_colleague_is_asked(planted: running.Running) -> None:
    _, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    manager = planted.person(running.MANAGER)
    assert "Amina · asked by a colleague" in labels(await planted.said(manager, "/people"))
    shown = await planted.tapped(manager, "Amina · asked by a colleague")
    assert (
        "answers “How many active clients does your branch have?” (Your branch · Lodwar) for Ekai"
        in words(shown)
    )
    await planted.said(amina, "640")
    assert "No seat at present" in words(await planted.said(manager, f"/people {amina.id}"))


async def test_who_gets_the_seat_answers_what_they_were_asked_as_its_holder(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    asked = await amina.last_message()
    manager = planted.person(running.MANAGER)
    await planted.said(manager, f"/people {amina.id}")
    shown = await planted.tapped(manager, "+ Give a further seat")
    await planted.tapped(manager, next(one for one in labels(shown) if "Branch manager, Lodwar" in one))
    await planted.tapped(manager, "✓ Do it")
    session = await planted.session("branch_office", "lodwar")
    assert (session.handed, session.answers["clients"].by) == ((), str(amina.id))
    assert not (await planted.section("branch_office", "lodwar")).waits

    shown = await planted.tapped(amina, "Skip for now", message=asked)
    assert "“Your branch · Lodwar” is yours to answer now" in words(shown)
    assert "for Ekai" not in words(shown)
    shown = await planted.tapped(amina, "Your branch · Lodwar")
    assert "How many people work" in words(shown)
    assert "waits" not in words(shown)
    assert "I cannot answer this" not in labels(shown)
    assert "Somebody else answers this section" in words(await planted.said(ekai, "7"))


async def test_a_section_that_waits_says_so_once_and_offers_no_green_button(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    await taken(planted, token)
    await planted.said(ekai, "/tasks")
    shown = await planted.tapped(ekai, "Your branch · Lodwar")
    assert words(shown).count("waits for Amina since 4 March 2031") == 1
    assert words(shown).count("… waits too") == 7
    assert "I tell you when the answers are here" in words(shown)
    assert "✓ Hand in" not in labels(shown)
    styles = {one["text"]: one.get("style") for one in people.buttons(shown)}
    assert styles["Hand in without waiting"] is None


async def test_a_colleague_leaves_and_gives_back_what_was_asked(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    shown = await planted.said(amina, "/leave")
    assert "One part that a colleague asked of you goes back" in words(shown)
    shown = await planted.tapped(amina, "Give it up")
    assert "You are asked nothing in Jitegemea" in words(shown)
    assert "It is yours again" in words(await ekai.wait_for("is not here any more"))
    assert (await planted.session("branch_office", "lodwar")).handed == ()
    assert await roles_of(planted, amina) == ["former"]


@pytest.mark.parametrize("taker", ["Achieng Odhiambo", "Let the project manager decide"])
async def test_with_the_last_seat_goes_back_what_colleagues_asked(
    planted: running.Running, taker: str
) -> None:
    ekai, token = await handed(planted, "Only this question")
    mwende = planted.person(running.MWENDE)
    await planted.said(planted.person(running.MANAGER), "/start")  # who never began a chat takes over nothing
    await planted.after(mwende, mwende.start(token))
    await planted.tapped(mwende, "Start")
    shown = await planted.said(mwende, "/leave")
    seats = [label for label in labels(shown) if label.startswith("Branch manager")]
    for seat in seats[:-1]:
        await planted.tapped(mwende, seat)
        assert "goes back" not in words(await planted.tapped(mwende, taker))
        await planted.tapped(mwende, "Give it up")
        await planted.said(mwende, "/leave")
    assert len((await planted.session("branch_office", "lodwar")).handed) == 1
    shown = await planted.tapped(mwende, taker)
    assert "One part that a colleague asked of you goes back" in words(shown)
    await planted.tapped(mwende, "Give it up")
    assert "It is yours again" in words(await ekai.wait_for("is not here any more"))
    assert (await planted.session("branch_office", "lodwar")).handed == ()
    assert await roles_of(planted, mwende) == ["former"]


@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "started anew"])
async def test_both_go_on_after_a_restart(planted: running.Running, *, kill: bool) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    if kill:
        await planted.stop()
        await planted.start()
    shown = await planted.said(amina, "7")
    assert "3 of 8" in words(shown)
    answers = (await planted.session("branch_office", "lodwar")).answers
    assert {answer.by for answer in answers.values()} == {str(amina.id)}
    assert "waits for Amina" in words(await planted.said(ekai, "/asked"))


# --- who may not -----------------------------------------------------------------------------------


async def test_the_link_is_good_for_one_person(planted: running.Running) -> None:
    _, token = await handed(planted, "Only this question")
    await taken(planted, token)
    barasa = await planted.newcomer("Barasa")
    shown = await planted.after(barasa, barasa.start(token))
    assert "was used before" in words(shown)
    assert ASKS not in words(shown)


async def test_the_owner_does_not_take_the_link(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    shown = await planted.after(ekai, ekai.start(token))
    assert "for a colleague of yours" in words(shown)
    shown = await planted.said(ekai, "/asked")
    assert "nobody has opened the link yet" in words(shown)


async def test_a_guessed_link_opens_nothing_and_is_counted(planted: running.Running) -> None:
    await handed(planted, "Only this question")
    barasa = await planted.newcomer("Barasa")
    for _ in range(5):
        shown = await planted.after(barasa, barasa.start("x" * 22))
        assert "does not work" in words(shown)
    shown = await planted.after(barasa, barasa.start("x" * 22))
    assert "Too many links" in words(shown)


@pytest.mark.parametrize(
    "command", ["status", "plan", "review", "remind", "invite", "survey", "template", "sign"]
)
async def test_a_colleague_leads_nothing(planted: running.Running, command: str) -> None:
    _, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    shown = await planted.said(amina, f"/{command}")
    assert "That is for" in words(shown)


async def test_a_colleague_sees_their_part_only(planted: running.Running) -> None:
    _, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    shown = await planted.tapped(amina, "Check my answers") if "Check my answers" in labels(
        await amina.last_message()
    ) else await amina.last_message()  # fmt: skip
    assert "How many people work" not in words(shown)
    shown = await planted.said(amina, "/tasks")
    assert labels(shown) == ["Answer: How many active clients does your branch have?"]
    shown = await planted.said(amina, "/asked")
    assert "you ask nothing of colleagues" in words(shown)


FOREIGN = {
    "take back": "Take it back",
    "the answer's screen": "Check my answers",
    "handing on": "Ask a colleague",
}


@pytest.mark.parametrize("button", FOREIGN.values(), ids=FOREIGN.keys())
async def test_anothers_buttons_do_nothing(planted: running.Running, button: str) -> None:
    ekai, token = await handed(planted, "Only this question")
    await planted.tapped(ekai, "Check my answers")
    shown = await planted.tapped(ekai, "1" if button == "Take it back" else "2")
    forged = data(shown, button)
    before = await planted.session("branch_office", "lodwar")
    amina = await taken(planted, token)
    barasa = await planted.newcomer("Barasa")
    await planted.said(barasa, "/language")
    for other in (amina, barasa):
        await other.forge(await other.last_message(), forged)
        assert await other.wait_for_answer()
        await planted.settled()
    after = await planted.session("branch_office", "lodwar")
    assert (after.handed, after.answers, after.cursor) == (before.handed, before.answers, before.cursor)


@pytest.mark.parametrize(
    ("delegation", "person", "theirs"),
    [
        pytest.param(None, running.EKAI, True, id="the section's owner"),
        pytest.param(None, 7, False, id="anybody else"),
        pytest.param({"colleague": 7}, 7, True, id="the colleague who took the link"),
        pytest.param({"colleague": 7}, running.EKAI, False, id="its owner, not as the colleague"),
        pytest.param({"colleague": 7}, 8, False, id="another colleague"),
        pytest.param(
            {"colleague": 7, "ended_at": running.NOW}, 7, False, id="the colleague, when it is over"
        ),
        pytest.param({}, 0, False, id="nobody, while nobody took the link"),
    ],
)
def test_whose_a_place_is(delegation: dict[str, Any] | None, person: int, theirs: bool) -> None:
    section = records.Section("s", "a", "branch_office", "1", owner=running.EKAI)
    part = None if delegation is None else records.Delegation("hash", "a", "s", **delegation)
    assert places.Place(section, part).is_of(person) is theirs


async def test_old_buttons_of_a_part_that_is_over_open_nothing(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    listed = await planted.said(amina, "/tasks")
    await planted.said(ekai, "/asked")
    await planted.tapped(ekai, "Take back: How many active clients does your branch have?")
    shown = await planted.tapped(
        amina, "Answer: How many active clients does your branch have?", message=listed
    )
    assert "after all" in words(shown)
    assert "clients" not in await planted.answers("branch_office", "lodwar")


# --- what changes while a link is on its way ---------------------------------------------------------


async def longest_cut(bot: running.Running) -> tuple[people.Person, str]:
    """Ekai hands on how long the longest power cut was: it is asked where there are any."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    await bot.tapped(ekai, "Power · Lodwar")
    for typed in ("7", "3"):
        await bot.said(ekai, typed)
    shown = await bot.tapped(ekai, "Ask a colleague")
    since = bot.now
    await bot.tapped(ekai, next(label for label in labels(shown) if label.startswith("Only this")))
    return ekai, token_in(bot.events(ekai, since))


async def there_are_none(bot: running.Running, ekai: people.Person) -> None:
    """The power never goes off after all."""
    await bot.tapped(ekai, "Check my answers")
    await bot.tapped(ekai, "2")
    await bot.said(ekai, "0")


async def test_a_link_to_what_is_not_asked_any_more_says_so(planted: running.Running) -> None:
    ekai, token = await longest_cut(planted)
    await there_are_none(planted, ekai)
    amina = await planted.newcomer("Amina")
    assert "is not asked at the moment" in words(await planted.after(amina, amina.start(token)))
    assert await roles_of(planted, amina) == []


async def test_what_is_not_asked_any_more_is_neither_answered_nor_reminded_of(
    planted: running.Running,
) -> None:
    ekai, token = await longest_cut(planted)
    amina = await taken(planted, token)
    await there_are_none(planted, ekai)
    assert "is not asked at the moment" in words(await planted.said(amina, "3"))
    assert "longest_cut_hours" not in await planted.answers("branch_power", "lodwar")
    manager = planted.person(running.MANAGER)
    assert "longest power cut" not in words(await planted.said(manager, f"/people {amina.id}"))
    disk = await planted.disk()
    [row] = await disk.reminders_of(amina.id)
    since = planted.now
    await planted.forward_to(row.due_at)
    while await disk.reminders_of(amina.id):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await planted.settled()
    assert planted.events(amina, since) == []


async def test_a_colleague_follows_their_link_again_and_goes_on(planted: running.Running) -> None:
    _, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    await planted.said(amina, "/help")
    assert "How many people work" in words(await planted.after(amina, amina.start(token)))


async def test_a_colleague_changes_an_earlier_answer_by_a_reply(planted: running.Running) -> None:
    _, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    first = await amina.last_message()
    await planted.said(amina, "640")
    await planted.after(amina, amina.say("650", reply_to=first))
    assert await planted.answers("branch_office", "lodwar") == {"clients": 650}
    assert "How many people work" in words(await amina.last_message())


async def test_of_two_who_hold_the_link_the_first_to_start_answers(planted: running.Running) -> None:
    _, token = await handed(planted, "Only this question")
    amina, barasa = await planted.newcomer("Amina"), await planted.newcomer("Barasa")
    for person in (amina, barasa):
        await planted.after(person, person.start(token))
    await planted.tapped(amina, "Start")
    assert "was used before" in words(await planted.tapped(barasa, "Start"))
    assert await roles_of(planted, barasa) == []


async def the_manager(bot: running.Running, *ways: str) -> None:
    """The project manager says and taps this."""
    manager = bot.person(running.MANAGER)
    for way in ways:
        await (bot.said(manager, way) if way.startswith("/") else bot.tapped(manager, way))


BRANCH_CLOSED = ("/branches lodwar", "Close the branch", "Close the branch")
ALL_CLOSED = ("/archive", "Close the assessment")


@pytest.mark.parametrize(
    ("ways", "at_the_link", "at_the_start"),
    [
        pytest.param(BRANCH_CLOSED, "does not work", "does not work", id="the branch is closed"),
        pytest.param(ALL_CLOSED, "does not work", "is closed", id="the assessment is closed"),
    ],
)
async def test_nobody_begins_what_is_asked_nobody_any_more(
    planted: running.Running, ways: tuple[str, ...], at_the_link: str, at_the_start: str
) -> None:
    _, token = await handed(planted, "Only this question")
    amina, barasa = await planted.newcomer("Amina"), await planted.newcomer("Barasa")
    await planted.after(amina, amina.start(token))
    await the_manager(planted, *ways)
    assert at_the_start in words(await planted.tapped(amina, "Start"))
    assert at_the_link in words(await planted.after(barasa, barasa.start(token)))
    for person in (amina, barasa):
        assert await roles_of(planted, person) == []


async def test_a_colleague_of_a_branch_that_was_closed_is_asked_nothing(planted: running.Running) -> None:
    _, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await the_manager(planted, *BRANCH_CLOSED)
    assert "not there any more" in words(await planted.said(amina, "640"))
    assert await planted.answers("branch_office", "lodwar") == {}


async def test_what_was_taken_back_before_its_branch_was_closed_is_not_told_of(
    planted: running.Running,
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.said(ekai, "/asked")
    await planted.tapped(ekai, "Take back: How many active clients does your branch have?")
    await the_manager(planted, *BRANCH_CLOSED)
    shown = await planted.said(amina, "640")
    assert "does not work" in words(shown)
    assert ASKS not in words(shown)


async def test_a_link_is_good_while_nobody_sits_at_the_seat(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    await planted.said(ekai, "/leave")
    await planted.tapped(ekai, "Let the project manager decide")
    await planted.tapped(ekai, "Give it up")
    amina = await taken(planted, token)
    since = planted.now
    shown = await planted.said(amina, "640")
    assert "Thank you." in words(shown)
    assert await planted.answers("branch_office", "lodwar") == {"clients": 640}
    assert planted.events(ekai, since) == [], "it is not theirs any more"


@pytest.mark.parametrize("taps", [["Ask a colleague"], ["Ask a colleague", "Only this question"]])
async def test_who_lost_the_seat_meanwhile_hands_nothing_on(
    planted: running.Running, taps: list[str]
) -> None:
    ekai = await at_power(planted, *taps[:-1])
    shown = await ekai.last_message()
    await the_manager(
        planted, f"/people {running.EKAI}", "Change: Branch manager, Lodwar", "Leave it empty", "✓ Do it"
    )
    said = await planted.tapped(ekai, taps[-1], message=shown)
    assert ASKS not in words(said)
    assert await (await planted.disk()).delegations((await planted.assessment()).id) == []


async def test_who_waits_for_all_of_it_is_reminded_when_it_comes_back(bot: running.Running) -> None:
    tokens = await bot.created()
    juma = await bot.newcomer("Juma")
    await bot.joined(juma, tokens["Training"])
    await bot.tapped(juma, "Training")
    shown, since = await bot.tapped(juma, "Ask a colleague"), bot.now
    await bot.tapped(juma, next(label for label in labels(shown) if label.startswith("The whole")))
    amina = await taken(bot, token_in(bot.events(juma, since)))
    disk = await bot.disk()
    [row] = await disk.reminders_of(juma.id)
    await bot.forward_to(row.due_at)
    while await disk.reminders_of(juma.id):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await gives_it_back(bot, amina)
    [row] = await disk.reminders_of(juma.id)
    assert (row.kind, row.round) == ("owed", 0)


async def test_in_the_morning_no_way_leads_into_what_was_handed_in_meanwhile(
    planted: running.Running,
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.forward_to(NIGHT)
    await planted.said(amina, "640")
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "✓ Hand in")
    assert "Amina answered" in await in_the_morning(planted, ekai)
    told = await ekai.wait_for("Amina answered")
    assert "Go to the question" not in labels(told)


# --- reminders and the leaders ---------------------------------------------------------------------


async def test_the_colleague_is_reminded_and_the_owner_is_not(planted: running.Running) -> None:
    ekai, token = await handed(planted, "The whole section")
    amina = await taken(planted, token)
    kept = await planted.section("branch_office", "lodwar")
    assert kept.waits
    due = {row.person: row for row in await (await planted.disk()).reminders(kept.assessment)}
    await planted.forward_to(due[amina.id].due_at)
    told = words(await amina.wait_for("still needs this from you"))
    assert "◌ Your branch · Lodwar, for Ekai Lokwang" in told
    owed = words(await planted.said(ekai, "/tasks"))
    assert "Your branch" in owed


NIGHT = running.NOW.replace(hour=19)
"""22:00 in Nairobi, when nobody may be written to."""

MORNING = dt.datetime(2031, 3, 5, 6, 0, tzinfo=dt.UTC)


async def in_the_morning(bot: running.Running, person: people.Person) -> str:
    """All that somebody is told on the morning behind the night."""
    since = bot.now
    await bot.forward_to(MORNING)
    disk = await bot.disk()
    while any(row.due_at <= MORNING for row in await disk.reminders_of(person.id)):  # noqa: ASYNC110 - a look leaves no other trace
        await asyncio.sleep(0.01)
    await bot.settled()
    return "\n".join(words(event.get("message", {})) for event in bot.events(person, since))


async def answers_it(bot: running.Running, amina: people.Person) -> None:
    await bot.said(amina, "640")


async def gives_it_back(bot: running.Running, amina: people.Person) -> None:
    await bot.tapped(amina, "I cannot answer this")
    await bot.tapped(amina, "Give it back")


async def leaves(bot: running.Running, amina: people.Person) -> None:
    await bot.said(amina, "/leave")
    await bot.tapped(amina, "Give it up")


async def is_erased(bot: running.Running, amina: people.Person) -> None:
    await bot.said(amina, "/forget")
    await bot.tapped(amina, "Erase me")


AT_NIGHT = {
    "answers it": (answers_it, "Amina answered"),
    "gives it back": (gives_it_back, "Amina cannot answer"),
    "leaves": (leaves, "is not here any more. It is yours again"),
    "is erased": (is_erased, "is not here any more. It is yours again"),
}


@pytest.mark.parametrize(("does", "told"), AT_NIGHT.values(), ids=AT_NIGHT)
async def test_what_a_colleague_does_at_night_the_owner_hears_in_the_morning(
    planted: running.Running, does: Callable[[running.Running, people.Person], Awaitable[None]], told: str
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.forward_to(NIGHT)
    since = planted.now
    await does(planted, amina)
    assert planted.events(ekai, since) == []
    assert told in await in_the_morning(planted, ekai)


@pytest.mark.parametrize("does", [leaves, is_erased])
async def test_who_came_back_in_the_night_and_was_told_then_is_not_told_again(
    planted: running.Running, does: Callable[[running.Running, people.Person], Awaitable[None]]
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.forward_to(NIGHT)
    await does(planted, amina)
    await planted.said(ekai, "/tasks")
    told = "\n".join(words(message) for message in await ekai.messages())
    told += await in_the_morning(planted, ekai)
    assert told.count("is not here any more") == 1


async def test_in_the_morning_nothing_is_told_of_what_was_filled_in_at_night(
    planted: running.Running,
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.forward_to(NIGHT)
    await is_erased(planted, amina)
    manager = planted.person(running.MANAGER)
    book = await test_filling.sheet(planted, manager, "Your branch")
    assert "answers of one branch" in words(await test_filling.back(planted, manager, book, {"C4": 640}))
    assert "is not here any more" not in await in_the_morning(planted, ekai)


async def test_in_the_morning_nothing_is_told_of_a_section_that_is_anothers_now(
    planted: running.Running,
) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.forward_to(NIGHT)
    await planted.said(amina, "640")
    await planted.said(ekai, "/leave")
    await planted.tapped(ekai, "Let the project manager decide")
    await planted.tapped(ekai, "Give it up")
    assert "Amina answered" not in await in_the_morning(planted, ekai)


async def test_the_share_address_names_link_and_question(planted: running.Running) -> None:
    ekai = await at_power(planted)
    await planted.tapped(ekai, "Ask a colleague")
    since = planted.now
    await planted.tapped(ekai, "Only this question")
    events = planted.events(ekai, since)
    rows = [
        one
        for event in events
        for row in event.get("message", {}).get("reply_markup", {}).get("inline_keyboard", [])
        for one in row
    ]
    (address,) = [one["url"] for one in rows if one["text"] == "Choose whom to send it to"]
    assert "+" not in address, "some clients show it as it stands"
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    assert LINK.search(asked["url"][0])
    assert "How many active clients" in asked["text"][0]


async def test_the_reviewer_reads_who_gave_an_answer(planted: running.Running) -> None:
    ekai, token = await handed(planted, "Only this question")
    amina = await taken(planted, token)
    await planted.said(amina, "640")
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.tapped(ekai, "Check my answers")
    await planted.tapped(ekai, "✓ Hand in")
    manager = planted.person(running.MANAGER)
    section = await planted.section("branch_office", "lodwar")
    shown = await planted.said(manager, f"/review {section.id}")
    assert "640 clients · Amina" in words(shown)


@pytest.mark.parametrize(
    "words_", ["Cash & keys?", "a&url=https://evil.example", "50 % #1 of 2+2", 'a"b<c>d', "Chaînes, ሰላም, 😀"]
)
def test_words_stay_words_within_the_address(words_: str) -> None:
    link = "https://t.me/groundwork_bot?start=" + "x" * 22
    address = delegating.address_of(link, words_)
    assert urllib.parse.parse_qs(urllib.parse.urlsplit(address).query) == {"url": [link], "text": [words_]}
    assert not urllib.parse.urlsplit(address).fragment
    assert set(address) <= set(string.ascii_letters + string.digits + "-_.~:/?&=%")


@pytest.mark.parametrize("words_", ["x" * 4000, "ሀ" * 4000, "😀" * 4000], ids=["Latin", "Amharic", "emoji"])
def test_a_long_question_still_gives_an_address_that_telegram_takes(words_: str) -> None:
    assert len(delegating.address_of("https://t.me/groundwork_bot?start=" + "x" * 22, words_)) <= 2048
