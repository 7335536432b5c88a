"""The benchmark judges by the checker and by what is published; its times are nobody's test."""

from __future__ import annotations

import pathlib

import pytest

from benchmarks import schedules
from planning.schedule import project
from tests.planning.schedule import test_psplib


def test_every_method_is_measured_on_every_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "own.sm").write_text(test_psplib.FILE)
    (tmp_path / "optimum").mkdir()
    (tmp_path / "optimum" / "optimum.csv").write_text("problem,optimum\nown.sm,9\nanother.sm,3..4\n")
    measured = schedules.measure(tmp_path, every=1)
    rows = {row.method: row for row in measured if row.kind == tmp_path.name}
    assert rows.keys() == schedules.METHODS.keys()
    assert all((row.projects, row.invalid, row.false_proofs) == (1, 0, 0) for row in rows.values())
    assert rows["optimal"].over_best_percent == 0
    assert rows["optimal"].proven == rows["OR-tools alone"].proven == 1
    assert [(row.kind, row.method) for row in measured if row.kind != tmp_path.name] == [
        (f"{size} tasks, calendars", method) for size in schedules.SIZES for method in schedules.OURS
    ]
    assert all(row.invalid == row.false_proofs == 0 for row in measured)


def test_a_false_proof_is_counted(tmp_path: pathlib.Path) -> None:
    (tmp_path / "own.sm").write_text(test_psplib.FILE)
    (tmp_path / "optimum").mkdir()
    (tmp_path / "optimum" / "optimum.csv").write_text("problem,optimum\nown.sm,8\n")
    measured = schedules.measure(tmp_path, every=1)
    rows = {row.method: row for row in measured if row.kind == tmp_path.name}
    assert rows["optimal"].false_proofs == 1
    assert rows["optimal"].over_best_percent == pytest.approx(12.5)


def test_a_folder_without_files_is_said(tmp_path: pathlib.Path) -> None:
    with pytest.raises(project.ScheduleError, match=r"holds no \.sm files"):
        schedules.measure(tmp_path, every=1)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Projects at places that are judged in a moment."""
    monkeypatch.setattr(schedules, "SIZES", (5, 8))


def test_the_projects_drawn_here_are_the_same_every_time() -> None:
    assert schedules.drawn() == schedules.drawn()
    assert len(schedules.drawn()) == schedules.DRAWN
