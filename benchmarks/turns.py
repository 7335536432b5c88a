"""Answers a second of the whole bot, durable turns and all, beside the echoes of python-telegram-bot and aiogram."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import importlib.util
import os
import pathlib
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from typing import cast

import aiohttp
import msgspec

from benchmarks import echo_bots, echo_server
from bot import settings
from flows import engine, nouns
from storage import opening, port, preparing, records

PEOPLE = 200
"""Who answer side by side: a large institution on a busy morning."""

BRANCHES = 40
"""Of each institution."""

MESSAGES = 2_000

SLOW_MESSAGES = {"python-telegram-bot": 60, "aiogram": 2_000, "groundwork": 2_000}
"""Fewer where one message waits for the other."""

LATENCIES = (0.0, 0.05)
"""Seconds that Telegram takes to answer a call: none, so that only the bots count, and what it takes from Africa."""

ROUNDS = 3
"""The best of these counts: what disturbs a machine makes it slower, never faster."""

WARM = 200
"""Messages before anything is measured."""

QUESTIONS = 80
"""Of the form that is answered: twice a long section, so that nobody comes to its end."""

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class Figure(msgspec.Struct, frozen=True):
    """One bot at one latency."""

    bot: str
    latency_ms: float
    messages: int
    answers_a_second: float
    ratio: float
    """Answers a second as a multiple of python-telegram-bot's echo at this latency."""


async def measure(
    *,
    people: int = PEOPLE,
    messages: int = MESSAGES,
    rounds: int = ROUNDS,
    latencies: tuple[float, ...] = LATENCIES,
) -> tuple[list[Figure], list[str]]:
    """All bots without and with latency, and a sentence for each peer that is not here."""
    notes: list[str] = []
    bots = list(echo_bots.BOTS)
    if importlib.util.find_spec("aiogram") is None:
        bots.remove("aiogram")
        notes.append("aiogram is not installed, so nothing is measured beside it: pip install aiogram.")
    figures: list[Figure] = []
    for latency in latencies:
        base = 0.0
        for bot in bots:
            count = min(messages, SLOW_MESSAGES[bot]) if latency else messages
            a_second = await _best(bot, people, count, latency, rounds)
            base = base or a_second
            figures.append(Figure(bot, latency * 1e3, count, a_second, a_second / base))
    return figures, notes


async def _best(bot: str, people: int, messages: int, latency: float, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if bot == "groundwork":
            await planted(folder, people)
        async with server() as url, running(bot, url, folder), aiohttp.ClientSession() as session:
            await dealt(session, url, people, min(WARM, messages))
            taken = [
                (await dealt(session, url, people, messages, latency=latency))["seconds"]
                for _ in range(rounds)
            ]
    return messages / min(taken)


async def dealt(
    session: aiohttp.ClientSession, url: str, people: int, messages: int, **more: object
) -> dict[str, float]:
    """Let so many people send so many messages; what the server counted until each had its answer."""
    asked = {"people": people, "messages": messages, **more}
    async with session.post(f"{url}/deal", json=asked, timeout=aiohttp.ClientTimeout(300)) as answer:
        found: dict[str, float] = await answer.json()
        return found


@contextlib.asynccontextmanager
async def server() -> AsyncIterator[str]:
    """The address of a Telegram that only measures, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.echo_server", stdout=asyncio.subprocess.PIPE
    )
    try:
        yield (await cast(asyncio.StreamReader, process.stdout).readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def running(
    bot: str, url: str, folder: pathlib.Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of the bots in a process of its own; the settings in the environment are those of Groundwork."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.echo_bots", bot, url, str(folder),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, env={**os.environ, **(environment or {})},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def planted(folder: pathlib.Path, people: int, environment: Mapping[str, str] | None = None) -> None:
    """Keep institutions in which everybody has the same long questionnaire open at its first question."""
    given = settings.read(
        {
            "GROUNDWORK_TELEGRAM_TOKEN": echo_bots.TOKEN,
            "GROUNDWORK_DATA_DIR": str(folder / "data"),
            **(environment or {}),
        }
    )
    preparing.prepare(given.database, given.key_file)
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        await storage.commit(changes(people))
    finally:
        await storage.close()


def changes(people: int, *, questions: int = QUESTIONS, branches: int = BRANCHES) -> list[port.Change]:
    """So many respondents, each of a branch with the same long questionnaire open at its first question."""
    flow = _form(questions)
    begun = engine.advance(flow, engine.start(flow), nouns.Begin(), now=NOW).session
    made: list[port.Change] = []
    for first in range(0, people, branches):
        assessment = f"a{first}"
        numbers = range(first, min(first + branches, people))
        places = tuple(nouns.Branch(f"b{number}", f"Branch {number}") for number in numbers)
        institution = nouns.Institution("Umoja", country="KE", currency="KES", timezone="Africa/Nairobi")
        made += [
            port.Put(records.Assessment(assessment, institution, places, state="collecting", created_at=NOW)),
            port.Put(records.Survey(assessment, flow.id, flow.version, NOW, definition=flow)),
        ]
        for number in numbers:
            made += _respondent(assessment, number, flow, begun)
    return made


def _respondent(assessment: str, number: int, flow: nouns.Flow, begun: nouns.Session) -> list[port.Change]:
    person, section, branch = echo_server.FIRST_PERSON + number, f"s{number}", f"b{number}"
    began = NOW + dt.timedelta(milliseconds=number)  # no two people begin at the same moment
    owed = records.Section(
        section, assessment, flow.id, flow.version, branch, "in_progress", person, total=QUESTIONS
    )
    return [
        port.Put(records.Person(person, f"Respondent {person}", "en", joined_at=NOW, agreed_at=NOW)),
        port.Put(records.Membership(assessment, person, nouns.Role.BRANCH_STAFF, branch)),
        port.Put(records.Conversation(person, assessment, section)),
        port.Put(owed),
        port.PutSession(section, msgspec.structs.replace(begun, begun=began), -1),
    ]


def _form(count: int) -> nouns.Flow:
    """Questions to each of which any words are an answer."""
    questions = tuple(
        nouns.Question("text", f"q{number}", f"q{number}", f"Question {number}?") for number in range(count)
    )
    return nouns.Flow("measured", "1", "Measured", children=questions)
