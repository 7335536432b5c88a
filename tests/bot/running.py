"""The real bot in the test's event loop: the local Telegram over HTTP, a SQLite file, people at their phones."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import pathlib
import re
import sys
import traceback
from collections.abc import Awaitable, Iterable, Mapping, MutableMapping
from typing import Any

import structlog

from bot import application, sample, settings
from bot.practice import people, server
from flows import nouns
from storage import opening, port, preparing, records
from tests.bot import told

TOKEN = "123456789:" + "A" * 35
NOW = dt.datetime(2031, 3, 4, 7, 0, tzinfo=dt.UTC)
"""Where the clock stands when a test begins: a Tuesday, 10:00 in Nairobi, far from any holiday."""

OWNER, MANAGER, EKAI, MWENDE = (sample.PEOPLE[name] for name in ("wanjiru", "achieng", "ekai", "mwende"))

PATIENCE_SECONDS = 60
"""When a test is told that the bot does not come to rest."""

LINK = re.compile(r"answers for (?P<seat>.+?):\n.*start=(?P<token>[\w-]+)", re.DOTALL)
"""The seat and the token in an invitation that is to be forwarded."""

JSON = dict[str, Any]


class Logs:
    """What the bot logged; somebody may wait for a line."""

    def __init__(self) -> None:
        self.lines: list[JSON] = []
        self.tolerated: set[str] = set()
        """Errors that a test brings about on purpose."""
        self._news = asyncio.Event()

    def __call__(self, _: Any, level: str, line: MutableMapping[str, Any]) -> Any:
        problem = sys.exc_info()[1] if line.get("exc_info") else None
        self.lines.append({"level": level, **line, **({"problem": problem} if problem is not None else {})})
        self._news.set()
        raise structlog.DropEvent

    def errors(self) -> list[JSON]:
        """Every fault of the bot's own."""
        wrong = [line for line in self.lines if line["level"] in ("error", "exception", "critical")]
        return [line for line in wrong if line["event"] not in self.tolerated]

    def leaked(self, secrets: Iterable[str]) -> list[str]:
        """Those of these words that stand in a line, with its traceback if it has one."""
        said = "\n".join(repr(line) + self._traceback(line) for line in self.lines)
        return told.leaked(said, secrets)

    @staticmethod
    def _traceback(line: JSON) -> str:
        problem = line.get("problem")  # or its mere name
        return "".join(traceback.format_exception(problem)) if isinstance(problem, BaseException) else ""

    async def wait_for(self, event: str, *, since: int = 0) -> JSON:
        """The first line of this kind behind the first `since` lines."""
        while True:
            self._news.clear()
            for line in self.lines[since:]:
                if line["event"] == event:
                    return line
            await self._news.wait()


