"""The Bot API's methods, one module a concept, and the table that names them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.practice import errors
from bot.practice.methods import callbacks, calls, deleting, editing, identity, media, receiving, sending

Method = Callable[[calls.Call], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": identity.get_me,
    "logOut": identity.log_out,
    "close": identity.close,
    "getChat": identity.get_chat,
    "setMyName": identity.set_my_name,
    "getMyName": identity.get_my_name,
    "setMyDescription": identity.set_my_description,
    "getMyDescription": identity.get_my_description,
    "setMyShortDescription": identity.set_my_short_description,
    "getMyShortDescription": identity.get_my_short_description,
    "setMyCommands": identity.set_my_commands,
    "getMyCommands": identity.get_my_commands,
    "deleteMyCommands": identity.delete_my_commands,
    "setChatMenuButton": identity.set_chat_menu_button,
    "getChatMenuButton": identity.get_chat_menu_button,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "sendDocument": media.send_document,
    "sendPhoto": media.send_photo,
    "sendVoice": media.send_voice,
    "sendAudio": media.send_audio,
    "sendMediaGroup": media.send_media_group,
    "getFile": media.get_file,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
}
"""Every method this server offers, as the Bot API spells it."""

_BY_LOWER_CASE = {name.lower(): name for name in METHODS}


def proper_name(name: str) -> str:
    """The method as the Bot API spells it; Telegram does not mind upper and lower case."""
    try:
        return _BY_LOWER_CASE[name.lower()]
    except KeyError:
        raise errors.method_not_found() from None
