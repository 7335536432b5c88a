"""Bodies are unreadable, unchangeable and unmovable without the key."""

from __future__ import annotations

import pathlib
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import port, sealing

KEY = sealing.Key(1, bytes(range(32)))
SEAL = sealing.Seal(KEY)


@given(st.binary(), st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 2**62))
def test_a_sealed_body_opens_in_its_place(body: bytes, table: str, row: int) -> None:
    assert SEAL.open(SEAL.close(body, table, row), table, row) == body


def test_equal_bodies_look_different() -> None:
    assert SEAL.close(b"solar", "answer", 1) != SEAL.close(b"solar", "answer", 1)


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(SEAL.close(b"solar", "answer", 1))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(port.StorageError, match="key does not open"):
        SEAL.open(bytes(sealed), "answer", 1)


@pytest.mark.parametrize(
    ("sealed", "place"),
    [
        pytest.param(
            SEAL.close(b"solar", "answer", "s", "k"), ("answer", "s", "l"), id="moved to another row"
        ),
        pytest.param(
            SEAL.close(b"solar", "answer", "sk"), ("answer", "s", "k"), id="a key that runs together"
        ),
        pytest.param(SEAL.close(b"solar", "answer", 1), ("person", 1), id="moved to another table"),
        pytest.param(sealing.Seal(sealing.Key(1, bytes(32))).close(b"solar", 1), (1,), id="another key"),
        pytest.param(sealing.Seal(sealing.Key(2, KEY.secret)).close(b"solar", 1), (1,), id="another number"),
        pytest.param(SEAL.close(b"solar", 1)[:20], (1,), id="cut short"),
        pytest.param(b"", (1,), id="empty"),
    ],
)
def test_what_does_not_fit_is_refused(sealed: bytes, place: tuple[object, ...]) -> None:
    with pytest.raises(port.StorageError, match="key does not open"):
        SEAL.open(sealed, *place)


def test_a_made_key_is_private_and_loads_again(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "keys" / "data.key"
    made = sealing.make_key(path)
    assert sealing.load_keys(path) == (made,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made.secret) == sealing.KEY_BYTES
    assert str(made.secret) not in repr(made)


def test_a_key_is_never_overwritten(tmp_path: pathlib.Path) -> None:
    made = sealing.make_key(tmp_path / "data.key")
    with pytest.raises(port.StorageError, match="already"):
        sealing.make_key(tmp_path / "data.key")
    assert sealing.load_keys(tmp_path / "data.key") == (made,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "cannot be read", id="no file"),
        pytest.param(b"", "holds no key", id="empty"),
        pytest.param(b"1 not-base64!", "holds no key", id="not base64"),
        pytest.param(b"one c29sYXI=", "holds no key", id="no number"),
        pytest.param(b"\xff\xfe", "holds no key", id="not text"),
        pytest.param(b"1 c29sYXI=", "holds no whole key", id="too short"),
        pytest.param(b"256 " + b"A" * 43 + b"=", "holds no whole key", id="a number over one byte"),
    ],
)
def test_a_bad_key_file_is_told_in_one_sentence(
    tmp_path: pathlib.Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "data.key"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(port.StorageError, match=said):
        sealing.load_keys(path)
