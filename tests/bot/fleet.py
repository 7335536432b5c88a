"""Several workers behind one address, as processes of their own, one of them killed every few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import socket
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from aiohttp import web

from bot.rehearsal import demo

SECRET = "a_b-C9"

KILLED_EVERY = 3.0
"""Seconds from when all workers are there to the next kill."""

LOOK_SECONDS = 0.05
"""Between two looks at whether a worker is there: on a busy machine it may take long to start."""


class Fleet:
    """So many workers; ends like one process."""

    def __init__(
        self, environment: Mapping[str, str], workers: int, *, killed_every: float, quiet: bool
    ) -> None:
        self._ports = [_free_port() for _ in range(workers)]
        self._address = _free_port()
        self._environment = {
            **environment,
            "GROUNDWORK_WEBHOOK_URL": f"http://127.0.0.1:{self._address}/",
            "GROUNDWORK_WEBHOOK_SECRET": SECRET,
        }
        self._quiet = quiet
        self._killed_every = killed_every
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._turns = itertools.count()
        self._chance = random.Random(7)
        self.kills = 0

    async def start(self) -> None:
        """Start the workers, the address before them, and the killer."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        app = web.Application(client_max_size=2**20)
        app.router.add_post("/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._address).start()
        await asyncio.gather(*map(self._run, self._ports))
        await asyncio.gather(*map(self._there, self._ports))
        self._killer = asyncio.create_task(self._kill_now_and_then())

    async def _run(self, port: int) -> None:
        given = {**self._environment, "GROUNDWORK_WEBHOOK_PORT": str(port)}
        self._processes[port] = await demo.start_bot(given, quiet=self._quiet, options=("--webhook",))

    async def _there(self, port: int) -> None:
        """Return when a worker takes updates, or has ended."""
        while self._processes[port].returncode is None:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _pass_on(self, request: web.Request) -> web.Response:
        """To one worker after the other; who is not there is passed over, as a proxy does."""
        body = await request.read()
        first = next(self._turns)
        for turn in range(len(self._ports)):
            port = self._ports[(first + turn) % len(self._ports)]
            try:
                async with self._session.post(
                    f"http://127.0.0.1:{port}/",
                    data=body,
                    headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
                ) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                break  # it may have taken it: Telegram asks again
        return web.Response(status=502)

    async def _kill_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._killed_every)
            port = self._chance.choice(self._ports)
            process = self._processes[port]
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            self.kills += 1
            await self._run(port)
            await self._there(port)

    def kill(self) -> None:
        """Kill every worker, and no more after that."""
        self._end("kill")

    def terminate(self) -> None:
        """Ask every worker to stop."""
        self._end("terminate")

    def _end(self, how: str) -> None:
        self._killer.cancel()
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                getattr(process, how)()

    async def wait(self) -> int:
        """Until every worker has ended."""
        await asyncio.gather(self._killer, return_exceptions=True)
        codes = [await process.wait() for process in self._processes.values()]
        await self._runner.cleanup()
        await self._session.close()
        return max(codes)


def starting(
    workers: int, *, killed_every: float = KILLED_EVERY, quiet: bool = True
) -> Callable[[Mapping[str, str]], Awaitable[Fleet]]:
    """Starts such a fleet in the place of one bot."""

    async def start(environment: Mapping[str, str]) -> Fleet:
        fleet = Fleet(environment, workers, killed_every=killed_every, quiet=quiet)
        await fleet.start()
        return fleet

    return start


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
