"""/practice: a section to try in, marked as such in every message, of which nothing is kept among real answers."""

from __future__ import annotations

import msgspec
import pytest

from bot.practice import people
from storage import port
from tests.bot import running
from tests.bot.running import JSON, labels, words

MARK = "Practice · Mfano"


async def practising(bot: running.Running) -> tuple[people.Person, JSON]:
    """Ekai at the first question of the practice, called away from a real one."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    await bot.tapped(ekai, "Your branch · Lodwar")
    return ekai, await bot.said(ekai, "/practice")


async def kept(bot: running.Running) -> tuple[object, ...]:
    """Everything of the assessment that an answer could change."""
    disk, found = await bot.disk(), (await bot.assessment()).id
    states = [(each.id, each.state, each.answered) for each in await disk.sections(found)]
    answers = {section: session.answers for section, session in (await disk.sessions(found)).items()}
    return states, answers, await disk.reminders(found)


async def test_every_message_says_that_it_is_practice(planted: running.Running) -> None:
    ekai, _ = await practising(planted)
    before = planted.now
    for act in ("1250", "about 9", "blue", "I don't know", "skip"):
        await planted.said(ekai, act)
    await planted.tapped(ekai, "Check my answers")
    said = [words(event["message"]) for event in planted.events(ekai, before) if "message" in event]
    assert len(said) > 5
    assert all(MARK in text for text in said), said


async def test_nothing_of_it_is_kept_among_real_answers(planted: running.Running) -> None:
    ekai, _ = await practising(planted)
    before = await kept(planted)
    await planted.said(ekai, "7777")
    await planted.tapped(ekai, "Check my answers")
    shown = await planted.tapped(ekai, "✓ Hand in")
    assert await kept(planted) == before
    assert "How many active clients" in words(shown), "the real question does not stand again"
    assert MARK not in words(shown)
    await planted.said(ekai, "1250")
    assert (await planted.answers("branch_office", "lodwar")) == {"clients": 1250}


@pytest.mark.parametrize("how", ["/cancel", "Leave the practice", "/tasks", "Pause"])
async def test_one_act_leaves_it(planted: running.Running, how: str) -> None:
    ekai, shown = await practising(planted)
    last = await (planted.tapped(ekai, how) if how in labels(shown) else planted.said(ekai, how))
    assert MARK not in words(last)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.said(ekai, "1250")
    assert (await planted.answers("branch_office", "lodwar")) == {"clients": 1250}


async def test_it_goes_on_after_a_restart(planted: running.Running) -> None:
    ekai, _ = await practising(planted)
    second = await planted.said(ekai, "1250")
    await planted.stop()
    await planted.start()
    assert MARK in words(await planted.tapped(ekai, "‹ Back", message=second))


async def test_a_button_of_the_practice_is_old_once_it_is_left(planted: running.Running) -> None:
    ekai, shown = await practising(planted)
    await planted.said(ekai, "/cancel")
    before = await kept(planted)
    await ekai.forge(shown, running.data(shown, "I don't know"))
    assert "earlier question" in (await ekai.wait_for_answer())["text"]
    await planted.settled()
    assert await kept(planted) == before


async def test_a_stranger_has_nothing_to_practise(bot: running.Running) -> None:
    person = await bot.newcomer()
    assert "not part of an assessment" in words(await bot.said(person, "/practice"))


async def test_who_is_taken_off_leaves_the_practice_for_nothing(planted: running.Running) -> None:
    ekai, manager = planted.person(running.EKAI), planted.person(running.MANAGER)
    shown = await planted.said(ekai, "/practice")
    await planted.said(manager, f"/people {running.EKAI}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await planted.tapped(manager, tap)
    await planted.tapped(ekai, "Leave the practice", message=shown)
    left = next(one for one in await ekai.messages() if one["message_id"] == shown["message_id"])
    assert labels(left) == []
    assert "How many active clients" not in words(left)
    assert "not part of an assessment" in words(await planted.said(ekai, "/practice"))


async def test_practice_of_an_older_version_begins_anew(planted: running.Running) -> None:
    ekai, _ = await practising(planted)
    await planted.said(ekai, "1250")
    disk = await planted.disk()
    _, talk, _ = await disk.correspondent(running.EKAI)
    assert talk is not None
    draft = {**talk.draft, "session": {**talk.draft["session"], "version": "0"}}
    await disk.commit([port.Put(msgspec.structs.replace(talk, draft=draft))])
    shown = await planted.said(ekai, "9")
    assert "How many active clients" in words(shown)
    assert MARK in words(shown)
