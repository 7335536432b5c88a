"""Groups of the local Telegram: a bot is added and thrown out, people speak, a group becomes a supergroup."""

from __future__ import annotations

from collections.abc import Mapping

from bot.practice import detection, entities, errors, state, world

MOVED = -1_000_000_000_000
"""Supergroups are numbered below this."""

RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
"""What Telegram says of every administrator."""

WITH: Mapping[str, state.JSON] = {"administrator": dict.fromkeys(RIGHTS, False), "kicked": {"until_date": 0}}
"""What stands beside a member's status."""


class Circle:
    """One group with one bot in it."""

    def __init__(self, here: world.World, bot: state.Bot, group: state.Group) -> None:
        self._world = here
        self._bot = bot
        self._group = group
        self._chat = here.chat(bot.id, group.id)

    def add(self, person: state.Person, payload: str = "") -> state.JSON:
        """Somebody adds the bot, by its button with a payload, which Telegram then says for them."""
        self._member(person, "left", "member")
        self._chat.started, self._chat.blocked = True, False
        if not payload:
            return {"group": self._group.id}
        return self.say(person, f"/start@{self._bot.username} {payload}")

    def promote(self, person: state.Person) -> state.JSON:
        """Somebody makes the bot an administrator."""
        self._member(person, "member", "administrator")
        return {"group": self._group.id}

    def throw_out(self, person: state.Person) -> state.JSON:
        """Somebody removes the bot."""
        self._member(person, "member", "kicked")
        self._chat.blocked = True
        return {"group": self._group.id}

    def open_topic(self, topic: int) -> state.JSON:
        """Somebody opens a topic of this number: the group is a forum from then on."""
        self._group.kind = "supergroup"
        self._group.topics.append(topic)
        return {"topic": topic}

    def close_topic(self, topic: int) -> state.JSON:
        """Somebody closes a topic; 0 is General."""
        self._group.closed.append(topic)
        return {"topic": topic}

    def say(self, person: state.Person, text: str, topic: int = 0) -> state.JSON:
        """Somebody speaks, in a topic of a forum; a bot hears of commands only, as Telegram's privacy mode has it."""
        formatted = detection.with_detected(detection.trimmed(entities.Formatted(text, [])))
        if not formatted.text:
            raise errors.bad_request("message text is empty")
        content: state.JSON = {**world.topic_json(topic), "text": formatted.text}
        if formatted.entities:
            content["entities"] = formatted.entities
        message = self._world.post(self._chat, world.user_json(person), content)
        if formatted.text.startswith("/") or f"@{self._bot.username}" in formatted.text:
            self._world.queue(self._bot, "message", message)
        return message

    def migrate(self, person: state.Person) -> state.JSON:
        """The group becomes a supergroup, under a new number."""
        new = state.Group(id=MOVED + self._group.id, title=self._group.title, kind="supergroup")
        self._world.state.groups[new.id] = new
        moved = self._world.chat(self._bot.id, new.id)
        moved.started = True
        self._group.moved_to = new.id
        message = self._world.post(self._chat, world.user_json(person), {"migrate_to_chat_id": new.id})
        self._world.queue(self._bot, "message", message)
        return {"group": new.id}

    def _member(self, person: state.Person, before: str, after: str) -> None:
        user = world.bot_json(self._bot)
        content = {
            "chat": world.group_json(self._group),
            "from": world.user_json(person),
            "date": self._world.date(),
            "old_chat_member": {"status": before, "user": user, **WITH.get(before, {})},
            "new_chat_member": {"status": after, "user": user, **WITH.get(after, {})},
        }
        self._world.queue(self._bot, "my_chat_member", content)
        self._world.announce("group", bot_id=self._bot.id, group=self._group.id, status=after)
