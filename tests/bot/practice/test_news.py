"""News of what happens, live and waited for; and who may ask for it."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from bot.practice import people, server

EKAI = 710000003


async def stream(response: aiohttp.ClientResponse, count: int) -> list[dict]:
    events = []
    async for line in response.content:
        if line.startswith(b"data: "):
            events.append(json.loads(line[6:]))
            if len(events) == count:
                break
    return events


async def test_the_stream_tells_live_and_after_a_break(bot, ekai, session):
    async with session.get(f"{bot.url}/practice/events") as response:
        assert response.content_type == "text/event-stream"
        await response.content.readline()
        await bot.do("sendChatAction", chat_id=EKAI, action="typing")
        await bot.do("sendMessage", chat_id=EKAI, text="x")
        action, message = await stream(response, 2)
    assert (action["kind"], action["action"], action["seconds"]) == ("action", "typing", 5)
    assert (message["kind"], message["person"], message["message"]["text"]) == ("message", EKAI, "x")
    headers = {"Last-Event-ID": str(action["number"])}
    async with session.get(f"{bot.url}/practice/events", headers=headers) as response:
        assert await stream(response, 1) == [message]


async def test_wait_answers_when_something_comes_for_this_person(bot, ekai, telegram):
    mwende = (await telegram.people())["Mwende"]
    last = (await telegram.get("/practice/people"))["last"]
    waiting = asyncio.create_task(telegram.get("/practice/wait", person=EKAI, since=last))
    await mwende.start()
    await bot.do("sendMessage", chat_id=EKAI, text="for Ekai")
    news = await waiting
    assert [event["message"]["text"] for event in news["events"]] == ["for Ekai"]
    assert news["last"] == news["events"][-1]["number"]


async def test_wait_comes_back_empty_after_its_time(bot, telegram):
    last = (await telegram.get("/practice/people"))["last"]
    assert (await telegram.get("/practice/wait", since=last, timeout=0))["events"] == []


async def test_an_action_is_shown_for_a_while_and_ends_with_a_message(bot, ekai, telegram):
    await bot.do("sendChatAction", chat_id=EKAI, action="upload_document")
    assert (await ekai.chat())["action"] == "upload_document"
    await telegram.forward(5.1)
    assert (await ekai.chat())["action"] == ""
    await bot.do("sendChatAction", chat_id=EKAI, action="typing")
    await bot.do("sendMessage", chat_id=EKAI, text="x")
    assert (await ekai.chat())["action"] == ""


async def test_messages_newer_than_an_event(bot, ekai, telegram):
    sent = await bot.do("sendMessage", chat_id=EKAI, text="one")
    since = (await telegram.get("/practice/people"))["last"]
    await bot.do("editMessageText", chat_id=EKAI, message_id=sent["message_id"], text="two")
    found = await telegram.get(f"/practice/people/{EKAI}/messages", since=since)
    assert [message["text"] for message in found["messages"]] == ["two"]


async def test_people_can_be_added_and_chat_at_once(bot, telegram):
    added = await telegram.add_person("Naliaka", about="Head of IT", language_code="sw")
    await added.start("inv_7")
    [update] = await bot.updates()
    assert update["message"]["text"] == "/start inv_7"
    assert update["message"]["from"]["language_code"] == "sw"
    assert "Naliaka" in await telegram.people()
    with pytest.raises(people.ActFailed, match="first name"):
        await telegram.add_person(" ")


ODD = [
    pytest.param("start", {"payload": "a b"}, "START_PARAM_INVALID", id="payload with a space"),
    pytest.param("start", {"payload": "x" * 65}, "START_PARAM_INVALID", id="long payload"),
    pytest.param("text", {"text": " "}, "message text is empty", id="nothing said"),
    pytest.param("text", {"text": "x" * 4097}, "message is too long", id="too much said"),
    pytest.param("tap", {"message_id": 99, "data": "x"}, "message not found", id="tap on nothing"),
    pytest.param("tap", {"data": "x"}, "message_id must be a whole number", id="tap on what"),
    pytest.param("location", {"latitude": "x", "longitude": 1}, "latitude must be a number", id="no number"),
    pytest.param("location", {"latitude": 91, "longitude": 1}, "wrong coordinates specified", id="no place"),
    pytest.param(
        "edit", {"message_id": 2, "text": "x"}, "message can't be edited", id="edit the bot's words"
    ),
    pytest.param("edit", {"message_id": 99, "text": "x"}, "message to edit not found", id="edit nothing"),
    pytest.param("edit", {"message_id": 1, "text": " "}, "message text is empty", id="edit all words away"),
    pytest.param(
        "text", {"text": "x", "reply_to": 99}, "message to be replied not found", id="reply to nothing"
    ),
    pytest.param("file", {}, "there is no document, photo, video or voice in the request", id="no file"),
]


@pytest.mark.parametrize(("act", "given", "description"), ODD)
async def test_people_cannot_do_what_apps_do_not_let_them(bot, ekai, telegram, act, given, description):
    await bot.do("sendMessage", chat_id=EKAI, text="x")
    with pytest.raises(people.ActFailed, match=f"Bad Request: {description}"):
        await telegram.act(f"/practice/people/{EKAI}/{act}", json=given)
    assert await bot.updates() == []


async def test_who_blocked_the_bot_cannot_write_to_it_and_blocks_once(bot, ekai):
    await ekai.block()
    await ekai.block()
    with pytest.raises(people.ActFailed, match="unblock the bot first"):
        await ekai.say("x")
    [update] = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_button_of_another_kind_does_nothing_here(bot, ekai):
    copies = {"text": "Copy", "copy_text": {"text": "x"}}
    await bot.do("sendMessage", chat_id=EKAI, text="?", reply_markup={"inline_keyboard": [[copies]]})
    with pytest.raises(people.ActFailed, match="this button does nothing in the local Telegram"):
        await ekai.tap("Copy")
    assert await bot.updates() == []


async def test_location_and_contact(bot, ekai):
    await ekai.send_location(3.1191, 35.5973)
    await ekai.send_contact()
    place, contact = await bot.updates()
    assert place["message"]["location"] == {"latitude": 3.1191, "longitude": 35.5973}
    assert contact["message"]["contact"]["user_id"] == EKAI


async def test_no_bot_and_no_such_person(telegram, running):
    with pytest.raises(people.ActFailed, match="no bot has connected yet"):
        await telegram.person(EKAI).start()
    with pytest.raises(people.ActFailed, match="no such person"):
        await telegram.person(5).messages()
    nobody = telegram.person(EKAI)
    assert await nobody.messages() == []
    assert (await nobody.chat())["started"] is False
    with pytest.raises(people.NothingCame):
        await nobody.last_message()


async def test_the_stream_ends_with_the_server(session):
    up = await server.serve(0)
    async with session.get(f"{up.url}/practice/events") as response:
        assert await response.content.readline() == b": welcome\n"
        await up.close()
        assert b"data:" not in await response.content.read()


async def test_a_connection_is_opened_before_it_is_used(running):
    with pytest.raises(RuntimeError, match="async context manager"):
        await people.Telegram(running.url).people()


FOREIGN = [
    pytest.param({"Host": "evil.example"}, "/practice/people", id="another host's name"),
    pytest.param({"Origin": "https://evil.example"}, "/practice/reset", id="another site's script"),
    pytest.param({"Origin": "null"}, "/practice/reset", id="a page without origin"),
    pytest.param({"Sec-Fetch-Site": "cross-site"}, "/practice/people", id="another site's picture"),
    pytest.param({"Origin": "https://evil.example"}, "/bot1:x/getUpdates", id="another site at the Bot API"),
]


@pytest.mark.parametrize(("headers", "path"), FOREIGN)
async def test_other_sites_are_kept_out(bot, session, headers, path):
    async with session.post(bot.url + path, headers=headers, json={}) as response:
        assert response.status == 403
    async with session.post(bot.url + "/practice/reset", headers={"Origin": bot.url}, json={}) as response:
        assert response.status == 200


async def test_a_link_from_elsewhere_may_open_the_page_only(bot, session):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with session.get(f"{bot.url}/", headers=headers) as response:
        assert response.status == 200
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    async with session.get(f"{bot.url}/practice/people", headers=headers) as response:
        assert response.status == 403


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        pytest.param("/", 200, "text/html; charset=utf-8", id="the page"),
        pytest.param("/page/app.js", 200, "text/javascript; charset=utf-8", id="its script"),
        pytest.param("/practice/people", 200, "application/json; charset=utf-8", id="what it asks for"),
        pytest.param("/bot1:x/getMe", 401, "application/json; charset=utf-8", id="the Bot API"),
        pytest.param("/nothing", 404, "text/plain; charset=utf-8", id="what is not there"),
    ],
)
async def test_every_answer_tells_a_browser_what_it_is_and_what_it_may_do(bot, session, path, status, kind):
    async with session.get(bot.url + path) as response:
        told = response.headers
    assert (response.status, told["Content-Type"]) == (status, kind)
    allowed = {part.strip() for part in told["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= allowed
    assert not any("unsafe" in part or "*" in part for part in allowed)
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert [name for name in told if name.startswith("Access-Control-")] == [], "no other site reads it"


@pytest.mark.parametrize("name", ["..%2fserver.py", "people.json", "nothing.js"])
async def test_only_page_files_are_served(bot, session, name):
    async with session.get(f"{bot.url}/page/{name}") as response:
        assert response.status == 404
