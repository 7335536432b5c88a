"""Recorded conversations, played: people at their phones against the real bot over real HTTP.

A recording is YAML: who does what, and what they then see. `answers` lets a person answer a whole
section from a sample's answer book by tapping and typing, as they would; `together` lets several people
go on at the same time; `says_day_in` types the day so many days on; `sends` takes a file that lies beside the
recording; `fills` writes cells of an Excel file that was downloaded; `downloads` keeps the next file, or with `says` the newest whose caption has these words, and
`finds_the_same` compares two of them. `cast` brings people of its own, the first of whom runs the bot; `sample`
names their book. `replies`, `changes` and `taps_under` name an earlier message by words in it.
Conversations that `begins` with an institution are recorded whole: `bot.rehearsal.recordings` plays those.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import pathlib
import re
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Protocol

import typer
import yaml

from bot import sample, settings
from bot.commands import files
from bot.practice import people as practice
from bot.practice import server, world
from bot.rehearsal import demo, playing_in_groups, recordings, respondent
from storage import opening, port

LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]+)")
SECONDS = 60
"""How long a step may take before the recording has failed."""

FILE_SECONDS = 4 * SECONDS
"""The same of a file: a plan stands back where the machine has other work."""

MORNING = "10:00"
"""When the clock stops, in Nairobi, where the practice page's people live; `at` is another hour, for other places."""

LOOK_SECONDS = 0.5
"""How long somebody looks for what has come already; what is overlooked is found on the next morning."""

FRESH_SECONDS = 10
"""How long words are looked for in what the last act brings, before those that were said earlier count."""

MORNINGS = 12
"""How many days may pass before a reminder: two working days, a weekend and the longest row of holidays."""


class PlayError(Exception):
    """The conversation did not go as recorded; the message names the step and what was seen instead."""


class Bot(Protocol):
    """A bot that was started: a process, or what ends like one."""

    def kill(self) -> None:
        """End at once."""

    def terminate(self) -> None:
        """Finish what is under way, and end."""

    async def wait(self) -> int:
        """Until it has ended."""


Start = Callable[[Mapping[str, str]], Awaitable[Bot]]
"""Starts a bot with these settings."""


async def play(
    path: pathlib.Path,
    *,
    keep: pathlib.Path | None = None,
    settings_of_bot: Mapping[str, str] | None = None,
    start: Start = demo.start_bot,
) -> int:
    """Play a recording from an empty database; returns the exit code. Downloads are kept in `keep`."""
    try:
        recording = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise PlayError(f"{path} cannot be played: {problem}") from None
    with tempfile.TemporaryDirectory(prefix="groundwork-play-") as folder:
        data = pathlib.Path(folder)
        telegram = await server.serve(0, clock_file=data / "clock", tokens=[demo.TOKEN])
        try:
            async with practice.Telegram(telegram.url) as line:
                # A recording answers faster than Telegram lets anybody: its pace is switched off for it.
                await line.faults(rate_limits=False)
                environment = {**demo.environment_for(telegram.url, data), **(settings_of_bot or {})}
                player = Player(line, environment, path.parent, keep, start)
                if "begins" in recording:
                    await player.play_whole(recording, path.stem, telegram.world)
                else:
                    await player.play(recording)
        finally:
            await telegram.close()
    return 0


