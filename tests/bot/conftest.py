"""The real bot against a local Telegram and a disk of its own, empty or with the sample institution."""

from __future__ import annotations

import asyncio
import functools
import logging
import pathlib
from collections.abc import AsyncIterator

import pytest
import structlog

from bot import limits, sample
from bot.practice import people, server
from document_templates import apart, child, rendering
from tests import databases
from tests.bot import running

DO = apart.do
"""The real one."""

SAMPLE = functools.cache(functools.partial(sample.changes, running.NOW))
"""What the sample institution is planted with: worked out once, for two hundred tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--record`: what the recorded conversations show is written down anew instead of compared."""
    parser.addoption("--record", action="store_true", help="record conversations anew")


@pytest.fixture
async def logs(caplog: pytest.LogCaptureFixture) -> AsyncIterator[running.Logs]:
    """What the bot logs; a fault of its own that the test does not tolerate fails the test."""
    found = running.Logs()
    structlog.reset_defaults()  # what ran before in this process may have left its own
    structlog.configure(processors=[found])
    yield found
    structlog.reset_defaults()
    assert found.errors() == []
    others = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.ERROR and record.name.startswith(("telegram", "asyncio", "apscheduler"))
    ]
    assert [record.getMessage() for record in others] == []


@pytest.fixture
def tick_seconds() -> float:
    """How often the bot looks for what is due: at once, for tests that move the clock on."""
    return 0.05


@pytest.fixture
async def stopped(
    tmp_path: pathlib.Path, logs: running.Logs, monkeypatch: pytest.MonkeyPatch, tick_seconds: float
) -> AsyncIterator[running.Running]:
    """A bot that was never started, at a known time of a known day."""
    monkeypatch.setattr(limits, "MOVED_CLOCK_TICK_SECONDS", tick_seconds)
    # Word takes a process and seconds, and has tests of its own: here a plan is any file.
    monkeypatch.setattr(rendering, "render", _plan)
    # Processes have tests of their own too: here a job is done in this one, from the same bytes.
    monkeypatch.setattr(apart, "do", _done)
    clock = tmp_path / "clock"
    up = await server.serve(0, clock_file=clock, tokens=[running.TOKEN])
    async with people.Telegram(up.url) as telegram:
        await telegram.faults(rate_limits=False)
        with databases.settings(tmp_path) as more:
            bot = running.Running(tmp_path, up, telegram, logs, clock, more)
            await bot.forward_to(running.NOW)
            yield bot
            await bot.close()
            leaked = logs.leaked(bot.secrets())
    await up.close()
    assert leaked == [], "the log tells what it must not"


@pytest.fixture
async def bot(stopped: running.Running) -> running.Running:
    """A bot whose database is empty."""
    await stopped.start()
    return stopped


@pytest.fixture
async def planted(stopped: running.Running, monkeypatch: pytest.MonkeyPatch) -> running.Running:
    """A bot with the sample institution: everybody has answered but Ekai."""
    monkeypatch.setattr(sample, "changes", lambda _: SAMPLE())
    await sample.plant(stopped.environment)
    await stopped.start()
    return stopped


async def _done(job: child.Job, *_: object, **__: object) -> bytes:
    return await asyncio.to_thread(child.do, child.call(job, 1))


async def _plan(*_: object, **__: object) -> bytes:
    return b"a plan"
