"""The benchmark of growth: each thing at each size, and the power with which it grows; its times are nobody's test."""

from __future__ import annotations

import pytest

from benchmarks import growth


@pytest.mark.parametrize(
    ("found", "power"),
    [
        pytest.param([(1, 3.0), (10, 3.0), (100, 3.0), (1000, 3.0)], 0, id="flat"),
        pytest.param([(1, 2.0), (10, 20.0), (100, 200.0)], 1, id="in proportion"),
        pytest.param([(10, 1.0), (100, 100.0), (1000, 10_000.0)], 2, id="each with each"),
        pytest.param([(1, 1_000.0), (100, 4.0), (1_000, 4.0), (10_000, 4.0)], 0, id="the end counts"),
        pytest.param([(1, 4.0)], 0, id="a single size says nothing"),
    ],
)
def test_the_power_of_growth(found: list[tuple[int, float]], power: float) -> None:
    assert growth.exponent(found) == pytest.approx(power)


async def test_everything_is_done_at_every_size() -> None:
    rows = await growth.measure(decades=(1, 3), branches=(1, 2), answers=1, repeats=1, documents=False)
    sizes = {row.growing: row.sizes for row in rows}
    assert set(sizes) == {
        "assessments", "branches of the institution", "answers in the section", "reminders that wait",
    }  # fmt: skip
    assert all(row.sizes in ([1, 3], [1, 2]) and len(row.processor_ms) == 2 for row in rows)
    assert len({(row.what, row.growing) for row in rows}) == len(rows) == 15
