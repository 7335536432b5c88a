"""What a person does in a chat, and the update the bot gets for it."""

from __future__ import annotations

import re
import secrets

from bot.practice import detection, entities, errors, limits, state, world
from bot.practice.methods import calls, media

_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{0,{limits.START_PAYLOAD_LENGTH}}}")


class Hand:
    """One person at the phone, in the chat with one bot."""

    def __init__(self, here: world.World, bot: state.Bot, person: state.Person) -> None:
        self._world = here
        self._bot = bot
        self._person = person
        self._chat = here.chat(bot.id, person.id)

    def start(self, payload: str = "") -> state.JSON:
        """Press Start, or follow a t.me link with a payload; a blocked bot is let in again."""
        if not _PAYLOAD.fullmatch(payload):
            raise errors.bad_request("START_PARAM_INVALID")
        if self._chat.blocked:
            self.block(False)
        return self.say(f"/start {payload}".strip())

    def say(self, text: str, *, reply_to: int = 0, forwarded_from: str = "") -> state.JSON:
        """Send a text, as a reply or forwarded from somebody where that is said; the first one starts the chat."""
        formatted = detection.with_detected(detection.trimmed(entities.Formatted(text, [])))
        if not formatted.text:
            raise errors.bad_request("message text is empty")
        if entities.utf16_length(formatted.text) > limits.TEXT_LENGTH:
            raise errors.bad_request("message is too long")
        content = {**self._replied(reply_to), **_text_fields(formatted)}
        if forwarded_from:
            origin = {"type": "hidden_user", "sender_user_name": forwarded_from, "date": self._world.date()}
            content["forward_origin"] = origin
        return self._send(content)

    def send_file(
        self, kind: str, upload: calls.Upload, caption: str = "", *, reply_to: int = 0
    ) -> state.JSON:
        """Send a document, a photo, a video or a spoken message."""
        file = media.keep(self._world, self._bot.id, kind, upload)
        content = {**self._replied(reply_to), **media.file_fields(file)}
        if caption.strip():
            content["caption"] = caption.strip()
        return self._send(content)

    def send_sticker(self, emoji: str) -> state.JSON:
        """Send a sticker: its picture is nobody's business here, its emoji says what it shows."""
        sticker = {
            "file_id": "CAACAgQAAx0practice",
            "file_unique_id": "AgADpractice",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self._send({"sticker": sticker})

    def delete_chat(self) -> None:
        """Delete the whole chat for both; the bot is not told, as Telegram does not tell it."""
        for message_id in list(self._chat.messages):
            self._world.remove(self._chat, message_id)
        self._chat.started = False
        self._world.announce("people")

    def send_location(self, latitude: float, longitude: float, *, reply_to: int = 0) -> state.JSON:
        """Send where one is."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise errors.bad_request("wrong coordinates specified")
        place = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._send({**self._replied(reply_to), **place})

    def send_contact(self) -> state.JSON:
        """Send one's own phone number."""
        contact = {
            "phone_number": self._person.phone_number,
            "first_name": self._person.first_name,
            "user_id": self._person.id,
        }
        return self._send({"contact": contact})

    def edit(self, message_id: int, text: str) -> state.JSON:
        """Change a text one has sent."""
        message = self._chat.messages.get(message_id)
        if message is None:
            raise errors.bad_request("message to edit not found")
        if message["from"]["id"] != self._person.id or "text" not in message:
            raise errors.bad_request("message can't be edited")
        formatted = detection.with_detected(detection.trimmed(entities.Formatted(text, [])))
        if not formatted.text:
            raise errors.bad_request("message text is empty")
        kept = {key: value for key, value in message.items() if key not in ("text", "entities")}
        edited = {**kept, **_text_fields(formatted), "edit_date": self._world.date()}
        self._world.revise(self._chat, edited)
        self._world.queue(self._bot, "edited_message", edited)
        return edited

    def tap(self, message_id: int, *, data: str = "", text: str = "", forged: bool = False) -> state.JSON:
        """Tap the button with these data or this text; `forged` sends data no button has, as a hostile app can."""
        message = self._chat.messages.get(message_id)
        if message is None:
            raise errors.bad_request("message not found")
        if not forged:
            button = _button(message, data, text)
            if "url" in button:
                return {"url": button["url"]}
            if "callback_data" not in button:
                raise errors.bad_request("this button does nothing in the local Telegram")
            data = button["callback_data"]
        query = state.CallbackQuery(
            id=str(secrets.randbits(62)),
            bot_id=self._bot.id,
            person_id=self._person.id,
            message_id=message_id,
            asked_at=self._world.now(),
        )
        self._world.expect_answer(query)
        content = {
            "id": query.id,
            "from": world.user_json(self._person),
            "message": message,
            "chat_instance": str(self._bot.id * 31 + self._person.id),
            "data": data,
        }
        self._world.queue(self._bot, "callback_query", content)
        self._world.announce(
            "tap",
            bot_id=self._bot.id,
            person_id=self._person.id,
            message_id=message_id,
            callback_query_id=query.id,
            data=data,
        )
        return {"callback_query_id": query.id, "data": data}

    def block(self, blocked: bool) -> state.JSON:
        """Block the bot, or let it write again; the bot is told."""
        if self._chat.blocked != blocked:
            self._chat.blocked = blocked
            user = world.bot_json(self._bot)
            kicked = {"status": "kicked", "user": user, "until_date": 0}
            member = {"status": "member", "user": user}
            content = {
                "chat": world.chat_json(self._person),
                "from": world.user_json(self._person),
                "date": self._world.date(),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            }
            self._world.queue(self._bot, "my_chat_member", content)
            self._world.announce("block", bot_id=self._bot.id, person_id=self._person.id, blocked=blocked)
        return {"blocked": blocked}

    def _replied(self, message_id: int) -> state.JSON:
        if not message_id:
            return {}
        original = self._chat.messages.get(message_id)
        if original is None:
            raise errors.bad_request("message to be replied not found")
        return {"reply_to_message": {key: original[key] for key in original if key != "reply_to_message"}}

    def _send(self, content: state.JSON) -> state.JSON:
        if self._chat.blocked:
            raise errors.forbidden("unblock the bot first")
        self._chat.started = True
        keyboard = self._chat.reply_keyboard
        if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
            self._chat.reply_keyboard = None
        message = self._world.post(self._chat, world.user_json(self._person), content)
        self._world.queue(self._bot, "message", message)
        return message


def _text_fields(formatted: entities.Formatted) -> state.JSON:
    fields: state.JSON = {"text": formatted.text}
    if formatted.entities:
        fields["entities"] = formatted.entities
    return fields


def _button(message: state.JSON, data: str, text: str) -> state.JSON:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            if (data and button.get("callback_data") == data) or (text and button["text"] == text):
                return dict(button)
    shown = " | ".join(button["text"] for row in rows for button in row) or "none"
    raise errors.bad_request(
        f"no such button on this message (asked for {data or text!r}; there are: {shown})"
    )
