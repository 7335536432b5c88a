"""What a start costs, beside bare Python and python-telegram-bot alone; and the bot's memory as ever more people answer."""

from __future__ import annotations

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence

import aiohttp
import msgspec

from benchmarks import turns

ROUNDS = 7

STARTS: dict[str, Sequence[str]] = {
    "python-telegram-bot imported": ("-c", "import telegram.ext"),
    "bare Python": ("-c", "pass"),
    "groundwork --help": ("-m", "bot", "--help"),
    "the bot imported": ("-c", "import bot.application"),
    "the bot with Excel and Word": ("-c", "import bot.application, openpyxl, docx"),
}
"""What is started; the first is the peer that the others are compared with."""

MEASURED = (
    "import resource, subprocess, sys\n"
    "subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
)
"""Run in a process of its own, whose only child is the start: so its processor time and memory are told apart."""


SESSIONS = (0, 1_000, 10_000)
"""People in the middle of their questionnaires."""

ANSWERS = 2
"""Of each: what the first leaves in memory would show with the second."""

TOGETHER = 1_000
"""People who answer at the same time."""


class Memory(msgspec.Struct, frozen=True):
    """The whole bot's, when so many people have answered."""

    sessions: int
    resident_mb: float
    most_mb: float
    """The most that it took so far."""


class Figure(msgspec.Struct, frozen=True):
    """One kind of start."""

    what: str
    median_ms: float
    """Of the processor's time."""
    ratio: float
    resident_mb: float


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Every kind of start, by turns, so that a busy machine slows all alike."""
    taken: dict[str, list[tuple[float, float]]] = {what: [] for what in STARTS}
    for _ in range(rounds + 1):
        for what, arguments in STARTS.items():
            taken[what].append(_started(arguments))
    # the first of each writes the compiled modules
    medians = {what: statistics.median(ms for ms, _ in found[1:]) for what, found in taken.items()}
    peer = next(iter(medians.values()))
    return [
        Figure(what, medians[what], medians[what] / peer, statistics.median(mb for _, mb in found))
        for what, found in taken.items()
    ]


def _started(arguments: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of the processor's time, and megabytes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    seconds, kilobytes = told.stdout.split()
    return float(seconds) * 1000, float(kilobytes) / 1024


async def sessions(counts: Sequence[int] = SESSIONS, answers: int = ANSWERS) -> list[Memory]:
    """The memory of one bot while ever more people answer, each in a questionnaire of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        await turns.planted(folder, max(counts))
        async with (
            turns.server() as url,
            turns.running("groundwork", url, folder) as bot,
            aiohttp.ClientSession() as session,
        ):
            found, there = [], 0
            for count in counts:
                for first in range(there, max(count, 1), TOGETHER):
                    people = min(TOGETHER, max(count, 1) - first)
                    await turns.dealt(session, url, people, people * answers, first=first)
                there = count
                found.append(_memory(bot.pid, count))
    return found


def _memory(process: int, count: int) -> Memory:
    said = dict(
        line.split(":", 1) for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    )
    resident, most = (int(said[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return Memory(count, resident, most)
