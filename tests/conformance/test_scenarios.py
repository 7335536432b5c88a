"""Our living form on the outside traces, where they are at hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conformance import scenarios, test_xpath

TRACES = test_xpath.CASES.with_name("scenarios.json")

LEAST = 0.95


@pytest.mark.skipif(not TRACES.exists(), reason="no outside traces: give their folder as CONFORMANCE_DIR")
def test_agrees_with_the_outside_traces() -> None:
    report = scenarios.judge(json.loads(TRACES.read_text()))
    assert report.passed > 300
    assert report.passed / (report.passed + len(report.failures)) >= LEAST, "\n".join(report.failures)


FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Ours</h:title><model><instance><data id="ours">
  <age/><adult/><list><name/></list><meta><instanceID/></meta>
</data></instance>
<bind nodeset="/data/age" type="int" required="true()" constraint=". &lt; 150"/>
<bind nodeset="/data/adult" relevant="/data/age &gt;= 18"/>
</model></h:head><h:body><input ref="/data/age"/><input ref="/data/adult"/>
<repeat nodeset="/data/list"><input ref="/data/list/name"/></repeat></h:body></h:html>"""


def after(**changes: Any) -> dict[str, Any]:
    """What our form holds after 20 was answered, with changes to the age."""
    container = {"rel": True, "v": None}
    return {
        "/data/age": {"t": "input", "rel": True, "v": "20", "req": True, **changes},
        "/data/adult": {"t": "input", "rel": True, "v": ""},
        "/data/list[1]": {"t": "repeat-instance", **container},
        "/data/list[1]/name": {"t": "input", "rel": True, "v": ""},
        "/data/meta": {"t": "group", **container},
        "/data/meta/instanceID": {"t": "model-value", "rel": True, "v": ""},
    }


def judged(*steps: dict[str, Any]) -> str:
    trace = {"source": "ours :: a trace", "forms": {"0": "f"}, "steps": [{"s": 0, "op": "init"}, *steps]}
    return str(scenarios.judge({"forms": {"f": FORM}, "traces": [trace]}))


ANSWER = {"s": 0, "op": "answer", "args": ["/data/age", 20]}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        pytest.param({"v": "21"}, "v is '20', not '21'", id="another value"),
        pytest.param({"rel": False}, "rel is True, not False", id="another relevance"),
        pytest.param({"ro": True}, "ro is False, not True", id="another read-only"),
        pytest.param({"req": False}, "req is True, not False", id="another required"),
        pytest.param({"requiredValid": False}, "requiredValid is True", id="another validity of required"),
        pytest.param({"constraintValid": False}, "constraintValid is True", id="another validity"),
    ],
)
def test_the_runner_tells_right_from_wrong(wrong: dict[str, Any], named: str) -> None:
    assert judged({**ANSWER, "after": after()}).endswith("1 passed, 0 failed")
    told = judged({**ANSWER, "after": after(**wrong)})
    assert named in told
    assert told.endswith("0 passed, 1 failed")


def test_nodes_too_few_and_too_many_are_told() -> None:
    fewer = {path: seen for path, seen in after().items() if path != "/data/adult"}
    more = {**after(), "/data/list[2]": {"t": "repeat-instance", "rel": True, "v": None}}
    assert "/data/adult should not be there" in judged({**ANSWER, "after": fewer})
    assert "/data/list[2] is not there" in judged({**ANSWER, "after": more})


def test_what_a_trace_does_not_record_ends_it() -> None:
    told = judged({"s": 0, "op": "answer", "args": [20]})
    assert "ENDED EARLY" in told
    assert told.endswith("1 passed, 0 failed")
