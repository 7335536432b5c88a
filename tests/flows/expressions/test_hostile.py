"""Expressions made to do harm end in an error, and soon: the test run's time limit stands behind each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from flows import expressions
from flows.expressions import limits, nodes
from tests.flows.expressions import form, trees


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 10_000 + "1" + ")" * 10_000, id="brackets"),
        pytest.param("not(" * 5_000 + "1" + ")" * 5_000, id="calls"),
        pytest.param("a[" * 5_000 + "1" + "]" * 5_000, id="predicates"),
        pytest.param("1" + " - 1 + 1" * 3_000, id="a chain of changing operators"),
        pytest.param("-" * 30_000 + "1", id="minuses"),
        pytest.param("(" * 10_000, id="brackets without end"),
        pytest.param("1" + " or 1" * 10_000, id="too long"),
        pytest.param("'" + "a" * 40_000 + "'", id="a long string"),
        pytest.param(
            "1 or (1 and (1 = (1 < (1 + (2 * (-(" * 12 + "1" + ")))))))" * 12, id="every precedence"
        ),
        pytest.param("__import__('os').system('true')", id="Python's imports"),
        pytest.param("''.__class__.__mro__", id="Python's classes"),
        pytest.param("[1 for one in 'ab']", id="Python's lists"),
        pytest.param("lambda: 1", id="Python's functions"),
    ],
)
def test_refused_when_read(text: str) -> None:
    with pytest.raises(expressions.ExpressionError):
        expressions.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 60 + "1" + ")" * 60 + " = 1", id="brackets up to the limit"),
        pytest.param("if(1 = 1, " * 60 + "1" + ", 2)" * 60, id="a ladder of ifs"),
        pytest.param("1 or (1 and (1 = (1 < (1 + (2 * (-(" * 9 + "1" + ")))))))" * 9, id="every precedence"),
        pytest.param("1" + " + 1" * 5_000, id="a sum of 5,000"),
        pytest.param("1 = 2" + " or 1 = 1" * 3_000, id="an or of 3,000"),
    ],
)
def test_long_but_honest_expressions_work(text: str) -> None:
    assert form.evaluate(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("count(//*[count(//*[count(//*) > 0]) > 0])", id="searches inside searches"),
        pytest.param("concat(" + "uuid(10000), " * 1_000 + "'')", id="many random texts"),
        pytest.param(
            " or ".join(["regex('" + "a" * 100 + "', '(a?){90}b')"] * 200),
            id="many patterns, each costly enough",
        ),
        pytest.param("uuid(100000000)", id="a random text of any length"),
        pytest.param("regex('" + "a" * 5_000 + "', '(a?){400}b')", id="a costly pattern on a long text"),
        pytest.param("regex('a', '((((a{99}){99}){99}){99})')", id="a pattern that unrolls without end"),
        pytest.param("regex('a', '(((){2000}){2000}){2000}')", id="a pattern of nothings"),
        pytest.param("regex('a', '" + "(" * 500 + ")" * 500 + "')", id="brackets in a pattern"),
        pytest.param("regex('aa', '(a)\\1')", id="a back-reference"),
        pytest.param("regex('a', '(?=a)')", id="a look ahead"),
        pytest.param("regex('a', '[')", id="a broken pattern"),
    ],
)
def test_refused_when_evaluated(text: str) -> None:
    top = form.household()
    for _ in range(300):
        top.children[0].append(nodes.element("filler", "x"))
    with pytest.raises(expressions.EvaluationError):
        form.evaluate(text, form.host(random=lambda: 0.5), top)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("regex('" + "a" * 2_000 + "', '^(a+)+$')", True, id="nested quantifiers"),
        pytest.param("regex('" + "a" * 2_000 + "!', '^(a+)+$')", False, id="nested quantifiers that fail"),
        pytest.param("regex('" + "a" * 2_000 + "', '^(a|a|aa)*b$')", False, id="overlapping choices"),
        pytest.param("regex('" + "a" * 500 + "', '^.*.*.*.*.*.*b$')", False, id="many stars"),
        pytest.param("regex('" + "a" * 30 + "', '^(a?){30}a{30}$')", True, id="optional parts"),
    ],
)
def test_patterns_that_ruin_others_are_quick(text: str, found: bool) -> None:
    assert form.evaluate(text) is found


@pytest.mark.parametrize(
    "typed",
    ["x' or 'a' = 'a", "') or true() or ('", "${b}", "//*", "__import__('os')", "{0.__class__}", "1 + 1"],
)
def test_an_answer_is_a_value_and_never_an_expression(typed: str) -> None:
    host = form.answers({"a": typed, "b": "secret"})
    assert form.evaluate("${a} = 'x'", host) is False
    assert form.evaluate("concat(${a}, '')", host) == typed
    assert form.evaluate("string-length(${a})", host) == len(typed)
    assert form.evaluate("concat(if(${a} = '', 'empty', ${a}), '')", host) == typed


def test_every_evaluation_begins_with_a_full_budget() -> None:
    at = expressions.Context(form.host(), form.household())
    at.visits.left = 0
    assert expressions.compile(expressions.parse("count(//person)"))(at) == 3


def test_every_row_that_pulldata_looks_at_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"name": f"n{number}", "label": "Town"} for number in range(1_000)]
    host = form.host(instances={"towns": expressions.table(rows)})
    looked_up = "pulldata('towns', 'label', 'name', 'nowhere')"
    # the rule is the same for a small allowance, and met as much sooner
    monkeypatch.setattr(limits, "MAX_VISITS", 5_000)
    assert form.evaluate(f"concat({', '.join([looked_up] * 5)})", host) == ""
    with pytest.raises(expressions.EvaluationError, match="steps"):
        form.evaluate(f"concat({', '.join([looked_up] * 6)})", host)


def test_results_stay_within_their_limit() -> None:
    host = form.answers({"a": "x" * (limits.MAX_STRING_LENGTH // 2 + 1)})
    with pytest.raises(expressions.EvaluationError, match="characters"):
        form.evaluate("concat(${a}, ${a})", host)


@settings(max_examples=200, deadline=None)
@given(trees.TREES)
def test_any_expression_has_a_value_or_an_evaluation_error(tree: expressions.Expression) -> None:
    top = form.household()
    host = form.host(
        reference=lambda name, _node: form.find(top, "age") if name == "a" else [],
        random=lambda: 0.25,
        uuid=lambda: "8e0d94d5-24f2-431b-80fd-2bde33651729",
    )
    at = expressions.Context(host, form.find(top, "person")[1])
    try:
        value = expressions.compile(tree)(at)
    except expressions.EvaluationError:
        return
    assert isinstance(expressions.to_string(value), str)
    assert isinstance(expressions.to_number(value, at), float)
    assert isinstance(expressions.to_boolean(value), bool)
