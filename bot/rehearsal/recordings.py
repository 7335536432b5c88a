"""Short conversations, recorded whole: an institution with its people, each act, and all that came of it.

A recording `begins` with an institution: its branches, and who of the `cast` sits where. Each step is an act of one
person, as `bot.rehearsal.playing` knows them, and `shows` every message, change and note that followed, by person. What is
made at random is written as dots. `pytest tests/bot/test_recordings.py --record` writes the steps anew.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import textwrap
import zlib
from types import TracebackType
from typing import Any, Protocol

import yaml

from bot import settings
from bot.practice import people as practice
from bot.practice import world
from flows import words as wording
from storage import opening, port

JSON = dict[str, Any]

FIRST_ID = 720_000_000
"""Telegram's ids of the people in recordings begin here, far from those of the practice page."""

LINK = re.compile(r"start=[\w-]+")
SEAT = re.compile(r"answers for (?P<seat>.+?):\n.*start=(?P<token>[\w-]+)", re.DOTALL)
"""The seat and the token in an invitation that is to be forwarded."""

LOOK_SECONDS = 0.005
"""Between two looks at whether the bot is done."""

PATIENCE_SECONDS = 60

NEVER = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
"""Later than any message is due."""


class Actor(Protocol):
    """Lets people do what a step says: `bot.rehearsal.playing.Player`."""

    async def act(self, person: practice.Person, act: str, given: Any) -> None:
        """Let a person do this."""


class Stage:
    """A bot and a local Telegram on which recordings are played, one after the other."""

    def __init__(self, telegram: practice.Telegram, here: world.World, given: settings.Settings) -> None:
        self.telegram = telegram
        self.world = here
        self._given = given
        self._disk: port.Storage | None = None

    async def __aenter__(self) -> Stage:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._disk is not None:
            await self._disk.close()

    async def settled(self) -> None:
        """Return when every update is done and every message delivered."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._is_busy():  # noqa: ASYNC110 - another process's commits ring no bell
                await asyncio.sleep(LOOK_SECONDS)

    async def _is_busy(self) -> bool:
        if not self.world.state.bots or any(bot.updates for bot in self.world.state.bots.values()):
            return True
        if self._disk is None:
            self._disk = opening.open_storage(self._given.database, self._given.key_file)
            await self._disk.open()
        return bool(await self._disk.waiting() or await self._disk.outgoing(due=NEVER, limit=1))


def people_of(recording: JSON, name: str) -> list[int]:
    """The Telegram ids of a recording's people: the same whenever it is played, and no other recording's."""
    first = FIRST_ID + 16 * (zlib.crc32(name.encode()) % 1_000_000)
    return [first + number for number in range(len(recording["cast"]))]


async def play(recording: JSON, name: str, stage: Stage, actor: Actor) -> list[JSON]:
    """Play a recording; returns its steps with what was seen now."""
    ids = people_of(recording, name)
    people = {
        details["first_name"]: await stage.telegram.add_person(**details, id=number)
        for number, details in zip(ids, recording["cast"], strict=True)
    }
    await _begin(recording["begins"], people, stage)
    steps = []
    for step in recording["steps"]:
        (who,) = step.keys() - {"shows"}
        ((act, given),) = step[who].items()
        since = stage.world.state.last_event
        await actor.act(people[who], act, given)
        await stage.settled()
        steps.append({who: step[who], "shows": shown(stage, people, since)})
    return steps


async def _begin(given: JSON, people: dict[str, practice.Person], stage: Stage) -> None:
    """Create the institution and seat its people; the first of the cast owns it."""
    owner = next(iter(people.values()))
    words = wording.catalogue("bot", wording.BASE_LANGUAGE)
    for typed in ("/new", given["institution"], given.get("country", "KE"), "\n".join(given["branches"])):
        await owner.say(typed)
        await stage.settled()
    for button in ("new.date.none", "new.create"):
        await owner.tap(words.say(button))
        await stage.settled()
    if not given.get("seats"):
        return
    await owner.say("/invite all")
    await stage.settled()
    links = {
        found["seat"]: found["token"]
        for message in await owner.messages()
        if (found := SEAT.search(message.get("text", "")))
    }
    for name, seats in given["seats"].items():
        for seat in [seats] if isinstance(seats, str) else seats:
            await people[name].start(links[seat])
            await stage.settled()
            begin = practice.buttons(await people[name].last_message())[0]
            await people[name].tap(begin["text"])
            await stage.settled()


def shown(stage: Stage, people: dict[str, practice.Person], since: int) -> list[str]:
    """What the bot did since then, person by person, as lines to read."""
    found = []
    for name, person in people.items():
        for event in stage.world.events_after(since, person_id=person.id):
            said = _said(event)
            if said:
                found.append(f"{name}{said}")
    return found


def _said(event: JSON) -> str:
    """One event in words: a message, a change of one, or the note over a pressed button."""
    if event["kind"] == "answer":
        return f" is told: {event['text']}" if event.get("text") else ""
    if event["kind"] not in ("message", "edited") or not event["message"]["from"]["is_bot"]:
        return ""
    message = event["message"]
    sign = " sees changed: " if event["kind"] == "edited" else " sees: "
    file = message.get("document")
    parts = [f"({file['file_name']})" if file else "(picture)" if message.get("photo") else ""]
    parts.append(LINK.sub("start=…", message.get("text") or message.get("caption") or ""))
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    parts += [" ".join(f"[{button['text']}]" for button in row) for row in rows]
    return sign + "\n".join(part.rstrip() for part in "\n".join(filter(None, parts)).splitlines())


def written(recording: JSON) -> str:
    """The recording as its file."""
    head = {key: value for key, value in recording.items() if key != "steps"}
    lines = [_yaml(head, flow=None), "steps:\n"]
    for step in recording["steps"]:
        who = next(key for key in step if key != "shows")
        act = _yaml({who: step[who]}, flow=None).rstrip("\n").replace("\n", "\n  ")
        lines.append(f"- {act}\n")
        lines.append(textwrap.indent(_yaml({"shows": step["shows"]}, flow=False), "  "))
    return "".join(lines)


def _yaml(value: JSON, *, flow: bool | None) -> str:
    return str(
        yaml.dump(
            value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=flow
        )
    )


class _Dumper(yaml.SafeDumper):
    """Writes messages of several lines as they are read."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
