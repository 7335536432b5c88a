"""The pools of connections to Telegram: opened once, closed when done, opened anew."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import pathlib
import socket
import ssl
import urllib.parse
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import oid
from telegram import error, request

from bot.practice import server
from bot.sending import transport
from tests.bot import running


@pytest.fixture
async def me() -> AsyncIterator[str]:
    """The address at which a local Telegram says who the bot is."""
    up = await server.serve(0, tokens=[running.TOKEN])
    yield f"{up.url}/bot{running.TOKEN}/getMe"
    await up.close()


async def test_a_pool_is_opened_once_and_after_its_end_anew(me: str) -> None:
    pool = transport.AiohttpRequest(1)
    await pool.initialize()
    await pool.initialize()
    assert (await pool.do_request(me, "POST"))[0] == 200
    await pool.shutdown()
    await pool.initialize()
    assert (await pool.do_request(me, "POST"))[0] == 200
    await pool.shutdown()


async def test_a_pool_that_was_never_opened_is_closed_without_ado(me: str) -> None:
    pool = transport.AiohttpRequest(1)
    await pool.shutdown()
    with pytest.raises(RuntimeError, match="before initialize"):
        await pool.do_request(me, "POST")


async def test_nobody_there_is_an_error_of_the_network_that_names_no_address() -> None:
    pool = transport.AiohttpRequest(1)
    await pool.initialize()
    with pytest.raises(error.NetworkError) as failed:
        await pool.do_request(f"http://127.0.0.1:1/bot{running.TOKEN}/getMe", "POST")
    await pool.shutdown()
    assert running.TOKEN not in str(failed.value), "the address holds the token"


@contextlib.asynccontextmanager
async def listening(
    status: int = 200, *, location: str = "", tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[int, list[str]]]:
    """A server that answers everything so: its port, and the paths and bodies that it was sent."""
    asked: list[str] = []

    async def take(called: web.BaseRequest) -> web.Response:
        asked.append(f"{called.path_qs} {await called.text()}")
        headers = {"Location": location} if location else {}
        return web.json_response({"ok": True, "result": {}}, status=status, headers=headers)

    runner = web.ServerRunner(web.Server(take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    try:
        yield int(runner.addresses[0][1]), asked
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with listening() as (other, asked_there):
        elsewhere = f"http://127.0.0.1:{other}/bot{running.TOKEN}/getMe"
        async with listening(status, location=elsewhere) as (first, asked_here):
            pool = transport.AiohttpRequest(1)
            await pool.initialize()
            url = f"http://127.0.0.1:{first}/bot{running.TOKEN}/sendMessage"
            answered, _ = await pool.do_request(url, "POST")
            with pytest.raises(error.TelegramError) as failed:
                await pool.post(url, request.RequestData())
            await pool.shutdown()
    assert answered == status
    assert running.TOKEN not in str(failed.value)
    assert len(asked_here) == 2
    assert asked_there == [], "it would have been told the token"


async def test_the_bot_speaks_with_the_bot_api_and_the_database_alone(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is done, nobody else is called, and no other name is looked up."""
    await planted.stop()
    connect, look_up, called = socket.socket.connect, socket.getaddrinfo, set[object]()

    def connected(self: socket.socket, address: object) -> None:
        called.add(address)
        connect(self, address)  # type: ignore[arg-type]

    def looked_up(host: object, port: object, *more: object, **named: object) -> object:
        called.add((host, port))
        return look_up(host, port, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(socket.socket, "connect", connected)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    await planted.start()
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    for command in ("/status", "/plan", "/review", "/remind", "/survey", "/help", "/privacy"):
        await planted.said(manager, command)
    await planted.after(manager, manager.send_file("page.html", b"<img src='http://elsewhere.test/x'>"))
    await planted.said(ekai, "/tasks")
    await planted.tapped(ekai, "How you work \N{MIDDLE DOT} Lodwar")
    await planted.said(ekai, "http://elsewhere.test/answer and file:///etc/passwd")
    await planted.said(ekai, "/mydata")
    await planted.stop()
    named = [planted.settings.telegram_api_url, planted.settings.database]
    wanted = {(at.hostname, at.port) for at in map(urllib.parse.urlsplit, named) if at.hostname}
    assert {address[:2] if isinstance(address, tuple) else address for address in called} == wanted


@pytest.fixture
def self_signed(tmp_path: pathlib.Path) -> pathlib.Path:
    """A certificate for 127.0.0.1 that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(oid.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


async def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(
    self_signed: pathlib.Path,
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(self_signed)
    async with listening(tls=tls) as (port, asked):
        pool = transport.AiohttpRequest(1)
        await pool.initialize()
        with pytest.raises(error.NetworkError, match="Certificate") as failed:
            await pool.do_request(f"https://127.0.0.1:{port}/bot{running.TOKEN}/getMe", "POST")
        await pool.shutdown()
    assert asked == []
    assert running.TOKEN not in str(failed.value)


async def test_a_server_of_an_older_tls_is_told_nothing(self_signed: pathlib.Path) -> None:
    older = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    older.set_ciphers("ALL:@SECLEVEL=0")
    older.load_cert_chain(self_signed)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        older.minimum_version = older.maximum_version = ssl.TLSVersion.TLSv1_1
    async with listening(tls=older) as (port, asked):
        pool = transport.AiohttpRequest(1)
        await pool.initialize()
        with pytest.raises(error.NetworkError) as failed:
            await pool.do_request(f"https://127.0.0.1:{port}/bot{running.TOKEN}/getMe", "POST")
        await pool.shutdown()
    assert asked == []
    assert "Certificate" not in str(failed.value), "they agree on no TLS before a certificate is shown"


async def test_a_server_whose_certificate_is_vouched_for_is_spoken_with(
    self_signed: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test before it refuses the certificate and nothing else."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(self_signed)
    trusting = ssl.create_default_context(cafile=str(self_signed))
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusting)
    async with listening(tls=tls) as (port, asked):
        pool = transport.AiohttpRequest(1)
        await pool.initialize()
        answered, _ = await pool.do_request(f"https://127.0.0.1:{port}/bot{running.TOKEN}/getMe", "POST")
        await pool.shutdown()
    assert answered == 200
    assert len(asked) == 1