class Player:
    """Plays the steps of one recording."""

    def __init__(
        self,
        telegram: practice.Telegram,
        environment: dict[str, str],
        beside: pathlib.Path,
        keep: pathlib.Path | None,
        start: Start = demo.start_bot,
    ) -> None:
        self._telegram = telegram
        self._start = start
        self._environment = {**environment, "GROUNDWORK_CHAT_PACE": "1000"}
        self._beside = beside
        self._keep = keep
        self._links: dict[str, str] = {}
        self._groups = playing_in_groups.Groups(telegram)
        self._sample = sample.answers()
        self._bot: Bot | None = None
        self.downloads: dict[str, bytes] = {}

    async def play(self, recording: dict[str, Any]) -> None:
        """Play every step; raises PlayError at the first that does not go as recorded."""
        people = await self._cast(recording.get("cast", []))
        self._sample = sample.answers(recording.get("sample", sample.SAMPLE))
        steps = recording["steps"]
        typer.echo(f"{recording['title']}: {len(steps)} steps")
        try:
            for number, step in enumerate(steps, 1):
                ((who, what),) = step.items()
                typer.echo(f"{number:4} {who}: {_brief(what)}")
                try:
                    await self._step(people, who, what)
                except (practice.NothingCame, practice.ActFailed, TimeoutError, LookupError) as problem:
                    raise PlayError(f"{recording['title']}, step {number} ({who}): {problem}") from problem
        finally:
            await self._stop_bot(kill=False)
        typer.echo("played to the end")

    async def play_whole(self, recording: dict[str, Any], name: str, world: world.World) -> None:
        """Play a conversation that was recorded whole; raises PlayError where it goes otherwise."""
        owner, *_ = recordings.people_of(recording, name)
        self._environment["GROUNDWORK_OWNER_IDS"] = str(owner)
        self._bot = await self._start(self._environment)
        try:
            stage = recordings.Stage(self._telegram, world, settings.read(self._environment))
            async with stage:
                steps = await recordings.play(recording, name, stage, self)
        finally:
            await self._stop_bot(kill=False)
        for said, seen in zip(recording["steps"], steps, strict=True):
            if said != seen:
                raise PlayError(f"{recording['title']}: recorded {said}, seen {seen}")
        typer.echo(f"{recording['title']}: played to the end, {len(steps)} steps")

    async def _cast(self, cast: list[dict[str, str]]) -> dict[str, practice.Person]:
        """The people by first name: the recording's own, who run their own bot, or those of the practice page."""
        if not cast:
            return await self._telegram.people()
        people = {details["first_name"]: await self._telegram.add_person(**details) for details in cast}
        owner = next(iter(people.values()))
        self._environment["GROUNDWORK_OWNER_IDS"] = str(owner.id)
        return people

    async def _step(self, people: dict[str, practice.Person], who: str, what: Any) -> None:
        if who == "bot":
            await self._bot_step(what)
        elif who == "together":
            await asyncio.gather(*(self._alone(people[name], acts) for name, acts in what.items()))
        elif who == "clock":
            await self._clock(people, what)
        else:
            await self._alone(people[who], [what])

    async def _alone(self, person: practice.Person, acts: list[dict[str, Any]]) -> None:
        for act in acts:
            ((name, given),) = act.items()
            async with asyncio.timeout(SECONDS * 5):
                await self.act(person, name, given)

    async def _bot_step(self, what: Any) -> None:
        if isinstance(what, dict) and "finds_the_same" in what:
            self._compare(*what["finds_the_same"])
        elif isinstance(what, dict):
            await self._export(what["exports"])
        elif what == "start":
            self._bot = await self._start(self._environment)
        else:
            await self._stop_bot(kill=what == "kill -9")

    async def _export(self, name: str) -> None:
        """Write the answers of the only assessment to a file that is kept, as `groundwork export` does."""
        if self._keep is not None:
            given = settings.read(self._environment)
            await files.export(given, self._sample.institution.name, self._keep / name)

    def _compare(self, first: str, second: str) -> None:
        """That two downloads are the same file, byte for byte."""
        if self.downloads[first] != self.downloads[second]:
            raise LookupError(f"{second} is another file than {first}")

    async def _stop_bot(self, *, kill: bool) -> None:
        if self._bot is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if kill:
                self._bot.kill()
            else:
                self._bot.terminate()
        await self._bot.wait()
        self._bot = None

    async def _clock(self, people: dict[str, practice.Person], what: dict[str, Any]) -> None:
        """Let mornings pass until somebody is told: which one it is depends on weekends and holidays."""
        person = people[what["until"]]
        given = settings.read(self._environment)
        storage = opening.open_storage(given.database, given.key_file)
        await storage.open()
        try:
            for _ in range(MORNINGS):
                await self._telegram.forward_to(what.get("at", MORNING))
                await _reminded(storage, self._now)
                with contextlib.suppress(practice.NothingCame):
                    await person.wait_for(what["sees"], timeout=LOOK_SECONDS)
                    return
        finally:
            await storage.close()
        raise LookupError(f"{what['until']} was not told within {MORNINGS} mornings")

    async def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(await self._telegram.now(), dt.UTC)

    async def act(self, person: practice.Person, act: str, given: Any) -> None:
        """Let a person do this; returns after the bot's first word on it."""
        match act:
            case "starts":
                await _answered(person, person.start())
            case "follows":
                await _answered(person, person.start(self._links[given]))
            case "says":
                await _answered(person, person.say(given))
            case "says_day_in":
                # a recording is played on any day: a day to come is named from the clock
                today = (await self._now()).date()
                await _answered(person, person.say((today + dt.timedelta(days=given)).isoformat()))
            case "sends":
                # what was downloaded may be sent on
                file = self._beside / given
                content = self.downloads.get(given) or file.read_bytes()
                await _answered(person, person.send_file(file.name, content))
            case "fills":
                sheet = self.downloads[given["file"]]
                self.downloads[given["file"]] = _filled(sheet, given["cells"])
            case "taps":
                await _button(person, given)
                await _answered(person, person.tap(given))
            case "sees":
                await _seen(person, given)
            case "keeps":
                message = await _seen(person, given["from"])
                found = LINK.search(message["text"])
                if found is None:
                    raise LookupError(f"no link in {message['text']!r}")
                self._links[given["link"]] = found[1]
            case "in_group":
                await self._groups.act(person, **given)
            case "answers":
                await respondent.Respondent(person, self._sample, given).answer()
            case "downloads":
                content = await person.download(await _file(person, given))
                given = given if isinstance(given, str) else given["file"]
                self.downloads[given] = content
                if self._keep is not None:
                    (self._keep / given).write_bytes(content)
            case _:
                await _act_rarely(person, act, given)


