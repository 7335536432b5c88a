"""A pace over time, with bursts: the clock is given in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import pacing

PACE = pacing.Pace(rate=2, burst=3)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_goes_at_once_and_the_rest_at_the_pace() -> None:
    buckets = pacing.Buckets(Clock())
    assert [buckets.take(1, PACE) for _ in range(6)] == [0, 0, 0, 0.5, 1, 1.5]
    assert buckets.take(2, PACE) == 0, "another's bucket is another's"


def test_what_was_waited_for_is_not_waited_for_twice() -> None:
    clock = Clock()
    buckets = pacing.Buckets(clock)
    for _ in range(4):
        wait = buckets.take(1, PACE)
    clock.now += wait
    assert buckets.take(1, PACE) == 0.5
    clock.now += 60
    assert [buckets.take(1, PACE) for _ in range(4)] == [0, 0, 0, 0.5]


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_never_more_than_a_burst_and_the_pace_since(pauses: list[float]) -> None:
    clock = Clock()
    buckets = pacing.Buckets(clock)
    spent = []
    for pause in pauses:
        clock.now += pause
        spent.append(clock.now + buckets.take(1, PACE))
    for first, begun in enumerate(spent):
        for more, ended in enumerate(spent[first:], 1):
            assert more <= PACE.burst + PACE.rate * (ended - begun) + 1e-6


def test_of_many_buckets_those_that_wait_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "KEPT", 3)
    clock = Clock()
    buckets = pacing.Buckets(clock)
    for bucket in (1, 2, 3):
        buckets.take(bucket, PACE)
    clock.now += 10
    for _ in range(4):
        buckets.take(3, PACE)
    buckets.take(4, PACE)
    assert buckets.take(3, PACE) == 1
