"""`groundwork demo` as whoever tries it out runs it: a process, its page, its people, and an end that leaves nothing."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import pty
import re
import signal
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.practice import people
from tests.bot import running
from tests.bot.running import labels, words

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")

PATIENCE_SECONDS = 60
"""On a busy machine a process may take long to start."""


class Demo:
    """A demo that was started, and what it says."""

    def __init__(self, process: asyncio.subprocess.Process, said: asyncio.StreamReader) -> None:
        self.process = process
        self._said = said
        self.page = ""

    async def line(self, wanted: str) -> str:
        """The next line with these words."""
        passed = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            while line := (await self._said.readline()).decode():
                if wanted in line:
                    return line
                passed.append(line)
        raise AssertionError(f"it ended without a word of {wanted}: {passed}")

    def bot(self) -> int:
        """The number of the process in which the bot runs."""
        number = self.process.pid
        [child] = pathlib.Path(f"/proc/{number}/task/{number}/children").read_text().split()
        return int(child)

    async def ended(self) -> int:
        """Its code, when it and all that it started are gone."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await self.process.wait()
        with pytest.raises(ProcessLookupError):
            os.killpg(self.process.pid, 0)
        return code


@contextlib.asynccontextmanager
async def started(
    data: pathlib.Path, *options: str, terminal: bool = False, browser: pathlib.Path | None = None
) -> AsyncIterator[Demo]:
    """A demo in a process group of its own, as a shell starts it; its output goes to us, or to a terminal."""
    there, here = pty.openpty() if terminal else os.pipe()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--data", str(data), *options,
        stdout=here, stderr=here, start_new_session=True,
        env={**os.environ, **({"BROWSER": str(browser)} if browser is not None else {})},
    )  # fmt: skip
    os.close(here)
    said = asyncio.StreamReader()
    reading, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(said), os.fdopen(there, "rb", buffering=0)
    )
    demo = Demo(process, said)
    try:
        found = ADDRESS.search(await demo.line("Open http"))
        assert found is not None
        demo.page = found[0]
        yield demo
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        reading.close()


async def test_a_demo_has_its_page_and_its_sample_and_goes_on_where_it_stood(tmp_path: pathlib.Path) -> None:
    async with started(tmp_path / "demo", "--port", "0") as demo:
        async with aiohttp.ClientSession() as session, session.get(demo.page) as page:
            assert (page.status, page.content_type) == (200, "text/html")
            assert "<title>Practice chat</title>" in await page.text()
        async with people.Telegram(demo.page) as telegram:
            ekai = telegram.person(running.EKAI)
            await ekai.say("/tasks")
            assert "Your branch · Lodwar" in labels(await ekai.wait_for("your sections"))
        demo.process.send_signal(signal.SIGTERM)  # a supervisor tells it alone
        assert await demo.ended() == 0

    async with started(tmp_path / "demo", "--port", "0") as demo:
        async with people.Telegram(demo.page) as telegram:
            ekai = telegram.person(running.EKAI)
            assert "/tasks" in map(words, await ekai.messages())
            await ekai.tap("Your branch · Lodwar")
            await ekai.wait_for("How many active clients")
        os.killpg(demo.process.pid, signal.SIGINT)  # a terminal tells the whole group
        assert await demo.ended() == 0


async def test_a_demo_begins_anew_opens_its_page_and_starts_a_bot_that_fell_again(
    tmp_path: pathlib.Path,
) -> None:
    data = tmp_path / "demo"
    (data / "bot").mkdir(parents=True)
    (data / "bot" / "groundwork.db").write_text("what was left of an earlier one")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o700)
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with started(data, "--port", str(port), "--fresh", terminal=True, browser=browser) as demo:
        assert demo.page != f"http://127.0.0.1:{port}", "that one is taken"
        await demo.line("running")
        assert (tmp_path / "opened").read_text().strip() == f"{demo.page}/?begin=ekai_lokwang"
        os.kill(demo.bot(), signal.SIGKILL)
        await demo.line("starting it again")
        async with people.Telegram(demo.page) as telegram:
            ekai = telegram.person(running.EKAI)
            await ekai.say("/tasks")
            await ekai.wait_for("your sections")
        demo.process.send_signal(signal.SIGTERM)
        assert await demo.ended() == 0
    taken.close()
    await taken.wait_closed()
