"""`make demo`: the real bot as its own process, against the local Telegram, with a sample institution."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import shutil
import signal
import sys
import webbrowser
from collections.abc import Mapping, Sequence

import structlog
import typer

from bot import limits, settings

TOKEN = "8080000001:practice-token-that-opens-nothing-x"  # noqa: S105  # it opens nothing but the local Telegram
OWNER = 710000001
"""Wanjiru, the practice page's owner."""

BEGIN_WITH = "ekai_lokwang"
"""The user name on the practice page of whom the sample leaves something to do."""

log = structlog.get_logger()


async def run(port: int, data: pathlib.Path, *, fresh: bool, browser: bool) -> None:
    """Serve the local Telegram, run the bot beside it, and restart the bot should it fall."""
    from bot import sample
    from bot.commands import files
    from bot.practice import server

    try:
        if fresh and data.exists():
            shutil.rmtree(data)
        data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise files.FileError(
            f"{data} cannot be used ({problem.strerror}): choose another folder with --data."
        ) from None
    new = not (data / "bot" / "groundwork.db").exists()
    try:
        telegram = await server.serve(
            port, data_dir=data / "telegram", clock_file=data / "clock", tokens=[TOKEN]
        )
    except OSError:
        telegram = await server.serve(
            0, data_dir=data / "telegram", clock_file=data / "clock", tokens=[TOKEN]
        )
    environment = environment_for(telegram.url, data)
    if new:
        await sample.plant(environment)
    page = f"{telegram.url}/?begin={BEGIN_WITH}"
    _welcome(page)
    if browser and sys.stdout.isatty():
        webbrowser.open(page)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await _keep_running(environment, stop)
    finally:
        await telegram.close()


def environment_for(url: str, data: pathlib.Path) -> dict[str, str]:
    """The settings of a bot that talks to the local Telegram at `url`."""
    return {
        "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
        "GROUNDWORK_TELEGRAM_API_URL": url,
        "GROUNDWORK_DATA_DIR": str(data / "bot"),
        "GROUNDWORK_OWNER_IDS": str(OWNER),
        "GROUNDWORK_CLOCK_FILE": str(data / "clock"),
        "GROUNDWORK_TIMEZONE": "Africa/Nairobi",
    }


async def start_bot(
    environment: Mapping[str, str], *, quiet: bool = True, options: Sequence[str] = ()
) -> asyncio.subprocess.Process:
    """The real bot, `groundwork run`, as a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(settings.PREFIX)}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        *options,
        env={**inherited, **environment},
        stderr=asyncio.subprocess.DEVNULL if quiet else None,
    )


async def _keep_running(environment: Mapping[str, str], stop: asyncio.Event) -> None:
    while not stop.is_set():
        process = await start_bot(environment, quiet=False)
        ended = asyncio.create_task(process.wait())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not ended.done():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(ended), limits.STOP_SECONDS)
            if not ended.done():
                process.kill()
        await ended
        if not stop.is_set():
            log.warning("the bot ended, starting it again", code=process.returncode)
            await asyncio.sleep(1)


def _welcome(url: str) -> None:
    typer.echo(
        f"""
  Open {url}

  You see a local Telegram with four people. The bot in it is the real one.
  Ekai manages the Lodwar branch: open his chat and answer for five minutes.
  Achieng is the project manager: /status, /review, /plan. Wanjiru owns the bot: /new.

  Stop with Ctrl-C. Begin anew with: groundwork demo --fresh
"""
    )
