"""Updates that nobody told us of, as Telegram hands them out: none of them stops the bot, or what comes behind it."""

from __future__ import annotations

from tests.bot import running
from tests.bot.running import JSON, data, words

EKAI: JSON = {"id": running.EKAI, "is_bot": False, "first_name": "Ekai"}
CHAT: JSON = {"id": running.EKAI, "type": "private", "first_name": "Ekai"}
GROUP: JSON = {"id": -100, "type": "supergroup", "title": "Staff"}
SENT: JSON = {"message_id": 900, "date": 1_930_000_000, "chat": CHAT, "from": EKAI}
FILE: JSON = {"file_id": "a", "file_unique_id": "b", "duration": 1, "width": 1, "height": 1}
POLL: JSON = {"id": "1", "question": "When?", "options": [], "total_voter_count": 0, "type": "regular"}
MEMBER: JSON = {"chat": GROUP, "from": EKAI, "date": 1, "old_chat_member": {"status": "left", "user": EKAI}}

NOT_UNDERSTOOD: dict[str, JSON] = {
    "a kind of update of tomorrow": {"thought": {"from": EKAI, "text": "hm"}},
    "a kind of message of tomorrow": {"message": {**SENT, "hologram": {"file_id": "a"}}},
    "a poll as an older server describes it": {"message": {**SENT, "poll": POLL}},
    "paid media of another kind": {"message": {**SENT, "paid_media": {"star_count": 1, "paid_media": [{"type": "odd"}]}}},
    "a sticker of another kind": {"message": {**SENT, "sticker": {**FILE, "type": "odd"}}},
    "an animation, which is a document too": {"message": {**SENT, "animation": FILE, "document": FILE}},
    "a story": {"message": {**SENT, "story": {"chat": GROUP, "id": 5}}},
    "a wallpaper": {"message": {**SENT, "chat_background_set": {"type": {"type": "odd"}}}},
    "no date": {"message": {"message_id": 901, "chat": CHAT, "from": EKAI, "sticker": FILE}},
    "a year beyond the calendar": {"message": {**SENT, "date": 10**15, "sticker": FILE}},
    "a member of another kind": {"my_chat_member": {**MEMBER, "new_chat_member": {"status": "odd", "user": EKAI}}},
    "a channel's post": {"channel_post": {**SENT, "text": "/start"}},
    "a business's message": {"business_message": {**SENT, "business_connection_id": "1", "text": "1250"}},
    "a button in a group": {"callback_query": {"id": "3", "from": EKAI, "message": {**SENT, "chat": GROUP}, "data": "{button}"}},
    "a game's button": {"callback_query": {"id": "4", "from": EKAI, "message": SENT, "game_short_name": "g"}},
}  # fmt: skip
"""Of those who fetch updates any may be met; what is in them is no answer."""

PRESSED: dict[str, JSON] = {
    "under a message that the bot may no longer see": {"message": {"chat": CHAT, "message_id": 5, "date": 0}},
    "under a message that went elsewhere": {"inline_message_id": "x"},
}


async def test_whatever_telegram_hands_out_stops_nothing_and_is_no_answer(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    button = data(await planted.tapped(ekai, "Your branch · Lodwar"), "I don't know")
    (bot,) = planted.world.state.bots.values()
    bot.allowed_updates = None
    for number, where in enumerate(PRESSED.values()):
        pressed = {"id": f"p{number}", "from": EKAI, "chat_instance": "1", "data": button, **where}
        planted.world.queue(bot, "callback_query", pressed)
    await planted.settled()
    answered = await planted.answers("branch_office", "lodwar")
    assert answered == {"clients": None}, "the first counts, the second comes late"
    for update in NOT_UNDERSTOOD.values():
        [(kind, told)] = update.items()
        planted.world.queue(bot, kind, {**told, "data": button} if told.get("data") else told)
    assert "What I can do" in words(await planted.said(ekai, "/help"))
    assert await planted.answers("branch_office", "lodwar") == answered
    warned = [line["event"] for line in planted.logs.lines if line["level"] == "warning"]
    assert warned == ["message refused in a group"], "the group is none that the local Telegram knows"
