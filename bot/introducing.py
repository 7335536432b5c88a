"""What Telegram shows of the bot before anybody writes to it: its commands and what it is, in each language."""

from __future__ import annotations

import asyncio
import functools
import itertools

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, error

from bot import menu
from bot.sending import calling
from flows import words as wording

log = structlog.get_logger()


async def introduce(bot: Bot) -> None:
    """Tell Telegram until it has taken it all; nobody who writes meanwhile has to wait for that."""
    for attempt in itertools.count(1):
        try:
            for language in wording.languages("bot"):
                await calling.until_taken(functools.partial(_in, bot, language))
        except error.TelegramError as problem:
            log.warning("introduction put off", reason=type(problem).__name__, attempts=attempt)
            await asyncio.sleep(calling.pause(attempt))
        else:
            log.info("introduced", attempts=attempt)
            return


async def _in(bot: Bot, language: str) -> None:
    words = wording.catalogue("bot", language)
    code = "" if language == wording.BASE_LANGUAGE else language
    # Those who lead get a menu of their own when they join.
    commands = [BotCommand(name, words.say(f"command.{name}")) for name in menu.commands()]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
    await bot.set_my_short_description(words.say("bot.about"), language_code=code)
    await bot.set_my_description(words.say("bot.description"), language_code=code)
