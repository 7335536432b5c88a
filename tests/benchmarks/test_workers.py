"""The benchmark of workers: every message is answered, and it is told who worked how long; its times are nobody's test."""

from __future__ import annotations

import pytest

from benchmarks import workers


@pytest.mark.timeout(600)
async def test_it_is_told_who_worked_how_long() -> None:
    [one] = await workers.measure(people=2, messages=8, rounds=1, shares=(0.5,), counts=(1,))
    assert (one.workers, one.share_of_core, one.ratio) == (1, 0.5, 1.0)
    assert one.answers_a_second > 0
    assert one.worker_ms > 0
    assert one.cores_used > 0
