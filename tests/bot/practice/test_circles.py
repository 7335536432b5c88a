"""Groups at the local Telegram: who may act in them, and what is refused. What the bot does there is tested with the bot."""

from __future__ import annotations

import pytest

from bot.practice import people

EKAI = 710000003


@pytest.fixture
async def group(bot, telegram):
    return await people.Group.made(telegram, "Field team")


async def test_nobody_acts_in_a_group_that_there_is_not_nor_somebody_unknown(bot, telegram, group, ekai):
    with pytest.raises(people.ActFailed, match="no such group or person"):
        await people.Group(telegram, group.id - 1).add_bot(ekai)
    with pytest.raises(people.ActFailed, match="no such group or person"):
        await group.add_bot(telegram.person(5))
    assert await bot.updates() == []


async def test_nothing_is_said_without_words(bot, group, ekai):
    await group.add_bot(ekai)
    heard = await bot.updates()
    with pytest.raises(people.ActFailed, match="message text is empty"):
        await group.say(ekai, " ")
    assert await bot.updates() == heard


async def test_a_group_waits_for_its_bot(running, telegram):
    made = await people.Group.made(telegram, "Field team")
    with pytest.raises(people.ActFailed, match="no bot has connected yet"):
        await made.add_bot(telegram.person(EKAI))


async def test_in_a_forum_a_bot_writes_into_a_topic_that_is_there_and_open(bot, group, ekai):
    await group.add_bot(ekai)
    there = {"chat_id": group.id, "text": "x"}
    none = await bot.refused("sendMessage", **there, message_thread_id=77)
    assert none["description"] == "Bad Request: message thread not found"
    await group.open_topic(ekai, 77)
    await group.say(ekai, "/digest", topic=77)
    heard = (await bot.updates())[-1]["message"]
    assert (heard["message_thread_id"], heard["is_topic_message"]) == (77, True)
    assert heard["chat"]["is_forum"]
    sent = await bot.do("sendMessage", **there, message_thread_id=77)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (77, True)
    await group.close_topic(ekai, 77)
    closed = await bot.refused("sendMessage", **there, message_thread_id=77)
    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    assert "message_thread_id" not in await bot.do("sendMessage", **there), "General is open"
    await group.close_topic(ekai, 0)
    assert (await bot.refused("sendMessage", **there))["description"] == "Bad Request: TOPIC_CLOSED"
