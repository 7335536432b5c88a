"""Addresses of a server that cannot be read: one sentence, and nothing of the password in it."""

from __future__ import annotations

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
