"""The bots that are measured, each a process of its own: `python -m benchmarks.echo_bots NAME URL [FOLDER]`."""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import sys
from collections.abc import Callable
from typing import Any

import structlog

TOKEN = "123456789:" + "A" * 35  # of the measuring server


def python_telegram_bot(url: str, folder: pathlib.Path) -> None:
    """Its echo, as its first example has it: nothing is set but the address."""
    del folder
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters

    async def echo(update: Update, context: object) -> None:
        del context
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    made: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder().token(TOKEN).base_url(f"{url}/bot").build()
    )
    made.add_handler(MessageHandler(filters.TEXT, echo))
    made.run_polling()


def aiogram(url: str, folder: pathlib.Path) -> None:
    """Its echo, as its first example has it."""
    del folder
    import aiogram as peer
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    dispatcher = peer.Dispatcher()

    async def echo(message: Any) -> None:
        await message.answer(message.text)

    # not by a decorator, which is untyped where the library is not installed
    dispatcher.message.register(echo)

    async def run() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        await dispatcher.start_polling(peer.Bot(TOKEN, session=session), handle_signals=False)

    asyncio.run(run())


def groundwork(url: str, folder: pathlib.Path) -> None:
    """The whole bot on a database with everybody's next question open; only Telegram's pace is lifted."""
    from bot import application, settings
    from bot.operations import warming

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    given = settings.read(
        {
            **os.environ,
            "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
            "GROUNDWORK_TELEGRAM_API_URL": url,
            "GROUNDWORK_DATA_DIR": str(folder / "data"),
            "GROUNDWORK_CHAT_PACE": "1000000",
        }
    )
    service = application.Service(given)
    warming.up()
    asyncio.run(service.run(webhooks=bool(given.webhook_url)))


BOTS: dict[str, Callable[[str, pathlib.Path], None]] = {
    "python-telegram-bot": python_telegram_bot,
    "aiogram": aiogram,
    "groundwork": groundwork,
}


if __name__ == "__main__":
    BOTS[sys.argv[1]](sys.argv[2], pathlib.Path(sys.argv[3]))
