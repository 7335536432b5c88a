"""Calls whose parameters are of another shape than Telegram takes are refused in its words, not taken as something else."""

from __future__ import annotations

import aiohttp
import pytest

from bot.practice import bodies, limits

EKAI = 710000003


def send(**parameters):
    return "sendMessage", {"chat_id": EKAI, "text": "x", **parameters}


def under(button):
    return send(reply_markup={"inline_keyboard": [[button]]})


def marked(entity):
    return send(entities=[entity])


def commands(*given):
    return "setMyCommands", {"commands": list(given)}


def scoped(scope):
    return "setMyCommands", {"commands": [], "scope": scope}


MARK = {"type": "bold", "offset": 0, "length": 1}
PLAN = {"command": "plan", "description": "The plan"}
INLINE = "can't parse inline keyboard button: "
COMMAND = "can't parse BotCommand: "
ENTITY = "can't parse MessageEntity: "

CASES = [
    pytest.param(*send(parse_mode="MarkdownV2"), "this local Telegram reads parse_mode HTML only", id="Markdown"),
    pytest.param(*send(link_preview_options=[1]), "object expected as link preview options", id="previews: a list"),
    pytest.param(*send(reply_parameters=[1]), "object expected as reply parameters", id="reply: a list"),
    pytest.param(*send(entities="{"), "can't parse MessageEntity JSON object", id="entities: broken JSON"),
    pytest.param(*send(entities={"type": "bold"}), "expected an Array of MessageEntity", id="entities: an object"),
    pytest.param(*send(entities=["bold"]), f"{ENTITY}expected an Object", id="entity: a word"),
    pytest.param(
        *marked({"type": "bold", "offset": 0}), f'{ENTITY}Can\'t find field "length"', id="entity: no length"
    ),
    pytest.param(
        *marked({**MARK, "type": 1}), f'{ENTITY}Field "type" must be of type String', id="entity: kind by number"
    ),
    pytest.param(
        *marked({**MARK, "offset": "0"}), f'{ENTITY}Field "offset" must be of type Number', id="entity: place in words"
    ),
    pytest.param(*under("Go"), f"{INLINE}InlineKeyboardButton must be an Object", id="button: a word"),
    pytest.param(
        *under({"text": "Go", "callback_data": 1}),
        f'{INLINE}Field "callback_data" must be of type String',
        id="button: data by number",
    ),
    pytest.param(
        *under({"text": "Go", "url": 1}), f'{INLINE}Field "url" must be of type String', id="button: address by number"
    ),
    pytest.param(
        *under({"text": 1, "callback_data": "go"}),
        f'{INLINE}Field "text" must be of type String',
        id="button: text by number",
    ),
    pytest.param(
        *under({"text": "Go", "url": "ftp://example.org/a"}),
        "inline keyboard button URL 'ftp://example.org/a' is invalid: Wrong HTTP URL",
        id="button: address of another kind",
    ),
    pytest.param(
        *send(reply_markup={"keyboard": [[1]]}),
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
        id="key: a number",
    ),
    pytest.param("sendMediaGroup", {"chat_id": EKAI, "media": {}}, "expected an Array of InputMedia", id="album: an object"),
    pytest.param(
        "sendMediaGroup",
        {"chat_id": EKAI, "media": [{"type": "voice", "media": "a"}, {"type": "voice", "media": "b"}]},
        "can't parse InputMedia: type of the media is unsupported",
        id="album: of voices",
    ),
    pytest.param(
        "sendDocument",
        {"chat_id": EKAI, "document": "attach://nothing"},
        "there is no document in the request",
        id="file: attached, but not there",
    ),
    pytest.param(
        "deleteMessages", {"chat_id": EKAI, "message_ids": 1}, "expected an Array of message identifiers", id="delete: one"
    ),
    pytest.param("getChat", {}, "chat_id is empty", id="chat: none"),
    pytest.param("setMyCommands", {"commands": {"plan": "x"}}, "expected an Array of BotCommand", id="commands: an object"),
    pytest.param(*commands(*[PLAN] * 101), "BOT_COMMANDS_TOO_MUCH", id="commands: 101"),
    pytest.param(*commands("plan"), f"{COMMAND}expected an Object", id="command: a word"),
    pytest.param(
        *commands({"command": "plan"}), f'{COMMAND}Can\'t find field "description"', id="command: half of it"
    ),
    pytest.param(
        *commands({**PLAN, "command": 1}), f'{COMMAND}Field "command" must be of type String', id="command: a number"
    ),
    pytest.param(
        *commands({**PLAN, "description": "x" * 257}), "command description length must not exceed 256", id="command: a novel"
    ),
    pytest.param(
        *scoped([]), "can't parse BotCommandScope: BotCommandScope must be an Object", id="scope: a list"
    ),
    pytest.param(
        *scoped({"type": "chat"}), "can't parse BotCommandScope: Empty chat_id specified", id="scope: of no chat"
    ),
    pytest.param(*scoped({"type": "chat", "chat_id": 5}), "chat not found", id="scope: a stranger's chat"),
    pytest.param(
        "setMyCommands", {"commands": [], "language_code": "english"}, "invalid language code specified", id="language: in full"
    ),
    pytest.param("setMyName", {"name": "x" * 65}, "name is too long", id="name: too long"),
    pytest.param(
        "setMyShortDescription",
        {"short_description": "x" * 121},
        "short description is too long",
        id="short description: too long",
    ),
    pytest.param(
        "setChatMenuButton",
        {"menu_button": ["commands"]},
        "can't parse menu button: MenuButton must be an Object",
        id="menu button: a list",
    ),
    pytest.param(
        "setWebhook",
        {"url": "https://example.org/hook"},
        "bad webhook: Failed to resolve host: Name or service not known",
        id="webhook: elsewhere",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "parameters", "description"), CASES)
