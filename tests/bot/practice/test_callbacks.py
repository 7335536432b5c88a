"""A button's life: tapped, told to the bot, answered in time or too late."""

from __future__ import annotations

import pytest

from bot.practice import people

EKAI = 710000003


@pytest.fixture
async def question(bot, ekai):
    markup = {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "y", "style": "success"}, {"text": "No", "callback_data": "n"}],
            [{"text": "Guide", "url": "https://example.org/guide"}],
        ]
    }
    return await bot.do("sendMessage", chat_id=EKAI, text="Is there a generator?", reply_markup=markup)


@pytest.mark.parametrize("button", [pytest.param("Yes", id="by text"), pytest.param("y", id="by data")])
async def test_a_tap_reaches_the_bot_and_its_answer_the_person(bot, ekai, question, button):
    await ekai.tap(button)
    [update] = await bot.updates()
    query = update["callback_query"]
    assert query["data"] == "y"
    assert query["from"]["id"] == EKAI
    assert query["message"] == question
    assert query["chat_instance"]
    await bot.do("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)
    answer = await ekai.wait_for_answer()
    assert (answer["text"], answer["show_alert"]) == ("Noted", True)


async def test_an_answer_comes_too_late(bot, ekai, question, telegram):
    query = await ekai.tap("Yes")
    await telegram.forward(16)
    refused = await bot.refused("answerCallbackQuery", callback_query_id=query["callback_query_id"])
    assert refused["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_an_answer_has_a_longest_text(bot, ekai, question):
    query = await ekai.tap("Yes")
    refused = await bot.refused(
        "answerCallbackQuery", callback_query_id=query["callback_query_id"], text="x" * 201
    )
    assert refused["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_url_button_tells_the_bot_nothing(bot, ekai, question):
    assert await ekai.tap("Guide") == {"url": "https://example.org/guide"}
    assert await bot.updates() == []


async def test_a_button_that_is_not_there_cannot_be_tapped_but_its_data_can_be_forged(bot, ekai, question):
    with pytest.raises(people.ActFailed, match="Maybe"):
        await ekai.tap("Maybe", message=question)
    with pytest.raises(people.ActFailed):
        await ekai.tap("Maybe")
    await ekai.forge(question, "admin")
    [update] = await bot.updates()
    assert update["callback_query"]["data"] == "admin"


async def test_an_edit_is_seen_by_the_person(bot, ekai, question):
    await ekai.tap("No")
    await bot.do("editMessageText", chat_id=EKAI, message_id=question["message_id"], text="No generator.")
    edited = await ekai.wait_for("No generator.")
    assert edited["message_id"] == question["message_id"]
    assert "reply_markup" not in edited
    assert "edit_date" in edited


async def test_waiting_in_vain_says_what_the_chat_shows(ekai, question):
    await ekai.say("hello")
    with pytest.raises(people.NothingCame, match="hello"):
        await ekai.wait_for("never", timeout=0.05)
