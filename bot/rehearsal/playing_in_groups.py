"""What recorded conversations do in groups: people add the bot, speak there, and see what it says."""

from __future__ import annotations

from bot.practice import people as practice


class Groups:
    """The groups of one recording, by their titles."""

    def __init__(self, telegram: practice.Telegram) -> None:
        self._telegram = telegram
        self._made: dict[str, practice.Group] = {}

    async def act(
        self, person: practice.Person, group: str, does: str = "", says: str = "", sees: str = ""
    ) -> None:
        """Somebody does something in a group, says something, and sees these words of the bot's."""
        if group not in self._made:
            self._made[group] = await practice.Group.made(self._telegram, group)
        there = self._made[group]
        match does:
            case "":
                pass
            case "adds the bot":
                await there.add_bot(person)
            case "adds the bot to link it":
                await there.add_bot(person, "link")
            case "makes it a supergroup":
                self._made[group] = there = await there.migrate(person)
            case "throws the bot out":
                await there.throw_out(person)
            case _:
                raise LookupError(f"nobody can '{does}' in a group")
        if says:
            await there.say(person, says)
        if sees:
            await there.wait_for(sees)