def _filled(sheet: bytes, cells: Mapping[str, Any]) -> bytes:
    """An Excel file with these cells of its first sheet written, as somebody does at a desk."""
    import openpyxl  # takes longer to load than all else here

    book = openpyxl.load_workbook(io.BytesIO(sheet))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


async def _reminded(storage: port.Storage, now: Callable[[], Awaitable[dt.datetime]]) -> None:
    """Return when nothing that is due is still to be said; a bot that was killed may take long.

    The clock is read again at each look: a reminder may lead to others, which are due from then on.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            while (  # noqa: ASYNC110 - another process's commits ring no bell
                ((due := await storage.next_reminder()) is not None and due <= await now())
                or await storage.outgoing(due=await now(), limit=1)
            ):
                await asyncio.sleep(recordings.LOOK_SECONDS)


async def _act_rarely(person: practice.Person, act: str, given: Any) -> None:
    """What people do beside tapping and typing."""
    match act:
        case "taps_under":
            message = await _message(person, given["words"])
            await _answered(person, person.tap(given["button"], message=message))
        case "replies":
            message = await _message(person, given["to"])
            await _answered(person, person.say(given["with"], reply_to=message))
        case "changes":
            message = await _message(person, given["from"], own=True)
            await _answered(person, person.edit(message, given["to"]))
        case "forwards":
            await _answered(person, person.say(given["words"], forwarded_from=given["of"]))
        case "sends_photo":
            sent = person.send_file(given, respondent.PHOTO, kind="photo", mime_type="image/png")
            await _answered(person, sent)
        case "sends_voice":
            await _answered(person, person.send_file(given, b"OggS", kind="voice", mime_type="audio/ogg"))
        case "sends_place":
            await _answered(person, person.send_location(*given))
        case "sends_sticker":
            await _answered(person, person.send_sticker(given))
        case "shares_number":
            await _answered(person, person.send_contact())
        case "deletes_chat":
            await person.delete_chat()
        case "blocks":
            await person.block(given)
        case _:
            raise LookupError(f"a person cannot '{act}'")


async def _seen(person: practice.Person, words: str) -> dict[str, Any]:
    # The same words may stand further up: what the last act brings is waited for before they count.
    with contextlib.suppress(practice.NothingCame):
        return dict(await person.wait_for(words, timeout=FRESH_SECONDS))
    for message in reversed(await person.messages(newest=12)):
        if message["from"]["is_bot"] and words in (message.get("text") or message.get("caption") or ""):
            return dict(message)
    return dict(await person.wait_for(words, timeout=SECONDS))


async def _message(person: practice.Person, words: str, *, own: bool = False) -> dict[str, Any]:
    """The newest message with these words, the person's or the bot's; with `own` the person's."""
    for message in reversed(await person.messages()):
        if own and message["from"]["is_bot"]:
            continue
        if words in (message.get("text") or message.get("caption") or ""):
            return message
    raise LookupError(f"no message says {words!r}")


async def _file(person: practice.Person, given: str | dict[str, str]) -> dict[str, Any]:
    """The next file; with words, the newest whose caption has them, which may have come before."""
    said = "" if isinstance(given, str) else given["says"]

    def fits(message: dict[str, Any]) -> bool:
        return "document" in message and said in (message.get("caption") or "")

    there = [message for message in await person.messages() if said and fits(message)]
    return dict(there[-1] if there else await person.wait_for(fits, timeout=FILE_SECONDS))


async def _button(person: practice.Person, label: str) -> None:
    def has(message: dict[str, Any]) -> bool:
        return practice.has_button(message, label)

    if not any(map(has, await person.messages())):
        await person.wait_for(has, timeout=SECONDS)


async def _answered(person: practice.Person, act: Coroutine[Any, Any, Any]) -> None:
    # No act is met with silence: the next step comes after the bot's first word on this one.
    await act
    await person.wait_for(lambda _: True, timeout=SECONDS)


def _brief(what: Any) -> str:
    return str(what) if len(str(what)) <= 100 else str(what)[:99] + "…"
