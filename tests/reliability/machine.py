"""A machine that loses its power: the bot as a process of its own, its disk, and the local Telegram over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import pathlib
import re
import shutil
import signal
import sqlite3
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

import msgspec

from bot import clock
from bot.practice import people, server, state
from flows import nouns
from storage import opening, packing, port
from tests.bot import told
from tests.reliability import killed, memory

TOKEN = "123456789:" + "A" * 35
PATIENCE_SECONDS = 600
CUT = "reason='TimedOut'"
"""What the log says of a message that Telegram may have taken without the bot hearing of it."""
RUNNING = "event='running'"
"""What the log says when the bot takes updates."""

TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

CHANGING = re.compile(r"start=[\w-]+|(?<=where we stand on ).*", re.DOTALL)
"""What is random in a message, or depends on how far others are when it is written."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([killed.__name__])


class Effects(msgspec.Struct, frozen=True):
    """What a run left behind, without what is random in it."""

    handled: frozenset[int]
    answers: Mapping[str, tuple[int, str, Mapping[str, nouns.Value]]]
    """Of each section: how many turns changed it, where it stands, what was answered."""
    kept: Mapping[str, int]
    """How many rows each table has."""
    waiting: int
    unsent: int
    integrity: str
    chats: Mapping[int, tuple[str, ...]]
    """What the bot's messages say in each person's chat, in order."""


