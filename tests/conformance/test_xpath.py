"""Our engine on the outside expression cases, where they are at hand."""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any

import pytest

from tests.conformance import xpath

BESIDE = pathlib.Path(__file__).parents[2].parent / "shared" / "conformance"
CASES = pathlib.Path(os.environ.get("CONFORMANCE_DIR", BESIDE)) / "xpath.json"

NEEDED = pytest.mark.skipif(
    not CASES.exists(), reason="no outside cases: give their folder as CONFORMANCE_DIR"
)


@NEEDED
@pytest.mark.parametrize(
    ("only_scalar", "least"),
    [
        pytest.param(True, 0.99, id="values, without named axes and clock"),
        pytest.param(False, 0.98, id="everything"),
    ],
)
def test_agrees_with_the_outside_cases(only_scalar: bool, least: float) -> None:
    report = xpath.judge(json.loads(CASES.read_text()), only_scalar=only_scalar)
    assert report.passed > 1_000
    assert report.passed / (report.passed + len(report.failures)) >= least, "\n".join(report.failures)


def case(expression: str, kind: str, value: object) -> dict[str, Any]:
    """A case of our own, in the outside form."""
    return {
        "source": "ours",
        "expr": expression,
        "context": {"document": "d", "node": "/a[1]", "result_type": 0, "tz": "Africa/Nairobi"},
        "expected": {"t": kind, "v": value},
    }


@pytest.mark.parametrize(
    ("expression", "kind", "right", "wrong"),
    [
        pytest.param("1 + 1", "number", 2, 3, id="a number"),
        pytest.param("0 div 0", "number", "NaN", 0, id="not a number"),
        pytest.param("'x'", "string", "x", "y", id="a text"),
        pytest.param(
            "b", "nodeset", ["/a[1]/b[1]", "/a[1]/b[2]"], ["/a[1]/b[2]", "/a[1]/b[1]"], id="nodes in order"
        ),
        pytest.param("@c", "nodeset", ["/a[1]/@c"], [], id="an attribute"),
        pytest.param("count(1)", "error", "wrong", None, id="an error"),
    ],
)
def test_the_runner_tells_right_from_wrong(expression: str, kind: str, right: object, wrong: object) -> None:
    documents = {"d": "<a c='1'><b/><b/></a>"}
    report = xpath.judge({"documents": documents, "cases": [case(expression, kind, right)]})
    assert (report.passed, len(report.failures)) == (1, 0)
    opposite = case(expression, kind, wrong) if wrong is not None else case(expression, "number", 1)
    report = xpath.judge({"documents": documents, "cases": [opposite]})
    assert (report.passed, len(report.failures)) == (0, 1)
    assert str(report).endswith("0 passed, 1 failed")
