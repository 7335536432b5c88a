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