class Machine:
    """One bot's disk and its Telegram; the bot can be started, killed, and set back to a moment."""

    def __init__(self, folder: pathlib.Path, up: server.Running, telegram: people.Telegram) -> None:
        self.folder = folder
        self.up = up
        self.world = up.world
        self.telegram = telegram
        self.environment = {
            "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
            "GROUNDWORK_TELEGRAM_API_URL": up.url,
            "GROUNDWORK_DATA_DIR": str(folder / "data"),
            "GROUNDWORK_CHAT_PACE": "10000",
            "GROUNDWORK_CLOCK_FILE": str(folder / "clock"),
        }
        self._process: BaseProcess | None = None
        self._logged = 0
        self._searched = 0
        self._set_back = 0
        self.gave_up = False
        """Whether the bot ended by itself since the disk was set back, as when another one seems to poll."""
        self._reminding = False

    @property
    def database(self) -> pathlib.Path:
        """The file that holds everything."""
        return self.folder / "data" / "groundwork.db"

    @property
    def bot(self) -> state.Bot:
        """The bot as Telegram knows it."""
        return self.world.bot_of_token(TOKEN)

    def steps(self) -> list[str]:
        """The steps that the last process took."""
        file = self.folder / "steps"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    # --- power on and off ------------------------------------------------------------------------

    def start(self, *, last: int = 0, number: int = signal.SIGKILL, counted: bool = True) -> None:
        """Start the bot; it sends itself the signal at that step. Counting the steps makes it slower."""
        self._logged = len(self._whole_log())
        (self.folder / "steps").unlink(missing_ok=True)
        self._process = _processes.Process(
            target=killed.run,
            args=(self.environment, last, number),
            kwargs={"counted": counted},
            daemon=True,
        )
        self._process.start()

    def died(self) -> bool:
        """Whether the bot killed itself."""
        return self._process is not None and self._process.exitcode == -signal.SIGKILL

    async def lives(self, seconds: float) -> None:
        """Let it run for so long; where it gives up with a sentence it is started again, as by its service manager."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._process is None or self._process.exitcode is not None:
                self.start()
            await asyncio.sleep(0.2)

    async def kill(self) -> None:
        """Cut the power; what was logged until then told nothing that it must not."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
            await asyncio.to_thread(self._process.join)
            self._process = None
        said = self._whole_log()
        leaked = told.leaked(said[self._searched :], told.secrets(self.world.state))
        self._searched = len(said)
        assert leaked == [], "the log tells what it must not"

    async def done(self, *, seconds: float = PATIENCE_SECONDS) -> bool:
        """Wait until all is handled and sent: True. False when the bot killed itself before.

        A bot that gave up with a sentence is started again, as its service manager does.
        """
        async with asyncio.timeout(seconds):
            while True:
                if self.died():
                    return False
                if self._process is None or self._process.exitcode is not None:
                    await asyncio.sleep(0.2)
                    self.gave_up = True
                    self.start()
                # in the order in which one becomes the next: what was looked at before may be there by then
                if (
                    not (self._reminding and self.due(self.now()))
                    and not self.bot.updates
                    and not any(self._left())
                ):
                    return True
                await asyncio.sleep(0.02)

    async def stopped(self, last: int) -> tuple[int, float] | None:
        """Wait until the bot has ended after the signal at that step: its exit code, and how many seconds it took.

        None where all was handled and sent before it came so far.
        """
        reached = None
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._process is not None and self._process.exitcode is None:
                if reached is None and len(self.steps()) >= last:
                    reached = time.monotonic()
                elif reached is None and not self.bot.updates and not any(self._left()):
                    return None
                await asyncio.sleep(0.01)
        code = self._process.exitcode if self._process is not None else None
        return code or 0, time.monotonic() - (reached or time.monotonic())

    async def running(self) -> bool:
        """Wait until the bot says that it runs: True. False where it ended before, whatever is left to do."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.ran():
                if self.ended():
                    return False
                await asyncio.sleep(0.01)
        return True

    def ran(self) -> bool:
        """Whether the bot said in this life that it runs."""
        return RUNNING in self._log()

    def ended(self) -> bool:
        """Whether the bot's process is over."""
        return self._process is None or self._process.exitcode is not None

    def unsent(self) -> int:
        """Messages that the disk says are still to be sent."""
        return self._left()[1]

    async def noted(self, words: Sequence[str]) -> None:
        """Wait until the log of this life has one of these words, or the life is over, or all is done."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.complained(words):
                if self._process is None or self._process.exitcode is not None:
                    return
                if not self.bot.updates and not any(self._left()):
                    return
                await asyncio.sleep(0.01)

    def complained(self, words: Sequence[str]) -> bool:
        """Whether the log of this life has one of these words."""
        return any(word in self._log() for word in words)

    def told(self, beginning: str) -> dict[int, int]:
        """How many messages to each person begin so."""
        return {
            person: sum(words.startswith(beginning) for words in said)
            for person, said in self._chats().items()
        }

    def cuts(self) -> int:
        """Calls since the disk was set back that the bot gave up waiting for: on a busy machine Telegram may be late."""
        return self._whole_log()[self._set_back :].count(CUT)

    def count(self, sql: str) -> int:
        """The number that a query finds."""
        return int(self._row(sql)[0])

    def set_clock(self, moment: dt.datetime) -> None:
        """Let it be that time for the bot; from now on nothing is done before what is due then was said."""
        offset = moment - dt.datetime.now(dt.UTC)
        (self.folder / "clock").write_text(str(offset.total_seconds()), "ascii")
        self._reminding = True

    def now(self) -> dt.datetime:
        """The time as the bot has it."""
        return clock.SystemClock(self.folder / "clock").now()

    def due(self, now: dt.datetime) -> int:
        """Reminders that are due."""
        return self.count(f"SELECT count(*) FROM reminder WHERE due_at <= {packing.to_microseconds(now)}")

    async def reminded(self, now: dt.datetime, *, seconds: float) -> None:
        """Wait until no reminder is due and everything is sent."""
        async with asyncio.timeout(seconds):
            while self.due(now) or any(self._left()):  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.1)

    def memory(self) -> float:
        """The most megabytes that the bot's process ever held."""
        return memory.megabytes(self._number(), memory.MOST)

    def memory_now(self) -> float:
        """The megabytes that it holds."""
        return memory.megabytes(self._number(), memory.NOW)

    def _number(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def integrity(self) -> str:
        """What SQLite says of the stopped machine's database: ok, or what is wrong."""
        return str(self._row("PRAGMA integrity_check")[0])

    def _log(self) -> str:
        return self._whole_log()[self._logged :]

    def _whole_log(self) -> str:
        file = self.folder / "log"
        return file.read_text("utf-8") if file.exists() else ""

    def _left(self) -> tuple[int, int]:
        received, outgoing = self._row(
            "SELECT (SELECT count(*) FROM received), (SELECT count(*) FROM outgoing)"
        )
        return received, outgoing

    def _row(self, sql: str) -> Any:
        # read-only: closing such a connection never tidies up what the bot has to find
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as disk:
            return disk.execute(sql).fetchone()

    # --- moments ---------------------------------------------------------------------------------

    def remember(self, moment: pathlib.Path) -> bytes:
        """Keep the disk as it is in a folder, and the chats as what is returned."""
        shutil.copytree(self.folder / "data", moment)
        return msgspec.json.encode(self.world.state)

    def set_back(self, moment: pathlib.Path, chats: bytes) -> None:
        """Disk and chats as they were."""
        self._set_back = len(self._whole_log())
        self.gave_up = False
        for file in (self.folder / "data").iterdir():
            file.unlink()
        shutil.copytree(moment, self.folder / "data", dirs_exist_ok=True)
        self.world.state = msgspec.json.decode(chats, type=state.State)

    def hand_out(self, updates: Sequence[state.JSON]) -> None:
        """Let these wait at Telegram, confirmed before or not, in this order."""
        self.bot.updates = list(updates)
        self.bot.update_dates = {update["update_id"]: self.world.now() for update in updates}
        self.world.changed()

    def handled(self) -> frozenset[int]:
        """Updates whose turn is on the disk."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as disk:
            return frozenset(row[0] for row in disk.execute("SELECT update_id FROM handled"))

    def said(self) -> dict[int, int]:
        """How many messages the bot wrote to each person, without what it says while it cannot write."""
        return {
            person: sum(not words.startswith("I cannot save") for words in said)
            for person, said in self._chats().items()
        }

    def confirmed_unkept(self, sent: frozenset[int]) -> int:
        """Updates that Telegram was told to forget and that are not on the disk."""
        forgotten = sent - {update["update_id"] for update in self.bot.updates}
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as disk:
            kept = {
                row[0]
                for row in disk.execute("SELECT update_id FROM received UNION SELECT update_id FROM handled")
            }
        return len(forgotten - kept)

    async def effects(self) -> Effects:
        """What lies on the disk of the stopped machine, and in the chats."""
        storage = opening.open_storage(f"sqlite:///{self.database}", self.folder / "data.key")
        await storage.open()
        try:
            answers = await self._answers(storage)
            waiting = len(await storage.waiting())
        finally:
            await storage.close()
        with contextlib.closing(sqlite3.connect(self.database)) as disk:
            handled = frozenset(row[0] for row in disk.execute("SELECT update_id FROM handled"))
            integrity = disk.execute("PRAGMA integrity_check").fetchone()[0]
            unsent = disk.execute("SELECT count(*) FROM outgoing").fetchone()[0]
            tables = [name for (name,) in disk.execute(TABLES)]
            kept = {name: disk.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
        return Effects(handled, answers, kept, waiting, unsent, integrity, self._chats())

    async def _answers(self, storage: port.Storage) -> dict[str, tuple[int, str, Mapping[str, nouns.Value]]]:
        return {
            section: (session.revision, session.cursor, {key: a.value for key, a in session.answers.items()})
            for assessment in await storage.assessments()
            for section, session in (await storage.sessions(assessment.id)).items()
        }

    def _chats(self) -> dict[int, tuple[str, ...]]:
        return {
            chat.person_id: tuple(
                CHANGING.sub("", message.get("text") or message.get("caption") or "")
                for message in chat.messages.values()
                if message["from"]["is_bot"]
            )
            for chat in self.world.state.chats.values()
        }
