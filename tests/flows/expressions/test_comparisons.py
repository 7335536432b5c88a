"""Comparisons: of values with values, and of questions that hold none, one or many answers."""

from __future__ import annotations

import pytest

from tests.flows.expressions import form


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("1 = '1'", True, id="a number with a text"),
        pytest.param("'1.0' = '1'", False, id="texts as texts"),
        pytest.param("'1.0' = 1", True, id="but as numbers with a number"),
        pytest.param("'b' > 'a'", False, id="order is of numbers only"),
        pytest.param("'10' > '9'", True, id="of texts that are numbers too"),
        pytest.param("true() = 'x'", True, id="a truth value with a text"),
        pytest.param("true() = 1", True, id="a truth value with a number"),
        pytest.param("number('x') = number('x')", False, id="what is no number equals nothing"),
        pytest.param("number('x') != number('x')", True, id="and differs from everything"),
        pytest.param("${ages} = 39", True, id="any of many"),
        pytest.param("${ages} != 39", True, id="any other of many"),
        pytest.param("${ages} > 40", True, id="any that is larger"),
        pytest.param("40 < ${ages}", True, id="the same from the other side"),
        pytest.param("${ages} > 41", False, id="none that is larger"),
        pytest.param("${none} = ''", False, id="no answer equals not even nothing"),
        pytest.param("${none} != 'x'", False, id="and differs from nothing"),
        pytest.param("${empty} = ''", True, id="an empty answer equals nothing"),
        pytest.param("${empty} < 1", False, id="an empty answer is no number"),
        pytest.param("${empty} = 0", False, id="and is not zero"),
        pytest.param("${yes} = 'yes'", True, id="one answer with a text"),
        pytest.param("'yes' != ${yes}", False, id="from the other side"),
        pytest.param("${ages} = ${more}", True, id="many with many, one in common"),
        pytest.param("${ages} != ${more}", True, id="many with many, one different"),
        pytest.param("${yes} != ${yes}", False, id="one with itself"),
        pytest.param("${ages} < ${more}", True, id="some below some"),
        pytest.param("${ages} > ${more}", True, id="some above some"),
        pytest.param("${yes} < ${more}", False, id="words below nothing"),
        pytest.param("${none} = ${none}", False, id="none with none"),
        pytest.param("${none} = false()", True, id="none is false"),
        pytest.param("${empty} = true()", True, id="a question that is there is true"),
        pytest.param("1 < 2 = true()", True, id="order binds tighter than equality"),
        pytest.param("${yes} = 'yes' and ${ages} > 40 or 1 = 2", True, id="and binds tighter than or"),
        pytest.param("${yes} = 'no' and selected(1, 2) or 1 = 1", True, id="the rest after a false and"),
    ],
)
def test_comparisons(text: str, holds: bool) -> None:
    host = form.answers(
        {"ages": ["41", "39", "7"], "more": ["39", "12"], "yes": "yes", "empty": "", "none": []}
    )
    assert form.evaluate(text, host) is holds
