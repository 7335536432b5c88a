"""The benchmark of the Word plan: it measures what it names, on a plan of the size that was asked for."""

from __future__ import annotations

from benchmarks import plans


def test_each_row_is_measured_beside_the_peer():
    figures = plans.measure(branches=1, rounds=1)
    assert figures[0].ratio == 1.0
    assert all(one.median_ms > 0 for one in figures)
    whole = next(one for one in figures if one.what.startswith("whole document"))
    assert whole.ratio == whole.median_ms / figures[0].median_ms


def test_the_plan_has_the_branches_asked_for():
    assert len(plans.made(2).branches) == 2
