"""Addresses of a server that cannot be read: one sentence, and nothing of the password in it."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import traceback

import pytest

from storage import looking, port


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("gw:hid[den@127.0.0.1:1/x", "%5B", id="a bracket"),
        pytest.param("gw:hid/den@127.0.0.1:1/x", "%2F", id="a slash"),
        pytest.param("gw:12/den@127.0.0.1:1/x", "%2F", id="a slash behind what could be a port"),
        pytest.param("gw:hid#den@127.0.0.1:1/x", "%23", id="a hash"),
        pytest.param("gw:hid?den@127.0.0.1:1/x", "%3F", id="a question mark"),
        pytest.param("gw:hid@den@127.0.0.1:1/x", "%40", id="an at sign"),
        pytest.param("gw:hidden@127.0.0.1:abc/x", "from 1 to 65535", id="a port of letters"),
        pytest.param("gw:hidden@127.0.0.1:99999/x", "from 1 to 65535", id="a port beyond the last"),
        pytest.param("gw:hidden@[::1]:0/x", "from 1 to 65535", id="a port before the first"),
        pytest.param("gw:hidden@127.0.0.1:1/x?hidden", "cannot be read", id="a query of another kind"),
        pytest.param(
            "gw:hidden@127.0.0.1:1/x?sslmode=none",
            "`sslmode` parameter must be",
            id="a setting of another kind",
        ),
        pytest.param("/x?port=hidden", "cannot be read", id="a port in the query"),
        pytest.param("gw:hid%5Bden@127.0.0.1:1,[::1]:1/x", "cannot be reached", id="as it should be"),
    ],
)
async def test_an_address_that_cannot_be_read_is_told_without_its_password(
    address: str, said: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(port.StorageError) as refused:
        await looking.look(f"postgresql://{address}", tmp_path / "none")
    assert said in str(refused.value)
    told = "".join(traceback.format_exception_only(refused.value))
    assert not [part for part in ("hid", "den") if part in told]


TLS_WANTED = bytes.fromhex("0000000804d2162f")
"""What PostgreSQL's clients ask before they say anything else."""


async def test_an_address_that_asks_for_tls_gets_no_line_without_it(tmp_path: pathlib.Path) -> None:
    heard, over = bytearray(), asyncio.Event()

    async def refuse(reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        heard.extend(await reading.readexactly(len(TLS_WANTED)))
        writing.write(b"N")  # a server without TLS, or somebody in between who says so
        with contextlib.suppress(ConnectionError):
            heard.extend(await reading.read())
        writing.close()
        over.set()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        at = server.sockets[0].getsockname()[1]
        address = f"postgresql://gw:hidden@127.0.0.1:{at}/x?sslmode=require"
        with pytest.raises(port.StorageError, match="cannot be reached"):
            await looking.look(address, tmp_path / "none")
        await over.wait()
    assert heard == TLS_WANTED, "neither a name nor a password goes over the line"
