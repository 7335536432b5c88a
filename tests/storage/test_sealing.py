"""Bodies are unreadable, unchangeable and unmovable without the key."""

from __future__ import annotations

import os
import pathlib
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import port, sealing
from tests.storage import older

KEY = sealing.Key(1, bytes(range(32)))
SEAL = sealing.Seal(KEY)
PLACE = sealing.Place("answer", ("s", "k"), (7,))


@given(st.binary(), st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 2**62))
def test_a_sealed_body_opens_in_its_place(body: bytes, table: str, row: int) -> None:
    place = sealing.Place(table, (row,), ("", None))
    assert SEAL.open(SEAL.close(body, place), place) == body


@given(st.binary(), st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 2**62))
def test_a_body_from_before_opens_in_its_place_and_in_no_other(body: bytes, table: str, row: int) -> None:
    sealed = older.close(KEY, body, table, row)
    assert SEAL.open(sealed, sealing.Place(table, (row,), ("whatever",))) == body
    for place in (sealing.Place(table, (row + 1,)), sealing.Place(table + "s", (row,))):
        with pytest.raises(port.StorageError, match="key does not open"):
            SEAL.open(sealed, place)


def test_equal_bodies_look_different() -> None:
    assert SEAL.close(b"solar", PLACE) != SEAL.close(b"solar", PLACE)


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(SEAL.close(b"solar", PLACE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(port.StorageError, match="key does not open"):
        SEAL.open(bytes(sealed), PLACE)


@pytest.mark.parametrize(
    ("sealed", "place"),
    [
        pytest.param(
            SEAL.close(b"solar", PLACE), sealing.Place("answer", ("s", "l"), (7,)), id="moved to another row"
        ),
        pytest.param(
            SEAL.close(b"solar", PLACE), sealing.Place("answer", ("s", "k"), (8,)), id="beside other columns"
        ),
        pytest.param(
            SEAL.close(b"solar", PLACE), sealing.Place("answer", ("s",), ("k", 7)), id="a key that is shorter"
        ),
        pytest.param(
            SEAL.close(b"solar", PLACE), sealing.Place("rival", ("s", "k"), (7,)), id="moved to another table"
        ),
        pytest.param(SEAL.close(b"solar", PLACE)[1:], PLACE, id="passed off as one from before"),
        pytest.param(
            sealing.WHOLE_ROW + older.close(KEY, b"solar", "answer", "s", "k"),
            PLACE,
            id="from before, as new",
        ),
        pytest.param(sealing.Seal(sealing.Key(1, bytes(32))).close(b"solar", PLACE), PLACE, id="another key"),
        pytest.param(
            sealing.Seal(sealing.Key(2, KEY.secret)).close(b"solar", PLACE), PLACE, id="another number"
        ),
        pytest.param(SEAL.close(b"solar", PLACE)[:20], PLACE, id="cut short"),
        pytest.param(sealing.WHOLE_ROW, PLACE, id="nothing behind the zero"),
        pytest.param(b"", PLACE, id="empty"),
        pytest.param(7, PLACE, id="a number, as SQLite reads it from a damaged row"),
        pytest.param("\0solar", PLACE, id="words, as it reads them from another"),
        pytest.param(None, PLACE, id="nothing at all"),
    ],
)
def test_what_does_not_fit_is_refused(sealed: object, place: sealing.Place) -> None:
    with pytest.raises(port.StorageError, match="key does not open"):
        SEAL.open(sealed, place)


def test_a_made_key_is_private_and_loads_again(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "keys" / "data.key"
    made = sealing.make_key(path)
    assert sealing.load_keys(path) == (made,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made.secret) == sealing.KEY_BYTES
    assert str(made.secret) not in repr(made)


def test_a_key_may_lie_in_folders_that_are_not_there_yet(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "keys" / "groundwork" / "data.key"
    made = sealing.make_key(path)
    assert sealing.load_keys(path) == (made,)


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


def test_a_key_that_cannot_be_written_is_told(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(port.StorageError, match=r"could not be written to .*data\.key"):
        sealing.make_key(tmp_path / "file" / "data.key")
    with pytest.raises(port.StorageError, match="could not be written"):
        sealing.replace_keys(tmp_path / "nothing.key", (KEY,))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_replaced_keys_stay_whose_they_were(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "data.key"
    made = sealing.make_key(path)
    os.chown(path, 1234, 2345)
    path.chmod(0o640)
    sealing.replace_keys(path, (sealing.next_key([made]), made))
    now = path.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (1234, 2345, 0o640)


def test_keys_are_on_the_disk_before_they_take_the_place_of_the_old_ones(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.key"
    made = sealing.make_key(path)
    before, written, sync = path.stat().st_ino, [], os.fsync

    def synced(file: int) -> None:
        sync(file)
        found = os.fstat(file)
        written.append((found.st_ino, found.st_size > 0, path.stat().st_ino != before))

    monkeypatch.setattr(os, "fsync", synced)
    sealing.replace_keys(path, (sealing.next_key([made]), made))
    keys, folder = path.stat().st_ino, tmp_path.stat().st_ino
    assert written == [(keys, True, False), (folder, True, True)], (
        "the file, then that it has the other's place"
    )


def test_keys_are_replaced_after_a_replacement_that_was_broken_off(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "data.key"
    made = sealing.make_key(path)
    (tmp_path / "data.key.new").write_text("1 AAAA")
    keys, opened = (sealing.next_key([made]), made), os.listdir("/dev/fd")
    sealing.replace_keys(path, keys)
    assert sealing.load_keys(path) == keys
    assert [file.name for file in tmp_path.iterdir()] == ["data.key"]
    assert len(os.listdir("/dev/fd")) == len(opened), "no file stays open"


def test_a_new_number_is_one_that_no_key_has() -> None:
    def key(number: int) -> sealing.Key:
        return sealing.Key(number, bytes(32))

    assert sealing.next_key([key(1)]).number == 2
    assert sealing.next_key([key(2), key(3), key(4)]).number == 5
    assert sealing.next_key([key(sealing.LAST_NUMBER), key(1)]).number == 2


def test_a_key_that_is_made_is_a_first_one_of_256_bits(tmp_path: pathlib.Path) -> None:
    key = sealing.make_key(tmp_path / "data.key")
    assert (key.number, len(key.secret)) == (1, 32)
    assert list(sealing.load_keys(tmp_path / "data.key")) == [key]
    assert sealing.make_key(tmp_path / "other.key").secret != key.secret
