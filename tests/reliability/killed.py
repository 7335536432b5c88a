"""The whole bot in a process that sends itself a signal at a given step: SIGKILL, or SIGTERM as a stop does.

A step is taken before every statement that writes, and before and after every call of Telegram.
Nothing in the bot knows of it: the standard library's door to SQLite and our transport's one method are wrapped.
"""

from __future__ import annotations

import asyncio
import os
import pathlib
import signal
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot import application, cli, complaints, library, settings
from bot.operations import logs, warming
from bot.sending import transport
from flows import words as wording
from storage import preparing

WRITES = ("BEGIN IMMEDIATE", "SAVEPOINT", "INSERT", "UPDATE", "DELETE", "REPLACE", "RELEASE", "COMMIT")

# Read before the bot is forked, so that each of a thousand starts takes a fraction of a second.
library.Library.shipped()
for _language in wording.languages("bot"):
    wording.catalogue("bot", _language)


class Steps:
    """Counts steps, notes each in a file, and sends the process a signal at one of them; 0 is never reached."""

    def __init__(self, file: pathlib.Path, last: int, number: int) -> None:
        self._number = number
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._last = last
        self._count = 0
        self._lock = threading.Lock()

    def take(self, what: str) -> None:
        """One more step is about to be taken."""
        with self._lock:
            self._count += 1
            os.write(self._file, what.encode() + b"\n")
            if self._count == self._last:
                os.kill(os.getpid(), self._number)

    def statement(self, sql: str) -> None:
        """SQLite is about to run a statement."""
        if sql.startswith(WRITES):
            self.take(" ".join(sql.split()[:3]))


def run(environment: Mapping[str, str], last: int, number: int = signal.SIGKILL, *, counted: bool) -> None:
    """Run the bot; it gets the signal at the step. Where its speed is measured, no steps are counted."""
    given = settings.read(environment)
    if counted:
        steps = Steps(given.data_dir.with_name("steps"), last, number)
        _watch_writes(steps)
        _watch_calls(steps)
    else:
        warming.up()
    errors = os.open(given.data_dir.with_name("log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(errors, 2)
    logs.set_up()
    try:
        preparing.prepare(given.database, given.key_file)
        asyncio.run(application.Service(given).run(webhooks=bool(given.webhook_url)))
    except complaints.known() as problem:
        # as the command line ends: a sentence, and the service manager's turn
        os.write(errors, f"{problem}\n".encode())
        os._exit(cli.WRONG)


def _watch_writes(steps: Steps) -> None:
    connect = sqlite3.connect

    def watched(*given: Any, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **how)
        connection.set_trace_callback(steps.statement)
        return connection

    sqlite3.connect = watched


def _watch_calls(steps: Steps) -> None:
    call: Callable[..., Awaitable[tuple[int, bytes]]] = transport.AiohttpRequest.do_request

    async def watched(self: transport.AiohttpRequest, url: str, *given: Any, **how: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        steps.take(f"before {method}")
        answer = await call(self, url, *given, **how)
        steps.take(f"after {method}")
        return answer

    transport.AiohttpRequest.do_request = watched  # type: ignore[method-assign]