async def test_another_shape_is_refused(bot, ekai, method, parameters, description):
    before = await ekai.messages()
    answer = await bot.refused(method, **parameters)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {description}")
    assert await ekai.messages() == before


TAKEN = [
    pytest.param({"reply_markup": ""}, {}, id="a keyboard that says nothing"),
    pytest.param({"reply_markup": {"remove_keyboard": False}}, {}, id="a keyboard that is not to go"),
    pytest.param({"entities": [MARK]}, {"entities": [MARK]}, id="entities beside the text"),
    pytest.param({"protect_content": True}, {"has_protected_content": True}, id="nothing to be sent on"),
    pytest.param(
        {"reply_markup": {"inline_keyboard": [[{"text": "Ask", "url": "tg://resolve?domain=x"}]]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "Ask", "url": "tg://resolve?domain=x"}]]}},
        id="a button into Telegram itself",
    ),
]


@pytest.mark.parametrize(("parameters", "fields"), TAKEN)
async def test_odd_but_right_shapes_are_taken(bot, ekai, parameters, fields):
    sent = await bot.do("sendMessage", chat_id=EKAI, text="x", **parameters)
    plain = {"message_id", "chat", "from", "date", "text"}
    assert {key: value for key, value in sent.items() if key not in plain} == fields


async def test_no_commands_are_an_empty_list(bot):
    await bot.do("setMyCommands", commands=[PLAN])
    await bot.do("setMyCommands")
    assert await bot.do("getMyCommands") == []


async def test_a_name_that_is_taken_back_is_the_first_one_again(bot):
    first = (await bot.do("getMyName"))["name"]
    await bot.do("setMyName", name="Practice")
    assert (await bot.do("getMyName"))["name"] == "Practice"
    await bot.do("setMyName", name="")
    assert (await bot.do("getMyName"))["name"] == first


async def test_a_webhook_without_an_address_is_none(bot):
    await bot.do("setWebhook", url="http://127.0.0.1:9/hook", allowed_updates=["message"])
    told = await bot.do("getWebhookInfo")
    assert (told["url"], told["allowed_updates"]) == ("http://127.0.0.1:9/hook", ["message"])
    assert "last_error_date" not in told, "nothing was to be delivered yet"
    await bot.do("setWebhook", url="")
    assert (await bot.do("getWebhookInfo"))["url"] == ""
    assert await bot.updates() == []


# --- bodies ------------------------------------------------------------------------------------------


async def answered(session, url, **given):
    async with session.post(url, **given) as response:
        return response.status, await response.json()


async def test_an_empty_body_of_json_asks_for_nothing_more(bot, session):
    status, answer = await answered(
        session, f"{bot.url}/bot{bot.token}/getMe", data=b" ", headers={"Content-Type": "application/json"}
    )
    assert (status, answer["ok"]) == (200, True)


async def test_a_part_without_a_name_is_refused(bot, session):
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    status, answer = await answered(session, f"{bot.url}/bot{bot.token}/getMe", data=body, headers=headers)
    assert (status, answer["description"]) == (400, "Bad Request: can't parse multipart body")


def announced(size: int) -> aiohttp.FormData:
    """A file whose length is told beforehand."""
    form = aiohttp.FormData({"chat_id": str(EKAI)})
    form.add_field("document", b"x" * size, filename="a.bin")
    return form


async def streamed(size: int):
    """The same in pieces, of which nobody tells how many come."""
    yield b'--x\r\nContent-Disposition: form-data; name="document"; filename="a.bin"\r\n\r\n'
    for _ in range(size // 1000):
        yield b"x" * 1000
    yield b"\r\n--x--\r\n"


@pytest.mark.parametrize("way", ["announced", "in pieces"])
async def test_more_than_a_request_may_hold_is_refused(bot, ekai, session, monkeypatch, way):
    monkeypatch.setattr(bodies, "REQUEST_BYTES", 10_000)
    given = (
        {"data": announced(20_000)}
        if way == "announced"
        else {"data": streamed(20_000), "headers": {"Content-Type": "multipart/form-data; boundary=x"}}
    )
    status, answer = await answered(session, f"{bot.url}/bot{bot.token}/sendDocument", **given)
    assert (status, answer["error_code"], answer["description"]) == (413, 413, "Request Entity Too Large")
    assert len(await ekai.messages()) == 1


def test_the_biggest_file_fits_a_request():
    assert bodies.REQUEST_BYTES > limits.UPLOAD_BYTES
