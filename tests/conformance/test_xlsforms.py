"""Our importer on the outside tables and the real forms, where they are at hand."""

from __future__ import annotations

import os
import pathlib

import pytest

from tests.conformance import xlsforms
from tests.conformance.report import Report

BESIDE = pathlib.Path(__file__).parents[2].parent / "shared" / "conformance"
FOLDER = pathlib.Path(os.environ.get("CONFORMANCE_DIR", BESIDE))


@pytest.mark.skipif(
    not (FOLDER / xlsforms.TABLES).exists(), reason="no outside cases: give their folder as CONFORMANCE_DIR"
)
def test_agrees_with_the_outside_tables_and_forms() -> None:
    report = xlsforms.run(FOLDER)
    assert report.passed > 600
    assert not report.failures, "\n".join(report.failures)


GOOD = "| survey |\n| | type | name | label |\n| | text | a | A |\n"


@pytest.mark.parametrize(
    ("form", "errored", "error", "outcome"),
    [
        pytest.param(GOOD, False, None, (1, 0, 0), id="taken by both"),
        pytest.param(GOOD, True, ["no"], (0, 1, 0), id="taken by us alone"),
        pytest.param(GOOD.replace("text", "txt"), False, None, (0, 1, 0), id="refused by us alone"),
        pytest.param(GOOD.replace("text", "txt"), True, ["[row : 2] no"], (1, 0, 0), id="refused by both"),
        pytest.param(GOOD.replace("text", "txt"), True, ["[row : 9] no"], (0, 1, 0), id="at another row"),
        pytest.param(
            GOOD.replace("label |", "label | relevant |").replace("A |", "A | 1 + |"),
            False, None, (0, 0, 1), id="an expression that pyxform does not read",
        ),
    ],
)  # fmt: skip
def test_the_runner_tells_right_from_wrong(form, errored, error, outcome) -> None:
    report = Report()
    xlsforms.judge([{"test": "ours", "md": form, "errored": errored, "error": error}], report)
    assert (report.passed, len(report.failures), len(report.excluded)) == outcome
