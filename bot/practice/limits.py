"""Telegram's limits, each with its reason; lengths of text count UTF-16 code units, as Telegram does."""

from __future__ import annotations

from typing import Final

TEXT_LENGTH: Final = 4096
"""Longest text of a message after its markup is read."""

CAPTION_LENGTH: Final = 1024
"""Longest caption of a document or photo after its markup is read."""

ANSWER_LENGTH: Final = 200
"""Longest toast or alert shown in answer to a tapped button, in characters."""

CALLBACK_DATA_BYTES: Final = 64
"""A button's data are kept by Telegram with the message, hence so short."""

KEYBOARD_BUTTONS: Final = 100
"""Buttons in one inline keyboard; clients show no more."""

ROW_BUTTONS: Final = 8
"""Buttons in one row; clients show no more, so more is refused here rather than lost on a phone."""

START_PAYLOAD_LENGTH: Final = 64
"""Longest payload of a t.me/bot?start= link, of A-Z a-z 0-9 _ and -."""

UPLOAD_BYTES: Final = 50 * 1024 * 1024
"""Biggest file a bot may send through the Bot API."""

DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
"""Biggest file a bot may fetch through the Bot API."""

PHOTO_BYTES: Final = 10 * 1024 * 1024
"""Biggest picture that may go as a photo (bigger ones go as documents)."""

PHOTO_SIDES: Final = 10_000
"""A photo's width and height together, in pixels."""

PHOTO_RATIO: Final = 20
"""A photo's longer side by its shorter one."""

ALBUM_ITEMS: Final = (2, 10)
"""Fewest and most items of a media group."""

COMMANDS: Final = 100
"""Commands in one list."""

COMMAND_LENGTH: Final = 32
"""Characters of a command's name."""

COMMAND_DESCRIPTION_LENGTH: Final = 256
"""Characters of a command's description."""

BOT_NAME_LENGTH: Final = 64
"""Characters of the bot's name."""

BOT_DESCRIPTION_LENGTH: Final = 512
"""Characters of the text an empty chat shows."""

BOT_SHORT_DESCRIPTION_LENGTH: Final = 120
"""Characters of the text the bot's profile shows."""

UPDATES_AT_ONCE: Final = 100
"""Updates in one answer to getUpdates."""

POLL_SECONDS: Final = 50
"""Longest wait of one getUpdates."""

UPDATE_LIFE_SECONDS: Final = 24 * 60 * 60
"""Updates nobody fetched are thrown away after a day."""

CALLBACK_LIFE_SECONDS: Final = 15
"""A tapped button waits about this long for its answer; Telegram gives no figure."""

ACTION_SECONDS: Final = 5
"""How long "typing" stays on the screen."""

DELETE_SECONDS: Final = 48 * 60 * 60
"""Age up to which a message can be deleted for both sides."""

DELETE_AT_ONCE: Final = 100
"""Messages in one deleteMessages."""

CHAT_BURST: Final = 20
"""Messages one chat takes at once before the slower pace holds."""

CHAT_MESSAGES_PER_SECOND: Final = 1
"""Lasting pace of one chat."""

OVERALL_BURST: Final = 60
"""Messages one bot may send at once before the slower pace holds."""

OVERALL_MESSAGES_PER_SECOND: Final = 30
"""Lasting pace of one bot over all its chats."""

SECRET_TOKEN_LENGTH: Final = 256
"""Characters of a webhook's secret."""

WEBHOOK_CONNECTIONS: Final = 40
"""Requests to a webhook that may be under way at once, unless the bot asks otherwise."""
