"""The server: Bot API, page API and page in one aiohttp application, for this machine alone."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from aiohttp import web

from bot.practice import bodies, bot_api, circle_api, page_api, storing, webhooks, world

WORLD = web.AppKey("world", world.World)
"""Where the application keeps its world."""

_HOSTS = ("127.0.0.1", "localhost")
_PAGE_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SHUTDOWN_SECONDS = 2.0


class ServeError(Exception):
    """The local Telegram cannot start where it was told to; the message says why and what to do."""


_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is up: where it is, its world, and how to end it."""

    url: str
    world: world.World
    close: Callable[[], Awaitable[None]]


def create_world(
    *, data_dir: Path | None = None, clock_file: Path | None = None, tokens: Collection[str] | None = None
) -> world.World:
    """A world in memory, or the one a folder remembers."""
    store = storing.Folder(data_dir) if data_dir else storing.Memory()
    return world.World(store=store, tokens=tokens, clock_file=clock_file)


def create_app(here: world.World) -> web.Application:
    """The application over a world."""
    app = web.Application(
        middlewares=[_from_this_machine, page_api.answer_refusals], client_max_size=bodies.REQUEST_BYTES
    )
    app[WORLD] = here
    api = bot_api.BotApi(here)
    app.add_routes(api.routes())
    app.add_routes(page_api.PageApi(here).routes())
    app.add_routes(circle_api.CircleApi(here).routes())
    app.add_routes([web.get("/", _page), web.get("/page/{name}", _page)])
    app.on_response_prepare.append(_add_headers)
    app.cleanup_ctx.append(lambda _: _deliveries(here, api))
    app.on_shutdown.append(lambda _: _close(here))
    return app


async def serve(
    port: int,
    *,
    data_dir: Path | None = None,
    clock_file: Path | None = None,
    tokens: Collection[str] | None = None,
) -> Running:
    """Start in the running loop on 127.0.0.1; port 0 takes any free one."""
    here = create_world(data_dir=data_dir, clock_file=clock_file, tokens=tokens)
    runner = web.AppRunner(create_app(here), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        listener = socket.create_server(("127.0.0.1", port))
        await web.SockSite(runner, listener).start()
    except OSError:
        await runner.cleanup()
        raise
    return Running(f"http://127.0.0.1:{listener.getsockname()[1]}", here, runner.cleanup)


def run(
    port: int,
    *,
    data_dir: Path | None = None,
    clock_file: Path | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve until interrupted; `ready` is told the address of the page."""

    async def forever() -> None:
        try:
            running = await serve(port, data_dir=data_dir, clock_file=clock_file)
        except OSError as problem:
            raise ServeError(
                f"The local Telegram cannot start: {problem.strerror}. "
                "Choose another port with --port, or another folder with --data."
            ) from None
        try:
            ready(running.url)
            await asyncio.Event().wait()
        finally:
            await running.close()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(forever())


async def _close(here: world.World) -> None:
    here.close()


async def _deliveries(here: world.World, api: bot_api.BotApi) -> AsyncIterator[None]:
    task = asyncio.create_task(webhooks.Deliveries(here, api.execute).run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _page(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    folder = resources.files("bot.practice").joinpath("page")
    if name not in {entry.name for entry in folder.iterdir()}:
        raise web.HTTPNotFound
    content_type = _PAGE_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return web.Response(
        body=folder.joinpath(name).read_bytes(),
        content_type=content_type,
        charset="utf-8",
        headers={"Cache-Control": "no-cache"},
    )


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


@web.middleware
async def _from_this_machine(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse other hosts' names (DNS rebinding) and other sites' pages; save before answering."""
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    if host not in _HOSTS:
        raise web.HTTPForbidden(text="This server answers only to 127.0.0.1 and localhost.")
    origin = request.headers.get("Origin")
    foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
    arriving = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.path == "/"
    if (origin is not None and origin != f"http://{request.host}") or (foreign and not arriving):
        raise web.HTTPForbidden(text="This server answers only its own page.")
    response = await handler(request)
    request.app[WORLD].save()
    return response
