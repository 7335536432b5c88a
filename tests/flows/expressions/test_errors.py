"""What is said about text that is no expression."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import expressions


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        pytest.param("", 0, "empty", id="nothing"),
        pytest.param("   ", 0, "empty", id="only blanks"),
        pytest.param("${a} <", 6, "ends too early", id="an operand is missing"),
        pytest.param("selectd(${a}, 'b')", 0, "Did you mean “selected”?", id="a misspelt function"),
        pytest.param("1 + rond(2)", 4, "Did you mean “round”?", id="a misspelt function further on"),
        pytest.param("selected(${a})", 0, "takes 2 arguments, not 1", id="too few arguments"),
        pytest.param("if(1, 2, 3, 4)", 0, "takes 3 arguments, not 4", id="too many arguments"),
        pytest.param("round()", 0, "1 or 2 arguments", id="a choice of counts"),
        pytest.param("string(1, 2)", 0, "takes no or 1 argument, not 2", id="one argument at the most"),
        pytest.param("today(1)", 0, "takes no arguments", id="no arguments"),
        pytest.param("indexed-repeat(a, b)", 0, "3, 5 or 7 arguments", id="pairs"),
        pytest.param("weighted-checklist(1, 2, 3)", 0, "in steps of 2", id="pairs without end"),
        pytest.param("${a} == 1", 6, "Write “=”", id="two equal signs"),
        pytest.param("1 And 1", 2, "“and”", id="an operator in capitals"),
        pytest.param("1 && 1", 2, "Write “and”", id="another language's and"),
        pytest.param("${a} % 2", 5, "Write “mod”", id="another language's remainder"),
        pytest.param("'abc", 0, "has no end", id="a string without end"),
        pytest.param("(1 + 2", 0, "never closed", id="a bracket without end"),
        pytest.param("a[1", 1, "never closed", id="a predicate without end"),
        pytest.param("1 + 2)", 5, "“)” does not fit", id="a bracket too many"),
        pytest.param("$a", 0, "Write ${name}", id="a name without braces"),
        pytest.param("${}", 0, "Write ${name}", id="braces without a name"),
        pytest.param("“yes”", 0, "typographic", id="a word processor's quotation marks"),
        pytest.param("parnt::a", 0, "Did you mean “parent”?", id="a misspelt axis"),
        pytest.param("(1 2)", 3, "“)” or an operator is expected", id="two values side by side in brackets"),
        pytest.param("1 2", 2, "“2” does not fit", id="two values side by side"),
        pytest.param("1 orange", 2, "“orange” does not fit", id="a name that begins like an operator"),
        pytest.param("a/", 2, "ends too early", id="a path without its last step"),
        pytest.param("#", 0, "does not belong", id="a foreign character"),
    ],
)
def test_says_where_and_what(text: str, position: int, said: str) -> None:
    with pytest.raises(expressions.ExpressionError) as caught:
        expressions.parse(text)
    assert caught.value.position == position
    assert said in str(caught.value)


def test_quotes_the_place_in_a_long_expression() -> None:
    text = "1 + " * 100 + "? + 1" + " + 1" * 100
    with pytest.raises(expressions.ExpressionError) as caught:
        expressions.parse(text)
    (quoted,) = re.findall("“…(.*)…”", str(caught.value))
    assert (len(quoted), quoted.index("?")) == (60, 30), "as much of it on either side"
    assert len(str(caught.value)) < 300


def test_the_hosts_own_functions_are_known() -> None:
    with pytest.raises(expressions.ExpressionError):
        expressions.parse("branch-count()")
    assert expressions.parse("branch-count()", known=frozenset({"branch-count"}))


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1.'\"()[]/*@:${}-+=<>!|, é\n"), max_size=30))
def test_any_text_parses_or_is_refused_properly(text: str) -> None:
    try:
        tree = expressions.parse(text, checked=False)
    except expressions.ExpressionError:
        return
    assert expressions.parse(expressions.show(tree), checked=False) == tree


def test_a_form_that_is_too_heavy_is_named() -> None:
    heavy = expressions.TooHeavyError("Cooling")
    assert (heavy.form, str(heavy)[:9]) == ("Cooling", "Cooling: ")
