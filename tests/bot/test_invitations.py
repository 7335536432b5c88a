"""Invitations: one link, one person, one seat, for a while; nobody guesses their way in."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import secrets
import string

import pytest

from bot import limits
from bot.people import access
from bot.practice import people
from tests.bot import running
from tests.bot.running import labels, words

HOUR = dt.timedelta(hours=1)


async def seated(bot: running.Running) -> set[tuple[str, int]]:
    """Who sits where, but for the owner's role; who left keeps a name and no seat."""
    found = await (await bot.disk()).memberships(assessment=(await bot.assessment()).id)
    return {(part.role, part.person) for part in found if part.role not in {"owner", access.FORMER}}


async def refused(bot: running.Running, person: people.Person, token: str) -> str:
    """What a link says to somebody who does not get in by it."""
    before = await seated(bot)
    shown = await bot.after(person, person.start(token))
    assert "Start" not in labels(shown)
    assert await seated(bot) == before
    return words(shown)


async def test_links_are_made_of_at_least_128_random_bits_and_each_is_another(
    bot: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = secrets.token_urlsafe

    def noted(size: int | None = None) -> str:
        drawn.append(draw(size))
        return drawn[-1]

    monkeypatch.setattr(secrets, "token_urlsafe", noted)
    branches = "\n".join(f"Branch {number}" for number in range(20))
    first = list((await bot.created(branches=branches)).values())
    again = list((await bot.links_made(bot.person(running.OWNER))).values())
    tokens = first + again
    assert len(tokens) >= 40
    assert len(set(tokens)) == len(tokens)
    assert set(tokens) <= set(drawn), "as `secrets` drew them, whole"
    alphabet = set(string.ascii_letters + string.digits + "-_")
    assert set("".join(tokens)) <= alphabet
    # six bits a sign, of which four of the last one say nothing
    assert min(map(len, tokens)) * 6 - 4 >= 128
    # no place has the same sign in all of them, as it would if a part were a clock or a counter
    assert min(len(set(signs)) for signs in zip(*tokens, strict=True)) > 1


async def test_a_link_can_be_read_at_the_moment_it_is_made_and_in_no_file(bot: running.Running) -> None:
    tokens = set((await bot.created()).values())
    disk, assessment = await bot.disk(), await bot.assessment()
    kept = {one.token_hash for one in await disk.invitations(assessment.id)}
    assert kept == {hashlib.sha256(token.encode()).hexdigest() for token in tokens}
    everything = [*await disk.invitations(assessment.id), *await disk.audit_lines(assessment.id)]
    everything += [*await disk.outgoing(due=running.NOW + dt.timedelta(days=999), limit=1000)]
    assert not [token for token in tokens if token in repr(everything)]
    files = [path for path in (bot.settings.data_dir).rglob("*") if path.is_file()]
    assert not [token for token in tokens for path in files if token.encode() in path.read_bytes()]


async def test_a_link_seats_its_person_and_tells_who_made_it(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa")
    invitation = await bot.after(nekesa, nekesa.start(tokens["Training"]))
    assert "Wanjiru Kamau asks you to answer for Training" in words(invitation)
    assert "I keep your name" in words(invitation)
    assert await seated(bot) == set()
    assert (await bot.assessment()).state == "drafting"
    assert "your sections" in words(await bot.tapped(nekesa, "Start"))
    assert (await bot.assessment()).state == "collecting"
    assert await seated(bot) == {("training", nekesa.id)}
    assert (await bot.section("training_needs")).owner == nekesa.id
    assert words(await bot.person(running.OWNER).last_message()) == "Nekesa joined for Training."


async def test_a_used_link_lets_nobody_else_in(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa, barasa = await bot.newcomer("Nekesa"), await bot.newcomer("Barasa")
    await bot.joined(nekesa, tokens["Training"])
    assert "used before. Ask Wanjiru Kamau" in await refused(bot, barasa, tokens["Training"])


async def test_an_own_used_link_leads_back_to_the_sections(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Training"])
    for _ in range(2 * limits.INVITATION_TRIES_AN_HOUR):
        assert "your sections" in await refused(bot, nekesa, tokens["Training"])


async def test_a_link_for_a_seat_one_has_is_not_used_up(bot: running.Running) -> None:
    tokens = await bot.created()
    owner = bot.person(running.OWNER)
    again = (await bot.links_made(owner))["Training"]
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Training"])
    fresh = await bot.link(owner, "✓ Training: Nekesa")
    assert "part of this assessment already" in await refused(bot, nekesa, fresh)
    assert "does not work" in await refused(bot, nekesa, again)
    barasa = await bot.newcomer("Barasa")
    await bot.joined(barasa, fresh)
    assert await seated(bot) == {("training", barasa.id)}


async def test_one_person_may_take_several_seats(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Training"])
    await bot.joined(nekesa, tokens["IT"])
    assert await seated(bot) == {("training", nekesa.id), ("it", nekesa.id)}


async def test_a_new_holder_takes_the_seat_over_whole(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa, barasa = await bot.newcomer("Nekesa"), await bot.newcomer("Barasa")
    await bot.joined(nekesa, tokens["Project manager"])
    assert "where we stand" in words(await bot.said(nekesa, "/status"))
    token = await bot.link(bot.person(running.OWNER), "✓ Project manager: Nekesa")
    await bot.joined(barasa, token)
    assert await seated(bot) == {("project_manager", barasa.id)}
    assert (await bot.section("project_team")).owner == barasa.id
    assert "not part of an assessment" in words(await bot.said(nekesa, "/status"))


async def test_an_old_link_is_refused(bot: running.Running) -> None:
    tokens = await bot.created()
    await bot.forward_to(running.NOW + limits.INVITATION_LIFE + HOUR)
    assert "too old. Ask Wanjiru Kamau" in await refused(bot, await bot.newcomer(), tokens["Training"])


async def test_a_link_that_grew_old_while_it_was_read_is_refused(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa")
    await bot.after(nekesa, nekesa.start(tokens["Training"]))
    await bot.forward_to(running.NOW + limits.INVITATION_LIFE + HOUR)
    assert "too old" in words(await bot.tapped(nekesa, "Start"))
    assert await seated(bot) == set()


async def test_a_link_stays_used_when_its_person_is_forgotten(bot: running.Running) -> None:
    tokens = await bot.created()
    nekesa = await bot.newcomer("Nekesa")
    await bot.joined(nekesa, tokens["Training"])
    await bot.said(nekesa, "/forget")
    await bot.tapped(nekesa, "Erase me")
    for person in (nekesa, await bot.newcomer("Barasa")):
        assert "used before" in await refused(bot, person, tokens["Training"])


async def test_whoever_presses_start_first_gets_the_seat(bot: running.Running) -> None:
    tokens = await bot.created()
    both = [await bot.newcomer("Nekesa"), await bot.newcomer("Barasa")]
    for person in both:
        await bot.after(person, person.start(tokens["Training"]))
    await asyncio.gather(*(person.tap("Start") for person in both))
    await bot.settled()
    said = sorted([words(await person.last_message()) for person in both])
    assert "used before" in said[1]
    assert "your sections" in said[0]
    assert len(await seated(bot)) == 1


async def test_of_two_links_for_one_seat_the_first_used_voids_the_other(bot: running.Running) -> None:
    owner = bot.person(running.OWNER)
    tokens = await bot.created()
    other = (await bot.links_made(owner))["Training"]
    both = {tokens["Training"]: await bot.newcomer("Nekesa"), other: await bot.newcomer("Barasa")}
    for token, person in both.items():
        await bot.after(person, person.start(token))
    await asyncio.gather(*(person.tap("Start") for person in both.values()))
    await bot.settled()
    said = [words(await person.last_message()) for person in both.values()]
    assert sorted("does not work" in line for line in said) == [False, True]
    assert len(await seated(bot)) == 1


async def test_a_seat_taken_by_its_inviter_voids_its_link(bot: running.Running) -> None:
    tokens = await bot.created()
    owner = bot.person(running.OWNER)
    await bot.said(owner, "/invite")
    await bot.tapped(owner, "… Training: link not used yet")
    await bot.tapped(owner, "I answer this myself")
    assert "does not work" in await refused(bot, await bot.newcomer(), tokens["Training"])


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("x", id="too short"),
        pytest.param("A" * 22, id="of the right length"),
        pytest.param("-_-_-_-_-_-_-_-_-_-_-_", id="signs only"),
        pytest.param("a" * 64, id="as long as Telegram allows"),
    ],
)
async def test_a_wrong_link_says_so(bot: running.Running, payload: str) -> None:
    await bot.created()
    guesser = await bot.newcomer()
    assert "does not work" in await refused(bot, guesser, payload)
    noted = [line for line in bot.logs.lines if line["event"] == "link refused"]
    assert [(line["level"], line["person"]) for line in noted] == [("warning", guesser.id)]


async def test_guessing_is_stopped_over_a_restart_too_and_forgiven_after_an_hour(
    bot: running.Running,
) -> None:
    tokens = await bot.created()
    guesser, guest = await bot.newcomer("Barasa"), await bot.newcomer("Nekesa")
    for number in range(limits.INVITATION_TRIES_AN_HOUR):
        assert "does not work" in await refused(bot, guesser, f"guess-{number}")
    assert "Too many" in await refused(bot, guesser, "guess-again")
    await bot.stop()
    await bot.start()
    assert "Too many" in await refused(bot, guesser, tokens["Training"])
    assert "asks you to answer" in words(await bot.after(guest, guest.start(tokens["IT"])))
    await bot.forward_to(bot.time() + HOUR)
    assert "asks you to answer" in words(await bot.after(guesser, guesser.start(tokens["Training"])))
