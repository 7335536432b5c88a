"""python-telegram-bot takes the local Telegram for Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import telegram as library
from telegram import error, ext

EKAI = 710000003
TOKEN = "123456789:" + "A" * 35
GIF = b"GIF89a\x05\x00\x07\x00;"


@pytest.fixture
async def real(running, bot, ekai, monkeypatch) -> AsyncIterator[library.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the library warns where it is not set
    async with library.Bot(
        TOKEN, base_url=f"{running.url}/bot", base_file_url=f"{running.url}/file/bot"
    ) as made:
        yield made


async def test_profile(real):
    assert (await real.get_me()).username == "groundwork_bot"
    assert await real.set_my_name("Groundwork practice")
    assert (await real.get_my_name()).name == "Groundwork practice"
    assert (await real.get_me()).first_name == "Groundwork practice"
    assert await real.set_my_description("Karibu", language_code="sw")
    assert (await real.get_my_description(language_code="sw")).description == "Karibu"
    assert (await real.get_my_description()).description == ""
    assert await real.set_my_short_description("Plans")
    assert (await real.get_my_short_description(language_code="sw")).short_description == "Plans"
    chat = await real.get_chat(EKAI)
    assert (chat.first_name, chat.type) == ("Ekai", "private")


async def test_commands_by_scope_and_language(real, telegram):
    mwende = (await telegram.people())["Mwende"]
    await mwende.start()
    await real.set_my_commands([("help", "Help")])
    await real.set_my_commands([("help", "Msaada")], language_code="sw")
    scope = library.BotCommandScopeChat(EKAI)
    await real.set_my_commands([("status", "Who answered")], scope=scope)
    assert [c.command for c in await real.get_my_commands(scope=scope)] == ["status"]
    assert [c["command"] for c in (await telegram.person(EKAI).chat())["commands"]] == ["status"]
    assert (await mwende.chat())["commands"] == [{"command": "help", "description": "Msaada"}]
    await real.delete_my_commands(scope=scope)
    assert await real.get_my_commands(scope=scope) == ()
    assert [c["command"] for c in (await telegram.person(EKAI).chat())["commands"]] == ["help"]
    assert await real.set_chat_menu_button(EKAI, library.MenuButtonCommands())
    assert (await real.get_chat_menu_button(EKAI)).type == "commands"


async def test_messages(real, ekai):
    button = library.InlineKeyboardButton("Go", callback_data="go", style="success")
    markup = library.InlineKeyboardMarkup([[button]])
    sent = await real.send_message(
        EKAI,
        "<b>Hi</b>",
        parse_mode="HTML",
        reply_markup=markup,
        disable_notification=True,
        link_preview_options=library.LinkPreviewOptions(is_disabled=True),
        reply_parameters=library.ReplyParameters(1),
    )
    assert sent.reply_markup == markup
    assert sent.reply_to_message.text == "/start"
    assert sent.link_preview_options.is_disabled
    assert sent.parse_entities() == {sent.entities[0]: "Hi"}
    edited = await real.edit_message_text("Bye", EKAI, sent.message_id)
    assert (edited.text, edited.reply_markup) == ("Bye", None)
    assert edited.edit_date
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await real.edit_message_text("Bye", EKAI, sent.message_id)
    assert (
        await real.edit_message_reply_markup(EKAI, sent.message_id, reply_markup=markup)
    ).reply_markup == markup
    assert await real.delete_message(EKAI, sent.message_id)
    keyboard = library.ReplyKeyboardMarkup([[library.KeyboardButton("Here", request_location=True)]])
    other = await real.send_message(EKAI, "Where?", reply_markup=keyboard)
    await real.send_message(EKAI, "Thanks", reply_markup=library.ReplyKeyboardRemove())
    await real.send_message(EKAI, "Why?", reply_markup=library.ForceReply())
    assert await real.delete_messages(EKAI, [other.message_id, 999])
    place = await real.send_location(EKAI, 3.1, 35.6)
    assert (place.location.latitude, place.location.longitude) == (3.1, 35.6)
    assert await real.send_chat_action(EKAI, "typing")


async def test_files(real):
    sent = await real.send_document(
        EKAI, b"plan", filename="plan.docx", caption="<i>v1</i>", parse_mode="HTML"
    )
    assert (sent.document.file_name, sent.caption) == ("plan.docx", "v1")
    file = await real.get_file(sent.document.file_id)
    assert await file.download_as_bytearray() == b"plan"
    assert (await real.edit_message_caption(EKAI, sent.message_id, caption="v2")).caption == "v2"
    assert (await real.send_photo(EKAI, GIF, filename="gantt.gif")).photo[0].height == 7
    assert (await real.send_voice(EKAI, b"OggS", duration=3)).voice.duration.total_seconds() == 3
    assert (await real.send_audio(EKAI, b"ID3", filename="a.mp3")).audio.file_name == "a.mp3"
    album = await real.send_media_group(EKAI, [library.InputMediaPhoto(GIF), library.InputMediaPhoto(GIF)])
    assert len(album) == 2


async def test_errors_arrive_as_the_librarys_own(real, ekai, telegram):
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await real.send_message(5, "x")
    await telegram.faults({"method": "sendMessage", "retry_after": 3, "times": 1})
    with pytest.raises(error.RetryAfter, match="0:00:03"):
        await real.send_message(EKAI, "x")
    await telegram.faults({"method": "sendMessage", "code": 502, "times": 1})
    with pytest.raises(error.NetworkError, match="Bad Gateway"):
        await real.send_message(EKAI, "x")
    await ekai.block()
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await real.send_message(EKAI, "x")
    with pytest.raises(error.RetryAfter):
        await real.close()
    with pytest.raises(error.BadRequest):
        await real.log_out()


async def test_updates_and_webhooks(real, ekai):
    await ekai.say("hello")
    [update] = await real.get_updates()
    assert update.message.text == "hello"
    assert await real.set_webhook("http://127.0.0.1:9/hook", secret_token="s", max_connections=5)
    info = await real.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == ("http://127.0.0.1:9/hook", 5, 1)
    with pytest.raises(error.Conflict):
        await real.get_updates()
    assert await real.delete_webhook(drop_pending_updates=True)
    assert await real.get_updates() == ()


async def test_a_whole_application_runs_on_it(running, telegram):
    async def greet(update: library.Update, context: ext.ContextTypes.DEFAULT_TYPE) -> None:
        button = library.InlineKeyboardButton("Go", callback_data="go")
        words = f"Hi {update.effective_user.first_name} {context.args}"
        await update.message.reply_text(words, reply_markup=library.InlineKeyboardMarkup([[button]]))

    async def went(update: library.Update, _: ext.ContextTypes.DEFAULT_TYPE) -> None:
        await update.callback_query.answer("Going")
        await update.callback_query.edit_message_text("Went")

    app = ext.Application.builder().token(TOKEN).base_url(f"{running.url}/bot").build()
    app.add_handler(ext.CommandHandler("start", greet))
    app.add_handler(ext.CallbackQueryHandler(went))
    async with app:
        await app.start()
        await app.updater.start_polling()
        ekai = telegram.person(EKAI)
        await ekai.start("inv_1")
        await ekai.wait_for("Hi Ekai ['inv_1']")
        await ekai.tap("Go")
        assert (await ekai.wait_for_answer())["text"] == "Going"
        await ekai.wait_for("Went")
        await app.updater.stop()
        await app.stop()
