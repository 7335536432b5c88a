"""Versions of a plan: their numbers, their history, and what is kept of them."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sample
from flows import shipped
from planning import nouns, plan, versions

TODAY = dt.date(2026, 11, 26)


@pytest.fixture(scope="module")
def made() -> nouns.Plan:
    """The plan of the sample institution."""
    return plan.make_plan(sample.answers(), shipped.assessment(), today=TODAY, prove=False)


@pytest.mark.parametrize(
    ("issued", "signed", "number"),
    [
        pytest.param([], 0, "0.1", id="the first draft"),
        pytest.param(["0.1", "0.2"], 0, "0.3", id="the next draft"),
        pytest.param(["0.9", "0.10"], 0, "0.11", id="numbers, not letters, are counted"),
        pytest.param(["0.7"], 0, "0.8", id="a draft whose forerunners are no longer kept"),
        pytest.param(["0.3", "1.0"], 1, "1.1", id="a draft behind what was signed"),
        pytest.param(["1.0", "1.1", "0.9"], 1, "1.2", id="the next behind it"),
        pytest.param(["first"], 0, "0.1", id="what is no number counts for nothing"),
    ],
)
def test_the_next_number(issued: list[str], signed: int, number: str) -> None:
    assert versions.following(issued, signed=signed) == number


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        pytest.param("1.0", True, id="signed off"),
        pytest.param("0.4", False, id="a draft"),
        pytest.param("1.2", False, id="a draft behind a signed plan"),
        pytest.param("", False, id="no version"),
    ],
)
def test_what_is_signed(written: str, signed: bool) -> None:
    assert versions.is_signed(written) is signed


@given(st.text())
def test_any_words_are_a_number_or_none(written: str) -> None:
    found = versions.number(written)
    assert found is None or versions.number(str(found)) == found


def test_a_plan_that_says_the_same_on_another_day_is_the_same(made: nouns.Plan) -> None:
    tomorrow = msgspec.structs.replace(made, made_on=TODAY + dt.timedelta(1))
    assert versions.content(tomorrow) == versions.content(made)
    other = msgspec.structs.replace(made, risks=made.risks[1:])
    assert versions.content(other) != versions.content(made)


def test_a_history_says_what_changed_with_each_version_and_counts_the_rest(made: nouns.Plan) -> None:
    second = msgspec.structs.replace(made, open_points=(), made_on=TODAY + dt.timedelta(1))
    kept = versions.issued("0.2", second, versions.issued("0.1", made, None))
    first, last = kept.history
    assert (first.version, first.first, first.changes, first.more) == ("0.1", True, (), 0)
    assert (last.version, last.day, last.first) == ("0.2", TODAY + dt.timedelta(1), False)
    assert len(last.changes) == versions.CHANGES_A_LINE
    assert len(last.changes) + last.more == len(made.open_points)


def test_a_history_forgets_its_beginning_before_it_grows_for_ever(made: nouns.Plan) -> None:
    kept = None
    for number in range(1, versions.LINES_KEPT + 3):
        kept = versions.issued(f"0.{number}", made, kept)
    assert kept is not None
    assert len(kept.history) == versions.LINES_KEPT
    assert kept.history[0].version == "0.3"


def test_the_data_come_back_as_they_were(made: nouns.Plan) -> None:
    kept = versions.issued("0.1", made, None)
    packed = versions.pack(kept)
    assert versions.unpack(packed) == kept
    assert len(packed) < 300_000


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(b"", id="kept before versions were"),
        pytest.param(b"PK\x03\x04", id="no data of ours"),
        pytest.param(b"x\x9c\x03\x00\x00\x00\x00\x01", id="nothing inside"),
    ],
)
def test_data_that_cannot_be_read_are_none(packed: bytes) -> None:
    assert versions.unpack(packed) is None


def test_data_of_another_groundwork_are_none(made: nouns.Plan) -> None:
    import zlib

    plain = msgspec.json.decode(zlib.decompress(versions.pack(versions.issued("0.1", made, None))))
    del plain["plan"]["costs"]
    assert versions.unpack(zlib.compress(msgspec.json.encode(plain))) is None


def test_data_beyond_the_limit_are_not_kept(made: nouns.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "DATA_BYTES", 100)
    assert versions.pack(versions.issued("0.1", made, None)) == b""
