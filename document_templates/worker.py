"""A process that computes apart, as who asks sees it: a job goes in, an answer comes out, or it has ended."""

from __future__ import annotations

import asyncio
import asyncio.subprocess
import contextlib
import pathlib
import sys
from typing import cast

import msgspec

from document_templates import child

LAST_WORDS = 2000
"""Letters kept of the places that a process names before it ends; enough for the last dozen."""

_ROOT = pathlib.Path(__file__).parent.parent


class EndedError(Exception):
    """The process has ended without an answer, with that code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"ended with code {code}")
        self.code = code
        self.said = said
        """What it came to, by place and kind, for the log; of what it was given nothing, as `child` sees to."""


class Worker:
    """One process, and whatever it still says on its way."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        # pipes were asked for, so they are there
        self._sink = cast(asyncio.StreamWriter, process.stdin)
        self._source = cast(asyncio.StreamReader, process.stdout)
        self._said = b""
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, memory_bytes: int, written_bytes: int) -> Worker:
        """Start a process that writes files of so many bytes at most; it takes the first job when it is ready."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            child.__name__,
            str(memory_bytes),
            str(written_bytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # nothing of ours is inherited: the environment holds the bot's token
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
            cwd="/",
            # who stops the bot at a terminal tells its whole group: what is computed then is the bot's to end
            start_new_session=True,
        )
        return cls(process)

    @property
    def lives(self) -> bool:
        """Whether the process has not ended."""
        return self._process.returncode is None and not self._source.at_eof()

    async def do(self, asked: child.Call) -> child.Answer:
        """What comes of a job; raises EndedError where the process does not live to say."""
        try:
            self._sink.write(child.framed(asked))
            await self._sink.drain()
            (length,) = child.LENGTH.unpack(await self._source.readexactly(child.LENGTH.size))
            return msgspec.msgpack.decode(await self._source.readexactly(length), type=child.Answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            await self._listening
            raise EndedError(code, self._said.decode(errors="replace").strip()) from None

    async def end(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        said = cast(asyncio.StreamReader, self._process.stderr)
        while heard := await said.read(LAST_WORDS):
            self._said = (self._said + heard)[-LAST_WORDS:]