class Running:
    """A bot that can be stopped and started again, with what lies on its disk in sight."""

    def __init__(
        self,
        folder: pathlib.Path,
        up: server.Running,
        telegram: people.Telegram,
        logs: Logs,
        clock: pathlib.Path,
        more: Mapping[str, str] | None = None,
    ) -> None:
        self.telegram = telegram
        self.logs = logs
        self.world = up.world
        self.environment = {
            "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
            "GROUNDWORK_TELEGRAM_API_URL": up.url,
            "GROUNDWORK_DATA_DIR": str(folder / "data"),
            "GROUNDWORK_OWNER_IDS": str(OWNER),
            "GROUNDWORK_CHAT_PACE": "10000",
            "GROUNDWORK_CLOCK_FILE": str(clock),
            **(more or {}),
        }
        self.settings = settings.read(self.environment)
        self._task: asyncio.Task[None] | None = None
        self._disk: port.Storage | None = None

    async def start(self, *, webhooks: bool = False) -> None:
        """Start the bot; returns when it takes updates."""
        self.settings = settings.read(self.environment)
        preparing.prepare(self.settings.database, self.settings.key_file)
        before = len(self.logs.lines)
        self._task = asyncio.create_task(application.Service(self.settings).run(webhooks=webhooks))
        started = asyncio.create_task(self.logs.wait_for("running", since=before))
        await asyncio.wait({self._task, started}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            started.cancel()
            await self.ended()

    async def ended(self) -> None:
        """Wait until the bot stops by itself; raises what stopped it."""
        task, self._task = self._task, None
        if task is not None:
            await task

    async def stop(self) -> None:
        """Stop the bot and everything of it."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def close(self) -> None:
        """Stop looking at the disk as well."""
        await self.stop()
        if self._disk is not None:
            await self._disk.close()

    async def disk(self) -> port.Storage:
        """What is kept, through a connection of our own."""
        if self._disk is None:
            self._disk = opening.open_storage(self.settings.database, self.settings.key_file)
            await self._disk.open()
        return self._disk

    def secrets(self) -> set[str]:
        """What no log may hold."""
        return told.secrets(self.world.state)

    def person(self, person: int) -> people.Person:
        """Somebody at the phone."""
        return self.telegram.person(person)

    def menu(self, person: int) -> list[str]:
        """The names of the commands in the menu of somebody's chat."""
        [known] = self.world.state.bots.values()
        return [command["command"] for command in known.commands[f"chat:{person}/"]]

    async def newcomer(self, name: str = "Otieno", **details: Any) -> people.Person:
        """Somebody whom the bot has never seen."""
        return await self.telegram.add_person(name, **details)

    # --- letting the bot come to rest ----------------------------------------------------------------

    async def settled(self) -> None:
        """Return when every update is done and every message delivered."""
        disk = await self.disk()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (  # noqa: ASYNC110 - another connection's commits ring no bell
                any(bot.updates for bot in self.world.state.bots.values())
                or await disk.waiting()
                or await disk.outgoing(due=NOW + dt.timedelta(days=999), limit=1)
            ):
                await asyncio.sleep(0.004)

    async def after(self, person: people.Person, act: Awaitable[Any]) -> JSON:
        """The newest message of the bot's in the person's chat when all that the act led to is done.

        Fails where the bot did nothing there: an old message would pass for its answer.
        """
        since = self.now
        await act
        await self.settled()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.events(person, since):  # noqa: ASYNC110 - a last word is sent past the outbox
                await asyncio.sleep(0.004)
        return await person.last_message()

    async def tapped(self, person: people.Person, button: str, *, message: JSON | None = None) -> JSON:
        """As `after`, of a tap."""
        return await self.after(person, person.tap(button, message=message))

    async def said(self, person: people.Person, words: str) -> JSON:
        """As `after`, of something typed."""
        return await self.after(person, person.say(words))

    def events(self, person: people.Person, since: int) -> list[JSON]:
        """What the bot did in a person's chat: messages, edits, answers to taps."""
        found = self.world.events_after(since, person_id=person.id)
        return [
            event
            for event in found
            if event["kind"] == "answer"
            or (event["kind"] in ("message", "edited") and event["message"]["from"]["is_bot"])
        ]

    @property
    def now(self) -> int:
        """The number of the last event of the local Telegram."""
        return self.world.state.last_event

    def time(self) -> dt.datetime:
        """What the clock shows."""
        return dt.datetime.fromtimestamp(self.world.now(), dt.UTC)

    async def forward_to(self, moment: dt.datetime) -> None:
        """Move the clock on to a moment."""
        await self.telegram.forward((moment - self.time()).total_seconds())

    # --- ways into the usual situations --------------------------------------------------------------

    async def created(
        self, name: str = "Nuru", branches: str = "Nakuru", *, owner: people.Person | None = None
    ) -> dict[str, str]:
        """Create an institution as its owner does; returns the link's token of every seat."""
        who = owner or self.person(OWNER)
        for typed in ("/new", name, "KE", branches):
            await self.said(who, typed)
        await self.tapped(who, "Not decided")
        await self.tapped(who, "✓ Create")
        return await self.links_made(who)

    async def links_made(self, leader: people.Person) -> dict[str, str]:
        """Have a link made for every empty seat; returns the token of each."""
        since = self.now
        await self.said(leader, "/invite all")
        return links(self.events(leader, since))

    async def link(self, leader: people.Person, seat: str) -> str:
        """Have a link made for the seat whose button says this; returns its token."""
        await self.said(leader, "/invite")
        await self.tapped(leader, seat)
        since = self.now
        await self.tapped(leader, "+ Make a link to forward")
        return next(iter(links(self.events(leader, since)).values()))

    async def joined(self, person: people.Person, token: str) -> JSON:
        """Follow a link and agree."""
        await self.after(person, person.start(token))
        return await self.tapped(person, "Start")

    # --- what is kept --------------------------------------------------------------------------------

    async def assessment(self) -> records.Assessment:
        """The newest assessment."""
        return (await (await self.disk()).assessments())[-1]

    async def section(self, flow: str, branch: str = "") -> records.Section:
        """One section of the newest assessment."""
        found = await (await self.disk()).sections((await self.assessment()).id)
        return next(section for section in found if (section.flow, section.branch) == (flow, branch))

    async def session(self, flow: str, branch: str = "") -> nouns.Session:
        """A begun session."""
        found = await (await self.disk()).session((await self.section(flow, branch)).id)
        assert found is not None
        return found

    async def answers(self, flow: str, branch: str = "") -> dict[str, nouns.Value]:
        """The values given in a section; nothing where it was never begun."""
        found = await (await self.disk()).session((await self.section(flow, branch)).id)
        return {key: answer.value for key, answer in found.answers.items()} if found else {}


def words(message: JSON) -> str:
    """What a message says."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: JSON) -> list[str]:
    """What is written on a message's buttons."""
    return [button["text"] for button in people.buttons(message)]


def data(message: JSON, label: str) -> str:
    """The callback data behind a button."""
    return next(str(b["callback_data"]) for b in people.buttons(message) if b["text"] == label)


def links(events: list[JSON]) -> dict[str, str]:
    """The token of every invitation among what the bot sent, by its seat."""
    found: dict[str, str] = {}
    for event in events:
        said = words(event.get("message", {}))
        if match := LINK.search(said):
            found[match["seat"]] = match["token"]
    return found
