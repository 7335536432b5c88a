"""What ends the bot: another that polls, a token that is withdrawn, a signal that comes before Telegram answers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from bot import application, cli, limits, settings
from tests.bot import running
from tests.bot.running import words


async def test_a_second_poller_is_told_from_a_call_of_our_own(
    bot: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONFLICTS", 2)
    owner = bot.person(running.OWNER)
    once = {"method": "getUpdates", "code": 409, "times": 1}
    await bot.telegram.faults(once, rate_limits=False)
    assert "/new" in words(await bot.said(owner, "/help")), "one refusal may be our own call before a cut"
    await bot.telegram.faults({**once, "times": 2}, rate_limits=False)
    await owner.say("/help")
    with pytest.raises(application.StartError, match="Another process polls with this token"):
        await bot.ended()


async def test_a_token_that_is_withdrawn_ends_it_with_a_sentence(bot: running.Running) -> None:
    await bot.telegram.faults({"method": "getUpdates", "code": 401}, rate_limits=False)
    await bot.person(running.OWNER).say("/help")
    with pytest.raises(application.StartError, match="was withdrawn"):
        await bot.ended()


# --- as a process of its own ---------------------------------------------------------------------------


async def process(environment: dict[str, str]) -> asyncio.subprocess.Process:
    """`groundwork run`, whose complaints can be read."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env={**os.environ, **environment}, stderr=asyncio.subprocess.PIPE
    )


async def test_a_token_that_is_refused_is_said_in_a_sentence(stopped: running.Running) -> None:
    await stopped.telegram.faults({"method": "getMe", "code": 401}, rate_limits=False)
    started = await process(stopped.environment)
    _, complaints = await started.communicate()
    assert started.returncode == cli.WRONG
    assert b"TELEGRAM_TOKEN is refused by the Bot API" in complaints
    assert b"Traceback" not in complaints


@pytest.mark.parametrize(
    ("times", "says"),
    [
        pytest.param(1, b"running", id="once is no reason to end"),
        pytest.param(
            limits.START_TRIES, b"cannot be reached (Bad Gateway): check the network", id="again and again"
        ),
    ],
)
async def test_a_gateway_that_stumbles_at_the_first_call(
    times: int, says: bytes, stopped: running.Running
) -> None:
    await stopped.telegram.faults({"method": "getMe", "code": 502, "times": times}, rate_limits=False)
    started = await process(stopped.environment)
    assert started.stderr is not None
    said = b""
    while says not in said and (line := await started.stderr.readline()):
        said += line
    if started.returncode is None and b"running" in said:
        started.send_signal(signal.SIGTERM)
    _, rest = await started.communicate()
    assert says in said + rest
    assert b"Traceback" not in said + rest
    assert started.returncode == (cli.WRONG if times >= limits.START_TRIES else 0)


@pytest.mark.parametrize("code", [400, 403, 409])
async def test_what_else_telegram_says_to_the_first_call_is_said_in_a_sentence(
    code: int, stopped: running.Running
) -> None:
    await stopped.telegram.faults({"method": "getMe", "code": code}, rate_limits=False)
    started = await process(stopped.environment)
    _, complaints = await started.communicate()
    assert started.returncode == cli.WRONG
    assert b"cannot be reached" in complaints
    assert b"Traceback" not in complaints


async def test_a_signal_ends_it_before_telegram_has_answered(stopped: running.Running) -> None:
    called = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await reader.read(-1)  # until the bot hangs up
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        stopped.environment["GROUNDWORK_TELEGRAM_API_URL"] = f"http://127.0.0.1:{port}"
        started = await process(stopped.environment)
        await called.wait()
        started.send_signal(signal.SIGTERM)
        _, complaints = await started.communicate()
    assert started.returncode == 0
    assert b"running" not in complaints


async def test_a_bot_api_that_is_not_there_is_named_without_the_password_in_its_address(
    stopped: running.Running,
) -> None:
    stopped.environment["GROUNDWORK_TELEGRAM_API_URL"] = "http://user:hidden@127.0.0.1:1/hidden"
    started = await process(stopped.environment)
    _, complaints = await started.communicate()
    assert b"The Bot API at http://127.0.0.1:1 cannot be reached" in complaints
    assert b"hidden" not in complaints


@pytest.mark.parametrize("database", ["/dev/null", "/"])
async def test_a_database_in_what_is_no_file_is_said_in_a_sentence(
    database: str, stopped: running.Running
) -> None:
    stopped.environment["GROUNDWORK_DATABASE_URL"] = f"sqlite:///{database}"
    started = await process(stopped.environment)
    _, complaints = await started.communicate()
    assert started.returncode == cli.WRONG
    assert f"{database} is no file".encode() in complaints
    assert b"Traceback" not in complaints


def test_a_bot_api_is_somewhere_on_the_web() -> None:
    with pytest.raises(settings.SettingsError, match="must start with http:// or https://"):
        settings.read({"GROUNDWORK_TELEGRAM_API_URL": "api.telegram.org"})
