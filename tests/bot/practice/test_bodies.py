"""The same call in every form the Bot API takes."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from aiohttp import base_protocol, test_utils

from bot.practice import bodies, errors

EKAI = 710000003
MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
FIELDS = {"chat_id": str(EKAI), "text": "1 & 2 = é🌍", "reply_markup": json.dumps(MARKUP)}


def multipart() -> aiohttp.FormData:
    form = aiohttp.FormData(FIELDS)
    form._is_multipart = True
    return form


FORMS = [
    pytest.param(
        "POST", {"json": {"chat_id": EKAI, "text": FIELDS["text"], "reply_markup": MARKUP}}, id="JSON"
    ),
    pytest.param("POST", {"json": FIELDS}, id="JSON with strings"),
    pytest.param("POST", {"data": FIELDS}, id="urlencoded"),
    pytest.param("POST", {"data": multipart}, id="multipart"),
    pytest.param("GET", {"params": FIELDS}, id="address"),
    pytest.param("POST", {"params": FIELDS}, id="address of a POST"),
]


@pytest.mark.parametrize(("method", "body"), FORMS)
async def test_every_form_says_the_same(bot, ekai, session, method, body):
    given = {name: value() if callable(value) else value for name, value in body.items()}
    async with session.request(method, f"{bot.url}/bot{bot.token}/sendMessage", **given) as response:
        answer = await response.json()
    assert answer["ok"], answer
    assert answer["result"]["text"] == FIELDS["text"]
    assert answer["result"]["reply_markup"] == MARKUP


BAD = [
    pytest.param(b"{", "Bad Request: can't parse JSON object", id="broken"),
    pytest.param(b"[1]", "Bad Request: object expected", id="a list"),
]


@pytest.mark.parametrize(("body", "description"), BAD)
async def test_bad_json_is_refused(bot, session, body, description):
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{bot.url}/bot{bot.token}/getMe", data=body, headers=headers) as response:
        assert (response.status, (await response.json())["description"]) == (400, description)


async def test_a_bot_that_is_ended_while_it_sends_is_no_fault_of_the_local_telegram():
    loop = asyncio.get_running_loop()
    sent = aiohttp.StreamReader(base_protocol.BaseProtocol(loop), 2**16, loop=loop)
    sent.feed_data(b'--cut\r\nContent-Disposition: form-data; name="document"; filename="a"\r\n\r\nhal')
    sent.set_exception(ConnectionResetError("Connection lost"))
    headers = {"Content-Type": "multipart/form-data; boundary=cut"}
    request = test_utils.make_mocked_request("POST", "/", headers=headers, payload=sent)
    with pytest.raises(errors.Refusal, match="cut off"):
        await bodies.read(request)


async def test_other_verbs_are_not_allowed(bot, session):
    async with session.delete(f"{bot.url}/bot{bot.token}/getMe") as response:
        assert (await response.json())["error_code"] == 405


async def test_reply_markup_and_other_fields_have_their_real_shape(bot, ekai):
    sent = await bot.do("sendMessage", chat_id=EKAI, text="<b>Hi</b>", parse_mode="HTML")
    assert sent["chat"]["type"] == "private"
    assert sent["from"]["is_bot"] is True
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    reply = await bot.do(
        "sendMessage", chat_id=EKAI, text="x", reply_parameters={"message_id": sent["message_id"]}
    )
    assert reply["reply_to_message"]["text"] == "Hi"
    assert reply["message_id"] == sent["message_id"] + 1
    await ekai.say("Hello")
    [update] = await bot.updates()
    sender = update["message"]["from"]
    assert (sender["id"], sender["first_name"], sender["language_code"]) == (EKAI, "Ekai", "en")


async def test_reply_keyboards_stand_until_removed_or_used_once(bot, ekai):
    yes_no = {"keyboard": [["Yes", {"text": "Here", "request_location": True}]], "resize_keyboard": True}
    sent = await bot.do("sendMessage", chat_id=EKAI, text="?", reply_markup=yes_no)
    assert "reply_markup" not in sent
    assert (await ekai.chat())["reply_keyboard"]["keyboard"] == [[{"text": "Yes"}, yes_no["keyboard"][0][1]]]
    await ekai.say("Yes")
    assert (await ekai.chat())["reply_keyboard"] is not None
    await bot.do("sendMessage", chat_id=EKAI, text="!", reply_markup={"remove_keyboard": True})
    assert (await ekai.chat())["reply_keyboard"] is None
    await bot.do("sendMessage", chat_id=EKAI, text="?", reply_markup={**yes_no, "one_time_keyboard": True})
    await ekai.say("Yes")
    assert (await ekai.chat())["reply_keyboard"] is None
    await bot.do("sendMessage", chat_id=EKAI, text="?", reply_markup={"force_reply": True})
    assert (await ekai.chat())["reply_keyboard"] == {"force_reply": True}
