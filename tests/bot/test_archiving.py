"""The end of an assessment: who closes it, what then no longer happens, and when it is gone."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from bot.operations import retention
from bot.practice import people
from storage import port, records
from tests.bot import running
from tests.bot.running import data, labels, words

DAY = dt.timedelta(days=1)


async def told(bot: running.Running, person: int, since: int) -> str:
    await bot.settled()
    return "\n".join(words(event.get("message", {})) for event in bot.events(bot.person(person), since))


async def kept(bot: running.Running) -> records.Assessment | None:
    return next(iter(await (await bot.disk()).assessments()), None)


@pytest.fixture
async def closed(planted: running.Running) -> running.Running:
    """The sample institution, closed by its project manager."""
    for person in (running.OWNER, running.MANAGER, running.EKAI, running.MWENDE):
        await planted.said(planted.person(person), "/start")
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/archive")
    await planted.tapped(manager, "Close the assessment")
    return planted


async def test_closing_is_asked_once_more_and_everybody_hears(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    for person in (running.OWNER, running.MANAGER, running.EKAI, running.MWENDE):
        await planted.said(planted.person(person), "/start")
    since = planted.now
    asked = words(await planted.said(manager, "/archive"))
    assert "though 6 sections are open" in asked
    assert (await planted.assessment()).state == "collecting"
    shown = words(await planted.tapped(manager, "Close the assessment"))
    assert "Its answers and plans are kept until 3 March 2032" in shown
    assert "kept until 3 March 2032 and then erased" in await told(planted, running.EKAI, since)


@pytest.mark.parametrize("who", ["branch staff", "another institution's manager"])
async def test_only_those_who_lead_close_it(planted: running.Running, who: str) -> None:
    manager, person = planted.person(running.MANAGER), planted.person(running.EKAI)
    close = data(await planted.said(manager, "/archive"), "Close the assessment")
    theirs = await planted.assessment()
    if who != "branch staff":
        person = await planted.newcomer("Nekesa")
        await planted.joined(person, (await planted.created("Nuru"))["Project manager"])
    else:
        assert "That is for" in words(await planted.said(person, "/archive"))
    own = await planted.said(person, "/tasks")
    await person.forge(own, close)
    await planted.settled()
    found = await (await planted.disk()).assessment(theirs.id)
    assert found is not None
    assert found.state == "collecting"


async def test_nothing_is_asked_or_changed_any_more(closed: running.Running) -> None:
    manager, ekai = closed.person(running.MANAGER), closed.person(running.EKAI)
    shown = await closed.said(ekai, "/tasks")
    assert "is closed" in words(shown)
    assert not any("Power" in label for label in labels(shown))
    for person, command in [
        *(
            (manager, each)
            for each in ("people", "branches", "invite", "review", "remind", "survey", "assume", "digest")
        ),
        (ekai, "leave"),
    ]:
        since = closed.now
        await closed.said(person, f"/{command}")
        assert "is closed" in await told(closed, person.id, since), command
        last = await person.last_message()
        assert "is closed" in words(last), f"{command} shows nothing else"
        assert labels(last) == (["The end of it"] if person is manager else []), command
    assert "where we stand" in words(await closed.said(manager, "/status"))


async def test_who_was_at_a_question_is_told(planted: running.Running) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.said(manager, "/archive")
    await planted.tapped(manager, "Close the assessment")
    assert "is closed" in words(await planted.said(ekai, "7"))
    section = await planted.section("branch_office", "lodwar")
    session = await (await planted.disk()).session(section.id)
    assert session is not None
    assert session.answers == {}


async def test_links_end_with_it(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    token = await planted.link(manager, "✓ Training: Achieng Odhiambo")
    await planted.said(manager, "/archive")
    await planted.tapped(manager, "Close the assessment")
    nekesa = await planted.newcomer("Nekesa")
    assert "does not work" in words(await planted.after(nekesa, nekesa.start(token)))


async def test_it_opens_again_with_everything_in_it(closed: running.Running) -> None:
    manager, ekai = closed.person(running.MANAGER), closed.person(running.EKAI)
    answered = await closed.answers("branch_power", "machakos")
    await closed.said(manager, "/archive")
    assert "is open again" in words(await closed.tapped(manager, "Open it again"))
    assert "has opened the assessment" in words(await ekai.last_message())
    assert "Power · Lodwar" in labels(await closed.said(ekai, "/tasks"))
    assert await closed.answers("branch_power", "machakos") == answered
    rows = await (await closed.disk()).reminders_of(running.EKAI)
    assert "owed" in {row.kind for row in rows}
    await closed.stop()
    await closed.forward_to(running.NOW + retention.KEPT + DAY)
    await closed.start()
    assert await kept(closed) is not None


async def test_whose_reminders_went_meanwhile_is_reminded_again(closed: running.Running) -> None:
    manager, disk = closed.person(running.MANAGER), await closed.disk()
    rows = await disk.reminders((await closed.assessment()).id)
    [stays] = [row for row in rows if (row.person, row.kind) == (running.MANAGER, "digest")]
    later = msgspec.structs.replace(stays, round=7)
    await disk.commit([*(port.Remove(row) for row in rows), port.Put(later)])
    await closed.said(manager, "/archive")
    await closed.tapped(manager, "Open it again")
    assert "owed" in {row.kind for row in await disk.reminders_of(running.EKAI)}
    assert later in await disk.reminders_of(running.MANAGER), "what is there stays as it is"


async def test_owners_hear_a_month_before_and_keep_it_longer(closed: running.Running) -> None:
    owner, since = closed.person(running.OWNER), closed.now
    await closed.forward_to(running.NOW + retention.KEPT - retention.WARNED + DAY)
    # a day late, so that there are thirty days all the same
    told_ = await owner.wait_for("are erased on 4 March 2032")
    assert "erased on" not in await told(closed, running.MANAGER, since)
    await closed.tapped(owner, "The end of it", message=told_)
    assert "kept until 4 March 2033" in words(await closed.tapped(owner, "Keep it a year longer"))
    await closed.stop()
    await closed.forward_to(running.NOW + retention.KEPT + DAY)
    await closed.start()
    assert await kept(closed) is not None


async def test_a_year_later_it_is_gone_with_those_who_were_nowhere_else(closed: running.Running) -> None:
    tokens = await closed.created("Nuru")
    await closed.joined(closed.person(running.MWENDE), tokens["Training"])
    disk, theirs = await closed.disk(), (await disk_of(closed))[0]
    await closed.forward_to(running.NOW + retention.KEPT - retention.WARNED)
    await closed.person(running.OWNER).wait_for("are erased on 3 March 2032")
    await closed.stop()
    await closed.forward_to(running.NOW + retention.KEPT + DAY)
    await closed.start()
    assert [one.institution.name for one in await disk.assessments()] == ["Nuru"]
    assert await disk.sections(theirs.id) == []
    assert await disk.person(running.EKAI) is None
    assert await disk.person(running.MWENDE) is not None
    assert await disk.person(running.OWNER) is not None


async def disk_of(bot: running.Running) -> list[records.Assessment]:
    return list(await (await bot.disk()).assessments())


async def test_a_day_earlier_it_is_there(closed: running.Running) -> None:
    await closed.stop()
    await closed.forward_to(running.NOW + retention.KEPT - DAY)
    await closed.start()
    assert await kept(closed) is not None


async def test_nothing_goes_before_its_owners_had_their_thirty_days(closed: running.Running) -> None:
    """The bot was away for more than a year, or its clock says so."""
    late = running.NOW + retention.KEPT + DAY
    await closed.stop()
    await closed.forward_to(late)
    await closed.start()
    await closed.person(running.OWNER).wait_for("are erased on 3 April 2032")
    await closed.stop()
    await closed.forward_to(late + retention.WARNED - DAY)
    await closed.start()
    assert await kept(closed) is not None
    await closed.stop()
    await closed.forward_to(late + retention.WARNED + DAY)
    await closed.start()
    assert await kept(closed) is None


async def test_owners_who_blocked_the_bot_hold_nothing_up(closed: running.Running) -> None:
    await closed.person(running.OWNER).block()
    await closed.settled()
    await closed.stop()
    await closed.forward_to(running.NOW + retention.KEPT + DAY)
    await closed.start()
    assert await kept(closed) is None


async def test_an_owner_erases_it_at_once_and_nobody_else(closed: running.Running) -> None:
    manager, owner = closed.person(running.MANAGER), closed.person(running.OWNER)
    assert "Erase everything now" not in labels(await closed.said(manager, "/archive"))
    await closed.said(owner, "/archive")
    asked = await closed.tapped(owner, "Erase everything now")
    assert "This cannot be undone" in words(asked)
    code = data(asked, "Erase everything now")
    await forged(closed, manager, code)
    assert await kept(closed) is not None
    assert "is erased" in words(await closed.tapped(owner, "Erase everything now"))
    assert await kept(closed) is None
    assert "New assessment" in labels(await closed.said(owner, "/start"))


async def forged(bot: running.Running, person: people.Person, code: str) -> None:
    own = await bot.said(person, "/archive")
    await person.forge(own, code)
    await bot.settled()


async def test_what_another_opened_again_meanwhile_is_not_erased(closed: running.Running) -> None:
    owner, manager = closed.person(running.OWNER), closed.person(running.MANAGER)
    await closed.said(owner, "/archive")
    asked = await closed.tapped(owner, "Erase everything now")
    await closed.said(manager, "/archive")
    await closed.tapped(manager, "Open it again")
    said = await closed.tapped(owner, "Erase everything now", message=asked)
    assert "Close the assessment of Jitegemea" in words(said)
    found = await kept(closed)
    assert found is not None
    assert found.state == "collecting"
