"""The local Telegram refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import aiohttp
import pytest

EKAI = 710000003
MWENDE = 710000004
KEY = {"text": "Go", "callback_data": "go"}


def keyboard(*rows):
    return {"inline_keyboard": list(rows)}


def command(name, description="What it does"):
    return {"command": name, "description": description}


# Each row: method, parameters, code, description. The chat holds message 1 (Ekai's /start), 2 (a text of the
# bot with a keyboard) and 3 (a document of the bot).
CASES = [
    pytest.param("sendMessage", {"text": "x"}, 400, "chat_id is empty", id="no chat"),
    pytest.param("sendMessage", {"chat_id": 5, "text": "x"}, 400, "chat not found", id="stranger"),
    pytest.param("sendMessage", {"chat_id": "@x", "text": "x"}, 400, "chat not found", id="chat by name"),
    pytest.param("sendMessage", {"chat_id": EKAI}, 400, "message text is empty", id="no text"),
    pytest.param(
        "sendMessage", {"chat_id": EKAI, "text": " \n"}, 400, "message text is empty", id="only space"
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "<b></b>", "parse_mode": "HTML"},
        400,
        "message text is empty",
        id="only markup",
    ),
    pytest.param(
        "sendMessage", {"chat_id": EKAI, "text": "x" * 4097}, 400, "message is too long", id="too long"
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "🌍" * 2049},
        400,
        "message is too long",
        id="too long in UTF-16",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "<p>x</p>", "parse_mode": "HTML"},
        400,
        'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        id="unknown tag",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "parse_mode": "BB"},
        400,
        "unsupported parse_mode",
        id="parse mode",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_parameters": {"message_id": 99}},
        400,
        "message to be replied not found",
        id="reply to nothing",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": "{"},
        400,
        "can't parse reply keyboard markup JSON object",
        id="broken keyboard JSON",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": "[]"},
        400,
        "object expected as reply markup",
        id="keyboard is a list",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": {"inline_keyboard": [KEY]}},
        400,
        'field "inline_keyboard" must be an Array of Arrays',
        id="row missing",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"text": "Go", "callback_data": "x" * 65}])},
        400,
        "BUTTON_DATA_INVALID",
        id="65 bytes of data",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"text": "Go", "callback_data": "é" * 33}])},
        400,
        "BUTTON_DATA_INVALID",
        id="data counted in bytes",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"text": "Go", "callback_data": ""}])},
        400,
        "BUTTON_DATA_INVALID",
        id="empty data",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"text": "Go"}])},
        400,
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        id="button that does nothing",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"callback_data": "x"}])},
        400,
        "can't parse inline keyboard button: Can't find field \"text\"",
        id="button without text",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{"text": " ", "callback_data": "x"}])},
        400,
        "inline keyboard button text must be non-empty",
        id="button with blank text",
    ),
    pytest.param(
        "sendMessage",
        {
            "chat_id": EKAI,
            "text": "x",
            "reply_markup": keyboard([{"text": "Go", "url": "http://localhost:8080"}]),
        },
        400,
        "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
        id="button to localhost",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([{**KEY, "style": "pink"}])},
        400,
        "can't parse inline keyboard button: invalid button style specified",
        id="unknown style",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard(*[[KEY]] * 101)},
        400,
        "reply markup is too long",
        id="101 buttons",
    ),
    pytest.param(
        "sendMessage",
        {"chat_id": EKAI, "text": "x", "reply_markup": keyboard([KEY] * 9)},
        400,
        "reply markup is too long",
        id="9 in a row",
    ),
    pytest.param(
        "editMessageText",
        {"chat_id": EKAI, "text": "x"},
        400,
        "message identifier is not specified",
        id="edit what",
    ),
    pytest.param(
        "editMessageText",
        {"chat_id": EKAI, "message_id": 99, "text": "x"},
        400,
        "message to edit not found",
        id="edit nothing",
    ),
    pytest.param(
        "editMessageText",
        {"chat_id": EKAI, "message_id": 1, "text": "x"},
        400,
        "message can't be edited",
        id="edit another's",
    ),
    pytest.param(
        "editMessageText",
        {"chat_id": EKAI, "message_id": 3, "text": "x"},
        400,
        "there is no text in the message to edit",
        id="text of a document",
    ),
    pytest.param(
        "editMessageText",
        {"chat_id": EKAI, "message_id": 2, "text": "Which?", "reply_markup": keyboard([KEY])},
        400,
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
        id="same text and keyboard",
    ),
    pytest.param(
        "editMessageReplyMarkup",
        {"chat_id": EKAI, "message_id": 2, "reply_markup": keyboard([KEY])},
        400,
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
        id="same keyboard",
    ),
    pytest.param(
        "editMessageReplyMarkup",
        {"chat_id": EKAI, "message_id": 2, "reply_markup": {"keyboard": [["Yes"]]}},
        400,
        "inline keyboard expected",
        id="reply keyboard on an edit",
    ),
    pytest.param(
        "editMessageCaption",
        {"chat_id": EKAI, "message_id": 2, "caption": "x"},
        400,
        "there is no caption in the message to edit",
        id="caption of a text",
    ),
    pytest.param(
        "editMessageCaption",
        {"chat_id": EKAI, "message_id": 3, "caption": "x" * 1025},
        400,
        "message caption is too long",
        id="long caption",
    ),
    pytest.param(
        "deleteMessage",
        {"chat_id": EKAI, "message_id": 99},
        400,
        "message to delete not found",
        id="delete nothing",
    ),
    pytest.param(
        "deleteMessages", {"chat_id": EKAI}, 400, "message identifiers are not specified", id="delete which"
    ),
    pytest.param(
        "deleteMessages",
        {"chat_id": EKAI, "message_ids": list(range(1, 102))},
        400,
        "too many message identifiers specified",
        id="delete 101",
    ),
    pytest.param(
        "sendDocument", {"chat_id": EKAI}, 400, "there is no document in the request", id="no document"
    ),
    pytest.param(
        "sendDocument",
        {"chat_id": EKAI, "document": "https://example.org/a.pdf"},
        400,
        "failed to get HTTP URL content",
        id="file elsewhere",
    ),
    pytest.param(
        "sendDocument",
        {"chat_id": EKAI, "document": "AAAA"},
        400,
        "wrong remote file identifier specified: can't unserialize it. Wrong string length",
        id="unknown file",
    ),
    pytest.param("getFile", {}, 400, "file_id not specified", id="get no file"),
    pytest.param("getFile", {"file_id": "AAAA"}, 400, "invalid file_id", id="get unknown file"),
    pytest.param(
        "sendLocation", {"chat_id": EKAI, "longitude": 1}, 400, "latitude is empty", id="half a place"
    ),
    pytest.param(
        "sendLocation",
        {"chat_id": EKAI, "latitude": 91, "longitude": 1},
        400,
        "wrong coordinates specified",
        id="no place on earth",
    ),
    pytest.param(
        "sendChatAction",
        {"chat_id": EKAI, "action": "sleeping"},
        400,
        "wrong parameter action in request",
        id="unknown action",
    ),
    pytest.param(
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        400,
        "query is too old and response timeout expired or query ID is invalid",
        id="answer to nothing",
    ),
    pytest.param("getChat", {"chat_id": MWENDE}, 400, "chat not found", id="chat not started"),
    pytest.param(
        "setMyCommands", {"commands": [command("Plan")]}, 400, "BOT_COMMAND_INVALID", id="capital letter"
    ),
    pytest.param(
        "setMyCommands", {"commands": [command("")]}, 400, "command must be non-empty", id="empty command"
    ),
    pytest.param(
        "setMyCommands",
        {"commands": [command("x" * 33)]},
        400,
        "command length must not exceed 32",
        id="long command",
    ),
    pytest.param(
        "setMyCommands",
        {"commands": [command("plan", " ")]},
        400,
        "command description must be non-empty",
        id="command without description",
    ),
    pytest.param(
        "setMyCommands",
        {"commands": [command("plan")], "scope": {"type": "planet"}},
        400,
        "can't parse BotCommandScope: Unsupported type specified",
        id="unknown scope",
    ),
    pytest.param(
        "setChatMenuButton",
        {"menu_button": {"type": "soup"}},
        400,
        "can't parse menu button: MenuButton has unsupported type",
        id="unknown menu button",
    ),
    pytest.param(
        "setWebhook",
        {"url": "http://example.org/hook"},
        400,
        "bad webhook: An HTTPS URL must be provided for webhook",
        id="plain webhook",
    ),
    pytest.param("setWebhook", {"url": "ftp://x"}, 400, "invalid webhook URL specified", id="odd webhook"),
    pytest.param(
        "setWebhook",
        {"url": "http://127.0.0.1:9/", "secret_token": "ü"},
        400,
        "secret token contains unallowed characters",
        id="odd secret",
    ),
    pytest.param(
        "setWebhook",
        {"url": "http://127.0.0.1:9/", "secret_token": "x" * 257},
        400,
        "secret token is too long",
        id="long secret",
    ),
]


@pytest.fixture
async def chat(bot, ekai, session):
    await bot.do("sendMessage", chat_id=EKAI, text="Which?", reply_markup=keyboard([KEY]))
    form = aiohttp.FormData({"chat_id": str(EKAI)})
    form.add_field("document", b"content", filename="plan.txt")
    async with session.post(f"{bot.url}/bot{bot.token}/sendDocument", data=form) as response:
        assert (await response.json())["result"]["message_id"] == 3


@pytest.mark.parametrize(("method", "parameters", "code", "description"), CASES)
async def test_refused_in_telegrams_words(bot, chat, ekai, method, parameters, code, description):
    before = await ekai.messages()
    answer = await bot.refused(method, **parameters)
    assert (answer["error_code"], answer["description"]) == (code, f"Bad Request: {description}")
    assert await ekai.messages() == before


ALLOWED = [
    pytest.param("sendMessage", {"text": "x" * 4096}, id="longest text"),
    pytest.param("sendMessage", {"text": "🌍" * 2048}, id="longest text in UTF-16"),
    pytest.param(
        "sendMessage",
        {"text": "&amp;" * 4096, "parse_mode": "HTML"},
        id="length counts after the markup is read",
    ),
    pytest.param(
        "sendMessage",
        {"text": "x", "reply_markup": keyboard([{"text": "Go", "callback_data": "é" * 32}])},
        id="64 bytes",
    ),
    pytest.param("sendMessage", {"text": "x", "reply_markup": keyboard(*[[KEY] * 8] * 12)}, id="96 buttons"),
    pytest.param(
        "sendMessage",
        {"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        id="reply that may miss",
    ),
    pytest.param("editMessageText", {"message_id": 2, "text": "Which?"}, id="same text, keyboard taken away"),
    pytest.param("editMessageCaption", {"message_id": 3, "caption": "x" * 1024}, id="longest caption"),
    pytest.param("editMessageReplyMarkup", {"message_id": 2}, id="keyboard taken away"),
    pytest.param("deleteMessage", {"message_id": 1}, id="a person's message"),
    pytest.param("deleteMessages", {"message_ids": [1, 2, 99]}, id="some are gone"),
]


@pytest.mark.parametrize(("method", "parameters"), ALLOWED)
async def test_the_limit_itself_is_allowed(bot, chat, method, parameters):
    await bot.do(method, chat_id=EKAI, **parameters)


async def test_old_messages_cannot_be_deleted(bot, chat, telegram):
    await telegram.forward(48 * 3600 + 1)
    answer = await bot.refused("deleteMessage", chat_id=EKAI, message_id=2)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("nonsense", id="malformed"),
        pytest.param("123456789:short", id="secret too short"),
        pytest.param("123456789:" + "B" * 35, id="another secret of a known bot"),
        pytest.param("", id="none"),
    ],
)
async def test_a_wrong_token_is_unauthorized(bot, token):
    bot.token = token
    answer = await bot.refused("getMe")
    assert (answer["error_code"], answer["description"]) == (401, "Unauthorized")


async def test_an_unknown_method_is_not_found_and_case_does_not_matter(bot):
    answer = await bot.refused("sendMessages")
    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")
    assert (await bot.do("GETME"))["is_bot"] is True


async def test_people_who_never_started_and_people_who_blocked_are_forbidden(bot, ekai):
    stranger = await bot.refused("sendMessage", chat_id=MWENDE, text="x")
    assert (stranger["error_code"], stranger["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    await ekai.block()
    blocked = await bot.refused("sendMessage", chat_id=EKAI, text="x")
    assert (blocked["error_code"], blocked["description"]) == (403, "Forbidden: bot was blocked by the user")
    await ekai.block(False)
    await bot.do("sendMessage", chat_id=EKAI, text="x")


async def test_blocking_is_told_to_the_bot(bot, ekai):
    await ekai.block()
    await ekai.start("back")
    kicked, member, start = await bot.updates()
    assert kicked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start back"


async def test_a_chat_takes_a_burst_and_then_one_message_a_second(bot, ekai, telegram):
    answers = [await bot.ask("sendMessage", chat_id=EKAI, text=str(number)) for number in range(30)]
    refused = next(answer for status, answer in answers if status == 429)
    assert refused["parameters"]["retry_after"] == 1
    assert refused["description"] == "Too Many Requests: retry after 1"
    await telegram.forward(1)
    await bot.do("sendMessage", chat_id=EKAI, text="after the wait")
    await telegram.faults(rate_limits=False)
    for number in range(30):
        await bot.do("sendMessage", chat_id=EKAI, text=str(number))


async def test_log_out_and_close_are_refused(bot):
    assert (await bot.refused("logOut"))["error_code"] == 400
    assert (await bot.refused("close"))["parameters"] == {"retry_after": 600}
