"""Updates by long polling: kept until confirmed, one receiver at a time."""

from __future__ import annotations

import asyncio


async def test_updates_come_again_until_they_are_confirmed(bot, ekai):
    await ekai.say("one")
    await ekai.say("two")
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert await bot.updates() == first
    assert await bot.updates(offset=first[1]["update_id"]) == first[1:]
    assert await bot.updates() == first[1:]
    assert await bot.updates(offset=first[1]["update_id"] + 1) == []


async def test_update_ids_rise_over_all_chats(bot, ekai, telegram):
    mwende = (await telegram.people())["Mwende"]
    await ekai.say("a")
    await mwende.start()
    await ekai.say("b")
    ids = [update["update_id"] for update in await bot.updates()]
    assert ids == sorted(set(ids))
    assert len(ids) == 3


async def test_limit_and_negative_offset(bot, ekai):
    for number in range(4):
        await ekai.say(str(number))
    assert len(await bot.updates(limit=3)) == 3
    [last] = await bot.updates(offset=-1)
    assert last["message"]["text"] == "3"
    assert await bot.updates() == [last]


async def test_a_poll_waits_until_something_comes(bot, ekai):
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0)
    await ekai.say("now")
    [update] = await poll
    assert update["message"]["text"] == "now"


async def test_a_poll_without_timeout_comes_back_empty(bot, ekai):
    assert await bot.updates(timeout=0) == []


async def test_a_second_poll_ends_the_first(bot, ekai, running):
    first = asyncio.create_task(bot.ask("getUpdates", timeout=30))
    while not running.world.pollers.get(123456789, 0) > 2:  # the fixtures polled twice
        await running.world.news(10)
    second = asyncio.create_task(bot.updates(timeout=30))
    status, answer = await first
    assert status == answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await ekai.say("for the second")
    assert len(await second) == 1


async def test_a_webhook_ends_polling_and_forbids_it(bot, ekai, running):
    poll = asyncio.create_task(bot.ask("getUpdates", timeout=30))
    while not running.world.pollers.get(123456789, 0) > 2:
        await running.world.news(10)
    await bot.do("setWebhook", url="http://127.0.0.1:9/")
    _, ended = await poll
    assert ended["description"] == "Conflict: terminated by setWebhook request"
    refused = await bot.refused("getUpdates")
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await bot.do("deleteWebhook")
    assert await bot.updates() == []


async def test_only_allowed_kinds_are_kept(bot, ekai):
    await bot.updates(allowed_updates=["callback_query"])
    await ekai.say("not wanted")
    assert await bot.updates() == []
    await bot.updates(allowed_updates=[])
    await ekai.say("wanted")
    assert len(await bot.updates()) == 1


async def test_updates_nobody_fetches_are_gone_after_a_day(bot, ekai, telegram):
    await ekai.say("old")
    await telegram.forward(24 * 3600 - 60)
    await ekai.say("young")
    await telegram.forward(120)
    assert [update["message"]["text"] for update in await bot.updates()] == ["young"]


async def test_an_edited_message_is_an_update(bot, ekai):
    message = await ekai.say("12 hours")
    edited = await ekai.edit(message, "14 hours")
    _, update = await bot.updates()
    assert update["edited_message"] == edited
    assert edited["message_id"] == message["message_id"]
    assert edited["edit_date"] >= edited["date"]
