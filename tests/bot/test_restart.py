"""Stops in the middle: what was answered stays answered once, what was to be said is said, old buttons still work."""

from __future__ import annotations

from tests.bot import running
from tests.bot.running import words

FLOW, BRANCH = "branch_office", "lodwar"


async def test_a_restart_in_the_middle_of_a_section_loses_nothing(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.said(ekai, "1250")
    await planted.stop()
    await ekai.say("9")
    await planted.start()
    await planted.settled()
    assert await planted.answers(FLOW, BRANCH) == {"clients": 1250, "staff_total": 9}
    assert "loan officers" in words(await ekai.last_message())
    await planted.tapped(ekai, "I don't know")
    assert (await planted.answers(FLOW, BRANCH))["loan_officers"] is None


async def test_what_was_to_be_said_when_the_bot_stopped_is_said(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.telegram.faults({"method": "sendMessage", "code": 502}, rate_limits=False)
    await ekai.say("/tasks")
    await planted.logs.wait_for("delivery put off")
    await planted.stop()
    await planted.telegram.faults(rate_limits=False)
    await planted.start()
    await planted.settled()
    said = [message for message in await ekai.messages() if "your sections" in words(message)]
    assert len(said) == 1


async def test_an_update_that_comes_again_is_done_once(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    # Telegram hands the same update out until the bot confirms it: here the confirmation is lost
    await planted.telegram.faults({"method": "getUpdates", "cut": "after", "times": 2}, rate_limits=False)
    await planted.said(ekai, "1250")
    assert await planted.answers(FLOW, BRANCH) == {"clients": 1250}
    assert "How many people work" in words(await ekai.last_message())


async def test_a_paused_section_goes_on_where_it_stood(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "Your branch · Lodwar")
    await planted.said(ekai, "1250")
    await planted.tapped(ekai, "Pause")
    await planted.stop()
    await planted.start()
    await planted.said(ekai, "/start")
    assert "How many people work" in words(await planted.tapped(ekai, "Your branch · Lodwar"))
