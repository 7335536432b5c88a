"""Two workers beside one on the same load: answers a second, and which part of the machine's work is whose."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import signal
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator

import aiohttp
import asyncpg
import msgspec

from benchmarks import turns
from tests import databases

PEOPLE = 200

MESSAGES = 1_000
"""Of one load."""

WARM = 200
"""Messages for each worker before anything is measured."""

PATIENCE_SECONDS = 60.0
"""For a worker to start."""

ROUNDS = 3
"""Loads of which the median counts; one and two workers take them by turns, so that what disturbs one disturbs both."""

SHARE = 0.25
"""Of a core for each worker, so that neither the load nor the database nor the number of cores is the limit."""

STEP_SECONDS = 0.02
"""How long a worker goes and stands in turn, one after the other: in any moment one of them works, the database and
the load beside it."""

SECRET = "a_b-C9"

TICKS = os.sysconf("SC_CLK_TCK")


class Figure(msgspec.Struct, frozen=True):
    """So many workers under the load."""

    workers: int
    share_of_core: float
    """Of each worker; 1 where it may have all that the machine gives."""
    answers_a_second: float
    ratio: float
    """As a multiple of one worker's."""
    worker_ms: float
    """The processor's time for an answer, of all workers together."""
    database_ms: float
    load_ms: float
    cores_used: float
    """Of all parts together, while the load lasted."""


class Load(msgspec.Struct, frozen=True):
    """What one load took, in seconds; all but the first of the processor's."""

    seconds: float
    workers: float
    database: float
    server: float


async def measure(
    *,
    people: int = PEOPLE,
    messages: int = MESSAGES,
    rounds: int = ROUNDS,
    shares: tuple[float, ...] = (SHARE, 1.0),
    counts: tuple[int, ...] = (1, 2),
) -> list[Figure]:
    """One and two workers, held to a share of a core each, and let loose."""
    return [figure for share in shares for figure in await _beside(people, messages, rounds, share, counts)]


async def _beside(
    people: int, messages: int, rounds: int, share: float, counts: tuple[int, ...]
) -> list[Figure]:
    taken: dict[int, list[Load]] = {count: [] for count in counts}
    async with contextlib.AsyncExitStack() as stack:
        warm = min(WARM, messages)
        fleets = {
            count: await stack.enter_async_context(_started(count, people, warm, share)) for count in taken
        }
        for _ in range(rounds):
            for count, fleet in fleets.items():
                taken[count].append(await fleet.load(people, messages))
    one = statistics.median(load.seconds for load in taken[counts[0]])
    return [_figure(count, share, messages, one, found) for count, found in taken.items()]


def _figure(count: int, share: float, messages: int, one: float, found: list[Load]) -> Figure:
    seconds = statistics.median(load.seconds for load in found)
    worked = statistics.median(load.workers for load in found)
    stored = statistics.median(load.database for load in found)
    dealt = statistics.median(load.server for load in found)
    return Figure(
        workers=count,
        share_of_core=share,
        answers_a_second=messages / seconds,
        ratio=one / seconds,
        worker_ms=worked * 1e3 / messages,
        database_ms=stored * 1e3 / messages,
        load_ms=dealt * 1e3 / messages,
        cores_used=(worked + stored + dealt) / seconds,
    )


class Fleet:
    """So many workers on a database of their own, and a Telegram that calls them."""

    def __init__(
        self, processes: list[asyncio.subprocess.Process], url: str, ports: list[int], share: float
    ) -> None:
        self._workers = [process.pid for process in processes]
        self._url = url
        self._webhooks = [f"http://127.0.0.1:{port}/" for port in ports]
        self._share = share

    async def load(self, people: int, messages: int) -> Load:
        """Let so many people send so many messages, and count who worked how long."""
        database = await _postmaster()
        before = _used(self._workers), _used(_family(database))
        with _held(self._workers, self._share):
            async with aiohttp.ClientSession() as session:
                found = await turns.dealt(
                    session, self._url, people, messages, webhooks=self._webhooks, secret=SECRET
                )
        after = _used(self._workers), _used(_family(database))
        return Load(found["seconds"], after[0] - before[0], after[1] - before[1], found["processor"])


@contextlib.asynccontextmanager
async def _started(count: int, people: int, warm: int, share: float) -> AsyncIterator[Fleet]:
    """Workers that have answered something each already."""
    async with contextlib.AsyncExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kept = stack.enter_context(databases.settings(folder, "postgresql"))
        await turns.planted(folder, people, kept)
        url = await stack.enter_async_context(turns.server())
        ports, processes = [_free_port() for _ in range(count)], []
        for port in ports:
            told = {
                **kept,
                "GROUNDWORK_WEBHOOK_URL": f"http://127.0.0.1:{port}/",
                "GROUNDWORK_WEBHOOK_SECRET": SECRET,
                "GROUNDWORK_WEBHOOK_PORT": str(port),
            }
            processes.append(await stack.enter_async_context(turns.running("groundwork", url, folder, told)))
        for port in ports:
            await _listens(port)
        fleet = Fleet(processes, url, ports, share)
        await fleet.load(people, warm * count)
        yield fleet


async def _listens(port: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# --- who works how long ----------------------------------------------------------------------------------


@contextlib.contextmanager
def _held(workers: list[int], share: float) -> Iterator[None]:
    """Let processes go for a share of the time only."""
    over = threading.Event()

    def hold() -> None:
        _signal(workers, signal.SIGSTOP)
        while not over.is_set():
            for worker in workers:
                _signal([worker], signal.SIGCONT)
                time.sleep(STEP_SECONDS * share)
                _signal([worker], signal.SIGSTOP)
            time.sleep(STEP_SECONDS * (1 - share * len(workers)))
        _signal(workers, signal.SIGCONT)

    holder = threading.Thread(target=hold)
    if share < 1:
        holder.start()
    try:
        yield
    finally:
        over.set()
        if share < 1:
            holder.join()


def _signal(workers: list[int], number: signal.Signals) -> None:
    for worker in workers:
        os.kill(worker, number)


async def _postmaster() -> int:
    """The process whose children serve PostgreSQL's connections; the server runs on this machine."""
    connection = await asyncpg.connect(databases.server())
    try:
        return _parent(await connection.fetchval("SELECT pg_backend_pid()"))
    finally:
        await connection.close()


def _family(process: int) -> list[int]:
    others = [int(path.name) for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()]
    return [process, *(other for other in others if _parent(other) == process)]


def _parent(process: int) -> int:
    fields = _fields(process)
    return int(fields[1]) if fields else 0


def _used(processes: list[int]) -> float:
    """Seconds of the processor's time, those of ended children included."""
    return sum(sum(map(int, _fields(process)[11:15])) for process in processes) / TICKS


def _fields(process: int) -> list[str]:
    """What the system says of a process behind its name; nothing once it has ended."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
