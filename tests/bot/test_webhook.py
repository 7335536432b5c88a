"""Telegram calls the bot: whoever has no secret is turned away unread, and what is no update stops nothing."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import socket

import aiohttp
import pytest

from bot import settings
from bot.receiving import webhook
from tests.bot import running
from tests.bot.running import data, words
from tests.fuzzing import mutations, test_fuzzing

SECRET = "a_b-C9"


NUMBER = 4 * int(os.environ.get("GROUNDWORK_FUZZ", "25"))
"""Of updates of another shape."""

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
async def called(stopped: running.Running) -> running.Running:
    """A bot that is called at a path of its own."""
    await _start(stopped)
    return stopped


async def _start(bot: running.Running) -> None:
    port = _free_port()
    bot.environment |= {
        "GROUNDWORK_WEBHOOK_URL": f"http://127.0.0.1:{port}/somewhere/else",
        "GROUNDWORK_WEBHOOK_SECRET": SECRET,
        "GROUNDWORK_WEBHOOK_PORT": str(port),
    }
    await bot.telegram.faults(rate_limits=False, webhook_retry_seconds=0.01)
    await bot.start(webhooks=True)
    await bot.said(bot.person(running.OWNER), "/help")  # since then it listens


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It hangs up at once."""
    monkeypatch.setattr(webhook, "PATIENCE_SECONDS", 0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_an_assessment_is_made_by_webhook(called: running.Running) -> None:
    tokens = await called.created()
    somebody = await called.newcomer()
    shown = await called.joined(somebody, tokens["Training"])
    assert "your sections" in words(shown)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        pytest.param(None, b"{}", 403, id="no secret"),
        pytest.param("", b"{}", 403, id="an empty secret"),
        pytest.param("a_b-c9", b"{}", 403, id="nearly the secret"),
        pytest.param(SECRET + "x", b"{}", 403, id="more than the secret"),
        pytest.param(SECRET, b"", 400, id="no body"),
        pytest.param(SECRET, b"[]", 400, id="a list"),
        pytest.param(SECRET, b"{}", 400, id="no number"),
        pytest.param(SECRET, b'{"update_id": "7"}', 400, id="a number in quotation marks"),
        pytest.param(SECRET, b'{"update_id": true}', 400, id="yes for a number"),
        pytest.param(SECRET, b'{"update_id": 7, "x": "\xff"}', 400, id="no UTF-8"),
        pytest.param(SECRET, b'{"x":' * 5000 + b"1" + b"}" * 5000, 400, id="very deep"),
        pytest.param(SECRET, b"{" + b" " * webhook.BODY_BYTES + b"}", 413, id="very long"),
        pytest.param(SECRET, b'{"update_id": 7, "message": {"text": 3}}', 200, id="an update that is none"),
        pytest.param(SECRET, b'{"update_id": 8, "poll": []}', 200, id="an update that we never asked for"),
    ],
)
async def test_strangers_and_nonsense(
    called: running.Running, secret: str | None, body: bytes, status: int
) -> None:
    called.logs.tolerated |= {"update not understood"}
    headers = {} if secret is None else {webhook.SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(called.environment["GROUNDWORK_WEBHOOK_URL"], data=body, headers=headers) as answer,
    ):
        assert answer.status == status
        assert "Traceback" not in await answer.text()
    owner = called.person(running.OWNER)
    assert words(await called.said(owner, "/help")), "the bot still listens"


async def test_updates_of_another_shape_stop_nothing(planted: running.Running) -> None:
    await planted.stop()
    await _start(planted)
    planted.logs.tolerated |= {"update not understood", "message refused"}
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    button = data(await planted.tapped(ekai, "Your branch · Lodwar"), "I don't know")
    chance = random.Random(7)
    async with aiohttp.ClientSession() as caller:
        for number in range(NUMBER):
            [(kind, said)] = chance.choice(test_fuzzing.UPDATES).items()
            theirs = json.dumps(said).replace('"id": 7', f'"id": {ekai.id}').replace("abcdefghijkl.0", button)
            wrong = json.loads(mutations.retyped(chance, theirs.encode()))
            update = {"update_id": 10_000_000 + number, kind: wrong}
            async with caller.post(
                planted.environment["GROUNDWORK_WEBHOOK_URL"],
                json=update,
                headers={webhook.SECRET_HEADER: SECRET},
            ) as answer:
                assert (answer.status, await answer.read()) == (200, b""), "nothing of anybody's goes back"
    assert words(await planted.said(ekai, "/help")), "the bot still listens"


async def test_a_squeezed_body_is_measured_as_it_comes_out(called: running.Running) -> None:
    squeezed = gzip.compress(b"{" + b" " * 20 * webhook.BODY_BYTES + b"}")
    headers = {webhook.SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(called.environment["GROUNDWORK_WEBHOOK_URL"], data=squeezed, headers=headers) as answer,
    ):
        assert answer.status == 413


async def test_a_body_that_says_it_is_squeezed_and_is_not(called: running.Running) -> None:
    headers = {webhook.SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(
            called.environment["GROUNDWORK_WEBHOOK_URL"], data=b"no gzip", headers=headers
        ) as answer,
    ):
        assert answer.status == 400


async def test_a_stranger_keeps_no_line(called: running.Running) -> None:
    reading, writing = await asyncio.open_connection(
        "127.0.0.1", int(called.environment["GROUNDWORK_WEBHOOK_PORT"])
    )
    writing.write(HEAD + b"Content-Length: 2\r\n\r\n{}")
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        assert b" 403 " in await reading.read(), "and then the end"
    writing.close()


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "X-HTTP-Method-Override"]
)
async def test_headers_of_intermediaries_count_for_nothing(called: running.Running, header: str) -> None:
    url = called.environment["GROUNDWORK_WEBHOOK_URL"]
    # what Telegram, this machine or a proxy that knows the secret would put there
    for value in ("149.154.167.220", "for=127.0.0.1", "127.0.0.1", "localhost", "POST", SECRET):
        async with aiohttp.ClientSession() as stranger:
            async with stranger.post(url, data=b'{"update_id": 7}', headers={header: value}) as answer:
                assert answer.status == 403
            named = {header: value, webhook.SECRET_HEADER: SECRET}
            async with stranger.get(url, headers=named) as answer:
                assert answer.status == 405
    assert not await (await called.disk()).waiting()


@pytest.mark.parametrize(
    "lengths",
    [
        pytest.param(
            b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="a length and chunks"
        ),
        pytest.param(b"Content-Length: 2\r\nContent-Length: 50\r\n\r\n{}", id="two lengths"),
        pytest.param(b"Content-Length: +2\r\n\r\n{}", id="a length with a sign"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n2x\r\n{}\r\n0\r\n\r\n", id="a chunk of no length"),
    ],
)
async def test_a_call_whose_end_is_told_in_two_ways_is_refused(
    called: running.Running, lengths: bytes
) -> None:
    """A proxy and the bot would otherwise take different bytes for the next call."""
    reading, writing = await asyncio.open_connection(
        "127.0.0.1", int(called.environment["GROUNDWORK_WEBHOOK_PORT"])
    )
    writing.write(HEAD + f"{webhook.SECRET_HEADER}: {SECRET}\r\n".encode() + lengths)
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        assert (await reading.readline()).split()[1] == b"400"
    writing.close()


@pytest.mark.parametrize(
    "secrets",
    [pytest.param((SECRET, "x"), id="the right one first"), pytest.param((SECRET, SECRET), id="twice")],
)
async def test_a_secret_beside_another_is_no_secret(
    called: running.Running, secrets: tuple[str, ...]
) -> None:
    """A proxy that looks at one of them may take the other one."""
    headers = [(webhook.SECRET_HEADER, secret) for secret in secrets]
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(
            called.environment["GROUNDWORK_WEBHOOK_URL"], data=b'{"update_id": 7}', headers=headers
        ) as answer,
    ):
        assert answer.status == 403


async def test_a_secret_that_is_no_text_is_no_secret(called: running.Running) -> None:
    port = int(called.environment["GROUNDWORK_WEBHOOK_PORT"])
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        head = webhook.SECRET_HEADER.encode()
        await loop.sock_sendall(
            line, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + head + b": \xff\xfe\r\n\r\n{}"
        )
        assert (await loop.sock_recv(line, 100)).split()[1] == b"403"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        pytest.param(b"", b"", id="nothing"),
        pytest.param(HEAD, b"", id="half a head"),
        pytest.param(HEAD + f"{webhook.SECRET_HEADER}: {SECRET}\r\nContent-Length: 20\r\n\r\n{{".encode(), b"408", id="half a body"),
    ],
)  # fmt: skip
async def test_who_dawdles_is_hung_up_on(called: running.Running, sent: bytes, answer: bytes) -> None:
    reading, writing = await asyncio.open_connection(
        "127.0.0.1", int(called.environment["GROUNDWORK_WEBHOOK_PORT"])
    )
    writing.write(sent)
    async with asyncio.timeout(running.PATIENCE_SECONDS):
        assert (await reading.readline()).partition(b" ")[2][:3] == answer
    writing.close()


async def test_a_body_that_is_cut_off_is_no_fault_of_ours(called: running.Running) -> None:
    port = int(called.environment["GROUNDWORK_WEBHOOK_PORT"])
    _, writing = await asyncio.open_connection("127.0.0.1", port)
    writing.write(HEAD + f"{webhook.SECRET_HEADER}: {SECRET}\r\nContent-Length: 20\r\n\r\n{{".encode())
    await writing.drain()
    writing.close()
    assert words(await called.said(called.person(running.OWNER), "/help")), "the bot still listens"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "secret", [pytest.param("", id="without the secret"), pytest.param(SECRET, id="with it")]
)
async def test_other_methods_keep_nothing(called: running.Running, method: str, secret: str) -> None:
    url, headers = called.environment["GROUNDWORK_WEBHOOK_URL"], {webhook.SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.request(method, url, data=b'{"update_id": 7}', headers=headers) as answer,
    ):
        assert answer.status == 405
    assert not await (await called.disk()).waiting()


@pytest.mark.parametrize("missing", ["GROUNDWORK_WEBHOOK_URL", "GROUNDWORK_WEBHOOK_SECRET"])
async def test_a_missing_setting_is_named_before_anything_starts(
    stopped: running.Running, missing: str
) -> None:
    given = {"GROUNDWORK_WEBHOOK_URL": "https://bot.example", "GROUNDWORK_WEBHOOK_SECRET": SECRET}
    stopped.environment |= {name: value for name, value in given.items() if name != missing}
    with pytest.raises(settings.SettingsError, match=missing):
        await stopped.start(webhooks=True)


async def test_a_port_in_use_is_named(stopped: running.Running) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        stopped.environment |= {
            "GROUNDWORK_WEBHOOK_URL": "https://bot.example/",
            "GROUNDWORK_WEBHOOK_SECRET": SECRET,
            "GROUNDWORK_WEBHOOK_PORT": str(taken.getsockname()[1]),
        }
        with pytest.raises(settings.SettingsError, match="WEBHOOK_PORT"):
            await _start_and_end(stopped)


async def _start_and_end(bot: running.Running) -> None:
    await bot.start(webhooks=True)
    await bot.ended()
